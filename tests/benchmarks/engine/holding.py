"""What a large graph costs to load, to save and to hold in memory."""

from __future__ import annotations

import gc
import sys
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

from chainrule import Graph
from tests.benchmarks.engine.gate_graph import gate_graph
from tests.benchmarks.engine.scalar_graph import ScalarGraph
from tests.benchmarks.engine.workloads import make_graph
from tests.benchmarks.measure import Figures, hand_in, median_ms


def measure(name: str) -> Figures:
    """Return the figures of a workload's graph."""
    scalar = make_graph(name)
    path = Path(tempfile.mkdtemp(prefix="chainrule-benchmark-")) / "large.chainrule"
    graph = Graph(gate_graph(scalar))
    figures: Figures = {
        f"{name}: save [ms]": median_ms(lambda: graph.write(path), 5),
        f"{name}: load [ms]": median_ms(lambda: Graph.read(path), 5),
        f"{name}: size of the file [MB]": path.stat().st_size / 2**20,
    }
    return figures | _memory(name, scalar)


def _memory(name: str, scalar: ScalarGraph) -> Figures:
    """Return what Python and NumPy have allocated for a graph and for its plan."""
    point = scalar.start[scalar.leaves]
    tracemalloc.start()
    empty = _allocated()
    graph = Graph(gate_graph(scalar))
    drawn = _allocated()
    program: Any = graph.program()
    program.run(point)
    whole = _allocated()
    tracemalloc.stop()
    return {
        f"{name}: graph [bytes a gate]": (drawn - empty) / scalar.gates,
        f"{name}: plan [bytes a gate]": (whole - drawn) / scalar.gates,
        f"{name}: in all [bytes a gate]": (whole - empty) / scalar.gates,
    }


def _allocated() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


if __name__ == "__main__":
    hand_in(measure(sys.argv[1]))
