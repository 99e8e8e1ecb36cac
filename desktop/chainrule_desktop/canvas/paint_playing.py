"""Painting the step of playback that was played last."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from chainrule.diagram.bodies import Outline
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.labels import branch_number_size, number_size
from chainrule.diagram.parts import GRADIENT_BELOW, VALUE_ABOVE
from chainrule.diagram.text import ASCENT, DESCENT, text_width
from chainrule_desktop.canvas.culling import wire_rows
from chainrule_desktop.canvas.look import Look
from chainrule_desktop.canvas.marks import Highlight
from chainrule_desktop.canvas.paint_wires import one_wire

_PILL_MARGIN = 3.0
_PILL = 0.16
_RING = 7.0
_CORNER = 27.0


def paint_playing_wires(
    painter: QPainter, diagram: Diagram, step: Highlight | None, look: Look
) -> None:
    """Paint the wires of the step stronger, and a ring around its gate."""
    if step is None:
        return
    rows = wire_rows(diagram.parts)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.selected_wire)
    for wire in step.wires & rows.keys():
        painter.drawPath(one_wire(diagram, rows[wire]))
    row = diagram.parts.index.get(step.node)
    if row is None:
        return
    half_width, half_height = (diagram.parts.half[row] + _RING).tolist()
    if diagram.parts.outlines[row] != Outline.GATE:
        half_width = half_height = 2 * _RING
    x, y = diagram.geometry.centers[row].tolist()
    ring = QRectF(x - half_width, y - half_height, 2 * half_width, 2 * half_height)
    painter.drawRoundedRect(ring, min(half_width, _CORNER), min(half_height, _CORNER))


def paint_playing_numbers(
    painter: QPainter, diagram: Diagram, step: Highlight | None, look: Look
) -> None:
    """Paint a ground behind the numbers of the step."""
    if step is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    by, index = diagram.parts.text_scale, diagram.parts.index
    value, gradient = QColor(look.palette.value), QColor(look.palette.gradient)
    for colour in (value, gradient):
        colour.setAlphaF(_PILL)
    texts = diagram.labels.values, diagram.labels.gradients
    drops = -by * VALUE_ABOVE, by * GRADIENT_BELOW
    for nodes, labels, drop, colour in zip(
        (step.values, step.gradients), texts, drops, (value, gradient), strict=True
    ):
        painter.setBrush(colour)
        for row in (index[each] for each in nodes if each in index and labels[index[each]]):
            text = labels[row]
            size = number_size(text, float(diagram.parts.spans[row]), by)
            x, y = diagram.geometry.middles[row].tolist()
            _paint_pill(painter, text, x, y + drop, size)
    rows = wire_rows(diagram.parts)
    branches = diagram.labels.branches
    for row in (rows[each] for each in step.branches if each in rows and branches[rows[each]]):
        text = branches[row]
        size = branch_number_size(text, float(diagram.parts.leads[row]), by)
        x, y = diagram.geometry.branch_spots[row].tolist()
        _paint_pill(painter, text, x - text_width(text, size) / 2, y, size)


def _paint_pill(painter: QPainter, text: str, middle: float, baseline: float, size: float) -> None:
    half = text_width(text, size) / 2 + _PILL_MARGIN
    corner = QPointF(middle - half, baseline - ASCENT * size - 1)
    box = QRectF(corner, QPointF(middle + half, baseline + DESCENT * size))
    painter.drawRoundedRect(box, _PILL_MARGIN, _PILL_MARGIN)
