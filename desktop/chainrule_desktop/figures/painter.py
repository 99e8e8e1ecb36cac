"""A figure painted with a QPainter, whatever the painter paints on."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from chainrule.diagram.boxes import Rect
from chainrule.diagram.formulas import Typeset
from chainrule.diagram.ink import Ink, Role
from chainrule.diagram.patches import patches_of
from chainrule.diagram.primitives import (
    DASHES,
    FRAME_WIDTH,
    WIRE_WIDTH,
    Anchor,
    Box,
    Circle,
    Diamond,
    Element,
    Enclosure,
    Formula,
    Point,
    Primitive,
    Stroke,
    Text,
    Thumbnail,
    Title,
)
from chainrule.diagram.shades import colours_of
from chainrule.diagram.text import FONT_FAMILY
from chainrule.export.figure import Figure
from chainrule.export.options import Background, FigureOptions

_POINTS_PER_INCH = 72.0
# Of the height of a formula, most of which are fractions or have an exponent.
_LETTER_SHARE = 0.4
_SHARES = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


@final
@dataclass(frozen=True, slots=True)
class Detail:
    """What of a figure is still seen in a small picture, in canvas units.

    Thinner lines are painted `line` wide, texts smaller than `text` are left out.
    """

    line: float = 0.0
    text: float = 0.0


WHOLE = Detail()


def paint_figure(
    painter: QPainter, figure: Figure, options: FigureOptions, detail: Detail = WHOLE
) -> None:
    """Paint a figure; the painter's units are the canvas's, its origin the page's top left."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.translate(-figure.page.left, -figure.page.top)
    if options.background == Background.FILLED:
        page = QRectF(QPointF(*figure.page[:2]), QPointF(*figure.page[2:]))
        painter.fillRect(page, QColor(options.ink.background))
    paint_elements(painter, figure.elements, options.ink, detail)


def paint_elements(
    painter: QPainter, elements: Iterable[Element], ink: Ink, detail: Detail = WHOLE
) -> None:
    """Paint elements in the painter's units, which are the canvas's."""
    brush = _Brush(painter, ink, detail)
    for element in elements:
        for primitive in element.primitives:
            brush.paint(primitive)


