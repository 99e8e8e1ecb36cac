"""Curves that swing around nodes leave and arrive without a corner."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.obstacles import Obstacles
from chainrule.diagram.smoothing import are_cornered, smoothed
from tests.helpers.lecture_graphs import diagram_of, graph_of

SWING = np.array([[(0.0, 0.0), (30.0, 200.0), (170.0, 200.0), (200.0, 0.0)]])


def pieces_of(diagram: Diagram, source: str, target: str) -> Floats:
    (row,) = [
        row
        for row, wire in enumerate(diagram.parts.wires)
        if (wire.source, wire.target) == (source, target)
    ]
    ways = diagram.geometry.ways
    return ways.curves[ways.owners == row]


def leaf(name: str, x: float, y: float) -> dict[str, Any]:
    return {"id": name, "gate": "input", "value": 1, "position": [x, y]}


def alone() -> Obstacles:
    reader = {"id": "f", "gate": "exp", "inputs": ["x"], "position": [2000, 0]}
    diagram = diagram_of(graph_of(leaf("x", 0, 0), reader))
    return Obstacles(diagram.parts, diagram.geometry.centers)


def test_a_swing_becomes_two_curves_through_its_middle_that_begin_and_end_flat() -> None:
    assert are_cornered(SWING).all()
    (curves, owners), done = smoothed(alone(), SWING, np.array([0]), np.array([True]))
    assert done.all()
    assert owners.tolist() == [0, 0]
    np.testing.assert_allclose(curves[0, 3], (100.0, 150.0))
    assert not are_cornered(curves[:1]).any()
    assert curves[1, 2, 1] == curves[1, 3, 1]


def test_a_curve_that_is_spoken_for_is_left_alone() -> None:
    (curves, _), done = smoothed(alone(), SWING, np.array([0]), np.array([False]))
    assert len(curves) == 0
    assert not done.any()


def test_a_wire_drawn_past_nodes_near_its_ends_has_no_corner() -> None:
    diagram = diagram_of(
        graph_of(
            *(leaf("x", 16, 16), leaf("y", 16, 86), leaf("z", 16, 156)),
            {"id": "a", "gate": "add", "inputs": ["x", "y"], "position": [141, 51]},
            {"id": "f", "gate": "mul", "inputs": ["a", "z", "x"], "position": [286, 103]},
        )
    )
    pieces = pieces_of(diagram, "x", "f")
    assert pieces[0, 1, 1] == pieces[0, 0, 1]
    assert pieces[-1, 2, 1] == pieces[-1, 3, 1]
