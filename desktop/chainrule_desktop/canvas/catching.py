"""What a box or a lasso catches, found for all nodes and wires at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from typing_extensions import override

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.parts import Flags, Floats
from chainrule_desktop.canvas.culling import visible_wires
from chainrule_desktop.canvas.hit import nodes_within
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.wire_lines import wire_lines

_PIECES = 16
_MOST_POINTS = 400_000


class Snare(ABC):
    """An area that grows with a drag; it is asked what it holds after each move."""

    @abstractmethod
    def grow(self, point: Point) -> None:
        """The pointer is at `point` now."""

    @abstractmethod
    def nodes(self) -> list[str]:
        """Return the nodes that are caught."""

    @abstractmethod
    def wires(self) -> Indices:
        """Return the rows of the wires that run through the area."""


@final
class Box(Snare):
    """The rectangle between where the drag began and where it is: it catches what it touches."""

    def __init__(self, diagram: Diagram, start: Point) -> None:
        self._diagram = diagram
        self._start = start
        self._area = QRectF(QPointF(*start), QPointF(*start))

    @override
    def grow(self, point: Point) -> None:
        self._area = QRectF(QPointF(*self._start), QPointF(*point)).normalized()

    @override
    def nodes(self) -> list[str]:
        return nodes_within(self._diagram, self._area)

    @override
    def wires(self) -> Indices:
        rows = visible_wires(self._diagram, self._area)
        lines, owners = wire_lines(self._diagram.geometry, rows)
        return np.unique(owners[touching(lines, self._area)])


@final
class Lasso(Snare):
    """The line that the drag draws, closed: it catches the nodes whose middle it goes around.

    Whether a point is inside depends on how many edges of the line lie left of it, even or odd.
    Each move adds one edge to the line, so that only this and the closing one are looked at.
    """

    def __init__(self, diagram: Diagram, start: Point) -> None:
        self._diagram = diagram
        self._line = [start]
        curves = diagram.geometry.ways.curves
        self._pieces = max(2, min(_PIECES, _MOST_POINTS // max(1, len(curves))))
        self._centers = _Parity(diagram.geometry.centers)
        self._along: _Parity | None = None
        self._owners: Indices = np.empty(0, np.intp)

    @property
    def line(self) -> tuple[Point, ...]:
        """The line that was drawn."""
        return tuple(self._line)

    @override
    def grow(self, point: Point) -> None:
        for parity in (self._centers, self._along):
            if parity is not None:
                parity.cross(self._line[-1], point)
        self._line.append(point)

    @override
    def nodes(self) -> list[str]:
        ids = self._diagram.parts.ids
        inside = self._centers.inside(self._line[-1], self._line[0])
        return [ids[row] for row in np.flatnonzero(inside).tolist()]

    @override
    def wires(self) -> Indices:
        if self._along is None:
            self._along = self._points_along()
        inside = self._along.inside(self._line[-1], self._line[0])
        return np.unique(self._owners[inside])

    def _points_along(self) -> _Parity:
        """Return the parity of points along all wires, as the line was drawn until now."""
        every = np.arange(len(self._diagram.parts.wires))
        lines, self._owners = wire_lines(self._diagram.geometry, every, self._pieces)
        parity = _Parity((lines[:, :2] + lines[:, 2:]) / 2)
        for start, end in zip(self._line, self._line[1:], strict=False):
            parity.cross(start, end)
        return parity


@final
class _Parity:
    """Of many points, which have an odd number of edges to their left."""

    def __init__(self, points: Floats) -> None:
        self._x, self._y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
        self._odd: Flags = np.zeros(len(points), np.bool_)

    def cross(self, start: Point, end: Point) -> None:
        """Add an edge."""
        self._odd ^= self._right_of(start, end)

    def inside(self, start: Point, end: Point) -> Flags:
        """Return which points are inside when an edge from `start` to `end` closes the line."""
        return self._odd ^ self._right_of(start, end)

    def _right_of(self, start: Point, end: Point) -> Flags:
        """Return which points an edge passes on their left, at their own height."""
        (x1, y1), (x2, y2) = start, end
        passes = (self._y < y1) != (self._y < y2)
        rows = np.flatnonzero(passes)
        if len(rows):
            crossing = x1 + (self._y[rows] - y1) * ((x2 - x1) / (y2 - y1))
            passes[rows] = crossing < self._x[rows]
        return passes


def touching(lines: Floats, area: QRectF) -> Flags:
    """Return which straight lines (n, 4) touch a rectangle."""
    x1, y1, x2, y2 = lines.T
    left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
    near = (np.maximum(x1, x2) >= left) & (np.minimum(x1, x2) <= right)
    near &= (np.maximum(y1, y2) >= top) & (np.minimum(y1, y2) <= bottom)
    rows = np.flatnonzero(near)
    x1, y1, x2, y2 = lines[rows].T
    # The rectangle is on both sides of the line unless all its corners are on one.
    corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
    sides = np.stack([(x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for x, y in corners])
    near[rows] = (sides.min(axis=0) <= 0) & (sides.max(axis=0) >= 0)
    return near
