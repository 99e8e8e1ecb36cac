"""The heat map of a matrix: a cell for each number, to be zoomed, scrolled and walked through."""

from __future__ import annotations

import math
from typing import final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip
from typing_extensions import override

from chainrule_desktop.panels.shading import paint_cell_ring
from chainrule_desktop.panels.tensors.heat_painter import Area, paint_cells, paint_frame
from chainrule_desktop.panels.tensors.scene import Scene

LARGEST_CELL = 96.0
_SMALLEST_CELL = 0.05
_LARGEST_FIT = 64.0
_STEP = 1.25
_TOP = 22
_INDEX_MARGIN = 12
# A single row or column is no hairline.
_LEAST_SIDE = 28.0
_WAYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@final
class HeatMap(QAbstractScrollArea):
    """Paints the part in sight; the arrow keys move the chosen cell, + and − zoom, 0 fits.

    Signals:
        cell_chosen(int, int): the cell in this row and column was chosen.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, scene: Scene, image: QImage) -> None:
        super().__init__()
        self._scene = scene
        self._image = image
        self._zoom = 1.0
        self._chosen: tuple[int, int] | None = None
        self.setAccessibleName("Heat map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.show_scene(scene, image)

    def show_scene(self, scene: Scene, image: QImage) -> None:
        """Show other numbers with their picture, which has a pixel for each."""
        if scene.matrix.shape != self._scene.matrix.shape:
            self._zoom, self._chosen = 1.0, None
        self._scene, self._image = scene, image
        self._set_ranges()
        self.viewport().update()

    def choose(self, row: int, column: int) -> None:
        """Choose a cell and bring it into sight."""
        rows, columns = self._scene.matrix.shape
        if (row, column) == self._chosen or not (0 <= row < rows and 0 <= column < columns):
            return
        self._chosen = row, column
        self._reveal(row, column)
        self.setAccessibleDescription(self._scene.sentence(row, column))
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
        self.viewport().update()
        self.cell_chosen.emit(row, column)

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Make the cells larger or smaller; the one under `anchor` stays where it is."""
        pixel = anchor or QPointF(self.viewport().rect().center())
        before, cell = self._scrolled() + pixel - self._corner(), self.cell_size()
        share = before.x() / cell.width(), before.y() / cell.height()
        fitted = self._fitted_cell()
        largest = LARGEST_CELL / min(fitted.width(), fitted.height())
        self._zoom = min(max(self._zoom * factor, 1.0), max(largest, 1.0))
        self._set_ranges()
        after = self.cell_size()
        there = QPointF(share[0] * after.width(), share[1] * after.height())
        target = there - pixel + self._corner()
        self.horizontalScrollBar().setValue(round(target.x()))
        self.verticalScrollBar().setValue(round(target.y()))
        self.viewport().update()

    def fit(self) -> None:
        """Show the whole matrix."""
        self._zoom = 1.0
        self._set_ranges()
        self.viewport().update()

    def cell_size(self) -> QSizeF:
        """Return the width and height of a cell in pixels."""
        return self._fitted_cell() * self._zoom

    def cell_at(self, pixel: QPointF) -> tuple[int, int] | None:
        """Return the row and column under a pixel of the viewport."""
        place, cell = self._scrolled() + pixel - self._corner(), self.cell_size()
        if pixel.x() < self._left() or pixel.y() < _TOP:
            return None
        row = math.floor(place.y() / cell.height())
        column = math.floor(place.x() / cell.width())
        rows, columns = self._scene.matrix.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell is painted in the viewport."""
        cell = self.cell_size()
        place = QPointF(column * cell.width(), row * cell.height())
        return QRectF(place - self._scrolled() + self._corner(), cell)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._scene.look.palette.canvas))
        area = Area(self._corner() - self._scrolled(), self.cell_size(), self._corner())
        paint_cells(painter, QRectF(self.viewport().rect()), area, self._scene, self._image)
        if self._chosen is not None:
            self._paint_chosen(painter, *self._chosen)
        painter.setClipping(False)
        paint_frame(painter, self, self._scene.look.palette)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._set_ranges()

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(*cell)

    @override
    def wheelEvent(self, event: QWheelEvent, /) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        key = Qt.Key(event.key())
        if key in _WAYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(*_WAYS[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    @override
    def viewportEvent(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self.cell_at(QPointF(event.pos()))
            text = "" if cell is None else self._scene.sentence(*cell)
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    @override
    def scrollContentsBy(self, dx: int, dy: int, /) -> None:
        self.viewport().update()

    def _paint_chosen(self, painter: QPainter, row: int, column: int) -> None:
        box = self.cell_rect(row, column)
        grown = max(0.0, 6.0 - min(box.width(), box.height())) / 2
        box = box.adjusted(-grown, -grown, grown, grown)
        painter.setClipRect(self.viewport().rect().adjusted(round(self._left()), _TOP, 0, 0))
        paint_cell_ring(painter, box, self._scene.look.palette)

    def _step(self, down: int, right: int) -> None:
        rows, columns = self._scene.matrix.shape
        row, column = self._chosen or (0, 0)
        if self._chosen is not None:
            row, column = (
                min(max(row + down, 0), rows - 1),
                min(max(column + right, 0), columns - 1),
            )
        self.choose(row, column)

    def _reveal(self, row: int, column: int) -> None:
        box = self.cell_rect(row, column)
        view = QRectF(self.viewport().rect()).adjusted(self._left(), _TOP, 0, 0)
        for bar, low, high, start, end in (
            (self.horizontalScrollBar(), box.left(), box.right(), view.left(), view.right()),
            (self.verticalScrollBar(), box.top(), box.bottom(), view.top(), view.bottom()),
        ):
            if low < start:
                bar.setValue(math.floor(bar.value() + low - start))
            elif high > end:
                bar.setValue(math.ceil(bar.value() + high - end))

    def _left(self) -> float:
        last = max(0, self._scene.matrix.shape[0] - 1) + self._scene.origin
        return self.fontMetrics().horizontalAdvance(str(last)) + _INDEX_MARGIN

    def _corner(self) -> QPointF:
        return QPointF(self._left(), _TOP)

    def _scrolled(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _room(self) -> QSizeF:
        # The scroll bars' own room is kept free, or they would come and go while fitting.
        size = QSizeF(self.maximumViewportSize())
        return QSizeF(max(size.width() - self._left() - 16, 8), max(size.height() - _TOP - 16, 8))

    def _fitted_cell(self) -> QSizeF:
        rows, columns = self._scene.matrix.shape
        room = self._room()
        wide, high = room.width() / max(columns, 1), room.height() / max(rows, 1)
        side = max(min(wide, high, _LARGEST_FIT), _SMALLEST_CELL)
        width = max(side, min(wide, _LEAST_SIDE / max(columns, 1)))
        return QSizeF(width, max(side, min(high, _LEAST_SIDE / max(rows, 1))))

    def _set_ranges(self) -> None:
        rows, columns = self._scene.matrix.shape
        cell, port = self.cell_size(), self.viewport().size()
        content = columns * cell.width() + self._left(), rows * cell.height() + _TOP
        sides = (
            (self.horizontalScrollBar(), content[0], port.width(), cell.width()),
            (self.verticalScrollBar(), content[1], port.height(), cell.height()),
        )
        for bar, length, shown, step in sides:
            bar.setRange(0, max(0, math.ceil(length - shown)))
            bar.setPageStep(shown)
            bar.setSingleStep(max(1, round(max(step, 20.0))))
