"""Painting the read-outs of pinned nodes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.readout_elements import READOUT_CORNER, leader, readout_texts
from chainrule.diagram.readouts import readout_boxes
from chainrule_desktop.canvas.batch import listed_rows
from chainrule_desktop.canvas.look import OUTLINE_WIDTH, Look
from chainrule_desktop.canvas.paint_labels import paint_text
from chainrule_desktop.canvas.sight import least_size


def paint_readouts(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the read-outs of those of the nodes in `rows` that are pinned."""
    if not diagram.parts.readouts:
        return
    boxes, least = readout_boxes(diagram.parts, diagram.geometry), least_size(painter)
    for row in sorted(boxes.keys() & set(listed_rows(rows))):
        box = boxes[row]
        painter.setPen(QPen(QColor(look.palette.muted_text), OUTLINE_WIDTH))
        for line in leader(diagram, row, box):
            painter.drawLine(QPointF(*line.start), QPointF(*line.end))
        painter.setBrush(QColor(look.palette.gate_fill))
        rectangle = QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom))
        painter.drawRoundedRect(rectangle, READOUT_CORNER, READOUT_CORNER)
        for text in readout_texts(diagram, row, box):
            if text.size >= least:
                paint_text(painter, text, look)
