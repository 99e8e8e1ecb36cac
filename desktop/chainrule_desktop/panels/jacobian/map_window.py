"""Which part of a matrix is in sight, and how large a cell is: plain arithmetic."""

from __future__ import annotations

import math
from typing import Final, final

from PySide6.QtCore import QPointF, QRectF, QSize

LARGEST_CELL: Final = 64.0
_FITTING_CELL: Final = 60.0


@final
class MapWindow:
    """A window onto a matrix. `cell` is the side of a cell in pixels; below 1 cells share pixels.

    Points are counted from the top left corner of the field in which cells are drawn.
    """

    def __init__(self) -> None:
        self._shape = (1, 1)
        self._left, self._top = 0.0, 0.0
        self._fits = True
        self.cell = 1.0

    def take(self, shape: tuple[int, int], field: QSize) -> None:
        """Look at another matrix, at all of it."""
        self._shape = shape
        self.fit(field)

    def fit(self, field: QSize) -> None:
        """Make cells so large that the whole matrix is in sight, and follow the field's size."""
        self._fits = True
        self.cell = self._fitting(field)
        self._left = self._top = 0.0

    def resize(self, field: QSize) -> None:
        """Follow a field of another size."""
        if self._fits:
            self.fit(field)
        else:
            self._stay_inside(field)

    def zoom(self, factor: float, around: QPointF, field: QSize) -> None:
        """Make cells larger or smaller; what is under `around` stays there."""
        least = self._fitting(field)
        cell = min(max(self.cell * factor, least), max(LARGEST_CELL, least))
        self._fits = cell <= least
        grown = cell / self.cell
        self._left = (self._left + around.x()) * grown - around.x()
        self._top = (self._top + around.y()) * grown - around.y()
        self.cell = cell
        self._stay_inside(field)

    def pan(self, by: QPointF, field: QSize) -> None:
        """Move the matrix below the window."""
        self._left -= by.x()
        self._top -= by.y()
        self._stay_inside(field)

    def reveal(self, cell: tuple[int, int], field: QSize) -> None:
        """Bring a cell into sight."""
        place = self.corner_of(cell)
        for coordinate, size, axis in (
            (place.x(), field.width(), 0),
            (place.y(), field.height(), 1),
        ):
            by = min(0.0, coordinate) + max(0.0, coordinate + self.cell - size)
            if axis == 0:
                self._left += by
            else:
                self._top += by
        self._stay_inside(field)

    def corner_of(self, cell: tuple[int, int]) -> QPointF:
        """Return the top left corner of a cell."""
        return QPointF(cell[1] * self.cell - self._left, cell[0] * self.cell - self._top)

    def place_of(self, cell: tuple[int, int]) -> QPointF:
        """Return the middle of a cell."""
        return self.corner_of(cell) + QPointF(self.cell / 2, self.cell / 2)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return the row and the column at a point; None beside the matrix."""
        row = math.floor((point.y() + self._top) / self.cell)
        column = math.floor((point.x() + self._left) / self.cell)
        inside = 0 <= row < self._shape[0] and 0 <= column < self._shape[1]
        return (row, column) if inside else None

    def in_sight(self, field: QSize) -> tuple[range, range, QRectF]:
        """Return the rows and columns in sight, and the rectangle that they fill."""
        rows = self._range(self._top, field.height(), self._shape[0])
        columns = self._range(self._left, field.width(), self._shape[1])
        corner = self.corner_of((rows.start, columns.start))
        width, height = len(columns) * self.cell, len(rows) * self.cell
        return rows, columns, QRectF(corner.x(), corner.y(), width, height)

    def _range(self, start: float, size: int, count: int) -> range:
        first = max(0, math.floor(start / self.cell))
        return range(first, min(count, math.ceil((start + size) / self.cell)))

    def _fitting(self, field: QSize) -> float:
        rows, columns = self._shape
        return min(max(1, field.width()) / columns, max(1, field.height()) / rows, _FITTING_CELL)

    def _stay_inside(self, field: QSize) -> None:
        rows, columns = self._shape
        self._left = min(max(self._left, 0.0), max(0.0, columns * self.cell - field.width()))
        self._top = min(max(self._top, 0.0), max(0.0, rows * self.cell - field.height()))
