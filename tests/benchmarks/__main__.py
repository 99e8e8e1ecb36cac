"""Measures Chainrule beside its peers: `python -m tests.benchmarks [PART]`.

python -m tests.benchmarks                     everything
python -m tests.benchmarks canvas              the editor's canvas, beside other editors
python -m tests.benchmarks canvas --gates 2000 --tangled    one graph with wires across the view
python -m tests.benchmarks engine              passes, edits, files; beside its peers
python -m tests.benchmarks engine --quick --only W0,W3-1000 --json results.json
python -m tests.benchmarks jacobian            the window on a Jacobian of 4,096 × 4,096
python -m tests.benchmarks search              from a key to what a search finds
python -m tests.benchmarks training            steps, and the window while it trains
python -m tests.benchmarks start               how long the programs take to start

Runs without a screen. Each contender has a process of its own. Other engines are measured too
where they are installed: pip install -e ".[peers,fast]". Times are medians of processor time, so
that what else runs on the machine counts little; nothing here is a test.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from tests.benchmarks import canvas, jacobian, search, start, training
from tests.benchmarks.engine import suite

PARTS = ("canvas", "engine", "jacobian", "search", "start", "training")


def main() -> None:
    """Measure what the command line asks for."""
    chosen = _parser().parse_args()
    if chosen.part in (None, "canvas"):
        canvas.compare(chosen.gates, tangled=chosen.tangled)
    if chosen.part in (None, "engine"):
        suite.compare(_engine_options(chosen))
    if chosen.part in (None, "jacobian"):
        jacobian.compare()
    if chosen.part in (None, "search"):
        search.compare()
    if chosen.part in (None, "start"):
        start.compare()
    if chosen.part in (None, "training"):
        training.compare()


def _parser() -> argparse.ArgumentParser:
    summary, _, details = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=summary,
        epilog=details,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="?", choices=PARTS)
    canvas_only = parser.add_argument_group("canvas")
    canvas_only.add_argument("--gates", type=int, help="measure one graph of so many gates")
    canvas_only.add_argument(
        "--tangled", action="store_true", help="measure one with long random wires"
    )
    engine_only = parser.add_argument_group("engine")
    engine_only.add_argument(
        "--only",
        type=suite.read_names,
        default=suite.NAMES,
        metavar="NAMES",
        help=f"some of {', '.join(suite.NAMES)}; W3 stands for all its sizes",
    )
    engine_only.add_argument("--rounds", type=int, help="how often quick contenders have a turn")
    engine_only.add_argument("--quick", action="store_true", help="few rounds, short samples")
    engine_only.add_argument("--json", type=Path, metavar="OUT", help="write all results there")
    return parser


def _engine_options(chosen: argparse.Namespace) -> suite.Options:
    thoroughness = suite.QUICK if chosen.quick else suite.THOROUGH
    if chosen.rounds is not None:
        thoroughness = replace(thoroughness, rounds=chosen.rounds)
    return suite.Options(chosen.only, thoroughness, chosen.json)


if __name__ == "__main__":
    main()
