"""Wires led anew where nodes moved run as in a drawing made from nothing."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.diagram import obstacles
from chainrule.diagram.geometry import Geometry, place_parts
from chainrule.diagram.parts import Display, Parts
from chainrule.diagram.ways import WireStyle
from tests.helpers.lecture_graphs import diagram_of, graph_of

ROWS, COLUMNS = 8, 12


def grid(style: WireStyle) -> tuple[Parts, Geometry]:
    """Return the parts and places of gates in columns, each of which reads from a few before."""
    dice = np.random.default_rng(3)
    nodes = []
    for number in range(ROWS * COLUMNS):
        column, row = divmod(number, ROWS)
        place = [190.0 * column, 90.0 * row + dice.uniform(-20, 20)]
        node = {"id": f"n{number}", "position": place}
        if column == 0:
            nodes.append(node | {"gate": "input", "value": 1})
        else:
            before = dice.integers(max(0, column - 4) * ROWS, column * ROWS, 2)
            nodes.append(node | {"gate": "mul", "inputs": [f"n{each}" for each in before]})
    diagram = diagram_of(graph_of(*nodes), Display(wire_style=style))
    return diagram.parts, diagram.geometry


@pytest.mark.parametrize("style", WireStyle)
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("step", [(3.0, 2.0), (-250.0, 60.0), (40.0, -700.0), (2500.0, 0.0)])
def test_moves_lead_every_wire_as_a_new_drawing_does(
    style: WireStyle, large: bool, step: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        monkeypatch.setattr(obstacles, "_FEW_PAIRS", 0)
    parts, moved = grid(style)
    for row in range(5, ROWS * COLUMNS, 13):
        centers = moved.centers.copy()
        centers[row : row + 2] += step
        moved, anew = place_parts(parts, centers, before=moved), place_parts(parts, centers)
        np.testing.assert_array_equal(moved.ways.curves, anew.ways.curves)
        np.testing.assert_array_equal(moved.ways.firsts, anew.ways.firsts)


@pytest.mark.parametrize("style", WireStyle)
def test_wires_run_as_they_did_once_all_nodes_are_back(style: WireStyle) -> None:
    parts, first = grid(style)
    away = first.centers.copy()
    away[40] += (150.0, -90.0)
    back = place_parts(parts, first.centers, before=place_parts(parts, away, before=first))
    np.testing.assert_array_equal(back.ways.curves, first.ways.curves)
