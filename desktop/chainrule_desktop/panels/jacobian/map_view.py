"""A matrix as a map of colours: zoomed with the wheel or keys, walked through cell by cell."""

from __future__ import annotations

import math
from typing import Final, final

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.autodiff.jacobian.overview import Overview
from chainrule.diagram.numbers import format_number
from chainrule.diagram.shades import codes_of
from chainrule_desktop.panels.jacobian.map_axes import LEFT, TOP, paint_axes
from chainrule_desktop.panels.jacobian.map_window import MapWindow
from chainrule_desktop.panels.jacobian.source import MatrixSource
from chainrule_desktop.panels.shading import (
    farthest,
    indexed_image,
    ink_on,
    paint_cell_ring,
    scale_of,
    shade_of,
)
from chainrule_desktop.theme import Theme

_STEP: Final = 1.25
_WRITTEN_FROM: Final = 44.0
_GRID_FROM: Final = 9.0
# Finer pictures would take more memory than what they show is worth.
_MOST_PIXELS: Final = 640
# Beyond cells at the edge, their frame and the ring around the chosen one are seen as a whole.
_RIM: Final = 3


@final
class MapView(QAbstractScrollArea):
    """Draws what is in sight of a matrix, and nothing else of it is computed.

    Signals:
        cell_chosen(int, int): the row and the column that were clicked or walked to.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._source: MatrixSource | None = None
        self._axes = ("row", "column")
        self._window = MapWindow()
        self._cell = (0, 0)
        self._spy = False
        self._origin = 0
        self._shown: tuple[tuple[float, ...], Overview] | None = None
        self._largest = 0.0
        self._dragged: QPointF | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(260, 220)
        self.viewport().setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.viewport().update)

    @property
    def cell(self) -> tuple[int, int]:
        """The row and the column that are chosen."""
        return self._cell

    @property
    def seen(self) -> str:
        """What part of the matrix the picture was made from; "" for all of it."""
        return "" if self._shown is None else self._shown[1].seen

    @property
    def largest(self) -> float:
        """The number farthest from 0 in the picture, which has the strongest colour."""
        return self._largest

    def show_matrix(self, source: MatrixSource, rows: str, columns: str) -> None:
        """Show a matrix; `rows` and `columns` say what they are. The place is kept if it fits."""
        same = self._source is not None and self._source.shape == source.shape
        self._source, self._axes, self._shown = source, (rows, columns), None
        if not same:
            self._cell = (0, 0)
            self._window.take(source.shape, self._field().size())
        self._look()
        self.viewport().update()

    def count_from(self, origin: int) -> None:
        """Number rows and columns from `origin`, 0 or 1."""
        self._origin = origin

    def show_nonzeros_only(self, spy: bool) -> None:
        """Draw where entries differ from 0 in one colour, instead of how far they do."""
        self._spy = spy
        self.viewport().update()

    def fit(self) -> None:
        """Show the whole matrix."""
        self._window.fit(self._field().size())
        self._moved()

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Make cells larger or smaller around a point of the field, by default the chosen cell."""
        self._window.zoom(factor, around or self._window.place_of(self._cell), self._field().size())
        self._moved()

    def choose(self, row: int, column: int) -> None:
        """Choose a cell and bring it into sight."""
        if self._source is None:
            return
        rows, columns = self._source.shape
        self._cell = min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
        self._window.reveal(self._cell, self._field().size())
        self._moved()
        self.cell_chosen.emit(*self._cell)

    @override
    def sizeHint(self) -> QSize:
        return QSize(460, 420)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._window.resize(self._field().size())
        self._moved()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self.viewport())
        palette = self._theme.palette
        painter.fillRect(self.viewport().rect(), QColor(palette.panel))
        if self._source is None or self._shown is None:
            return
        field = self._field()
        picture = self._shown[1].picture
        self._paint_cells(painter, field, picture)
        paint_axes(painter, self._window, field, self._axes, self._origin, palette)
        self._paint_chosen(painter, field)

    @override
    def wheelEvent(self, event: QWheelEvent, /) -> None:
        turns = event.angleDelta().y() / 120
        if turns:
            self.zoom(_STEP**turns, event.position() - QPointF(self._field().topLeft()))
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._dragged = event.position()
        elif event.button() == Qt.MouseButton.LeftButton:
            cell = self._cell_at(event.position().toPoint())
            if cell is not None:
                self.choose(*cell)

    @override
    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        if self._dragged is not None:
            self._window.pan(event.position() - self._dragged, self._field().size())
            self._dragged = event.position()
            self._moved()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        self._dragged = None

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
            self.choose(self._cell[0] + far * step[0], self._cell[1] + far * step[1])
        elif event.text() in ("+", "="):
            self.zoom(_STEP)
        elif event.text() == "-":
            self.zoom(1 / _STEP)
        elif event.text() in ("0", "f"):
            self.fit()
        else:
            super().keyPressEvent(event)

    @override
    def viewportEvent(self, event: object, /) -> bool:
        if isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().viewportEvent(event)  # pyright: ignore[reportArgumentType]  stubs say QEvent

    def _tell(self, event: QHelpEvent) -> None:
        cell = self._cell_at(event.pos())
        if cell is None or self._source is None:
            QToolTip.hideText()
            return
        row, column = (each + self._origin for each in cell)
        where = f"row {row:,}, column {column:,}"
        number = self._source.entry(*cell)
        QToolTip.showText(event.globalPos(), f"{where}: {number:.10g}".replace("-", "−"), self)

    def _moved(self) -> None:
        self._look()
        self.viewport().update()

    def _look(self) -> None:
        """Ask for the picture of what is in sight, unless it is the one at hand."""
        if self._source is None:
            return
        rows, columns, box = self._window.in_sight(self._field().size())
        ratio = self.devicePixelRatioF()
        key = (rows.start, rows.stop, columns.start, columns.stop, box.width(), box.height(), ratio)
        if self._shown is None or self._shown[0] != key:
            height, width = (
                max(1, min(math.ceil(side * ratio), _MOST_PIXELS))
                for side in (box.height(), box.width())
            )
            seen = self._source.picture(rows, columns, height, width)
            self._shown = (key, seen)
            self._largest = farthest(seen.picture)

    def _paint_cells(self, painter: QPainter, field: QRect, picture: Floats) -> None:
        rows, columns, box = self._window.in_sight(field.size())
        target = box.translated(QPointF(field.topLeft()))
        painter.save()
        painter.setClipRect(field)
        painter.drawImage(target, self._image(picture))
        cell = self._window.cell
        if cell >= _WRITTEN_FROM:
            self._write_numbers(painter, target, picture)
        if cell >= _GRID_FROM:
            painter.setPen(QPen(QColor(self._theme.palette.border), 0))
            for each in range(1, len(columns)):
                x = target.left() + each * cell
                painter.drawLine(QPointF(x, target.top()), QPointF(x, target.bottom()))
            for each in range(1, len(rows)):
                y = target.top() + each * cell
                painter.drawLine(QPointF(target.left(), y), QPointF(target.right(), y))
        painter.setClipRect(field.adjusted(-1, -1, 1, 1))
        painter.setPen(QPen(QColor(self._theme.palette.outline), 0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(target)
        painter.restore()

    def _image(self, picture: Floats) -> QImage:
        palette = self._theme.palette
        if self._spy:
            spots = (picture != 0.0).astype(np.uint8)
            return indexed_image(spots, (palette.canvas, palette.text))
        return indexed_image(codes_of(picture, self._largest), scale_of(palette))

    def _write_numbers(self, painter: QPainter, target: QRectF, picture: Floats) -> None:
        cell, palette = self._window.cell, self._theme.palette
        for (i, j), number in np.ndenumerate(picture):
            spot = palette.text if number else palette.canvas
            ground = spot if self._spy else shade_of(float(number), self._largest, palette)
            painter.setPen(ink_on(ground))
            box = QRectF(target.left() + j * cell, target.top() + i * cell, cell, cell)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, format_number(float(number), 2))

    def _paint_chosen(self, painter: QPainter, field: QRect) -> None:
        corner = self._window.corner_of(self._cell) + QPointF(field.topLeft())
        side = max(self._window.cell, 5.0)
        painter.setClipRect(field.adjusted(-_RIM, -_RIM, _RIM, _RIM))
        paint_cell_ring(painter, QRectF(corner.x(), corner.y(), side, side), self._theme.palette)

    def _field(self) -> QRect:
        """Return where cells are drawn: the axes stand left of it and above."""
        return self.viewport().rect().adjusted(LEFT, TOP, -_RIM, -_RIM)

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        inside = QPointF(point - self._field().topLeft())
        return self._window.cell_at(inside) if self._field().contains(point) else None


_STEPS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
