"""A row of numbers as a strip of colours with a caption: a gradient, a mask, slopes."""

from __future__ import annotations

from typing import final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.diagram.numbers import format_number
from chainrule.diagram.shades import codes_of
from chainrule_desktop.panels.shading import (
    farthest,
    indexed_image,
    ink_on,
    scale_of,
    shade_of,
)
from chainrule_desktop.theme import Theme

_CAPTION = 20
_STRIP = 26
_WRITTEN_FROM = 40.0


def means_of(numbers: Floats, bins: int) -> Floats:
    """Return the mean of each of so many runs of neighbours: a mask becomes a share."""
    edges = np.arange(bins + 1) * numbers.size // bins
    return np.add.reduceat(numbers, edges[:-1]) / np.diff(edges)


@final
class Strip(QWidget):
    """Shows numbers side by side; where they are few they are written, too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._numbers: Floats = np.zeros(0)
        self._caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_numbers(self, numbers: Floats, caption: str) -> None:
        """Show numbers, under a caption that says what they are."""
        self._numbers, self._caption = np.ravel(numbers), caption
        self.setAccessibleName(caption)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, _CAPTION + _STRIP + 2)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        painter.setPen(QColor(palette.muted_text))
        width = float(self.width() - 1)
        painter.drawText(QRectF(0, 0, width, _CAPTION), Qt.AlignmentFlag.AlignLeft, self._caption)
        if not self._numbers.size:
            return
        box = QRectF(0, _CAPTION, width, _STRIP)
        painter.drawImage(box, self._image())
        painter.setPen(QPen(QColor(palette.outline), 0))
        painter.drawRect(box)
        cell = width / self._numbers.size
        if cell >= _WRITTEN_FROM:
            largest = farthest(self._numbers)
            for place, number in enumerate(self._numbers.tolist()):
                painter.setPen(ink_on(shade_of(number, largest, palette)))
                here = QRectF(place * cell, _CAPTION, cell, _STRIP)
                painter.drawText(here, Qt.AlignmentFlag.AlignCenter, format_number(number, 2))

    def _image(self) -> QImage:
        pixels = min(self._numbers.size, max(1, self.width()))
        row = means_of(self._numbers, pixels).reshape(1, -1)
        return indexed_image(codes_of(row, farthest(row)), scale_of(self._theme.palette))
