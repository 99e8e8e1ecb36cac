"""Heights of a landscape as colours, and the key that says which colour is how high."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from chainrule.arrays import Floats
from chainrule.diagram.numbers import format_number
from chainrule.diagram.shades import NAN, STEPS
from chainrule_desktop.panels.shading import scale_of
from chainrule_desktop.panels.training.class_marks import image_of, rgb_of
from chainrule_desktop.theme import Palette

_BAR: Final = 110.0
_LINE: Final = 20.0
_APART: Final = 16.0
_MARK: Final = 4.5


def heights_image(heights: Floats, colours: Sequence[str]) -> QImage:
    """Return a picture of a landscape, its first row at the bottom: the higher, the stronger.

    The colours follow the square root of the height over the lowest place, since valleys are what
    descent is about. What is not finite has the colour of what is no number.
    """
    finite = heights[np.isfinite(heights)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    with np.errstate(all="ignore"):
        shares = np.sqrt(np.clip((heights - low) / ((high - low) or 1.0), 0, 1))
    inks = np.array([rgb_of(QColor(each)) for each in colours[STEPS : 2 * STEPS + 1]])
    places = np.nan_to_num(shares) * STEPS
    steps = np.arange(STEPS + 1)
    pixels = np.stack([np.interp(places, steps, inks[:, each]) for each in range(3)], axis=-1)
    pixels[~np.isfinite(heights)] = rgb_of(QColor(colours[NAN]))
    return image_of(pixels)


def key_texts(heights: Floats) -> tuple[str, str]:
    """Return what stands before and behind the bar of colours; "" where nothing is finite."""
    finite = heights[np.isfinite(heights)]
    if not finite.size:
        return "", ""
    low, high = (format_number(float(each), 3) for each in (finite.min(), finite.max()))
    return f"loss {low}", high


@final
class HeightKey:
    """Paints the key in a line from left to right, as much of it as there is room for."""

    def __init__(self, painter: QPainter, line: QRectF, palette: Palette) -> None:
        self._painter, self._palette = painter, palette
        self._line, self._left = line, line.left()

    def paint(self, heights: Floats, contour_pen: QPen, *, path: bool) -> None:
        """Say what colours, lines and perhaps the marks of a path mean."""
        before, behind = key_texts(heights)
        if before:
            self._word(before, 6)
            self._bar()
            self._word(behind, _APART)
        middle = self._line.center().y()
        if self._fits("equal loss", _LINE):
            self._painter.setPen(contour_pen)
            end = QPointF(self._left + _LINE, middle)
            self._painter.drawLine(QPointF(self._left, middle), end)
            self._left += _LINE + 6
            self._word("equal loss", _APART)
        for word, is_end in (("start", False), ("now", True)) if path else ():
            if self._fits(word, 2 * _MARK):
                colour = self._palette.accent
                self._painter.setPen(QPen(QColor(colour), 2))
                self._painter.setBrush(QColor(colour if is_end else self._palette.canvas))
                self._painter.drawEllipse(QPointF(self._left + _MARK, middle), _MARK, _MARK)
                self._left += 2 * _MARK + 5
                self._word(word, _APART)

    def _bar(self) -> None:
        high = min(10.0, self._line.height())
        room = QRectF(self._left, self._line.center().y() - high / 2, _BAR, high)
        even = np.linspace(0, 1, int(_BAR))[None] ** 2
        self._painter.drawImage(room, heights_image(even, scale_of(self._palette)))
        self._painter.setPen(QColor(self._palette.outline))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(room)
        self._left += _BAR + 6

    def _fits(self, word: str, mark: float) -> bool:
        wide = mark + 6 + self._painter.fontMetrics().horizontalAdvance(word)
        return self._left + wide <= self._line.right()

    def _word(self, word: str, gap: float) -> None:
        wide = self._painter.fontMetrics().horizontalAdvance(word) + 2
        self._painter.setPen(QColor(self._palette.text))
        box = QRectF(self._left, self._line.top(), wide, self._line.height())
        self._painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, word)
        self._left += wide + gap
