"""Sentences that the user reads in more than one place, and errors as one clear sentence each."""

from __future__ import annotations

import errno
from pathlib import Path

from chainrule.errors import ChainruleError

APPLICATION_NAME = "Chainrule"
UNTITLED = "untitled"
GRAPH_FILE_FILTER = "Chainrule graphs (*.chainrule);;All files (*)"

_REASONS: dict[int, str] = {
    errno.ENOENT: "there is no such file or folder; it may have been moved or renamed",
    errno.EACCES: "you do not have the permission; choose another folder or ask for access",
    errno.EPERM: "the system does not permit it; choose another folder",
    errno.EISDIR: "it is a folder; choose a file in it",
    errno.ENOTDIR: "a part of its path is a file, not a folder; choose another folder",
    errno.EEXIST: "something of that name is already there; choose another name",
    errno.ENOSPC: "the disk is full; free some space or choose another disk",
    errno.EDQUOT: "your disk quota is used up; free some space or choose another disk",
    errno.EROFS: "the disk can only be read; choose another one",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
    errno.ELOOP: "its links point at each other in a circle; choose the file itself",
    errno.EBUSY: "another program is using it; close that program and try again",
    errno.ETXTBSY: "another program is using it; close that program and try again",
    errno.EMFILE: "too many files are open; close some programs and try again",
    errno.EIO: "the disk reported an error; check the disk and try again",
}


def explain(error: BaseException) -> str:
    """What went wrong as one sentence, for a dialog or the status bar.

    An error of Chainrule says it itself; an error of the system is named by its file, its reason
    and the remedy. Whatever else arrives is a fault of the program and is said to be one.
    """
    if isinstance(error, ChainruleError):
        return _sentence(str(error) or type(error).__name__)
    if isinstance(error, OSError):
        return _sentence(_system_reason(error))
    if isinstance(error, MemoryError):
        return "There is not enough memory; close other programs or use a smaller graph."
    detail = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
    return _sentence(f"something unexpected happened, a fault of {APPLICATION_NAME} ({detail})")


def explain_failure(action: str, path: Path, error: BaseException) -> str:
    """The sentence of an error that stopped an action on a file, such as `open` or `save`."""
    if isinstance(error, OSError):
        return _sentence(f"could not {action} {path.name}: {_reason(error)}")
    # Most errors of a file begin with its name, which this sentence has already.
    reason = explain(error).removeprefix(f"{path.name}: ").removeprefix("file: ")
    return f"Could not {action} {path.name}: {reason[0].lower()}{reason[1:]}"


def unsaved_changes(name: str) -> str:
    """The question before unsaved changes are lost."""
    return f"Save the changes to {name}?"


def also_unsaved(others: int) -> str:
    """What the question adds where further graphs have unsaved changes."""
    verb = "is" if others == 1 else "are"
    return f"{count(others, 'other graph')} {verb} unsaved, too."


def window_title(name: str) -> str:
    """The title of a window on a graph; Qt puts a star at `[*]` while there are unsaved changes."""
    return f"{name}[*] – {APPLICATION_NAME}"


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 node`, `13 nodes`, `no problems`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun}s" if number else f"no {noun}s"


def _system_reason(error: OSError) -> str:
    reason = _reason(error)
    return f"{Path(str(error.filename)).name}: {reason}" if error.filename else reason


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return known or error.strerror or str(error) or type(error).__name__


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    ended = text if text.endswith((".", "?", "!", "…")) else f"{text}."
    return ended if _starts_with_a_name(ended) else ended[0].upper() + ended[1:]


def _starts_with_a_name(text: str) -> bool:
    """Whether the first word is a file or a place in one: those keep their spelling."""
    first = text.split(" ", 1)[0]
    return first.endswith(":") or any(mark in first.rstrip(".,") for mark in "._[/'\"`")
