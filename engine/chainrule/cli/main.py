"""The program `chainrule`: chooses the command, and turns whatever goes wrong into one line."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from chainrule.cli.arguments import OVERVIEW, PARSERS, UsageError, parse
from chainrule.cli.complaints import complain
from chainrule.errors import ChainruleError

BAD_INPUT = 2
INTERRUPTED = 130
PIPE_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that `argv` names and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        status = _dispatch(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except ChainruleError as error:
        complain(_subject(words), "graph", str(error))
        return BAD_INPUT
    except (MemoryError, RecursionError):
        complain(_subject(words), "file", "needs more memory than there is; use a smaller graph")
        return BAD_INPUT
    except OSError as error:
        complain(
            _subject(words), "output", f"can't be written ({error.strerror}); make room for it"
        )
        return BAD_INPUT
    return status


def _dispatch(words: list[str]) -> int:
    command = words[0] if words else ""
    if command in ("-h", "--help"):
        sys.stdout.write(OVERVIEW)
        return 0
    if command == "--version":
        sys.stdout.write(f"chainrule {_version()}\n")
        return 0
    if command not in PARSERS:
        from chainrule.cli import open as opening

        return opening.run(words)
    try:
        arguments = parse(command, words[1:])
    except UsageError as error:
        complain(command, "arguments", f"{error}; see chainrule {command} --help")
        return BAD_INPUT
    except SystemExit as stop:  # argparse has printed the help of the command
        return int(stop.code or 0)
    return _runner(command)(arguments)


def _runner(command: str) -> Callable[[argparse.Namespace], int]:
    """Return what runs `command`; each is imported when it is asked for, with all that it needs."""
    match command:
        case "eval":
            from chainrule.cli import evaluate

            return evaluate.run
        case "check":
            from chainrule.cli import check

            return check.run
        case "export":
            from chainrule.cli import export

            return export.run
        case "practice":
            from chainrule.cli import practice

            return practice.run
        case "sheet":
            from chainrule.cli import sheet

            return sheet.run
        case "grade":
            from chainrule.cli import grade

            return grade.run
        case _:
            from chainrule.cli import new

            return new.run


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("chainrule")
    except PackageNotFoundError:
        return "(not installed)"


def _speak_utf8() -> None:
    """Write UTF-8 wherever output goes; half characters in file names become their escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Let Python's own flush at the end find nobody to complain to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _subject(words: list[str]) -> str:
    return words[1] if len(words) > 1 else "chainrule"
