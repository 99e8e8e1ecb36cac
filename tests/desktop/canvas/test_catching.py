"""Boxes and lassos catch what lies in them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF

from chainrule.autodiff.passes import Passes
from chainrule.diagram.diagram import draw
from chainrule.diagram.parts import Display
from chainrule_desktop.canvas.catching import Lasso, touching
from tests.desktop.easel import sum_times_z

_COORDINATES = st.integers(-100, 500).map(lambda n: n + 0.25)


@given(st.lists(st.tuples(_COORDINATES, _COORDINATES), min_size=3, max_size=12))
def test_a_lasso_holds_the_middles_that_a_filled_polygon_holds(
    corners: list[tuple[float, float]],
) -> None:
    graph = sum_times_z()
    diagram = draw(graph, Passes(graph), Display())
    lasso = Lasso(diagram, corners[0])
    for corner in corners[1:]:
        lasso.grow(corner)
    polygon = QPolygonF([QPointF(*corner) for corner in corners])
    inside = {
        node
        for node, center in zip(diagram.parts.ids, diagram.geometry.centers.tolist(), strict=True)
        if polygon.containsPoint(QPointF(*center), Qt.FillRule.OddEvenFill)
    }
    assert set(lasso.nodes()) == inside


def test_wires_caught_late_are_those_caught_from_the_start() -> None:
    graph = sum_times_z()
    diagram = draw(graph, Passes(graph), Display())
    early, late = Lasso(diagram, (60, -10)), Lasso(diagram, (60, -10))
    for corner in ((200, 10), (180, 90), (80, 60)):
        early.grow(corner)
        late.grow(corner)
        early.wires()
    assert early.wires().tolist() == late.wires().tolist() != []


def test_a_line_touches_a_rectangle_that_it_runs_through() -> None:
    area = QRectF(0, 0, 10, 10)
    lines = np.array(
        [(-5, 5, 15, 5), (-5, -5, 15, 15), (2, 2, 3, 3), (-5, 5, 5, -8), (12, 0, 12, 10)], float
    )
    assert touching(lines, area).tolist() == [True, True, True, False, False]
