"""Files on disk: read whole, and written so that a failure leaves the old file as it was."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from chainrule.errors import FileError
from chainrule.files.reading import loads
from chainrule.files.writing import dumps
from chainrule.graph.graph import GateGraph

StrPath = str | os.PathLike[str]


def read_graph(path: StrPath) -> GateGraph:
    """Return the graph in the file at `path`; raise FileError if it is missing or not sound."""
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise FileError("file", _reading_problem(error)) from None
    return loads(data)


def write_graph(graph: GateGraph, path: StrPath) -> None:
    """Write `graph` to the file at `path` (see `write_bytes`); raise FileError if it can't be."""
    write_bytes(dumps(graph), path)


def write_bytes(data: bytes, path: StrPath) -> None:
    """Put `data` at `path`, all of it or nothing.

    The data goes to a new file in the same folder, reaches the disk, and then takes the place of
    the old one, whose permissions it keeps. A symbolic link stays one: the file to which it leads
    is replaced. What is no regular file, such as a pipe, is written directly. Raises FileError.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        raise FileError("file", _writing_problem(error, path)) from None


def _replace(target: Path, data: bytes) -> None:
    before = target.stat() if target.exists() else None
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError
    beside = target.parent / f".chainrule-{secrets.token_hex(8)}.tmp"
    try:
        _write_through(beside, data)
        if before is not None:
            _take_over(beside, before)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _write_through(path: Path, data: bytes) -> None:
    """Create the file `path` with `data`, and return when the disk has it."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _take_over(path: Path, before: os.stat_result) -> None:
    """Give `path` the permissions and, where that is allowed, the owner of the file before it."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, before.st_uid, before.st_gid)
    path.chmod(stat.S_IMODE(before.st_mode))


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too; systems that can't open folders do without."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reading_problem(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the name"
    if isinstance(error, IsADirectoryError):
        return "is a directory; name a graph file inside it"
    if isinstance(error, PermissionError):
        return "may not be read; change its permissions"
    return f"can't be read ({_reason(error)}); check the name and the disk"


def _writing_problem(error: OSError | ValueError, path: StrPath) -> str:
    if isinstance(error, IsADirectoryError):
        return "is a directory; name a file inside it"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"the folder {str(Path(path).parent)!r} does not exist; make it first"
    if isinstance(error, PermissionError):
        return "may not be written; change its permissions or choose another place"
    return f"can't be written ({_reason(error)}); check the name and the disk"


def _reason(error: OSError | ValueError) -> str:
    words = (error.strerror if isinstance(error, OSError) else str(error)) or "unknown reason"
    return words[:1].lower() + words[1:]
