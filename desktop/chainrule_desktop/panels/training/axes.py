"""The axes of a chart: from numbers to pixels, round numbers beside them, and a grid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from chainrule.arrays import Floats
from chainrule_desktop.theme import Palette

LEFT, TOP, RIGHT, BOTTOM = 64, 14, 16, 40
"""The least room around a chart; numbers and titles in larger letters get more."""
_GAP: Final = 8.0
_LEAST_APART: Final = 14
_FEWEST_DECADES: Final = 1.5


@final
@dataclass(frozen=True, slots=True)
class Axis:
    """A range of numbers along a side of a chart; a `log` one has positive ends."""

    low: float
    high: float
    log: bool = False

    def shares(self, numbers: Floats) -> Floats:
        """Return how far along the axis numbers are: 0 at its low end, 1 at its high one."""
        if not self.log:
            return (numbers - self.low) / (self.high - self.low)
        with np.errstate(all="ignore"):
            return np.log(numbers / self.low) / math.log(self.high / self.low)

    def number_at(self, share: float) -> float:
        """Return the number so far along the axis."""
        if self.log:
            return self.low * (self.high / self.low) ** share
        return self.low + share * (self.high - self.low)

    def ticks(self, most: int) -> list[float]:
        """Return round numbers on the axis, at most so many."""
        if self.log and math.log10(self.high / self.low) >= _FEWEST_DECADES:
            first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
            step = max(1, math.ceil((last - first + 1) / most))
            return [10.0**power for power in range(first, last + 1, step)]
        rough = (self.high - self.low) / max(1, most)
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough * 0.999)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [each * step for each in range(first, last + 1)]


def axis_of(numbers: Floats, *, log: bool = False, room: float = 0.05) -> Axis:
    """Return an axis that holds all finite numbers with some room; on a log one, positive ones."""
    sound = numbers[np.isfinite(numbers)]
    if log:
        sound = np.log10(sound[sound > 0])
    if sound.size == 0:
        return Axis(0.1, 1.0, log) if log else Axis(0.0, 1.0)
    low, high = float(sound.min()), float(sound.max())
    apart = (high - low) * room if high > low else abs(high) * 0.1 or 0.5
    low, high = low - apart, high + apart
    return Axis(10.0**low, 10.0**high, True) if log else Axis(low, high)


@final
@dataclass(frozen=True, slots=True)
class Plot:
    """The room of a chart between its two axes."""

    room: QRectF
    x: Axis
    y: Axis

    def points(self, xs: Floats, ys: Floats) -> Floats:
        """Return where points of the chart are in pixels (n, 2)."""
        across = self.room.left() + self.x.shares(xs) * self.room.width()
        down = self.room.bottom() - self.y.shares(ys) * self.room.height()
        return np.stack((across, down), axis=-1)

    def point(self, x: float, y: float) -> QPointF:
        """Return where one point is."""
        across, down = self.points(np.array([x]), np.array([y]))[0].tolist()
        return QPointF(across, down)

    def place(self, pixel: QPointF) -> tuple[float, float]:
        """Return the numbers at a pixel."""
        across = (pixel.x() - self.room.left()) / max(1.0, self.room.width())
        down = (self.room.bottom() - pixel.y()) / max(1.0, self.room.height())
        return self.x.number_at(across), self.y.number_at(down)


def room_of(widget: QWidget, y: Axis) -> QRectF:
    """Return the room between the axes of a chart, beside the title and the numbers of its y."""
    metrics = widget.fontMetrics()
    below = max(BOTTOM, 2 * metrics.height() + 10)
    room = QRectF(widget.rect()).adjusted(LEFT, TOP, -RIGHT, -below)
    words = [tick_text(number) for number in y.ticks(most_rows(room, metrics))]
    wide = max(map(metrics.horizontalAdvance, words), default=0)
    room.setLeft(max(LEFT, metrics.height() + 2 * _GAP + wide))
    return room


def most_rows(room: QRectF, metrics: QFontMetrics) -> int:
    """Return how many numbers stand above each other beside a chart, at most."""
    return max(2, int(room.height() / (2.6 * metrics.height())))


def paint_axes(
    painter: QPainter, plot: Plot, palette: Palette, titles: tuple[str, str], *, grid: bool = True
) -> None:
    """Paint both axes with their numbers and titles, and perhaps a grid behind everything."""
    metrics, room = painter.fontMetrics(), plot.room
    line, text = QPen(QColor(palette.grid), 1), QColor(palette.muted_text)
    for number in plot.y.ticks(most_rows(room, metrics)):
        y = plot.point(plot.x.low, number).y()
        if grid:
            painter.setPen(line)
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        painter.setPen(text)
        box = QRectF(0, y - metrics.height() / 2, room.left() - _GAP, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, tick_text(number))
    last, most = -1e9, max(2, int(room.width() / 72))
    for number in plot.x.ticks(most):
        x, word = plot.point(number, plot.y.low).x(), tick_text(number)
        wide = metrics.horizontalAdvance(word)
        if x - wide / 2 < last + _LEAST_APART:
            continue
        last = x + wide / 2
        if grid:
            painter.setPen(line)
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        painter.setPen(text)
        box = QRectF(x - wide, room.bottom() + 4, 2 * wide, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, word)
    painter.setPen(QPen(QColor(palette.outline), 1))
    painter.drawLine(room.bottomLeft(), room.bottomRight())
    painter.drawLine(room.bottomLeft(), room.topLeft())
    _paint_titles(painter, room, palette, titles)


def tick_text(number: float) -> str:
    """Write a round number beside an axis."""
    return f"{number:.6g}".replace("e+", "e").replace("-", "−") if abs(number) > 1e-12 else "0"


def _paint_titles(
    painter: QPainter, room: QRectF, palette: Palette, titles: tuple[str, str]
) -> None:
    metrics = painter.fontMetrics()
    painter.setPen(QColor(palette.text))
    below = QRectF(
        room.left(), room.bottom() + 4 + metrics.height(), room.width(), metrics.height() + 4
    )
    painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, titles[0])
    painter.save()
    painter.translate(metrics.height() + 1, room.center().y())
    painter.rotate(-90)
    beside = QRectF(-room.height() / 2, -metrics.height(), room.height(), metrics.height() + 2)
    painter.drawText(beside, Qt.AlignmentFlag.AlignHCenter, titles[1])
    painter.restore()
