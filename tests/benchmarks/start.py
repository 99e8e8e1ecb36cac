"""How long the programs take until they have done their first thing."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Figures, print_table
from tests.benchmarks.workload import file_of, make_gates

_TIMES = 7
_CHAINRULE = [sys.executable, "-m", "chainrule"]
_PYTHON = [sys.executable, "-c"]


def compare() -> None:
    """Measure the starts, and print a table beside Python with numpy and networkx alone."""
    folder = Path(tempfile.mkdtemp(prefix="chainrule-benchmark-"))
    graph, picture = folder / "small.chainrule", folder / "window.png"
    graph.write_bytes(file_of(make_gates(20)))
    ours: Figures = {
        "chainrule --version": _median([*_CHAINRULE, "--version"]),
        "chainrule eval, 20 gates": _median([*_CHAINRULE, "eval", str(graph)]),
        "window shown and pictured": _median(_window(graph, picture)),
    }
    imports = _median([*_PYTHON, "import numpy, networkx"])
    peer = dict.fromkeys(ours, imports)
    title = "milliseconds of processor time from start to end, in the median"
    print_table(title, {"Chainrule": ours, "numpy, networkx": peer})


def _window(graph: Path, picture: Path) -> list[str]:
    return [*_CHAINRULE, str(graph), "--screenshot", str(picture)]


def _median(command: list[str]) -> float:
    """Return the processor time of a command, its start included, in milliseconds."""
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    taken: list[float] = []
    for _ in range(_TIMES + 1):
        before = _children()
        subprocess.run(command, env=surroundings, check=True, capture_output=True)
        taken.append(1000 * (_children() - before))
    return statistics.median(taken[1:])


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