@final
class _Brush:
    """Paints primitives in the colours of an ink."""

    def __init__(self, painter: QPainter, ink: Ink, detail: Detail) -> None:
        self._painter = painter
        self._ink = ink
        self._detail = detail

    def paint(self, primitive: Primitive) -> None:
        if _letter_size(primitive) < self._detail.text:
            return
        match primitive:
            case Stroke():
                self._paint_stroke(primitive)
            case Text():
                self._paint_text(primitive)
            case Diamond():
                self._paint_diamond(primitive)
            case Thumbnail():
                self._paint_thumbnail(primitive)
            case Circle() | Box():
                self._paint_outline(primitive)
            case Enclosure():
                self._paint_enclosure(primitive)
            case Title():
                colour = QColor(self._ink.tints[primitive.hue].title)
                self._write(primitive.text, primitive.at, primitive.size, colour)
            case Formula():
                self._paint_formula(primitive)

    def _paint_stroke(self, stroke: Stroke) -> None:
        pen = self._pen(self._colour(stroke.role), WIRE_WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(pen)
        self._painter.drawPath(path_along(stroke))

    def _paint_text(self, text: Text) -> None:
        font = _font(text.size, text.italic, self._painter.device().logicalDpiY())
        width = QFontMetricsF(font, self._painter.device()).horizontalAdvance(text.text)
        x, y = text.at
        self._painter.setFont(font)
        self._painter.setPen(self._colour(text.role))
        self._painter.drawText(QPointF(x - _SHARES[text.anchor] * width, y), text.text)

    def _paint_diamond(self, diamond: Diamond) -> None:
        (x, y), reach = diamond.center, diamond.reach
        corners = ((x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour(diamond.fill))
        self._painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))

    def _paint_outline(self, outline: Circle | Box) -> None:
        is_dot = outline.fill == outline.border
        border = self._pen(self._colour(outline.border), outline.width)
        if outline.dashed:
            border.setDashPattern(dashes_for(border))
        self._painter.setPen(Qt.PenStyle.NoPen if is_dot else border)
        self._painter.setBrush(self._colour(outline.fill))
        if isinstance(outline, Circle):
            self._painter.drawEllipse(QPointF(*outline.center), outline.radius, outline.radius)
            return
        (x, y), (half_width, half_height) = outline.center, outline.half
        box = QRectF(x - half_width, y - half_height, 2 * half_width, 2 * half_height)
        self._painter.drawRoundedRect(box, outline.corner, outline.corner)

    def _paint_enclosure(self, enclosure: Enclosure) -> None:
        tint, (left, top, right, bottom) = self._ink.tints[enclosure.hue], enclosure.box
        box = QRectF(QPointF(left, top), QPointF(right, bottom))
        self._painter.setPen(self._pen(QColor(tint.border), enclosure.width))
        self._painter.setBrush(QColor(tint.fill))
        self._painter.drawRoundedRect(box, enclosure.corner, enclosure.corner)

    def _write(self, text: str, at: Point, size: float, colour: QColor) -> None:
        self._painter.setFont(_font(size, False, self._painter.device().logicalDpiY()))
        self._painter.setPen(colour)
        self._painter.drawText(QPointF(*at), text)

    def _paint_formula(self, formula: Formula) -> None:
        path = path_of(formula.formula).translated(*formula.at)
        self._painter.fillPath(path, self._colour(formula.role))

    def _paint_thumbnail(self, thumbnail: Thumbnail) -> None:
        painter, shades = self._painter, self._ink.shades
        patches, colours = patches_of(thumbnail.picture), colours_of(shades)
        painter.save()
        painter.translate(*thumbnail.at)
        # Smoothed edges would show the ground between cells.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for code, boxes in sorted(patches.fills.items()):
            self._fill(boxes, colours[code])
        self._fill(patches.holes, shades.cross)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(shades.cross), 1.0))
        for left, top, right, bottom in patches.crosses:
            painter.drawLine(QPointF(left, top), QPointF(right, bottom))
            painter.drawLine(QPointF(left, bottom), QPointF(right, top))
        painter.setPen(QPen(QColor(shades.frame), FRAME_WIDTH))
        for box in patches.frames:
            painter.drawRect(_rectangle(box))
        painter.restore()

    def _fill(self, boxes: list[Rect], colour: str) -> None:
        for box in boxes:
            self._painter.fillRect(_rectangle(box), QColor(colour))

    def _pen(self, colour: QColor, width: float) -> QPen:
        return QPen(colour, max(width, self._detail.line))

    def _colour(self, role: Role) -> QColor:
        return QColor(self._ink.colour(role))


def dashes_for(pen: QPen) -> list[float]:
    """Return the dashes of a border for a pen, which Qt counts in widths of the pen."""
    return [length / pen.widthF() for length in DASHES]


def _letter_size(primitive: Primitive) -> float:
    """Return how large the letters of a text are, without end for what has none."""
    match primitive:
        case Text() | Title():
            return primitive.size
        case Formula():
            return _LETTER_SHARE * (primitive.formula.ascent + primitive.formula.descent)
        case _:
            return math.inf


def _rectangle(box: Rect) -> QRectF:
    return QRectF(QPointF(*box[:2]), QPointF(*box[2:]))


def path_along(stroke: Stroke) -> QPainterPath:
    """Return the way of a stroke."""
    path = QPainterPath(QPointF(*stroke.start))
    for piece in stroke.pieces:
        if len(piece) == 1:
            path.lineTo(*piece[0])
        else:
            path.cubicTo(*(QPointF(*point) for point in piece))
    return path


@lru_cache(maxsize=1024)
def path_of(formula: Typeset) -> QPainterPath:
    """Return the outlines of a formula, whose baseline begins at the origin."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for letter, numbers in formula.steps:
        match letter, numbers:
            case "M", (x, y):
                path.moveTo(x, y)
            case "L", (x, y):
                path.lineTo(x, y)
            case "Q", (cx, cy, x, y):
                path.quadTo(cx, cy, x, y)
            case _:
                path.closeSubpath()
    return path


@lru_cache(maxsize=128)
def _font(size: float, italic: bool, dots_per_inch: int) -> QFont:
    """Return a font whose size is in canvas units; only a size in points may have a fraction."""
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(size * _POINTS_PER_INCH / dots_per_inch)
    font.setItalic(italic)
    # Hinted letters would be wider at some scales than at others.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
