"""Wires near a point and across a line, found for all at once."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.parts import Flags, Floats
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.culling import visible_nodes, visible_wires, wire_rows
from chainrule_desktop.canvas.hit import distances
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.wire_lines import wire_lines


def nearest_wire(
    diagram: Diagram, point: Point, reach: float, among: Flags | None = None
) -> Wire | None:
    """Return the wire nearest to a point within `reach`; `among` says which wires count."""
    x, y = point
    area = QRectF(x - reach, y - reach, 2 * reach, 2 * reach)
    rows = visible_wires(diagram, area)
    sources = diagram.parts.ends[:, 0]
    beside = np.isin(sources, visible_nodes(diagram, area))
    rows = np.union1d(rows, np.flatnonzero(beside))
    if among is not None:
        rows = rows[among[rows]]
    if len(rows) == 0:
        return None
    lines, owners = wire_lines(diagram.geometry, rows)
    away = distances(lines, x, y)
    best = int(away.argmin())
    if away[best] <= reach:
        return diagram.parts.wires[int(owners[best])]
    return _wire_of_output(diagram, point, reach, rows)


def _wire_of_output(diagram: Diagram, point: Point, reach: float, rows: Indices) -> Wire | None:
    """Return the only one of some wires that leaves by the straight piece at an output.

    Where several share that piece none of them is meant.
    """
    geometry, sources = diagram.geometry, diagram.parts.ends[rows, 0]
    ends = (geometry.stub_starts[sources], geometry.stub_ends[sources])
    away = distances(np.concatenate(ends, axis=1), *point)
    near = rows[away <= reach]
    return diagram.parts.wires[int(near[0])] if len(near) == 1 else None


def middle_of(diagram: Diagram, wire: Wire) -> Point:
    """Return the point in the middle of a wire, by its straight pieces."""
    rows = np.array([wire_rows(diagram.parts)[wire]])
    lines, _ = wire_lines(diagram.geometry, rows)
    x, y = lines[len(lines) // 2, :2].tolist()
    return x, y


def wires_across(diagram: Diagram, start: Point, end: Point) -> list[Wire]:
    """Return the wires that the straight line from `start` to `end` crosses.

    A wire that shares the straight piece at its source's output with others is crossed there, too.
    """
    area = QRectF(QPointF(*start), QPointF(*end)).normalized().adjusted(-1, -1, 1, 1)
    geometry, parts = diagram.geometry, diagram.parts
    lines, owners = wire_lines(geometry, visible_wires(diagram, area))
    crossed = set(owners[_cross(lines, start, end)].tolist())
    nodes = visible_nodes(diagram, area)
    stubs = np.concatenate((geometry.stub_starts[nodes], geometry.stub_ends[nodes]), axis=1)
    cut = nodes[_cross(stubs, start, end)]
    if len(cut):
        crossed.update(np.flatnonzero(np.isin(parts.ends[:, 0], cut)).tolist())
    return [parts.wires[row] for row in sorted(crossed)]


def _cross(lines: Floats, start: Point, end: Point) -> Flags:
    """Return which straight lines (n, 4) the one from `start` to `end` crosses or touches."""
    (x1, y1), (x2, y2) = start, end
    ax, ay, bx, by = lines.T
    side_a = (x2 - x1) * (ay - y1) - (y2 - y1) * (ax - x1)
    side_b = (x2 - x1) * (by - y1) - (y2 - y1) * (bx - x1)
    side_1 = (bx - ax) * (y1 - ay) - (by - ay) * (x1 - ax)
    side_2 = (bx - ax) * (y2 - ay) - (by - ay) * (x2 - ax)
    crosses: Flags = (side_a * side_b <= 0) & (side_1 * side_2 <= 0)
    return crosses & ((side_a != side_b) | (side_1 != side_2))
