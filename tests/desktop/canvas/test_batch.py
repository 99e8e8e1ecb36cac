"""What is painted in one call looks as if each shape were painted on its own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from chainrule.diagram.parts import Floats
from chainrule_desktop.canvas.batch import draw_lines, draw_rectangles

SHAPES = np.array([[10.0, 10.0, 60.5, 30.25], [5.0, 70.0, 80.0, 12.0], [50.0, 50.0, 9.0, 40.0]])


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
