"""Files of data, whose names may stand in a file of somebody else: only what has an end is read."""

from __future__ import annotations

from pathlib import Path

from chainrule.errors import FileError
from chainrule.files.tables import LONGEST_TABLE


def require_regular(path: Path) -> None:
    """Raise FileError for what is no regular file, and OSError where there is nothing.

    A device such as /dev/zero never ends, and a pipe waits for whoever writes to it.
    """
    try:
        path.stat()
        if path.is_file():
            return
    except ValueError:
        raise FileError("", f"{str(path)!r} can't be the name of a file; choose another") from None
    raise FileError(path.name, "is no regular file; choose a table of text or an .npy file")


def table_text(path: Path) -> str:
    """Return the text of a table, without a mark at its start; raise FileError or OSError."""
    require_regular(path)
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LONGEST_TABLE + 1)  # what is written meanwhile has no end either
    except UnicodeDecodeError:
        raise FileError(path.name, "is not UTF-8 text; save it as plain text") from None
    if len(text) > LONGEST_TABLE:
        raise FileError(path.name, "is too large for a table of text; save it as .npy")
    return text
