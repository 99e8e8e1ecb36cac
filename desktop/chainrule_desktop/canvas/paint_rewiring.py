"""Painting what gestures with wires draw: the knife's trace, wires to be cut, ports that fit."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from chainrule.diagram.diagram import Diagram
from chainrule_desktop.canvas.culling import wire_rows
from chainrule_desktop.canvas.look import Look
from chainrule_desktop.canvas.marks import LooseWire, Marks, Point
from chainrule_desktop.canvas.paint_wires import one_wire

_RING = 7.0
_TRACE_WIDTH = 2.0
_DASHES = (3.0, 2.5)


def paint_rewiring(
    painter: QPainter, diagram: Diagram, area: QRectF, marks: Marks, look: Look
) -> None:
    """Paint the marks of the gesture with wires that is under way."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if marks.cut_wires:
        _paint_cut_wires(painter, diagram, marks, look)
    if marks.fitting:
        _paint_fitting(painter, area, marks, look)
    if marks.trace:
        pen = QPen(QColor(look.palette.problem), _TRACE_WIDTH)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in marks.trace]))


def rewiring_area(before: Marks, after: Marks, least: float) -> QRectF:
    """Return a rectangle around the marks that changed, `least` away from them on every side.

    Wires to be cut are not among them.
    """
    area = QRectF()
    if before.trace != after.trace:
        area = area.united(_hull((*before.trace, *after.trace)))
    if before.fitting != after.fitting:
        area = area.united(_hull((*before.fitting, *after.fitting)).adjusted(-9, -9, 9, 9))
    if before.loose != after.loose:
        area = area.united(_loose_area(before.loose)).united(_loose_area(after.loose))
    return area if area.isNull() else area.adjusted(-least, -least, least, least)


def _paint_cut_wires(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Paint wires dashed, on a ground of the canvas's colour that hides them as they are."""
    rows, width = wire_rows(diagram.parts), look.selected_wire.widthF()
    ground = QPen(QColor(look.palette.canvas), width + 1)
    dashed = QPen(QColor(look.palette.problem), width)
    dashed.setDashPattern(_DASHES)
    paths = [one_wire(diagram, rows[wire]) for wire in marks.cut_wires if wire in rows]
    for pen in (ground, dashed):
        painter.setPen(pen)
        for path in paths:
            painter.drawPath(path)


def _paint_fitting(painter: QPainter, area: QRectF, marks: Marks, look: Look) -> None:
    """Paint rings around the ports that a wire could be plugged into."""
    painter.setPen(look.hovered_wire)
    grown = area.adjusted(-_RING, -_RING, _RING, _RING)
    for x, y in marks.fitting:
        if grown.contains(x, y):
            painter.drawEllipse(QPointF(x, y), _RING, _RING)


def _loose_area(loose: LooseWire | None) -> QRectF:
    """Return a rectangle that holds a loose wire; one that runs backwards swings out."""
    if loose is None:
        return QRectF()
    (x1, y1), (x2, y2) = loose.start, loose.end
    out = 40.0 + 0.5 * abs(x2 - x1) * (x2 < x1)
    return QRectF(QPointF(x1, y1), QPointF(x2, y2)).normalized().adjusted(-out, -10, out, 10)


def _hull(points: tuple[Point, ...]) -> QRectF:
    if not points:
        return QRectF()
    (left, top), (right, bottom) = np.min(points, axis=0), np.max(points, axis=0)
    # A rectangle without any height would count as none.
    return QRectF(left, top, right - left, bottom - top).adjusted(-1, -1, 1, 1)
