"""Measures Chainrule beside its peers: `python -m tests.benchmarks [canvas | engine | start]`.

python -m tests.benchmarks                     everything
python -m tests.benchmarks canvas              10,000 gates in the editor's canvas
python -m tests.benchmarks canvas --gates 2000 --tangled
python -m tests.benchmarks engine              passes, files, edits
python -m tests.benchmarks start               how long the programs take to start

Runs without a screen. Each contender has a process of its own. Other editors and engines are
measured too where they are installed (micrograd). Times are medians of processor time,
so that what else runs on the machine counts little; nothing here is a test.
"""

from __future__ import annotations

import argparse

from tests.benchmarks import canvas, engine, start


def main() -> None:
    """Measure what the command line asks for."""
    summary, _, details = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=summary,
        epilog=details,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="?", choices=["canvas", "engine", "start"])
    parser.add_argument("--gates", type=int, default=10_000, help="gates in a large graph")
    parser.add_argument("--tangled", action="store_true", help="wires across the whole view")
    chosen = parser.parse_args()
    if chosen.part in (None, "canvas"):
        canvas.compare(chosen.gates, tangled=chosen.tangled)
    if chosen.part in (None, "engine"):
        engine.compare(chosen.gates)
    if chosen.part in (None, "start"):
        start.compare()


if __name__ == "__main__":
    main()
