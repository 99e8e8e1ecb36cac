"""A contender: the engine's plan and passes, and its files."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.files import dumps, loads
from chainrule.graph.edits import SetValue
from chainrule.graph.graph import GateGraph
from tests.benchmarks import engine
from tests.benchmarks.measure import Figures, hand_in, median_ms
from tests.benchmarks.workload import file_of, make_gates


def turner(graph: GateGraph, passes: Passes) -> Callable[[], None]:
    """Return what gives a leaf another value and brings all numbers up to date."""
    steps = count(1)

    def turn() -> None:
        edit = SetValue("n0", np.float64(next(steps) / 100))
        edit.apply(graph)
        passes.update(edit.changes())

    return turn


def main() -> None:
    """Measure, and hand in the figures."""
    data = file_of(engine.asked_gates())
    graph, small = loads(data), loads(file_of(make_gates(engine.SMALL)))
    figures: Figures = {
        engine.EDIT: median_ms(turner(small, Passes(small)), 40),
        engine.BUILD: median_ms(lambda: Passes(graph)),
        engine.RUN: median_ms(turner(graph, Passes(graph))),
        engine.READ: median_ms(lambda: loads(data), 7),
        engine.WRITE: median_ms(lambda: dumps(graph), 7),
    }
    hand_in(figures)


if __name__ == "__main__":
    main()
