"""Reroute points by mouse and by keys: put into wires, chosen one after the other, taken away."""

from __future__ import annotations

from typing import final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.diagram import Diagram
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.culling import wire_rows
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.wire_lines import wire_lines
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.rerouting import insert_point, remove_point

INSERTED = (
    "Drag the point, or move it by Ctrl+arrows; double-click it or press Delete to remove it."
)


@final
class Rerouting:
    """Puts reroute points where a wire runs, and removes them."""

    def __init__(self, editor: Editor, drawing: Drawing) -> None:
        self._editor = editor
        self._drawing = drawing

    def insert_at(self, wire: Wire, point: Point) -> str:
        """Put a point into a wire where it runs nearest to `point`; return what to do with it."""
        along, place = nearest_on_way(self._drawing.diagram, wire, point)
        return self._insert(wire, along, place)

    def insert_halfway(self, wire: Wire) -> str:
        """Put a point in the middle of the longest part of a wire without any."""
        diagram = self._drawing.diagram
        lines = _lines_of(diagram, wire)
        lengths = np.hypot(*(lines[:, 2:] - lines[:, :2]).T)
        run = np.concatenate(([0.0], np.cumsum(lengths)))
        marks = np.array([0.0, *_places_along(diagram, wire), run[-1]])
        longest = int(np.diff(marks).argmax())
        middle = float(marks[longest : longest + 2].mean())
        row = min(int(np.searchsorted(run, middle, side="right")) - 1, len(lines) - 1)
        share = (middle - run[row]) / max(lengths[row], 1e-9)
        x, y = (lines[row, :2] + share * (lines[row, 2:] - lines[row, :2])).tolist()
        return self._insert(wire, middle, (x, y))

    def remove(self, wire: Wire, index: int) -> None:
        """Take a point out of a wire."""
        remove_point(self._editor.document, self._editor.selection, wire, index)

    def choose_next(self, by: int) -> str:
        """Choose another point of the selected wire, around and around; say which."""
        selection, count = self._editor.selection, len(self._points())
        if count == 0:
            return "The wire has no reroute point yet; I inserts one."
        now, first = selection.point, 0 if by > 0 else count - 1
        index = first if now is None else (now + by) % count
        selection.choose_point(index)
        return f"Point {index + 1} of {count}. Ctrl+arrows move it, Delete removes it."

    def _points(self) -> list[Point]:
        wire = self._editor.selection.wire
        diagram = self._drawing.diagram
        row = None if wire is None else wire_rows(diagram.parts).get(wire)
        return [] if row is None else diagram.geometry.waypoints.of(row)

    def _insert(self, wire: Wire, along: float, place: Point) -> str:
        index = sum(each < along for each in _places_along(self._drawing.diagram, wire))
        insert_point(self._editor.document, self._editor.selection, wire, index, place)
        return INSERTED


def nearest_on_way(diagram: Diagram, wire: Wire, point: Point) -> tuple[float, Point]:
    """Return the place of a wire that is nearest to `point`, and how far along the wire it is."""
    lines = _lines_of(diagram, wire)
    start, way = lines[:, :2], lines[:, 2:] - lines[:, :2]
    lengths = np.hypot(*way.T)
    squares = np.maximum(lengths**2, 1e-12)
    share = np.clip(((np.array(point) - start) * way).sum(axis=1) / squares, 0.0, 1.0)
    places = start + share[:, None] * way
    row = int(np.hypot(*(places - point).T).argmin())
    along = float(lengths[:row].sum() + share[row] * lengths[row])
    x, y = places[row].tolist()
    return along, (x, y)


def _places_along(diagram: Diagram, wire: Wire) -> list[float]:
    """Return how far along a wire its points are."""
    row = wire_rows(diagram.parts)[wire]
    points = diagram.geometry.waypoints.of(row)
    return [nearest_on_way(diagram, wire, each)[0] for each in points]


def _lines_of(diagram: Diagram, wire: Wire) -> Floats:
    """Return a wire without the straight piece before its port as straight lines (n, 4)."""
    row = wire_rows(diagram.parts)[wire]
    lines, _ = wire_lines(diagram.geometry, np.array([row]))
    return lines[:-1]
