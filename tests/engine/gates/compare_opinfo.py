"""Compares all gates with PyTorch on the sample inputs of PyTorch's own operator tests.

Run it from the checkout, where PyTorch is installed (the optional extra "peers"):

    python -m tests.engine.gates.compare_opinfo [--extensive] [GATE ...]

The table of gates and operators is in `opinfo/table.py`. `--extensive` takes PyTorch's reference
inputs, which are many more and have extreme numbers. Exit status 1 says that something disagrees,
or that a gate of the catalogue is not in the table.
"""

from __future__ import annotations

import argparse
import inspect
import sys

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate
from tests.engine.gates.opinfo.report import lines_of, tally
from tests.engine.gates.opinfo.table import ROWS, WITHOUT


def main(names: list[str], *, extensive: bool = False) -> int:
    """Compare the gates called `names`, or all, print the table and return the exit status."""
    rows = [row for row in ROWS if not names or row.gate in names]
    tallies = [
        tally(row, source, extensive=extensive)
        for row in rows
        for source in row.sources
        if not (extensive and source.is_module)
    ]
    missing = {gate: why for gate, why in WITHOUT.items() if not names or gate in names}
    unknown = [] if names else sorted(_gates() - {row.gate for row in ROWS} - {*WITHOUT})
    for line in lines_of(tallies, missing):
        sys.stdout.write(line + "\n")
    for gate in unknown:
        sys.stdout.write(f"NOT IN THE TABLE {gate}\n")
    wrong = any(each.differing or each.second_differing for each in tallies)
    return 1 if unknown or wrong else 0


def _gates() -> set[str]:
    return {
        kind.name
        for kind in all_kinds()
        if issubclass(kind, Gate)
        and not inspect.isabstract(kind)
        and kind.__module__.startswith("chainrule.")
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Compare gates on PyTorch's sample inputs.")
    parser.add_argument("--extensive", action="store_true", help="take the reference inputs")
    parser.add_argument("gates", nargs="*", metavar="GATE", help="gates to compare; all if none")
    asked = parser.parse_args()
    sys.exit(main(asked.gates, extensive=asked.extensive))
