"""Gates as the palette and a drag show them: the circle or capsule of the canvas, made smaller."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from chainrule.autodiff.passes import Passes
from chainrule.diagram.bodies import CORNER, RADIUS
from chainrule.diagram.parts import Display, build_parts
from chainrule.diagram.text import middle_height, text_width
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Leaf
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node
from chainrule_desktop.theme import FONT_FAMILY, FONT_POINTS, Palette

LIST_SCALE = 0.65
"""How large a gate is in the palette, compared with the canvas at 100 %."""

# Small letters may come closer to the circle than on the canvas, so that they can be read.
_LIST_SIZES = {
    **dict.fromkeys((16.0, 14.0, 13.0), 2 * RADIUS - 8),
    **dict.fromkeys((12.0, 11.0, 10.0), 2 * RADIUS - 3.5),
}
_MOST_GROWTH = 1.25

_LEAF_SYMBOL_SIZE = 16.0
_OUTLINE = 1.2
_MARGIN = 2.0


@final
@dataclass(frozen=True, slots=True)
class Body:
    """A gate's outline and symbol in canvas units."""

    half_width: float
    half_height: float
    symbol: str
    symbol_size: float


@cache
def body_of(kind: type[Kind]) -> Body:
    """Return how a new gate of that kind looks on the canvas; leaves get a circle of their own."""
    gate = kind()
    if issubclass(kind, Leaf):
        return Body(RADIUS, RADIUS, gate.symbol, _LEAF_SYMBOL_SIZE)
    graph = GateGraph()
    AddNodes((Node("g", gate, len(gate.port_names)),)).apply(graph)
    parts = build_parts(graph, Passes(graph), Display())
    half_width, half_height = parts.half[0].tolist()
    # A gate of many ports is tall on the canvas; here it has one line of the list.
    height = min(half_height, RADIUS)
    return Body(half_width, height, parts.symbols[0], float(parts.symbol_sizes[0]))


@cache
def list_body_of(kind: type[Kind]) -> Body:
    """Return how a gate looks in lists: in a circle wherever its symbol can be read in one."""
    body = body_of(kind)
    for size, room in _LIST_SIZES.items():
        if text_width(body.symbol, size) <= room:
            return Body(RADIUS, RADIUS, body.symbol, size)
    return body


def list_scale(font: QFont) -> float:
    """Return how large gates are in a list of that font: larger ones for larger letters."""
    return LIST_SCALE * min(max(1.0, font.pointSizeF() / FONT_POINTS), _MOST_GROWTH)


def paint_gate(
    painter: QPainter, center: QPointF, scale: float, body: Body, palette: Palette
) -> None:
    """Paint a gate around `center`; the painter is left as it was."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(center)
    painter.scale(scale, scale)
    painter.setPen(QPen(QColor(palette.gate_outline), _OUTLINE / scale))
    painter.setBrush(QColor(palette.gate_fill))
    box = QRectF(-body.half_width, -body.half_height, 2 * body.half_width, 2 * body.half_height)
    if body.half_width == body.half_height == RADIUS:
        painter.drawEllipse(box)
    else:
        painter.drawRoundedRect(box, CORNER, CORNER)
    _paint_symbol(painter, body, palette)
    painter.restore()


def gate_pixmap(kind: type[Kind], palette: Palette, device_pixel_ratio: float) -> QPixmap:
    """Return a gate in the size of the canvas, sharp on a screen of that pixel ratio."""
    body = body_of(kind)
    width, height = 2 * (body.half_width + _MARGIN), 2 * (body.half_height + _MARGIN)
    size = QSize(round(width * device_pixel_ratio), round(height * device_pixel_ratio))
    pixmap = QPixmap(size)
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_gate(painter, QPointF(width / 2, height / 2), 1.0, body, palette)
    painter.end()
    return pixmap


def _paint_symbol(painter: QPainter, body: Body, palette: Palette) -> None:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(round(body.symbol_size))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.setFont(font)
    painter.setPen(QColor(palette.text))
    left = -text_width(body.symbol, body.symbol_size) / 2
    painter.drawText(QPointF(left, body.symbol_size * middle_height(body.symbol)), body.symbol)
