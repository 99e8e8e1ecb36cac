"""The loss over two weights as a map with contours, and the way that the descent has gone on it."""

from __future__ import annotations

from typing import Final, final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.diagram.numbers import format_number
from chainrule.training.contours import contour, levels_of
from chainrule.training.surfaces import Surface
from chainrule_desktop.canvas.batch import draw_lines
from chainrule_desktop.panels.shading import scale_of
from chainrule_desktop.panels.tensors.heat_painter import paint_frame
from chainrule_desktop.panels.training.axes import Axis, Plot, paint_axes, room_of
from chainrule_desktop.panels.training.height_map import HeightKey, heights_image
from chainrule_desktop.theme import Theme

_LEVELS: Final = 14
_MARK: Final = 5.0


@final
class LandscapeChart(QWidget):
    """Paints a landscape and a path on it, which may go on while the landscape stays."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._surface: Surface | None = None
        self._names = ("", "")
        self._path: Floats = np.empty((0, 2))
        self._says = ""
        self.setAccessibleName("Landscape of the loss")
        self.setMinimumSize(240, 200)
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(520, 400)

    def show_surface(self, surface: Surface | None, names: tuple[str, str]) -> None:
        """Show another landscape over two weights of these names; None for none yet."""
        self._surface, self._names = surface, names
        if surface is not None:
            low, high = np.nanmin(surface.values), np.nanmax(surface.values)
            self.setAccessibleDescription(
                f"Loss from {format_number(float(low), 4)} to {format_number(float(high), 4)} over "
                f"{names[0]} and {names[1]}"
            )
        self.update()

    def show_path(self, path: Floats) -> None:
        """Show the way of the descent (points, 2); its last point is where the weights are."""
        self._path = path
        self.update()

    def say(self, sentence: str) -> None:
        """Say why there is no landscape."""
        self._says = sentence
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, palette = QPainter(self), self._theme.palette
        painter.fillRect(self.rect(), QColor(palette.canvas))
        plot = self._plot()
        if plot is None or self._surface is None:
            painter.setPen(QColor(palette.muted_text))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(20, 20, -20, -20), flags, self._says)
            paint_frame(painter, self, palette)
            return
        self._paint_heights(painter, plot, self._surface)
        paint_axes(painter, plot, palette, self._names, grid=False)
        self._paint_path(painter, plot)
        high = self.fontMetrics().height()
        line = QRectF(plot.room.left(), plot.room.top() - high - 6, plot.room.width(), high)
        key = HeightKey(painter, line, palette)
        key.paint(self._surface.values, self._contour_pen(), path=len(self._path) > 0)
        paint_frame(painter, self, palette)
        painter.end()

    @override
    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _at(self, pixel: QPointF) -> str:
        plot, surface = self._plot(), self._surface
        if plot is None or surface is None or not plot.room.contains(pixel):
            return ""
        x, y = plot.place(pixel)
        column = int(np.argmin(np.abs(surface.xs - x)))
        row = int(np.argmin(np.abs(surface.ys - y)))
        loss = format_number(float(surface.values[row, column]), 4)
        places = f"{format_number(x, 3)}, {format_number(y, 3)}"
        return f"{self._names[0]}, {self._names[1]} = {places}: loss {loss}"

    def _plot(self) -> Plot | None:
        surface = self._surface
        if surface is None:
            return None
        x = Axis(float(surface.xs[0]), float(surface.xs[-1]))
        y = Axis(float(surface.ys[0]), float(surface.ys[-1]))
        above = self.fontMetrics().height() + 6
        return Plot(room_of(self, y).adjusted(0, above, 0, 0), x, y)

    def _paint_heights(self, painter: QPainter, plot: Plot, surface: Surface) -> None:
        palette, levels = self._theme.palette, levels_of(surface.values, _LEVELS)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(plot.room, heights_image(surface.values, scale_of(palette)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._contour_pen())
        for level in levels.tolist():
            pieces = contour(surface.xs, surface.ys, surface.values, level)
            first = plot.points(pieces[:, 0], pieces[:, 1])
            draw_lines(painter, np.hstack((first, plot.points(pieces[:, 2], pieces[:, 3]))))

    def _contour_pen(self) -> QPen:
        line = QColor(self._theme.palette.text)
        line.setAlphaF(0.45)
        return QPen(line, 1)

    def _paint_path(self, painter: QPainter, plot: Plot) -> None:
        path = self._path[np.isfinite(self._path).all(axis=1)]
        if not len(path):
            return
        palette = self._theme.palette
        painter.setClipRect(plot.room)
        points = [QPointF(x, y) for x, y in plot.points(path[:, 0], path[:, 1]).tolist()]
        for colour, wide in ((palette.canvas, 4.5), (palette.accent, 2.2)):
            painter.setPen(QPen(QColor(colour), wide))
            painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(QColor(palette.accent), 2))
        painter.setBrush(QColor(palette.canvas))
        painter.drawEllipse(points[0], _MARK, _MARK)
        painter.setBrush(QColor(palette.accent))
        painter.setPen(QPen(QColor(palette.canvas), 1.5))
        painter.drawEllipse(points[-1], _MARK + 1, _MARK + 1)
        painter.setClipping(False)
