"""The grid looks like lines one pixel wide, at every zoom and on every screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from chainrule_desktop.canvas.backdrop import paint_backdrop
from chainrule_desktop.canvas.grid import grid_lines
from chainrule_desktop.theme import Scheme, palette_for

SIZE = 200
LIGHT = palette_for(Scheme.LIGHT)


def painted(ratio: int, scale: float, paint: Callable[[QPainter, QRectF], None]) -> QImage:
    image = QImage(SIZE * ratio, SIZE * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(LIGHT.canvas))
    painter = QPainter(image)
    painter.translate(37.3, -11.8)
    painter.scale(scale, scale)
    whole = painter.worldTransform().inverted()[0].mapRect(QRectF(0, 0, SIZE, SIZE))
    paint(painter, whole)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("scale", [0.2, 0.5, 0.73, 1.0, 1.37, 4.0])
def test_the_grid_is_its_lines(qapp: object, ratio: int, scale: float) -> None:
    def line_by_line(painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(QColor(LIGHT.grid), 0))
        for line in grid_lines(area, scale).tolist():
            painter.drawLine(QLineF(*line))

    def at_once(painter: QPainter, area: QRectF) -> None:
        paint_backdrop(painter, area, LIGHT, scale, grid=True)

    assert painted(ratio, scale, at_once) == painted(ratio, scale, line_by_line)


def test_nothing_is_filled_by_what_is_painted_next(qapp: object) -> None:
    def paint(painter: QPainter, area: QRectF) -> None:
        paint_backdrop(painter, area, LIGHT, 1.0, grid=True)
        assert painter.brush().style() == Qt.BrushStyle.NoBrush

    painted(1, 1.0, paint)
