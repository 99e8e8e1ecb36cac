"""What the command line says on standard error: one line for each thing that is wrong."""

from __future__ import annotations

import sys


def complain(file: str, where: str, problem: str) -> None:
    """Print `chainrule: FILE: WHERE: WHAT IS WRONG`, whatever characters the names hold."""
    line = one_line(f"chainrule: {file}: {where}: {problem}")
    sys.stderr.write(f"{line}\n")


def one_line(text: str) -> str:
    """Return `text` with line ends and other characters that can't be printed as escapes."""
    return "".join(each if each.isprintable() else _escaped(each) for each in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
