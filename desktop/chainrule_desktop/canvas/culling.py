"""Which nodes and wires a rectangle shows, found for all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import final

import numpy as np
from PySide6.QtCore import QRectF
from typing_extensions import override

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.geometry import Geometry
from chainrule.diagram.memory import kept_with_arguments
from chainrule.diagram.parts import BRANCH_BELOW, BRANCH_GAP, Flags, Floats, Parts
from chainrule.diagram.reach import reaches
from chainrule.diagram.readouts import readout_boxes
from chainrule.graph.checks import Port
from chainrule.graph.node import Wire

# Halos, rings at ports and half a pen's width lie around what is drawn.
_AROUND_NODE = 14.0
_AROUND_WIRE = 4.0
_AROUND_BRANCH = 16.0


def visible_nodes(diagram: Diagram, area: QRectF) -> Indices:
    """Return the rows of the nodes of which some part, numbers and name included, is in `area`."""
    return _rows_touching(node_boxes(diagram.parts, diagram.geometry), area)


def visible_wires(diagram: Diagram, area: QRectF) -> Indices:
    """Return the rows of the wires that may run through `area`."""
    return _rows_touching(wire_boxes(diagram.geometry), area)


def visible_pieces(diagram: Diagram, area: QRectF) -> Indices:
    """Return the pieces of wires that may run through `area`."""
    geometry = diagram.geometry
    in_one_piece = len(geometry.ways.curves) == len(geometry.port_ends)
    return _rows_touching((wire_boxes if in_one_piece else _piece_boxes)(geometry), area)


def visible_branches(diagram: Diagram, area: QRectF) -> Indices:
    """Return the rows of the wires whose own gradient, or a mark of broadcasting, is in `area`."""
    parts, geometry = diagram.parts, diagram.geometry
    around = _AROUND_BRANCH * parts.text_scale
    high = around + BRANCH_BELOW * parts.text_scale
    rows = visible_wires(diagram, area.adjusted(0, -high, _longest_lead(parts), high))
    rows = rows[_marked(parts)[rows]]
    x, y = geometry.branch_spots[rows].T
    boxes = x - parts.leads[rows], y - around, x, y + around
    return rows[_touching(boxes, area)]


@kept_with_arguments
def _longest_lead(parts: Parts) -> float:
    return BRANCH_GAP + float(parts.leads.max(initial=0.0))


@kept_with_arguments
def _marked(parts: Parts) -> Flags:
    """Return which wires have something written before their target."""
    marked = parts.branches.copy()
    marked[list(parts.stretches)] = True
    return marked


def lines_within(lines: Floats, area: QRectF, margin: float) -> Floats:
    """Return those of the straight lines (n, 4) that may run through `area`."""
    x1, y1, x2, y2 = lines.T
    boxes = np.minimum(x1, x2), np.minimum(y1, y2), np.maximum(x1, x2), np.maximum(y1, y2)
    grown = area.adjusted(-margin, -margin, margin, margin)
    return lines[_touching(boxes, grown)]


@final
class WireRows(Mapping[Wire, int]):
    """The row of each wire, looked for when asked; they are in the order of their targets."""

    def __init__(self, parts: Parts) -> None:
        self._index, self._wires = parts.index, parts.wires
        self._targets = parts.ends[:, 1].copy()

    @override
    def __getitem__(self, wire: Wire) -> int:
        target = self._index[wire.target]
        first, last = np.searchsorted(self._targets, (target, target + 1)).tolist()
        for row in range(first, last):
            if self._wires[row] == wire:
                return row
        raise KeyError(wire)

    @override
    def __iter__(self) -> Iterator[Wire]:
        return iter(self._wires)

    @override
    def __len__(self) -> int:
        return len(self._wires)


@kept_with_arguments
def wire_rows(parts: Parts) -> WireRows:
    """Return the row of each wire."""
    return WireRows(parts)


@kept_with_arguments
def port_rows(parts: Parts) -> dict[Port, int]:
    """Return the row of the wire into each port that has one."""
    return {(wire.target, wire.port): row for row, wire in enumerate(parts.wires)}


@kept_with_arguments
def node_boxes(parts: Parts, geometry: Geometry) -> tuple[Floats, Floats, Floats, Floats]:
    """Return left, top, right and bottom of every node with all that is painted at it."""
    reach, (x, y) = reaches(parts) + _AROUND_NODE, geometry.centers.T
    left, top = x - reach[:, 0], y - reach[:, 1]
    right, bottom = x + reach[:, 2], y + reach[:, 3]
    for row, box in readout_boxes(parts, geometry).items():
        left[row], top[row] = min(left[row], box.left), min(top[row], box.top)
        right[row], bottom[row] = max(right[row], box.right), max(bottom[row], box.bottom)
    return left, top, right, bottom


@kept_with_arguments
def wire_boxes(geometry: Geometry) -> tuple[Floats, Floats, Floats, Floats]:
    """Return left, top, right and bottom of every wire."""
    ends, (left, top, right, bottom) = geometry.port_ends, _boxes_of(geometry.ways.curves)
    if len(left) > len(ends):
        firsts = geometry.ways.firsts[:-1]
        left, top = np.minimum.reduceat(left, firsts), np.minimum.reduceat(top, firsts)
        right, bottom = np.maximum.reduceat(right, firsts), np.maximum.reduceat(bottom, firsts)
    x, y = ends.T
    return (
        np.minimum(left, x - _AROUND_WIRE),
        np.minimum(top, y - _AROUND_WIRE),
        np.maximum(right, x + _AROUND_WIRE),
        np.maximum(bottom, y + _AROUND_WIRE),
    )


@kept_with_arguments
def _piece_boxes(geometry: Geometry) -> tuple[Floats, Floats, Floats, Floats]:
    """Return left, top, right and bottom of every piece of a wire."""
    return _boxes_of(geometry.ways.curves)


def _boxes_of(curves: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    # A handful of whole columns is many times quicker than a reduction along a short axis.
    (left, right), (top, bottom) = _extremes(curves[:, :, 0]), _extremes(curves[:, :, 1])
    return left, top, right, bottom


def _extremes(coordinates: Floats) -> tuple[Floats, Floats]:
    columns = coordinates.T
    low, high = columns[0], columns[0]
    for column in columns[1:]:
        low, high = np.minimum(low, column), np.maximum(high, column)
    return low - _AROUND_WIRE, high + _AROUND_WIRE


def _touching(boxes: tuple[Floats, ...], area: QRectF) -> Flags:
    left, top, right, bottom = boxes
    shown = (right > area.left()) & (left < area.right())
    return shown & (bottom > area.top()) & (top < area.bottom())


def _rows_touching(boxes: tuple[Floats, ...], area: QRectF) -> Indices:
    """Return which boxes touch an area; few of many do, so that one side rules out nearly all."""
    left, top, right, bottom = boxes
    rows = np.flatnonzero((right > area.left()) & (left < area.right()))
    return rows[(bottom[rows] > area.top()) & (top[rows] < area.bottom())]
