"""How quickly graphs are compiled, run, edited, read and written, without any window."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from tests.benchmarks.measure import Contender, Figures, print_table, run
from tests.benchmarks.workload import Gate, make_gates

SMALL = 1000

EDIT = f"new value among {SMALL:,} gates"
BUILD = "build and run both passes"
RUN = "run both passes again"
READ = "read the file"
WRITE = "write the file"


def compare(count: int) -> None:
    """Measure the engine and its peers with `count` gates, and print a table."""
    arguments = (str(count),)
    contenders = [
        Contender("Chainrule", "tests.benchmarks.engine_chainrule", arguments),
        Contender("plain objects", "tests.benchmarks.engine_objects", arguments),
    ]
    if find_spec("micrograd") is not None:
        micrograd = ("tests.benchmarks.engine_objects", (*arguments, "micrograd"))
        contenders.append(Contender("micrograd", *micrograd))
    columns: dict[str, Figures] = {each.name: run(each) for each in contenders}
    print_table(f"{count:,} gates; milliseconds of processor time in the median", columns)


def asked_gates() -> list[Gate]:
    """Return the workload that the contender's process was asked for."""
    return make_gates(int(sys.argv[1]))
