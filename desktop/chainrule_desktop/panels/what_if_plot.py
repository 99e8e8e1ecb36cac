"""The output against one input, with the tangent that the gradient is, and a number in question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from chainrule.autodiff.what_if import WhatIf
from chainrule.diagram.numbers import format_number
from chainrule_desktop.panels.value_slider import SIDE
from chainrule_desktop.theme import Palette

_HEIGHT: Final = 150
_MARGIN: Final = 4.0
_DOT: Final = 4.0
_HEADROOM: Final = 0.08
_CURVE_WIDTH, _TANGENT_WIDTH = 2.0, 1.6


@final
class WhatIfPlot(QWidget):
    """Draws the curve in the colour of values and the tangent, dashed, in that of gradients.

    Its axis is that of a slider of the same width.

    Signals:
        number_chosen(float): the pointer chose another number.
    """

    number_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Output against input, with the tangent")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._found: WhatIf | None = None
        self._number = 0.0
        self._palette: Palette | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """The numbers at the left and at the right."""
        numbers = (0.0,) if self._found is None else self._found.numbers
        return numbers[0], numbers[-1]

    @property
    def number(self) -> float:
        """The number in question."""
        return self._number

    def show_found(self, found: WhatIf, number: float, palette: Palette) -> None:
        """Show a curve and the number in question."""
        self._found, self._number, self._palette = found, number, palette
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._choose(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        self._choose(event.position().x())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        found, palette = self._found, self._palette
        if found is None or palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, (low, high) = self._box(), _heights(found)
        painter.fillRect(QRectF(self.rect()), QColor(palette.field))
        painter.setPen(QPen(QColor(palette.border), 1.0))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setClipRect(box.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        sight = _Sight(box, found.numbers[0], found.numbers[-1], low, high)
        self._paint_axes(painter, sight, found, palette)
        self._paint_lines(painter, sight, found, palette)
        self._paint_number(painter, sight, found, palette)
        painter.setClipping(False)
        self._paint_ends(painter, sight, palette)
        painter.end()

    def _choose(self, x: float) -> None:
        found, box = self._found, self._box()
        if found is None or box.width() <= 0:
            return
        share = min(1.0, max(0.0, (x - box.left()) / box.width()))
        self.number_chosen.emit(found.numbers[0] + share * (found.numbers[-1] - found.numbers[0]))

    def _box(self) -> QRectF:
        text = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(SIDE, text + 4, -SIDE, -text - 4)

    def _paint_axes(
        self, painter: QPainter, sight: _Sight, found: WhatIf, palette: Palette
    ) -> None:
        painter.setPen(QPen(QColor(palette.border), 1.0))
        x = sight.x(found.here)
        painter.drawLine(QPointF(x, sight.box.top()), QPointF(x, sight.box.bottom()))
        if sight.low < 0.0 < sight.high:
            y = sight.y(0.0)
            painter.drawLine(QPointF(sight.box.left(), y), QPointF(sight.box.right(), y))

    def _paint_lines(
        self, painter: QPainter, sight: _Sight, found: WhatIf, palette: Palette
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tangent = QPen(QColor(palette.gradient), _TANGENT_WIDTH, Qt.PenStyle.DashLine)
        painter.setPen(tangent)
        ends = (sight.left, sight.right)
        painter.drawLine(*(sight.point(each, found.predicted(each)) for each in ends))
        painter.setPen(QPen(QColor(palette.value), _CURVE_WIDTH))
        for run in _runs(found):
            painter.drawPolyline(QPolygonF([sight.point(*each) for each in run]))

    def _paint_number(
        self, painter: QPainter, sight: _Sight, found: WhatIf, palette: Palette
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.text))
        painter.drawEllipse(sight.point(found.here, found.output), _DOT, _DOT)
        if self._number == found.here:
            return
        true, guess = found.at(self._number), found.predicted(self._number)
        if math.isfinite(true):
            painter.setPen(QPen(QColor(palette.text), 1.2))
            painter.drawLine(sight.point(self._number, true), sight.point(self._number, guess))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.value))
            painter.drawEllipse(sight.point(self._number, true), _DOT, _DOT)
        painter.setBrush(QColor(palette.gradient))
        center = sight.point(self._number, guess)
        painter.drawRect(QRectF(center.x() - _DOT + 1, center.y() - _DOT + 1, 6.0, 6.0))

    def _paint_ends(self, painter: QPainter, sight: _Sight, palette: Palette) -> None:
        """Write where the axes begin and end."""
        painter.setPen(QColor(palette.muted_text))
        inside = QRectF(self.rect()).adjusted(6, 3, -6, -3)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.drawText(inside, bottom | left, _short(sight.left))
        painter.drawText(inside, bottom | right, _short(sight.right))
        painter.drawText(inside, top | left, f"output {_short(sight.low)} to {_short(sight.high)}")


@final
class _Sight:
    """Takes numbers to places in a box."""

    def __init__(self, box: QRectF, left: float, right: float, low: float, high: float) -> None:
        self.box, self.left, self.right, self.low, self.high = box, left, right, low, high

    def x(self, number: float) -> float:
        share = (number - self.left) / (self.right - self.left or 1.0)
        return self.box.left() + share * self.box.width()

    def y(self, number: float) -> float:
        share = (number - self.low) / (self.high - self.low or 1.0)
        # Far outside, painters get lost.
        return self.box.bottom() - min(50.0, max(-50.0, share)) * self.box.height()

    def point(self, number: float, output: float) -> QPointF:
        return QPointF(self.x(number), self.y(output))


def _runs(found: WhatIf) -> list[list[tuple[float, float]]]:
    """Return the curve as lines that end where there is no output."""
    runs: list[list[tuple[float, float]]] = [[]]
    for number, output in zip(found.numbers, found.outputs, strict=True):
        if math.isfinite(output):
            runs[-1].append((number, output))
        elif runs[-1]:
            runs.append([])
    return [each for each in runs if len(each) > 1]


def _heights(found: WhatIf) -> tuple[float, float]:
    """Return the outputs at the bottom and the top: those of the curve, and some of the tangent."""
    finite = [each for each in found.outputs if math.isfinite(each)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    reach = high - low or abs(high) or 1.0
    ends: Sequence[float] = [
        found.predicted(each) for each in (found.numbers[0], found.numbers[-1])
    ]
    if all(map(math.isfinite, ends)):
        low = min(low, max(min(ends), low - reach / 2))
        high = max(high, min(max(ends), high + reach / 2))
    if high == low:
        low, high = low - 1.0, high + 1.0
    space = _HEADROOM * (high - low)
    return low - space, high + space


def _short(number: float) -> str:
    return format_number(number, 2)
