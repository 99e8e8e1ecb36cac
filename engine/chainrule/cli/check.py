"""`chainrule check`: the analytic gradient of every input and parameter against a numerical one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import groupby

from chainrule.autodiff.gradient_check import (
    Check,
    CheckSettings,
    Verdict,
    check_gradients,
    gravity,
)
from chainrule.cli.complaints import complain, one_line
from chainrule.cli.running import read_to_run
from chainrule.cli.table import NOT_COMPUTED, table
from chainrule.errors import FileError

DISAGREES = 1
BAD_INPUT = 2
_HEAD = ("number", "of", "analytic", "numerical", "relative error", "band", "verdict")
_IN_ORDER = (
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
    settings = CheckSettings(arguments.step, not arguments.one_sided, arguments.wires)
    for file in arguments.files:
        try:
            graph, _ = read_to_run(file, output=arguments.output)
        except FileError as error:
            complain(file, error.where, error.problem)
            status = BAD_INPUT
        else:
            checks = check_gradients(graph, settings=settings)
            sys.stdout.write(_page(file, checks))
            if any(check.verdict is Verdict.DIFFERS for check in checks):
                status = max(status, DISAGREES)
    return status


def _page(file: str, checks: Sequence[Check]) -> str:
    """Return one line for each leaf and wire, the one of its numbers that is worst, and a sum."""
    subjects = [[*each] for _, each in groupby(checks, key=lambda check: (check.wire, check.node))]
    rows = [_row(max(numbers, key=gravity), len(numbers)) for numbers in subjects]
    numbers = table(_HEAD, rows, right=(1, 2, 3, 4)) if rows else ""
    return f"{one_line(file)}, {_summary(checks)}\n{numbers}\n"


def _row(check: Check, count: int) -> tuple[str, ...]:
    index = "".join(f"[{each}]" for each in check.index)
    place = "" if check.wire is None else f" -> {check.wire.target}:{check.wire.port}"
    numbers = (_shown(each) for each in (check.analytic, check.numerical))
    error = NOT_COMPUTED if check.error is None else f"{check.error:.1e}"
    band = "" if check.band is None else check.band.value
    verdict = f"{check.verdict.value}: {check.says}" if check.says else check.verdict.value
    return f"{check.node}{index}{place}", str(count), *numbers, error, band, one_line(verdict)


def _shown(number: float | None) -> str:
    return NOT_COMPUTED if number is None else f"{number:.9g}"


def _summary(checks: Sequence[Check]) -> str:
    found = [sum(check.verdict is verdict for check in checks) for verdict in _IN_ORDER]
    parts = (
        f"{count} {verdict.value}" for count, verdict in zip(found, _IN_ORDER, strict=True) if count
    )
    return f"gradients: {', '.join(parts) or 'none to check'}"
