"""Painting texts: values above and gradients below the straight wires, names, the output."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias, final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from chainrule.diagram.bodies import Indices, Outline
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.labels import branch_room, stub_room
from chainrule.diagram.numbers import UNKNOWN
from chainrule.diagram.parts import (
    BRANCH_NUMBER_SIZE,
    GRADIENT_BELOW,
    LABEL_GAP,
    LABEL_SIZE,
    NAME_GAP,
    NAME_SIZE,
    NUMBER_SIZE,
    SMALLEST_BRANCH_NUMBER,
    SMALLEST_NUMBER,
    VALUE_ABOVE,
)
from chainrule.diagram.primitives import Anchor, Text
from chainrule.diagram.text import fitting_size, text_width
from chainrule.diagram.thumbnails import stretch_texts
from chainrule_desktop.canvas.batch import listed_rows
from chainrule_desktop.canvas.look import Look, font_of
from chainrule_desktop.canvas.sight import CLEAR, least_size

_NAME_DROP = 0.36
_SHARES = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


@final
@dataclass(frozen=True, slots=True)
class _Style:
    """How numbers are written: `share` of their width stands left of their place."""

    font: QFont
    pen: QPen
    unknown_pen: QPen
    size: float
    smallest: float
    share: float


_Place: TypeAlias = tuple[str, float, float, float]
"""A number, where it is written, and how wide it may be."""


def paint_numbers(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the value and the gradient of each node in `rows` on its straight wire."""
    geometry, labels, parts = diagram.geometry, diagram.labels, diagram.parts
    scale, nodes = parts.text_scale, listed_rows(rows)
    if scale * NUMBER_SIZE < least_size(painter):
        return
    xs, ys = geometry.middles[rows].T.tolist()
    rooms = [*map(stub_room, parts.spans[rows].tolist())]
    for texts, font, colour, drop in (
        (labels.values, look.number_font, look.palette.value, -scale * VALUE_ABOVE),
        (labels.gradients, look.gradient_font, look.palette.gradient, scale * GRADIENT_BELOW),
    ):
        style = _style(font, colour, look, scale * NUMBER_SIZE, SMALLEST_NUMBER, 0.5)
        levels = [y + drop for y in ys]
        written = map(texts.__getitem__, nodes)
        _paint_numbers(painter, zip(written, xs, levels, rooms, strict=True), style)


def paint_branches(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the own gradient of each wire in `rows`, before its target."""
    parts, colour = diagram.parts, look.palette.gradient
    usual = parts.text_scale * BRANCH_NUMBER_SIZE
    if usual < least_size(painter):
        return
    style = _style(look.branch_font, colour, look, usual, SMALLEST_BRANCH_NUMBER, 1.0)
    xs, ys = diagram.geometry.branch_spots[rows].T.tolist()
    rooms = map(branch_room, parts.leads[rows].tolist())
    written = map(diagram.labels.branches.__getitem__, listed_rows(rows))
    _paint_numbers(painter, zip(written, xs, ys, rooms, strict=True), style)


def paint_stretches(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the marks of broadcasting on the wires in `rows`."""
    stretches, least = diagram.parts.stretches, least_size(painter, CLEAR)
    if stretches:
        for row in stretches.keys() & set(listed_rows(rows)):
            for text in stretch_texts(diagram, row):
                if text.size >= least:
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
    least = least_size(painter)
    if name_size < least:
        return
    painter.setPen(QColor(look.palette.text))
    for row in listed_rows(rows):
        name, outline = parts.names[row], parts.outlines[row]
        if not name or (outline == Outline.GATE and label_size < least):
            continue
        x, y = centers[row].tolist()
        if outline == Outline.GATE:
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


def _paint_numbers(painter: QPainter, places: Iterable[_Place], style: _Style) -> None:
    """Paint numbers, smaller than usual where they need to be."""
    unusual: list[_Place] = []
    # Nearly all have one pen and one font, and to choose these takes as long as to write.
    painter.setPen(style.pen)
    painter.setFont(style.font)
    usual, share, draw = style.size, style.share, painter.drawText
    for place in places:
        text, x, y, room = place
        width = text_width(text, usual)
        if width > room or text == UNKNOWN:
            unusual.append(place)
        elif text:
            draw(QPointF(x - share * width, y), text)
    least = least_size(painter)
    for text, x, y, room in unusual:
        size = fitting_size(text, usual, room, style.smallest)
        if size < least:
            continue
        painter.setPen(style.unknown_pen if text == UNKNOWN else style.pen)
        painter.setFont(style.font if size == usual else _sized(style.font, size))
        draw(QPointF(x - share * text_width(text, size), y), text)


def _style(
    font: QFont, colour: str, look: Look, size: float, smallest: float, share: float
) -> _Style:
    unknown = QPen(QColor(look.palette.muted_text))
    return _Style(font, QPen(QColor(colour)), unknown, size, smallest, share)


def _sized(font: QFont, size: float) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(max(1, round(size)))
    return smaller
