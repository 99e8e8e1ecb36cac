"""Which part of the canvas other marks change: hovering repaints a gate, not the window."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.differences import rows_that_differ
from chainrule.diagram.parts import Floats
from chainrule.diagram.ways import Ways
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.culling import node_boxes, wire_boxes, wire_rows
from chainrule_desktop.canvas.marks import Marks
from chainrule_desktop.canvas.paint_gestures import gesture_area
from chainrule_desktop.canvas.paint_rewiring import rewiring_area

_MOST = 40


def changed_area(diagram: Diagram, before: Marks, after: Marks, least: float) -> QRectF | None:
    """Return a rectangle that holds all that other marks paint anew, None for everything.

    Things seen from far away are painted larger than they are: `least` is added on every side.
    """
    nodes, wires = _changed_nodes(before, after), _changed_wires(before, after)
    faults = (before.faulty, before.misfits) != (after.faulty, after.misfits)
    shown = (before.step, before.path, before.checked) != (after.step, after.path, after.checked)
    judged = (before.chosen_blank, before.judged) != (after.chosen_blank, after.judged)
    if faults or shown or judged or len(nodes) > _MOST:
        return None
    rows = _rows_of_wires(diagram, wires)
    if rows is None:
        return None
    area = rewiring_area(before, after, least)
    index, boxes = diagram.parts.index, node_boxes(diagram.parts, diagram.geometry)
    for node in nodes:
        if node in index:
            area = area.united(_box(boxes, index[node], least))
    for row in rows:
        source = int(diagram.parts.ends[row, 0])
        area = area.united(_box(wire_boxes(diagram.geometry), row, least))
        area = area.united(_box(boxes, source, least))
    drawn = before.band, before.lasso, before.guides
    if drawn != (after.band, after.lasso, after.guides):
        area = area.united(gesture_area(before, least)).united(gesture_area(after, least))
    return area


def moved_area(before: Diagram, after: Diagram, least: float) -> QRectF | None:
    """Return a rectangle that holds all that stands elsewhere now, None if more is new than places.

    Wires that go another way because of a moved node are among it.
    """
    if before.parts is not after.parts or before.labels is not after.labels:
        return None
    old, new = before.geometry, after.geometry
    nodes = np.flatnonzero(rows_that_differ(old.centers, new.centers))
    wires = rerouted_wires(old.ways, new.ways)
    area = QRectF()
    for geometry in (old, new):
        for boxes, rows in (
            (node_boxes(before.parts, geometry), nodes),
            (wire_boxes(geometry), wires),
        ):
            area = area.united(_hull(boxes, rows, least))
    return area


def rerouted_wires(old: Ways, new: Ways) -> Indices:
    """Return the rows of the wires that run otherwise."""
    if len(old.curves) == len(new.curves) and (old.firsts == new.firsts).all():
        return np.unique(old.owners[rows_that_differ(old.curves, new.curves)])
    changed = np.diff(old.firsts) != np.diff(new.firsts)
    before, after = (each.curves[~changed[each.owners]] for each in (old, new))
    owners = new.owners[~changed[new.owners]]
    changed[owners[rows_that_differ(before, after)]] = True
    return np.flatnonzero(changed)


def _changed_nodes(before: Marks, after: Marks) -> set[NodeId]:
    changed = set(before.selected_nodes ^ after.selected_nodes)
    changed |= before.breakpoints ^ after.breakpoints
    if before.hovered_node != after.hovered_node:
        changed |= {each for each in (before.hovered_node, after.hovered_node) if each}
    if (before.current_node, before.focused) != (after.current_node, after.focused):
        changed |= {each for each in (before.current_node, after.current_node) if each}
    return changed


def _changed_wires(before: Marks, after: Marks) -> set[Wire]:
    changed = set(before.selected_wires ^ after.selected_wires)
    changed |= before.cut_wires ^ after.cut_wires
    if before.hovered_wire != after.hovered_wire:
        changed |= {each for each in (before.hovered_wire, after.hovered_wire) if each}
    if before.current_point != after.current_point:
        changed |= before.selected_wires | after.selected_wires
    return changed


def _rows_of_wires(diagram: Diagram, wires: set[Wire]) -> list[int] | None:
    """Return the rows of a few wires, None where there are too many to look for."""
    if len(wires) > _MOST:
        return None
    known = wire_rows(diagram.parts)
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
