"""What is painted in one call looks as if each shape were painted on its own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from chainrule.diagram.parts import Floats
from chainrule_desktop.canvas.batch import (
    draw_lines,
    draw_rectangles,
    flatten_curves,
    flatten_finely,
)

SHAPES = np.array([[10.0, 10.0, 60.5, 30.25], [5.0, 70.0, 80.0, 12.0], [50.0, 50.0, 9.0, 40.0]])
T = np.linspace(0.0, 1.0, 201)[:, None]


def painted(paint: Callable[[QPainter], None]) -> QImage:
    image = QImage(120, 120, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return image


def one_by_one(painter: QPainter, lines: Floats) -> None:
    for line in lines.tolist():
        painter.drawLine(QLineF(*line))


def rectangle_by_rectangle(painter: QPainter, boxes: Floats) -> None:
    for box in boxes.tolist():
        painter.drawRect(QRectF(*box))


@pytest.mark.parametrize("shapes", [SHAPES, SHAPES[::-1], SHAPES[::2], SHAPES[:0], SHAPES.T[:0].T])
def test_lines_in_one_call_are_the_lines_one_by_one(qapp: object, shapes: Floats) -> None:
    lines = shapes if shapes.shape[1:] == (4,) else np.empty((0, 4))
    assert painted(lambda painter: draw_lines(painter, lines)) == painted(
        lambda painter: one_by_one(painter, lines)
    )


@pytest.mark.parametrize("boxes", [SHAPES, SHAPES[::2], SHAPES[:0], SHAPES.astype(np.float32)])
def test_rectangles_in_one_call_are_the_rectangles_one_by_one(qapp: object, boxes: Floats) -> None:
    assert painted(lambda painter: draw_rectangles(painter, boxes)) == painted(
        lambda painter: rectangle_by_rectangle(painter, boxes)
    )


def test_a_flattened_curve_runs_from_its_start_through_its_middle_to_its_end() -> None:
    curve = np.array([[[0.0, 0.0], [10.0, 0.0], [20.0, 30.0], [30.0, 30.0]]])
    lines = flatten_curves(curve, 2)
    assert lines.tolist() == [[0.0, 0.0, 15.0, 15.0], [15.0, 15.0, 30.0, 30.0]]


@given(
    hnp.arrays(np.float64, (3, 4, 2), elements=st.floats(-900, 900)),
    st.sampled_from([0.25, 1.0, 2.0]),
)
def test_a_finely_flattened_curve_is_no_pixel_away_from_its_lines(
    curves: Floats, scale: float
) -> None:
    for curve in curves:
        lines = flatten_finely(curve[None], scale)
        on_curve = (1 - T) ** 3 * curve[0] + 3 * (1 - T) ** 2 * T * curve[1]
        on_curve = on_curve + 3 * (1 - T) * T**2 * curve[2] + T**3 * curve[3]
        assert distances(on_curve, lines).max() * scale < 1.0


def distances(points: Floats, lines: Floats) -> Floats:
    """Return how far each point is from the nearest of the lines."""
    start, along = lines[:, :2], lines[:, 2:] - lines[:, :2]
    towards = points[:, None] - start
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    t = np.clip((towards * along).sum(axis=2) / length, 0.0, 1.0)
    return np.hypot(*np.moveaxis(towards - t[..., None] * along, -1, 0)).min(axis=1)


def test_a_straight_wire_is_one_line() -> None:
    flat = np.array([[[0.0, 5.0], [300.0, 5.0], [700.0, 5.0], [1000.0, 5.0]]])
    assert len(flatten_finely(flat, 1.0)) == 1
    assert flatten_finely(flat[:0], 1.0).shape == (0, 4)
