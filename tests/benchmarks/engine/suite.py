"""The whole comparison: every workload, its table, and what the engine must show."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, final

from tests.benchmarks.engine import lineup, requirements, workloads
from tests.benchmarks.engine.race import ONE_THREAD, Standing, race
from tests.benchmarks.engine.scalar_graph import ScalarGraph
from tests.benchmarks.engine.tables import figures_table, standings_table
from tests.benchmarks.measure import Contender, Figures, run
from tests.benchmarks.verdicts import Verdict, verdict_table

EDITS, HOLDING = "W5", "files"
NAMES = (*lineup.LINEUP, EDITS, HOLDING)

_APART = {
    EDITS: ("tests.benchmarks.engine.editing", ("W3-100000", "W3L")),
    HOLDING: ("tests.benchmarks.engine.holding", ("W3-100000",)),
}


@final
@dataclass(frozen=True)
class Thoroughness:
    """How many rounds there are, and how many seconds of short runs make one turn."""

    rounds: int
    seconds: float


THOROUGH, QUICK = Thoroughness(rounds=21, seconds=0.05), Thoroughness(rounds=7, seconds=0.01)


@final
@dataclass(frozen=True)
class Options:
    """What to measure, how thoroughly, and where to write the results."""

    only: Collection[str]
    thoroughness: Thoroughness
    results: Path | None


@final
@dataclass
class _Results:
    standings: dict[str, dict[str, Standing]] = field(default_factory=dict)
    figures: Figures = field(default_factory=dict)


def compare(options: Options) -> None:
    """Measure and print; the results are written as JSON too if a file is named for them."""
    begin = time.monotonic()
    _say_who_is_missing(options)
    results = _Results()
    with tempfile.TemporaryDirectory(prefix="chainrule-benchmark-") as folder:
        for name in options.only:
            if name in lineup.LINEUP:
                _measure_workload(name, Path(folder), options, results)
            else:
                _measure_apart(name, results)
    print("\n" + verdict_table(_verdicts(results), "GC on"))
    print(f"\nIt took {(time.monotonic() - begin) / 60:.1f} minutes.")
    if options.results is not None:
        options.results.write_text(json.dumps(_as_json(results), indent=1), encoding="utf-8")


def read_names(text: str) -> list[str]:
    """Return the workloads in a list such as `W1,W3`: `W3` stands for all sizes.

    Raises ValueError for a name that there is none of.
    """
    found: list[str] = []
    for part in text.split(","):
        fitting = [name for name in NAMES if name == part or name.startswith(f"{part}-")]
        if not fitting:
            raise ValueError(f"there is no workload {part!r}; there are {', '.join(NAMES)}")
        found.extend(fitting)
    return found


def _say_who_is_missing(options: Options) -> None:
    entries = [each for name in options.only for each in lineup.LINEUP.get(name, ())]
    missing = lineup.missing(entries)
    if missing:
        print(f'Left out: {", ".join(missing)}; pip install -e ".[peers,fast]" brings peers along.')


def _measure_workload(name: str, folder: Path, options: Options, results: _Results) -> None:
    begin = time.monotonic()
    workloads.prepare(name, folder)
    task = workloads.load(name, folder).task
    gates = task.gates if isinstance(task, ScalarGraph) else None
    entries = [each for each in lineup.LINEUP[name] if lineup.is_there(each.needs)]
    turns = options.thoroughness
    standings = race(name, entries, folder, rounds=turns.rounds, seconds=turns.seconds)
    results.standings[name] = standings
    print(f"\n{name}: {workloads.SUMMARIES[name]} ({time.monotonic() - begin:.0f} s)\n")
    print(standings_table(standings, gates), flush=True)


def _measure_apart(name: str, results: _Results) -> None:
    module, graphs = _APART[name]
    settings = (*ONE_THREAD.items(), *lineup.PLAIN)
    for graph in graphs:
        try:
            figures = run(Contender(f"{name} on {graph}", module, (graph,), settings))
        except SystemExit as error:
            print(f"\n{error}", flush=True)
            continue
        results.figures |= figures
        print("\n" + figures_table(name, figures), flush=True)


def _verdicts(results: _Results) -> list[Verdict]:
    return list(requirements.verdicts(results.standings, results.figures))


def _as_json(results: _Results) -> dict[str, Any]:
    standings = {
        workload: {
            name: each.report | {"off": each.off, "on": each.on} for name, each in by.items()
        }
        for workload, by in results.standings.items()
    }
    found = [vars(each) | {"text": each.text} for each in _verdicts(results)]
    return {"workloads": standings, "figures": results.figures, "verdicts": found}
