"""What each command takes, apart from what it does, so that --help imports nothing heavy."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn, final

from typing_extensions import override

OVERVIEW = """\
usage: chainrule [FILE]
       chainrule COMMAND ...

Draw a computational graph and watch every value and gradient in it.
Without a command, the editor opens, with FILE if one is named.

commands:
  eval FILE...        print the value and the gradient of every node
  check FILE...       compare analytic with numerical gradients
  export FILE OUT     write a figure or a program; the format follows OUT's extension
  new EXPRESSION OUT  make a graph file from a formula
  practice LEVEL OUT  make an exercise: a graph whose numbers are to be found
  sheet FILE OUT      write an exercise to print, with blanks or with answers
  grade FILE...       mark answers to exercises

options:
  -h, --help          print this help; `chainrule COMMAND --help` says more
  --version           print the version

A file that is named like a command is given as ./eval.
Exit status: 0 done, 1 a check failed or an answer is not right, 2 bad input.
"""


class UsageError(Exception):
    """A command line that can't be understood."""


@final
class _Parser(argparse.ArgumentParser):
    """A parser that leaves it to the caller to say what is wrong, in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def parse(command: str, words: list[str]) -> argparse.Namespace:
    """Return the arguments of `command`; raise UsageError if they can't be understood."""
    parser = _Parser(prog=f"chainrule {command}", allow_abbrev=False)
    PARSERS[command](parser)
    # A word with a blank is never taken for an option, and the formula -x*y is none.
    if command == "new":
        words = [f" {word}" if _is_negative(word) else word for word in words]
    return parser.parse_intermixed_args(words)


def _is_negative(word: str) -> bool:
    return word.startswith("-") and not word.startswith("--") and word not in ("-", "-h")


def _eval(parser: argparse.ArgumentParser) -> None:
    parser.description = "Run both passes and print the value and the gradient of every node."
    _add_files(parser)
    _add_assignments(parser)
    _add_output(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each file")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Compare the gradient of every input and parameter with central differences. "
        "The exit status is 1 where they disagree."
    )
    _add_files(parser)
    _add_output(parser)
    parser.add_argument("--wires", action="store_true", help="check what each wire carries, too")
    parser.add_argument(
        "--step",
        metavar="H",
        type=_step,
        default=1e-5,
        help="show the numerical gradient for the step H max(1, |x|); the verdict has its own",
    )
    parser.add_argument(
        "--one-sided",
        action="store_true",
        help="show (f(x + h) - f(x)) / h instead of the difference to both sides",
    )


def _step(word: str) -> float:
    try:
        step = float(word)
    except ValueError:
        step = 0.0
    if not 1e-16 <= step <= 1e3:
        raise argparse.ArgumentTypeError(f"must be a number from 1e-16 to 1000, not {word!r}")
    return step


def _export(parser: argparse.ArgumentParser) -> None:
    parser.description = "Write a figure or a program; the format follows the extension of OUT."
    parser.add_argument("file", metavar="FILE", help="a graph file")
    parser.add_argument("out", metavar="OUT", help="the file to write, such as f.svg")
    parser.add_argument(
        "--scale", metavar="N", type=float, default=1.0, help="pixels for each unit of a figure"
    )
    parser.add_argument(
        "--transparent", action="store_true", help="leave the background of a figure out"
    )


def _new(parser: argparse.ArgumentParser) -> None:
    parser.description = "Make a graph file from a formula such as '1/(1+exp(-(w*x+b)))'."
    parser.add_argument("expression", metavar="EXPRESSION", help="the formula, in quotes")
    parser.add_argument("out", metavar="OUT", help="the graph file to write")
    _add_assignments(parser)


def _practice(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Make an exercise: a graph whose values and gradients are to be found. "
        "The same level and seed give the same exercise everywhere."
    )
    parser.add_argument(
        "level",
        metavar="LEVEL",
        help="what it is about: add-mul, branches, max, sigmoid-chain or vectors",
    )
    parser.add_argument("out", metavar="OUT", help="the graph file to write")
    parser.add_argument(
        "--seed", metavar="N", type=int, default=1, help="which exercise of the level (1)"
    )
    parser.add_argument(
        "--count",
        metavar="N",
        type=int,
        help="make so many, with one seed after the other, in files OUT-SEED",
    )
    parser.add_argument(
        "--locked",
        action="store_true",
        help="let the editor fill blanks and change nothing else; it is no protection",
    )


def _sheet(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write an exercise for paper: OUT.pdf has the graph and the tables of both passes; "
        "OUT.csv, OUT.md and OUT.txt have the tables alone."
    )
    parser.add_argument("file", metavar="FILE", help="an exercise, or any graph file")
    parser.add_argument("out", metavar="OUT", help="the file to write, such as sheet.pdf")
    parser.add_argument(
        "--answers", action="store_true", help="with the right answers in place of blanks"
    )
    parser.add_argument(
        "--nudge",
        metavar="N",
        type=float,
        help="add a table: what does a change of each input by N do to the output?",
    )
    parser.add_argument("--no-tables", action="store_true", help="leave the tables of passes out")
    parser.add_argument("--letter", action="store_true", help="on US Letter instead of A4")


def _grade(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Mark the answers in exercise files. Every number is computed anew; nothing that a file "
        "claims is believed. The exit status is 1 where an answer is not right."
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="an exercise with answers")
    parser.add_argument(
        "--key",
        metavar="FILE",
        help="the exercise as it was handed out; answers on another graph are refused",
    )
    parser.add_argument("--csv", metavar="OUT", help="write a table with a row for each file")
    parser.add_argument(
        "--json",
        metavar="OUT",
        help="write the results.json that Gradescope reads; a folder for several files",
    )


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="a graph file")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="ID", help="the node to differentiate")


def _add_assignments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        dest="assignments",
        action="append",
        default=[],
        help="give an input, parameter or constant a value, such as x=-1.5, 'W=[[1,2],[3,4]]' or "
        "'W=randn(3,4,seed=1)' (seed 0 where none is given)",
    )


PARSERS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "eval": _eval,
    "check": _check,
    "export": _export,
    "new": _new,
    "practice": _practice,
    "sheet": _sheet,
    "grade": _grade,
}
