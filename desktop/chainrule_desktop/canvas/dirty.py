"""Which part of the canvas other marks change: hovering repaints a gate, not the window."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.parts import Floats
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.culling import node_boxes, wire_boxes, wire_rows
from chainrule_desktop.canvas.marks import Marks, Point

_MOST = 40


def changed_area(diagram: Diagram, before: Marks, after: Marks, least: float) -> QRectF | None:
    """Return a rectangle that holds all that other marks paint anew, None for everything.

    Things seen from far away are painted larger than they are: `least` is added on every side.
    """
    nodes, wires = _changed_nodes(before, after), _changed_wires(before, after)
    faults = (before.faulty, before.misfits) != (after.faulty, after.misfits)
    if before.loose != after.loose or faults or len(nodes) > _MOST:
        return None
    rows = _rows_of_wires(diagram, wires)
    if rows is None:
        return None
    area = QRectF()
    index, boxes = diagram.parts.index, node_boxes(diagram.parts, diagram.geometry)
    for node in nodes:
        if node in index:
            area = area.united(_box(boxes, index[node], least))
    for row in rows:
        source = int(diagram.parts.ends[row, 0])
        area = area.united(_box(wire_boxes(diagram.geometry), row, least))
        area = area.united(_box(boxes, source, least))
    if before.band != after.band:
        area = area.united(_band(before.band, least)).united(_band(after.band, least))
    return area


def moved_area(before: Diagram, after: Diagram, least: float) -> QRectF | None:
    """Return a rectangle that holds all that stands elsewhere now, None if more is new than places.

    Wires that go another way because of a moved node are among it.
    """
    if before.parts is not after.parts or before.labels is not after.labels:
        return None
    old, new = before.geometry, after.geometry
    nodes = np.flatnonzero((old.centers != new.centers).any(axis=1))
    wires = np.flatnonzero((old.curves != new.curves).any(axis=(1, 2)))
    area = QRectF()
    for geometry in (old, new):
        for boxes, rows in (
            (node_boxes(before.parts, geometry), nodes),
            (wire_boxes(geometry), wires),
        ):
            area = area.united(_hull(boxes, rows, least))
    return area


def _changed_nodes(before: Marks, after: Marks) -> set[NodeId]:
    changed = set(before.selected_nodes ^ after.selected_nodes)
    if before.hovered_node != after.hovered_node:
        changed |= {each for each in (before.hovered_node, after.hovered_node) if each}
    if (before.current_node, before.focused) != (after.current_node, after.focused):
        changed |= {each for each in (before.current_node, after.current_node) if each}
    return changed


def _changed_wires(before: Marks, after: Marks) -> set[Wire]:
    changed = set(before.selected_wires ^ after.selected_wires)
    if before.hovered_wire != after.hovered_wire:
        changed |= {each for each in (before.hovered_wire, after.hovered_wire) if each}
    return changed


def _rows_of_wires(diagram: Diagram, wires: set[Wire]) -> list[int] | None:
    """Return the rows of a few wires, None where there are too many to look for."""
    if len(wires) > _MOST:
        return None
    known = wire_rows(diagram.parts) if wires else {}
    return [known[each] for each in wires if each in known]


def _hull(boxes: tuple[Floats, ...], rows: Indices, least: float) -> QRectF:
    """Return the rectangle around the boxes in `rows`."""
    if len(rows) == 0:
        return QRectF()
    left, top, right, bottom = (each[rows] for each in boxes)
    corners = QPointF(left.min(), top.min()), QPointF(right.max(), bottom.max())
    return QRectF(*corners).adjusted(-least, -least, least, least)


def _box(boxes: tuple[Floats, ...], row: int, least: float) -> QRectF:
    left, top, right, bottom = (float(each[row]) for each in boxes)
    return QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-least, -least, least, least)


def _band(band: tuple[Point, Point] | None, least: float) -> QRectF:
    if band is None:
        return QRectF()
    (x1, y1), (x2, y2) = band
    area = QRectF(QPointF(x1, y1), QPointF(x2, y2)).normalized()
    return area.adjusted(-least, -least, least, least)
