"""The loss curve: batches, all rows that train, and rows that test, linear or logarithmic."""

from __future__ import annotations

from typing import Final, final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.diagram.numbers import format_number
from chainrule_desktop.document.training.series import Series
from chainrule_desktop.panels.tensors.heat_painter import paint_frame
from chainrule_desktop.panels.training.axes import Axis, Plot, axis_of, paint_axes, room_of
from chainrule_desktop.theme import Theme

_TRAINING, _TEST = 1, 2
_STEP: Final = 10


@final
class LossChart(QWidget):
    """Paints the curves of a run; the arrow keys and the pointer tell their numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._series = Series()
        self._log = self._is_whole = False
        self._chosen: int | None = None
        self.setAccessibleName("Loss by step")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(260, 180)
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(560, 380)

    def show_series(self, series: Series, *, whole: bool) -> None:
        """Show a run as far as it has come; in a `whole` one every batch is of all rows."""
        self._series, self._is_whole = series, whole
        self.setAccessibleDescription(self._says(len(_own_curve(series, is_whole=whole)) - 1))
        self.update()

    def show_log(self, log: bool) -> None:
        """Let equal factors of the loss be equally far apart, or equal differences."""
        self._log = log
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, palette = QPainter(self), self._theme.palette
        painter.fillRect(self.rect(), QColor(palette.canvas))
        plot = self._plot()
        paint_axes(painter, plot, palette, ("step", "loss"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(plot.room.adjusted(0, -2, 2, 2))
        looks = self._series.evaluations.rows
        own = _own_curve(self._series, is_whole=self._is_whole)
        batches = QColor(palette.accent if self._is_whole else palette.muted_text)
        batches.setAlphaF(1.0 if self._is_whole else 0.55)
        pen = QPen(batches, 2 if self._is_whole else 1)
        self._paint_curve(painter, plot, _thinned(own, plot.room), pen)
        for column, colour in self._curves():
            points = looks[:, [0, column]]
            self._paint_curve(painter, plot, _thinned(points, plot.room), QPen(QColor(colour), 2))
        if self._chosen is not None and self._chosen < len(own):
            x, y = own[self._chosen].tolist()
            painter.setPen(QPen(QColor(palette.focus_ring), 2))
            painter.drawEllipse(plot.point(x, y), 5, 5)
            painter.setPen(QColor(palette.text))
            above = plot.room.adjusted(8, 4, 0, 0)
            painter.drawText(above, Qt.AlignmentFlag.AlignLeft, self._says(self._chosen))
        painter.setClipping(False)
        self._paint_legend(painter, plot.room)
        paint_frame(painter, self, palette)
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        count = len(_own_curve(self._series, is_whole=self._is_whole))
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -count}
        moves |= {Qt.Key.Key_End: count, Qt.Key.Key_PageUp: -_STEP, Qt.Key.Key_PageDown: _STEP}
        move = moves.get(Qt.Key(event.key()))
        if move is None or not count:
            super().keyPressEvent(event)
            return
        start = count - 1 if self._chosen is None else self._chosen
        self._chosen = min(max(start + move, 0), count - 1)
        self.setAccessibleDescription(self._says(self._chosen))
        self.update()

    @override
    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._row_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if row is None else self._says(row), self)
            return True
        return super().event(event)

    def _curves(self) -> list[tuple[int, str]]:
        palette, looks = self._theme.palette, self._series.evaluations.rows
        found = [] if self._is_whole and len(self._series.steps) else [(_TRAINING, palette.accent)]
        if np.isfinite(looks[:, _TEST]).any():
            found.append((_TEST, palette.problem))
        return found

    def _plot(self) -> Plot:
        steps, looks = self._series.steps.rows, self._series.evaluations.rows
        losses = np.concatenate((steps[:, 1], looks[:, 1], looks[:, 2]))
        y = axis_of(losses, log=self._log)
        if not self._log and y.low > 0 and y.low < 0.5 * y.high:
            y = Axis(0.0, y.high)
        last = max(10.0, float(steps[-1, 0]) if len(steps) else 0.0)
        return Plot(room_of(self, y), Axis(0.0, last), y)

    def _paint_curve(self, painter: QPainter, plot: Plot, curve: Floats, pen: QPen) -> None:
        curve = curve[np.isfinite(curve[:, 1])]
        if self._log:
            curve = curve[curve[:, 1] > 0]
        if len(curve) == 0:
            return
        painter.setPen(pen)
        points = plot.points(curve[:, 0], curve[:, 1]).tolist()
        if len(points) == 1:
            painter.drawEllipse(QPointF(*points[0]), 2, 2)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))

    def _paint_legend(self, painter: QPainter, room: QRectF) -> None:
        palette, metrics = self._theme.palette, painter.fontMetrics()
        entries = [("training rows", palette.accent, 2)]
        if not self._is_whole:
            entries.insert(0, ("batch", palette.muted_text, 1))
        if np.isfinite(self._series.evaluations.rows[:, _TEST]).any():
            entries.append(("test rows", palette.problem, 2))
        high = metrics.height() + 2
        wide = max(metrics.horizontalAdvance(word) for word, _, _ in entries)
        for row, (word, colour, thick) in enumerate(entries):
            y = room.top() + 6 + row * high
            left = room.right() - wide - 34
            painter.setPen(QPen(QColor(colour), thick))
            painter.drawLine(QPointF(left, y + high / 2), QPointF(left + 20, y + high / 2))
            painter.setPen(QColor(palette.text))
            painter.drawText(QRectF(left + 26, y, wide + 4, high), word)

    def _row_at(self, pixel: QPointF) -> int | None:
        plot, own = self._plot(), _own_curve(self._series, is_whole=self._is_whole)
        if not len(own) or not plot.room.contains(pixel):
            return None
        step = plot.place(pixel)[0]
        return int(np.argmin(np.abs(own[:, 0] - step)))

    def _says(self, row: int) -> str:
        steps = self._series.steps.rows
        if row < 0:
            return "No step has been made yet."
        if row >= len(steps):
            made, loss = _own_curve(self._series, is_whole=self._is_whole)[-1].tolist()
            return f"After step {made:,.0f}: loss {format_number(loss, 4)}"
        step, loss, rate, size = steps[row].tolist()
        return (
            f"Before step {step:,.0f}: loss {format_number(loss, 4)}, learning rate "
            f"{format_number(rate, 4)}, gradient {format_number(size, 4)}"
        )


def _own_curve(series: Series, *, is_whole: bool) -> Floats:
    """Return the losses of the batches over how many steps had been made before (n, 2).

    Where every batch is of all rows, the loss that the last step has led to is the next one's.
    """
    steps, looks = series.steps.rows, series.evaluations.rows
    own = steps[:, :2] - (1, 0)
    if is_whole and len(steps) and len(looks) and looks[-1, 0] >= steps[-1, 0]:
        own = np.concatenate((own, looks[-1:, :2]))
    return own


def _thinned(curve: Floats, room: QRectF) -> Floats:
    """Return the lowest and the highest point of every stretch that is a pixel wide."""
    most = max(64, int(room.width()))
    if len(curve) <= 2 * most:
        return curve
    size = -(-len(curve) // most)
    whole = len(curve) // size * size
    parts = curve[:whole, 1].reshape(-1, size)
    starts = np.arange(len(parts)) * size
    places = np.sort(np.stack((parts.argmin(axis=1), parts.argmax(axis=1)), axis=1), axis=1)
    return curve[np.append((starts[:, None] + places).ravel(), len(curve) - 1)]
