"""Wires around the nodes between their ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.arrays import Floats
from chainrule.diagram import routes
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.ways import curved, lead_starts
from tests.helpers.lecture_graphs import diagram_of, graph_of


def leaf(name: str, x: float, y: float) -> dict[str, Any]:
    return {"id": name, "gate": "input", "value": 1, "position": [x, y]}


def gate(name: str, source: str, x: float, y: float) -> dict[str, Any]:
    return {"id": name, "gate": "exp", "inputs": [source], "position": [x, y]}


def is_bent_as_usual(diagram: Diagram, row: int) -> bool:
    geometry, parts = diagram.geometry, diagram.parts
    start = geometry.stub_ends[parts.ends[:, 0]]
    usual = curved(start, lead_starts(start, geometry.port_ends, parts.leads))
    return bool(np.array_equal(geometry.ways.curves[row], usual[row]))


def points_along(curves: Floats) -> Floats:
    """Return points along cubic pieces (p, 4, 2), an array (n, 2)."""
    t = np.linspace(0, 1, 50)[:, None, None]
    first, second, third, last = np.moveaxis(curves, 1, 0)
    along = (1 - t) ** 3 * first + 3 * (1 - t) ** 2 * t * second
    return (along + 3 * (1 - t) * t**2 * third + t**3 * last).reshape(-1, 2)


def test_a_wire_with_a_free_way_bends_over_all_of_it() -> None:
    diagram = diagram_of(graph_of(leaf("x", 0, 0), gate("f", "x", 400, 100)))
    assert is_bent_as_usual(diagram, 0)


def test_a_wire_bends_at_once_where_a_node_stands_in_the_middle() -> None:
    between = leaf("z", 220, 30)
    diagram = diagram_of(graph_of(leaf("x", 0, 0), between, gate("f", "x", 400, 100)))
    end = diagram.geometry.ways.curves[0, 3]
    assert end[0] < 150
    assert end[1] == diagram.geometry.port_ends[0, 1]


def test_a_wire_bends_late_where_a_node_stands_on_its_targets_level_too() -> None:
    between = leaf("z", 200, 70), leaf("v", 240, 110)
    diagram = diagram_of(graph_of(leaf("x", 0, 0), *between, gate("f", "x", 400, 100)))
    assert not is_bent_as_usual(diagram, 0)
    assert diagram.geometry.ways.curves[0, 3, 0] == diagram.geometry.port_ends[0, 0]


def test_a_wire_swings_around_where_every_other_way_is_taken() -> None:
    shut = [gate("z", "x", 200, 0), gate("v", "x", 200, 45), gate("w", "x", 200, -45)]
    diagram = diagram_of(graph_of(leaf("x", 0, 0), *shut, gate("f", "x", 500, 0)))
    (row,) = [row for row, wire in enumerate(diagram.parts.wires) if wire.target == "f"]
    along = points_along(diagram.geometry.ways.of(row))
    beside = along[np.abs(along[:, 0] - 200) < 20]
    assert len(beside) > 0
    assert (np.abs(beside[:, 1]) > 45 + 20).all()


def test_wires_of_a_large_drawing_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    between = leaf("z", 220, 30)
    monkeypatch.setattr(routes, "MOST_PAIRS", 2)
    diagram = diagram_of(graph_of(leaf("x", 0, 0), between, gate("f", "x", 400, 100)))
    assert is_bent_as_usual(diagram, 0)
