"""`chainrule check`: the analytic gradient of every input and parameter against a numerical one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import groupby

from chainrule.autodiff.gradient_check import Check, Verdict, check_gradients
from chainrule.cli.complaints import complain, one_line
from chainrule.cli.running import read_to_run
from chainrule.cli.table import NOT_COMPUTED, table
from chainrule.errors import FileError

DISAGREES = 1
BAD_INPUT = 2
_GRAVITY = (
    Verdict.AGREES,
    Verdict.NOT_COMPUTED,
    Verdict.KINK,
    Verdict.NOT_FINITE,
    Verdict.DIFFERS_BY_DESIGN,
    Verdict.DIFFERS,
)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found for each file; return 2 if one was refused, 1 if a gradient differs."""
    status = 0
    for file in arguments.files:
        try:
            graph, _ = read_to_run(file, output=arguments.output)
        except FileError as error:
            complain(file, error.where, error.problem)
            status = BAD_INPUT
        else:
            checks = check_gradients(graph)
            sys.stdout.write(_page(file, checks))
            if any(check.verdict is Verdict.DIFFERS for check in checks):
                status = max(status, DISAGREES)
    return status


def _page(file: str, checks: Sequence[Check]) -> str:
    """Return one line for each leaf, the one of its numbers that is worst, and a summary."""
    leaves = [list(numbers) for _, numbers in groupby(checks, key=lambda check: check.node)]
    rows = [_row(max(numbers, key=_badness), len(numbers)) for numbers in leaves]
    head = ("number", "of", "analytic", "numerical", "relative error", "verdict")
    numbers = table(head, rows, right=(1, 2, 3, 4)) if rows else ""
    return f"{one_line(file)}, {_summary(checks)}\n{numbers}\n"


def _badness(check: Check) -> tuple[int, float]:
    return _GRAVITY.index(check.verdict), check.error or 0.0


def _row(check: Check, count: int) -> tuple[str, ...]:
    index = "".join(f"[{each}]" for each in check.index)
    numbers = (_shown(each) for each in (check.analytic, check.numerical))
    error = NOT_COMPUTED if check.error is None else f"{check.error:.1e}"
    verdict = f"{check.verdict.value}: {check.says}" if check.says else check.verdict.value
    return f"{check.node}{index}", str(count), *numbers, error, one_line(verdict)


def _shown(number: float | None) -> str:
    return NOT_COMPUTED if number is None else f"{number:.9g}"


def _summary(checks: Sequence[Check]) -> str:
    found = [sum(check.verdict is verdict for check in checks) for verdict in _GRAVITY]
    parts = (
        f"{count} {verdict.value}" for count, verdict in zip(found, _GRAVITY, strict=True) if count
    )
    return f"gradients: {', '.join(parts) or 'none to check'}"
