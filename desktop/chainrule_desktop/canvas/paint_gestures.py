"""Painting what gestures draw over the diagram: box, lasso, guide lines."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from chainrule_desktop.canvas.look import Look
from chainrule_desktop.canvas.marks import Guide, Marks, Point

_FILL = 0.12
_TICK = 4.0
_DASHES = [4.0, 3.0]
_PASSED = 6.0


def paint_gestures(painter: QPainter, marks: Marks, look: Look) -> None:
    """Paint the marks of the gesture that is under way, in pixels at any zoom."""
    if marks.band is not None or marks.lasso:
        _prepare(painter, look)
        if marks.band is not None:
            start, end = marks.band
            painter.drawRect(QRectF(QPointF(*start), QPointF(*end)).normalized())
        if marks.lasso:
            corners = QPolygonF([QPointF(*corner) for corner in marks.lasso])
            painter.drawPolygon(corners, Qt.FillRule.OddEvenFill)
    if marks.guides:
        painter.setPen(_guide_pen(look))
        # They run across and down: smoothed, they would be two pixels wide and pale.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for guide in marks.guides:
            _paint_guide(painter, guide)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def gesture_area(marks: Marks, least: float) -> QRectF:
    """Return a rectangle around the marks of a gesture, `least` away from them on every side."""
    corners: list[Point] = [*marks.lasso, *(marks.band or ())]
    corners += [point for guide in marks.guides for point in (guide.start, guide.end)]
    if not corners:
        return QRectF()
    (left, top), (right, bottom) = np.min(corners, axis=0), np.max(corners, axis=0)
    area = QRectF(QPointF(left, top), QPointF(right, bottom))
    return area.adjusted(-least, -least, least, least)


def _guide_pen(look: Look) -> QPen:
    """Return a pen that is neither that of wires nor that of what is selected."""
    pen = QPen(QColor(look.palette.guide), 1)
    pen.setCosmetic(True)
    pen.setDashPattern(_DASHES)
    return pen


def _prepare(painter: QPainter, look: Look) -> None:
    pen = QPen(QColor(look.palette.accent), 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    fill = QColor(look.palette.accent)
    fill.setAlphaF(_FILL)
    painter.setBrush(fill)


def _paint_guide(painter: QPainter, guide: Guide) -> None:
    """Paint a line that goes a little beyond its ends; a distance has a stroke across at each."""
    scale = painter.worldTransform().m11()
    line = QLineF(QPointF(*guide.start), QPointF(*guide.end))
    if not guide.gap:
        beyond = _PASSED / scale
        across = QPointF(beyond, 0) if line.y1() == line.y2() else QPointF(0, beyond)
        forwards = line.p2().x() + line.p2().y() >= line.p1().x() + line.p1().y()
        away = across if forwards else -across
        painter.drawLine(QLineF(line.p1() - away, line.p2() + away))
        return
    painter.drawLine(line)
    tick = _TICK / scale
    side = QPointF(0, tick) if line.y1() == line.y2() else QPointF(tick, 0)
    for end in (line.p1(), line.p2()):
        painter.drawLine(QLineF(end - side, end + side))
