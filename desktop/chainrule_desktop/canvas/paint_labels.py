"""Painting texts: values above and gradients below the straight wires, names, the output."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from chainrule.diagram.bodies import Indices, Outline
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.labels import branch_number_size, number_size
from chainrule.diagram.numbers import UNKNOWN
from chainrule.diagram.parts import (
    BRANCH_NUMBER_SIZE,
    GRADIENT_BELOW,
    LABEL_GAP,
    LABEL_SIZE,
    NAME_GAP,
    NAME_SIZE,
    NUMBER_SIZE,
    VALUE_ABOVE,
)
from chainrule.diagram.primitives import Anchor, Text
from chainrule.diagram.text import text_width
from chainrule.diagram.thumbnails import stretch_texts
from chainrule_desktop.canvas.batch import listed_points, listed_rows
from chainrule_desktop.canvas.look import Look, font_of

_NAME_DROP = 0.36
_SHARES = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


@final
@dataclass(frozen=True, slots=True)
class _Style:
    font: QFont
    pen: QPen
    unknown_pen: QPen
    size: float


def paint_numbers(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the value and the gradient of each node in `rows` on its straight wire."""
    geometry, labels, parts = diagram.geometry, diagram.labels, diagram.parts
    palette, scale = look.palette, parts.text_scale
    middles = listed_points(geometry.middles[rows])
    places = [*zip(listed_rows(rows), middles, parts.spans[rows].tolist(), strict=True)]
    style = _style(look.number_font, palette.value, palette.muted_text, scale * NUMBER_SIZE)
    for row, (x, y), span in places:
        text = labels.values[row]
        size = number_size(text, span, scale)
        _paint_centred(painter, text, x, y - scale * VALUE_ABOVE, size, style)
    style = _style(look.gradient_font, palette.gradient, palette.muted_text, scale * NUMBER_SIZE)
    for row, (x, y), span in places:
        text = labels.gradients[row]
        size = number_size(text, span, scale)
        _paint_centred(painter, text, x, y + scale * GRADIENT_BELOW, size, style)


def paint_branches(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the own gradient of each wire in `rows`, before its target."""
    parts, palette = diagram.parts, look.palette
    scale = parts.text_scale
    usual = scale * BRANCH_NUMBER_SIZE
    style = _style(look.branch_font, palette.gradient, palette.muted_text, usual)
    for row in listed_rows(rows):
        text = diagram.labels.branches[row]
        x, y = diagram.geometry.branch_spots[row].tolist()
        size = branch_number_size(text, float(parts.leads[row]), scale)
        _paint_centred(painter, text, x - text_width(text, size) / 2, y, size, style)


def paint_stretches(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the marks of broadcasting on the wires in `rows`."""
    stretches = diagram.parts.stretches
    if stretches:
        for row in stretches.keys() & set(listed_rows(rows)):
            for text in stretch_texts(diagram, row):
                paint_text(painter, text, look)


def paint_text(painter: QPainter, text: Text, look: Look) -> None:
    """Paint a text of the diagram in the colour of its role."""
    left = text.at[0] - _SHARES[text.anchor] * text_width(text.text, text.size)
    painter.setPen(QColor(look.colour(text.role)))
    painter.setFont(_font(text.size, text.italic))
    painter.drawText(QPointF(left, text.at[1]), text.text)


@lru_cache(maxsize=64)
def _font(size: float, italic: bool) -> QFont:
    return font_of(size, italic=italic)


def paint_names(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the names left of leaves and above gates, and the output's at the end of its wire."""
    parts, centers = diagram.parts, diagram.geometry.centers
    label_size, name_size = parts.text_scale * LABEL_SIZE, parts.text_scale * NAME_SIZE
    painter.setPen(QColor(look.palette.text))
    for row in listed_rows(rows):
        name = parts.names[row]
        if not name:
            continue
        x, y = centers[row].tolist()
        if parts.outlines[row] == Outline.GATE:
            painter.setFont(look.label_font)
            left = x - text_width(name, label_size) / 2
            painter.drawText(QPointF(left, y - parts.half[row, 1] - LABEL_GAP), name)
        else:
            painter.setFont(look.name_font)
            left = x - NAME_GAP - text_width(name, name_size)
            painter.drawText(QPointF(left, y + _NAME_DROP * name_size), name)
    if parts.output is not None:
        x, y = diagram.geometry.stub_ends[parts.output].tolist()
        painter.setFont(look.name_font)
        painter.drawText(QPointF(x + NAME_GAP, y + _NAME_DROP * name_size), diagram.output_name)


def _paint_centred(
    painter: QPainter, text: str, x: float, y: float, size: float, style: _Style
) -> None:
    """Paint a number whose middle is at `x`, smaller than usual where it needs to be."""
    if not text:
        return
    painter.setPen(style.unknown_pen if text == UNKNOWN else style.pen)
    painter.setFont(style.font if size == style.size else _sized(style.font, size))
    painter.drawText(QPointF(x - text_width(text, size) / 2, y), text)


def _style(font: QFont, colour: str, unknown_colour: str, size: float) -> _Style:
    return _Style(font, QPen(QColor(colour)), QPen(QColor(unknown_colour)), size)


def _sized(font: QFont, size: float) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(max(1, round(size)))
    return smaller
