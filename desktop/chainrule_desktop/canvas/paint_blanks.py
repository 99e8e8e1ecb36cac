"""Painting the blanks of an exercise: boxes with answers, and whether these are right.

A right answer has a disc with a check mark, a wrong one a square with a cross, one that is partly
right, or was shown, a triangle with a bar: shapes tell them apart as well as colours do.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from chainrule.diagram.blanks import BLANK_CORNER, BlankBox, blank_text
from chainrule.diagram.diagram import Diagram
from chainrule_desktop.canvas.look import OUTLINE_WIDTH, SELECTED_WIDTH, Look
from chainrule_desktop.canvas.marks import Judged, Marks
from chainrule_desktop.canvas.paint_labels import paint_text
from chainrule_desktop.canvas.sight import least_size

_BADGE = 5.6
_STROKE = 1.5
_RING = 2.6
_CHECK = ((-2.6, 0.2), (-0.7, 2.2), (2.8, -2.2))
_CROSS = (((-2.2, -2.2), (2.2, 2.2)), ((-2.2, 2.2), (2.2, -2.2)))


def paint_blanks(
    painter: QPainter, diagram: Diagram, area: QRectF, marks: Marks, look: Look
) -> None:
    """Paint the blanks that touch an area."""
    if not diagram.blanks:
        return
    least = least_size(painter)
    for each in diagram.blanks.values():
        box = _rectangle(each)
        if not box.adjusted(-_BADGE, -_BADGE, _BADGE, _BADGE).intersects(area):
            continue
        is_chosen = each.blank == marks.chosen_blank
        colour = look.palette.gradient if each.blank.is_gradient else look.palette.value
        width = SELECTED_WIDTH if is_chosen else OUTLINE_WIDTH
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(QColor(look.palette.canvas))
        painter.drawRoundedRect(box, BLANK_CORNER, BLANK_CORNER)
        if is_chosen:
            _paint_ring(painter, box, look)
        for text in blank_text(each):
            if text.size >= least:
                paint_text(painter, text, look)
        judged = marks.judged.get(each.blank)
        if judged is not None:
            _paint_badge(painter, QPointF(box.right(), box.top()), judged, look)


def _paint_ring(painter: QPainter, box: QRectF, look: Look) -> None:
    painter.setPen(QPen(QColor(look.palette.focus_ring), OUTLINE_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = box.adjusted(-_RING, -_RING, _RING, _RING)
    painter.drawRoundedRect(ring, BLANK_CORNER + _RING, BLANK_CORNER + _RING)


def _paint_badge(painter: QPainter, at: QPointF, judged: Judged, look: Look) -> None:
    """Paint the sign of a verdict at the upper right corner of a box."""
    palette = look.palette
    colour = QColor(palette.ok if judged is Judged.RIGHT else palette.problem)
    painter.save()
    painter.translate(at)
    painter.setPen(QPen(QColor(palette.canvas), 1.0))
    painter.setBrush(colour)
    sign = QPen(QColor(palette.canvas), _STROKE)
    sign.setCapStyle(Qt.PenCapStyle.RoundCap)
    if judged is Judged.RIGHT:
        painter.drawEllipse(QPointF(), _BADGE, _BADGE)
        painter.setPen(sign)
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in _CHECK]))
    elif judged is Judged.WRONG:
        side = 0.9 * _BADGE
        painter.drawRect(QRectF(-side, -side, 2 * side, 2 * side))
        painter.setPen(sign)
        for start, end in _CROSS:
            painter.drawLine(QPointF(*start), QPointF(*end))
    else:
        high, wide = 1.25 * _BADGE, 1.3 * _BADGE
        corners = (QPointF(0, -high), QPointF(wide, 0.75 * high), QPointF(-wide, 0.75 * high))
        painter.drawPolygon(QPolygonF(corners))
        painter.setPen(sign)
        painter.drawLine(QPointF(-2.2, 1.6), QPointF(2.2, 1.6))
    painter.restore()


def _rectangle(each: BlankBox) -> QRectF:
    left, top, right, bottom = each.box
    return QRectF(QPointF(left, top), QPointF(right, bottom))
