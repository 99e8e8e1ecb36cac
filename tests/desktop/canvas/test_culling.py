"""What an area shows, held against a look at everything."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from chainrule.diagram.diagram import Diagram
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.culling import visible_branches, wire_rows
from tests.helpers.lecture_graphs import diagram_of, graph_of


@cache
def scattered() -> Diagram:
    """Return a diagram of gates anywhere in a square, whose wires lead back as often as not."""
    dice = np.random.default_rng(5)
    leaves = [{"id": f"n{row}", "gate": "input", "value": 1} for row in range(3)]
    gates = [
        {"id": f"n{row}", "gate": "add", "inputs": [f"n{each}" for each in dice.integers(0, 9, 3)]}
        if row > 9
        else {"id": f"n{row}", "gate": "exp", "inputs": [f"n{row - 1}"]}
        for row in range(3, 40)
    ]
    nodes = [node | {"position": dice.uniform(0, 900, 2).tolist()} for node in leaves + gates]
    return diagram_of(graph_of(*nodes))


@given(st.floats(-200, 1000), st.floats(-200, 1000), st.floats(0.0, 400.0), st.floats(0.0, 400.0))
def test_the_gradients_of_wires_in_an_area_are_found(
    left: float, top: float, width: float, height: float
) -> None:
    diagram, area = scattered(), QRectF(left, top, width, height)
    parts = diagram.parts
    x, y = diagram.geometry.branch_spots.T
    high = 16.0 * parts.text_scale
    expected = parts.branches & (x > left) & (x - parts.leads < left + width)
    expected &= (y + high > top) & (y - high < top + height)
    assert visible_branches(diagram, area).tolist() == np.flatnonzero(expected).tolist()


def test_every_wire_has_its_row() -> None:
    parts = scattered().parts
    rows = wire_rows(parts)
    assert [rows[wire] for wire in parts.wires] == list(range(len(parts.wires)))
    assert len(rows) == len(list(rows)) == len(parts.wires)


@pytest.mark.parametrize("wire", [Wire("n0", "n39", 7), Wire("n38", "n39", 0), Wire("x", "y", 0)])
def test_what_is_no_wire_has_none(wire: Wire) -> None:
    assert wire not in wire_rows(scattered().parts)
