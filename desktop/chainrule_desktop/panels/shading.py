"""Numbers as colours of the one scale, and what can be read on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from chainrule.arrays import Floats
from chainrule.diagram.shades import Codes, codes_of, colours_of
from chainrule_desktop.figures.surroundings import shades_for
from chainrule_desktop.theme import DARK_INK, LIGHT_INK, Palette

_RING = 4.0


def scale_of(palette: Palette) -> tuple[str, ...]:
    """Return the colour of each code in the surroundings of a palette."""
    return colours_of(shades_for(palette))


def farthest(numbers: Floats) -> float:
    """Return how far from 0 the farthest finite number is; 0 where there is none."""
    finite = np.abs(numbers[np.isfinite(numbers)])
    return float(finite.max()) if finite.size else 0.0


def indexed_image(codes: Codes, colours: Sequence[str]) -> QImage:
    """Return a picture with one pixel for each code."""
    pixels = np.ascontiguousarray(codes)
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([QColor(each).rgb() for each in colours])
    return image.copy()


def ink_on(colour: str) -> QColor:
    """Return the ink, dark or light, that is the easier to read on a colour (WCAG 2.2, 1.4.3)."""
    light = _luminance(QColor(colour))
    on_dark = 1.05 / (light + 0.05)
    on_light = (light + 0.05) / (_luminance(QColor(DARK_INK)) + 0.05)
    return QColor(DARK_INK if on_light >= on_dark else LIGHT_INK)


def shade_of(number: float, largest: float, palette: Palette) -> str:
    """Return the colour of one number."""
    return scale_of(palette)[int(codes_of(np.array([number]), largest)[0])]


def paint_cell_ring(painter: QPainter, box: QRectF, palette: Palette) -> None:
    """Paint a ring around the chosen cell, in two tones of which one is seen on any colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, colour in ((_RING, palette.field), (_RING / 2, palette.text)):
        pen = QPen(QColor(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(box)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
