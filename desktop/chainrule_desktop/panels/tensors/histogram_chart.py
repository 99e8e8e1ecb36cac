"""The histogram of a tensor: bars in the shades of their numbers, with both axes."""

from __future__ import annotations

from typing import final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from chainrule.diagram.numbers import format_number
from chainrule.diagram.shades import AXIS, ZERO, codes_of
from chainrule_desktop.panels.tensors.heat_painter import paint_frame
from chainrule_desktop.panels.tensors.scene import Scene
from chainrule_desktop.panels.tensors.summary import Histogram

_LEFT, _TOP, _RIGHT, _BOTTOM = 62, 16, 18, 34
_WIDEST_BAR = 72.0
_LEAST_APART = 12


@final
class HistogramChart(QWidget):
    """Paints a histogram; the arrow keys and the pointer choose a bar.

    Signals:
        bar_chosen(str): what the chosen bar stands for.
    """

    bar_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._histogram: Histogram | None = None
        self._chosen: int | None = None
        self.setAccessibleName("Histogram")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 160)

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def show_histogram(self, scene: Scene, histogram: Histogram | None) -> None:
        """Show other numbers."""
        bars = 0 if histogram is None else len(histogram.counts)
        if self._chosen is not None and self._chosen >= bars:
            self._chosen = None
        self._scene, self._histogram = scene, histogram
        if histogram is not None:
            most = int(histogram.counts.argmax())
            says = f"{bars} bars; the highest: {histogram.bar(most, scene.decimals)}"
            self.setAccessibleDescription(says)
        self.update()

    def bar_at(self, pixel: QPointF) -> int | None:
        """Return the bar above or below a pixel."""
        if self._histogram is None or not self._plot().contains(pixel):
            return None
        bars = len(self._histogram.counts)
        at = int((pixel.x() - self._start()) / self._width())
        return at if 0 <= at < bars and pixel.x() >= self._start() else None

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        scene, histogram = self._scene, self._histogram
        if scene is None:
            return
        painter.fillRect(self.rect(), QColor(scene.look.palette.canvas))
        if histogram is None:
            painter.setPen(QColor(scene.look.palette.muted_text))
            text = "No number of it is finite."
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        else:
            self._paint_grid(painter, scene, histogram)
            self._paint_bars(painter, scene, histogram)
            self._paint_axis(painter, scene, histogram)
        paint_frame(painter, self, scene.look.palette)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._choose(self.bar_at(event.position()))

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._histogram is None:
            super().keyPressEvent(event)
            return
        last = len(self._histogram.counts) - 1
        start = self._chosen if self._chosen is not None else -1 if step > 0 else last + 1
        self._choose(min(max(start + step, 0), last))

    @override
    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._says(at), self)
            return True
        return super().event(event)

    def _choose(self, bar: int | None) -> None:
        self._chosen = bar
        says = self._says(bar)
        self.setAccessibleDescription(says)
        self.update()
        self.bar_chosen.emit(says)

    def _says(self, bar: int | None) -> str:
        if bar is None or self._histogram is None or self._scene is None:
            return ""
        return self._histogram.bar(bar, self._scene.decimals)

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def _width(self) -> float:
        bars = 1 if self._histogram is None else len(self._histogram.counts)
        return min(self._plot().width() / bars, _WIDEST_BAR)

    def _start(self) -> float:
        """Return where the first bar begins: few bars stand in the middle."""
        bars = 1 if self._histogram is None else len(self._histogram.counts)
        return self._plot().center().x() - self._width() * bars / 2

    def _paint_grid(self, painter: QPainter, scene: Scene, histogram: Histogram) -> None:
        """Draw lines at round counts, with the counts at the left."""
        plot, most = self._plot(), int(histogram.counts.max())
        apart = max(most * 2 * self.fontMetrics().height() / plot.height(), 1.0)
        step = next(s * 10**p for p in range(12) for s in (1, 2, 5) if s * 10**p >= apart)
        palette = scene.look.palette
        for count in range(0, most + 1, step):
            y = plot.bottom() - plot.height() * count / most
            painter.setPen(QPen(QColor(palette.grid), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(palette.muted_text))
            box = QRectF(0, y - 10, _LEFT - 8, 20)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, f"{count:,}")

    def _paint_bars(self, painter: QPainter, scene: Scene, histogram: Histogram) -> None:
        plot, width, start = self._plot(), self._width(), self._start()
        middles = histogram.edges[:-1] / 2 + histogram.edges[1:] / 2
        around_zero = (histogram.edges[:-1] < 0) & (histogram.edges[1:] > 0)
        shades = codes_of(np.where(around_zero, 0.0, middles), scene.largest)
        shades[shades == ZERO] = AXIS
        codes: list[int] = shades.tolist()
        gap = 1.0 if width > 3 else 0.0
        counts: list[int] = histogram.counts.tolist()
        for at, (count, code) in enumerate(zip(counts, codes, strict=True)):
            height = plot.height() * count / max(1, int(histogram.counts.max()))
            bar = QRectF(start + at * width, plot.bottom() - height, width - gap, height)
            painter.fillRect(bar, QColor(scene.look.colours[code]))
            if at == self._chosen:
                painter.setPen(QPen(QColor(scene.look.palette.focus_ring), 2))
                painter.drawRect(bar.adjusted(-1, -1, 1, 1))

    def _paint_axis(self, painter: QPainter, scene: Scene, histogram: Histogram) -> None:
        """Draw the line that the bars stand on, and what numbers they are for."""
        plot, palette = self._plot(), scene.look.palette
        painter.setPen(QPen(QColor(palette.outline), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        metrics, last = self.fontMetrics(), -1.0e9
        for place, text in self._ticks(scene, histogram):
            wide = metrics.horizontalAdvance(text)
            left = min(max(place - wide / 2, 2.0), self.width() - wide - 2.0)
            if left < last + _LEAST_APART:
                continue
            last = left + wide
            painter.setPen(QPen(QColor(palette.outline), 1))
            painter.drawLine(QPointF(place, plot.bottom()), QPointF(place, plot.bottom() + 4))
            painter.setPen(QColor(palette.muted_text))
            painter.drawText(QPointF(left, plot.bottom() + 8 + metrics.ascent()), text)

    def _ticks(self, scene: Scene, histogram: Histogram) -> list[tuple[float, str]]:
        """Return places and texts: below each bar of whole numbers, otherwise at round numbers."""
        edges = histogram.edges
        start, width = self._start(), self._width()
        span = float(edges[-1] - edges[0])
        if not np.isfinite(span) or span <= 0:
            return [(start, format_number(float(edges[0]), scene.decimals))]
        whole = edges[0] % 1 == 0.5 and edges[1] - edges[0] == 1
        apart = 1.0 if whole else span / 6
        power = 10.0 ** np.floor(np.log10(apart))
        step = float(next(each for each in (1, 2, 5, 10) if each * power >= apart * 0.999) * power)
        scale = width * len(histogram.counts) / span
        first = np.ceil(edges[0] / step) * step
        found = np.arange(first, edges[-1] + step * 1e-9, step).tolist()
        return [
            (
                start + (each - float(edges[0])) * scale,
                f"{round(each / step) * step:.6g}".replace("-", "−"),
            )
            for each in found
        ]
