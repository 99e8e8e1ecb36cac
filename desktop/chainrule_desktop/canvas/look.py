"""Pens, brushes and fonts of the canvas, made once for each palette."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPen

from chainrule.diagram.ink import Role
from chainrule.diagram.parts import BRANCH_NUMBER_SIZE, LABEL_SIZE, NAME_SIZE, NUMBER_SIZE
from chainrule.diagram.shades import Shades
from chainrule.diagram.tints import Tints
from chainrule_desktop.figures.surroundings import shades_for, tints_for
from chainrule_desktop.theme import FONT_FAMILY, Contrast, Palette

WIRE_WIDTH = 1.4
OUTLINE_WIDTH = 1.2
SELECTED_WIDTH = 2.0
# Lines gain more than texts: at a distance they vanish first.
_STROKE_GAIN = 2.0
_CONTRAST_GAIN = 1.4
# In pixels, from far away; Qt paints lines of at most one pixel much faster.
_OUTLINE_PIXELS = 0.999
_HOVERED_PIXELS = 1.3
_SELECTED_PIXELS = 1.8


@final
@dataclass(frozen=True, slots=True)
class Look:
    """How things are painted, in canvas units; `palette` has the colours by role."""

    palette: Palette
    text_scale: float
    shades: Shades
    tints: Tints
    wire: QPen
    selected_wire: QPen
    hovered_wire: QPen
    hairline: QPen
    outline: QPen
    selected_outline: QPen
    hovered_outline: QPen
    fault_outline: QPen
    gate_brush: QBrush
    halo_brush: QBrush
    number_font: QFont
    gradient_font: QFont
    branch_font: QFont
    name_font: QFont
    label_font: QFont

    def colour(self, role: Role) -> str:
        """Return the colour of a role of the diagram."""
        return getattr(self.palette, _ROLES[role])


_ROLES = {
    Role.BACKGROUND: "canvas",
    Role.TEXT: "text",
    Role.MUTED: "muted_text",
    Role.WIRE: "wire",
    Role.GATE_FILL: "gate_fill",
    Role.OUTLINE: "gate_outline",
    Role.VALUE: "value",
    Role.GRADIENT: "gradient",
    Role.PROBLEM: "problem",
}


def seen_at(look: Look, scale: float) -> Look:
    """Return a look whose outlines are seen at a scale, and never paler than wires."""
    if look.outline.widthF() * scale >= 1.0:
        return look
    return _seen_at(look.palette, look.text_scale, scale)


@lru_cache(maxsize=8)
def _seen_at(palette: Palette, text_scale: float, scale: float) -> Look:
    look = look_for(palette, text_scale)
    return replace(
        look,
        selected_wire=_at_least(look.selected_wire, _SELECTED_PIXELS / scale),
        hovered_wire=_at_least(look.hovered_wire, _HOVERED_PIXELS / scale),
        outline=_at_least(look.outline, _OUTLINE_PIXELS / scale),
        selected_outline=_at_least(look.selected_outline, _SELECTED_PIXELS / scale),
        hovered_outline=_at_least(look.hovered_outline, _HOVERED_PIXELS / scale),
        fault_outline=_at_least(look.fault_outline, _SELECTED_PIXELS / scale),
    )


def _at_least(pen: QPen, width: float) -> QPen:
    wider = QPen(pen)
    wider.setWidthF(max(pen.widthF(), width))
    return wider


@lru_cache(maxsize=8)
def look_for(palette: Palette, text_scale: float = 1.0) -> Look:
    """Return the look of the canvas in a palette, with texts so much larger than usual."""
    stroke = 1.0 + _STROKE_GAIN * (text_scale - 1.0)
    if palette.contrast is Contrast.HIGH:
        stroke *= _CONTRAST_GAIN
    return Look(
        palette=palette,
        text_scale=text_scale,
        shades=shades_for(palette),
        tints=tints_for(palette),
        wire=_pen(palette.wire, stroke * WIRE_WIDTH),
        selected_wire=_pen(palette.accent, stroke * (SELECTED_WIDTH + 0.6)),
        hovered_wire=_pen(palette.accent, stroke * WIRE_WIDTH),
        hairline=_pen(palette.wire, 0),
        outline=_pen(palette.gate_outline, stroke * OUTLINE_WIDTH),
        selected_outline=_pen(palette.accent, stroke * SELECTED_WIDTH),
        hovered_outline=_pen(palette.accent, stroke * OUTLINE_WIDTH),
        fault_outline=_pen(palette.problem, stroke * SELECTED_WIDTH),
        gate_brush=QBrush(QColor(palette.gate_fill)),
        halo_brush=QBrush(QColor(palette.selection_halo)),
        number_font=font_of(text_scale * NUMBER_SIZE),
        gradient_font=font_of(text_scale * NUMBER_SIZE, italic=True),
        branch_font=font_of(text_scale * BRANCH_NUMBER_SIZE, italic=True),
        name_font=font_of(text_scale * NAME_SIZE),
        label_font=font_of(text_scale * LABEL_SIZE),
    )


def font_of(size: float, *, italic: bool = False) -> QFont:
    """Return the canvas font of a size in canvas units, without hinting, so that zoom is smooth."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(max(1, round(size)))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
