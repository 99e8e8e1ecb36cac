"""Rows of data over two columns, with what is predicted between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.training.contours import contour
from chainrule.training.metrics import Decision
from chainrule_desktop.canvas.batch import draw_lines
from chainrule_desktop.document.training.work import BoundaryPicture
from chainrule_desktop.messages import count
from chainrule_desktop.panels.tensors.heat_painter import paint_frame
from chainrule_desktop.panels.training.axes import Axis, Plot, axis_of, paint_axes, room_of
from chainrule_desktop.panels.training.class_marks import (
    class_colours,
    heat_image,
    heights_of,
    paint_mark,
    paint_points,
)
from chainrule_desktop.theme import Theme

_MOST_POINTS = 4_000


@final
@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """What is painted: rows over two columns, their classes with names, and which of them test.

    Without a label nothing has a class. In a `is_fit` the quantity that is predicted is along y.
    """

    titles: tuple[str, str]
    training: Floats
    testing: Floats
    training_classes: npt.NDArray[np.intp]
    testing_classes: npt.NDArray[np.intp]
    names: tuple[str, ...]
    is_fit: bool = False


NO_POINTS = Points(
    ("", ""),
    np.empty((0, 2)),
    np.empty((0, 2)),
    np.empty(0, np.intp),
    np.empty(0, np.intp),
    (),
)


@final
class DataChart(QWidget):
    """Paints points and, where there is one, the picture of a decision boundary behind them."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._points = NO_POINTS
        self._picture: BoundaryPicture | None = None
        self._decision = Decision.NONE
        self.setAccessibleName(name)
        self.setMinimumSize(220, 180)
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 380)

    def show_points(self, points: Points) -> None:
        """Show other rows."""
        self._points = points
        tests = f", {count(len(points.testing), 'test row')}" if len(points.testing) else ""
        self.setAccessibleDescription(
            f"{count(len(points.training), 'row')}{tests} over {points.titles[0]} and "
            f"{points.titles[1]}"
        )
        self.update()

    def show_picture(self, picture: BoundaryPicture | None, decision: Decision) -> None:
        """Show what is predicted, which must be over the columns of the points."""
        self._picture, self._decision = picture, decision
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, palette = QPainter(self), self._theme.palette
        painter.fillRect(self.rect(), QColor(palette.canvas))
        points = self._points
        if not len(points.training):
            painter.setPen(QColor(palette.muted_text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "There are no rows.")
            paint_frame(painter, self, palette)
            return
        plot = self._plot()
        picture = self._picture
        fits = picture is not None and picture.order.columns == points.titles
        if picture is not None and fits and not points.is_fit:
            self._paint_picture(painter, plot, picture)
        paint_axes(painter, plot, palette, points.titles, grid=not fits or points.is_fit)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        parts = (
            (points.training, points.training_classes, False),
            (points.testing, points.testing_classes, True),
        )
        for rows, classes, hollow in parts:
            shown = slice(0, _MOST_POINTS)
            places = plot.points(rows[shown, 0], rows[shown, 1])
            paint_points(painter, places, classes[shown], palette, hollow=hollow)
        if picture is not None and fits and points.is_fit:
            self._paint_fit(painter, plot, picture)
        self._paint_legend(painter, plot.room)
        paint_frame(painter, self, palette)
        painter.end()

    def _plot(self) -> Plot:
        picture = self._picture
        if picture is not None and picture.order.columns == self._points.titles:
            part = picture.extent
            x, y = Axis(part.left, part.right), Axis(part.bottom, part.top)
        else:
            rows = np.concatenate((self._points.training, self._points.testing))
            x, y = axis_of(rows[:, 0], room=0.12), axis_of(rows[:, 1], room=0.12)
        above = self.fontMetrics().height() + 6
        return Plot(room_of(self, y).adjusted(0, above, 0, 0), x, y)

    def _paint_picture(self, painter: QPainter, plot: Plot, picture: BoundaryPicture) -> None:
        palette = self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(plot.room, heat_image(picture.values, self._decision, palette))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.text), 1.6))
        for heights in heights_of(picture.values, self._decision):
            pieces = contour(picture.xs, picture.ys, heights, 0.0)
            first = plot.points(pieces[:, 0], pieces[:, 1])
            draw_lines(painter, np.hstack((first, plot.points(pieces[:, 2], pieces[:, 3]))))

    def _paint_fit(self, painter: QPainter, plot: Plot, picture: BoundaryPicture) -> None:
        """Paint what is predicted as a line, where the quantity itself stands along y."""
        painter.setPen(QPen(QColor(self._theme.palette.problem), 2.4))
        painter.setClipRect(plot.room)
        points = plot.points(picture.xs, picture.values[0, :, 0])
        sound = points[np.isfinite(points).all(axis=1)].tolist()
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in sound]))
        painter.setClipping(False)

    def _paint_legend(self, painter: QPainter, room: QRectF) -> None:
        """Name the classes above the chart, as many as have room."""
        palette, metrics = self._theme.palette, painter.fontMetrics()
        colours, left = class_colours(palette), room.left()
        middle = room.top() - metrics.height() / 2 - 6
        entries = [(kind, name, False) for kind, name in enumerate(self._points.names)]
        if len(self._points.testing):
            entries.append((0, "hollow: tests", True))
        for kind, name, hollow in entries:
            wide = metrics.horizontalAdvance(name)
            if left + 18 + wide > room.right():
                break
            colour = QColor(palette.muted_text) if hollow else colours[kind % len(colours)]
            painter.setPen(QPen(colour, 1.4))
            painter.setBrush(colour)
            paint_mark(painter, QPointF(left + 6, middle), kind, hollow=hollow)
            painter.setPen(QColor(palette.text))
            high = metrics.height()
            painter.drawText(QRectF(left + 16, middle - high / 2, wide + 4, high), name)
            left += 16 + wide + 18
