"""Painting a path to the output with its local gradients, and what a check found about wires."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chainrule.diagram.diagram import Diagram
from chainrule.diagram.ink import Role
from chainrule.diagram.parts import NUMBER_SIZE
from chainrule.diagram.primitives import WIRE_WIDTH
from chainrule.diagram.text import text_width
from chainrule_desktop.canvas.culling import wire_rows
from chainrule_desktop.canvas.look import Look
from chainrule_desktop.canvas.marks import Marks, Tone
from chainrule_desktop.canvas.paint_wires import one_wire
from chainrule_desktop.canvas.sight import least_size, scale_of

_PATH_WIDTH: Final = 3.4
_CHECKED_WIDTH: Final = 2.6
_LEAST_PIXELS: Final = 2.0
_PILL_MARGIN: Final = 3.0
_AWAY: Final = 5.0
_ASCENT, _DESCENT = 0.84, 0.24


def paint_checked_wires(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Paint each wire as what was found: a line, a dashed one, or a strong one with a dot."""
    if not marks.checked:
        return
    rows, least = wire_rows(diagram.parts), _LEAST_PIXELS / scale_of(painter)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for wire, tone in marks.checked:
        if wire not in rows:
            continue
        painter.setPen(_pen_of(tone, look, least))
        path = one_wire(diagram, rows[wire])
        painter.drawPath(path)
        if tone is Tone.WRONG:
            painter.setBrush(QColor(look.palette.problem))
            painter.drawEllipse(path.pointAtPercent(0.5), 2.5 * least + 1.5, 2.5 * least + 1.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_path(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Paint the wires of a path strongly in the colour of gradients."""
    if marks.path is None:
        return
    rows, least = wire_rows(diagram.parts), _LEAST_PIXELS / scale_of(painter)
    pen = QPen(QColor(look.palette.gradient), max(_PATH_WIDTH, least))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    for wire in marks.path.wires:
        if wire in rows:
            painter.drawPath(one_wire(diagram, rows[wire]))


def paint_factors(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Write each local gradient of a path above its gate, or below where the name is above."""
    path, size = marks.path, diagram.parts.text_scale * NUMBER_SIZE
    if path is None or size < least_size(painter):
        return
    painter.setFont(look.number_font)
    for wire, factor in zip(path.wires, path.factors, strict=True):
        row = diagram.parts.index.get(wire.target)
        if row is None or not factor:
            continue
        box = _pill(diagram, row, factor, size)
        painter.setPen(QPen(QColor(look.palette.gradient), look.outline.widthF()))
        painter.setBrush(QColor(look.colour(Role.BACKGROUND)))
        painter.drawRoundedRect(box, _PILL_MARGIN, _PILL_MARGIN)
        painter.setPen(QColor(look.palette.text))
        baseline = box.top() + _PILL_MARGIN / 2 + _ASCENT * size
        painter.drawText(QPointF(box.left() + _PILL_MARGIN, baseline), factor)


def _pill(diagram: Diagram, row: int, text: str, size: float) -> QRectF:
    x, y = diagram.geometry.centers[row].tolist()
    half = float(diagram.parts.half[row, 1])
    width = text_width(text, size) + 2 * _PILL_MARGIN
    height = (_ASCENT + _DESCENT) * size + _PILL_MARGIN
    below = bool(diagram.parts.names[row])
    top = y + half + _AWAY if below else y - half - _AWAY - height
    return QRectF(x - width / 2, top, width, height)


def _pen_of(tone: Tone, look: Look, least: float) -> QPen:
    match tone:
        case Tone.GOOD:
            return QPen(QColor(look.palette.ok), max(WIRE_WIDTH + 0.6, least))
        case Tone.NOTE:
            pen = QPen(QColor(look.palette.text), max(WIRE_WIDTH + 0.6, least))
            pen.setStyle(Qt.PenStyle.DashLine)
            return pen
        case Tone.WRONG:
            return QPen(QColor(look.palette.problem), max(_CHECKED_WIDTH, 1.5 * least))
