"""Wires that run over nodes."""

from __future__ import annotations

import numpy as np

from chainrule.layout import Extent, LayeredProblem, WireEnds, layered
from chainrule.layout.clearance import count_hits

GATE = Extent(20.0, 66.0, 20.0, 20.0)


def test_a_wire_over_a_node_in_between_is_a_hit() -> None:
    problem = LayeredProblem([GATE] * 3, [WireEnds(0, 2)])
    assert count_hits(problem, np.array([[0.0, 0.0], [150.0, 0.0], [300.0, 0.0]])) == 1
    assert count_hits(problem, np.array([[0.0, 0.0], [150.0, 60.0], [300.0, 0.0]])) == 0


def test_the_staged_function_is_drawn_without_wires_over_gates() -> None:
    pairs = [(0, 3), (2, 3), (1, 2), (0, 4), (0, 5), (1, 5), (5, 6), (4, 7), (6, 7), (7, 8)]
    wires = [WireEnds(source, target) for source, target in [*pairs, (3, 9), (8, 9)]]
    problem = LayeredProblem([GATE] * 10, wires)
    assert count_hits(problem, layered(problem)) == 0
