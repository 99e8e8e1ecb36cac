"""What lies under the pointer: ports before pictures before nodes before wires."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import final

import numpy as np
from PySide6.QtCore import QRectF

from chainrule.diagram.bodies import Outline
from chainrule.diagram.boxes import box_of
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.parts import NAME_GAP, NAME_SIZE, NUMBER_SIZE
from chainrule.diagram.primitives import Thumbnail
from chainrule.diagram.readouts import readout_boxes
from chainrule.diagram.text import text_width
from chainrule.diagram.thumbnails import Kind, branch_thumbnail_at, thumbnail_at
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.batch import listed_rows
from chainrule_desktop.canvas.culling import visible_branches, visible_nodes, visible_wires
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.wire_lines import wire_lines
from chainrule_desktop.document.selection import Comment

PORT_REACH = 9.0
SNAP_REACH = 26.0
WIRE_REACH = 6.0
_BODY_MARGIN = 3.0


class Part(Enum):
    """The parts of a drawing that can be pointed at."""

    NOTHING = auto()
    NODE = auto()
    NUMBERS = auto()
    PICTURE = auto()
    OUTPUT = auto()
    INPUT = auto()
    WIRE = auto()
    POINT = auto()
    FRAME = auto()
    NOTE = auto()


@final
@dataclass(frozen=True, slots=True)
class Hit:
    """What is under a point: a part of `node` (`port` for INPUT), a `wire` or a `comment`.

    A PICTURE is that of a node's value or gradient, or of a wire's own gradient; `kind` says which.
    A POINT is a reroute point of a wire, and `point` is its number.
    """

    part: Part
    node: NodeId | None = None
    port: int = 0
    wire: Wire | None = None
    kind: Kind | None = None
    comment: Comment | None = None
    point: int = 0


NO_HIT = Hit(Part.NOTHING)


def hit_test(diagram: Diagram, point: Point, slack: float = 0.0) -> Hit:
    """Return what is at `point`; `slack`, in canvas units, widens ports and wires seen from far."""
    return (
        _input_at(diagram, point, PORT_REACH + slack)
        or _output_at(diagram, point, PORT_REACH + slack)
        or _picture_at(diagram, point)
        or _node_at(diagram, point)
        or _waypoint_at(diagram, point, WIRE_REACH + slack)
        or _wire_at(diagram, point, WIRE_REACH + slack)
        or NO_HIT
    )


def nearest_input(diagram: Diagram, point: Point, reach: float) -> Hit | None:
    """Return the input port nearest to `point` within `reach`, wired or not."""
    return _input_at(diagram, point, reach)


def nearest_input_of(diagram: Diagram, node: NodeId, point: Point) -> int:
    """Return the number of the input port of `node` nearest to `point`, 0 if it has none."""
    parts, geometry = diagram.parts, diagram.geometry
    row = parts.index[node]
    wired = np.flatnonzero(parts.ends[:, 1] == row)
    opened = np.flatnonzero(parts.open_nodes == row)
    places = np.concatenate((geometry.port_ends[wired], geometry.open_ports[opened]))
    if len(places) == 0:
        return 0
    nearest = int(np.hypot(places[:, 0] - point[0], places[:, 1] - point[1]).argmin())
    if nearest < len(wired):
        return parts.wires[int(wired[nearest])].port
    return int(parts.open_numbers[int(opened[nearest - len(wired)])])


def nearest_output(diagram: Diagram, point: Point, reach: float) -> Hit | None:
    """Return the output nearest to `point` within `reach`: the end of its straight wire."""
    return _output_at(diagram, point, reach)


def node_at(diagram: Diagram, point: Point) -> NodeId | None:
    """Return the node whose body, name or numbers are at `point`."""
    hit = _node_at(diagram, point)
    return None if hit is None else hit.node


def nodes_within(diagram: Diagram, area: QRectF) -> list[NodeId]:
    """Return the nodes whose body is touched by `area`."""
    centers, half = diagram.geometry.centers, diagram.parts.half
    x, y = centers[:, 0], centers[:, 1]
    inside = (x + half[:, 0] >= area.left()) & (x - half[:, 0] <= area.right())
    inside &= (y + half[:, 1] >= area.top()) & (y - half[:, 1] <= area.bottom())
    return [diagram.parts.ids[row] for row in listed_rows(np.flatnonzero(inside))]


def _input_at(diagram: Diagram, point: Point, reach: float) -> Hit | None:
    parts, geometry = diagram.parts, diagram.geometry
    candidates = np.concatenate((geometry.port_ends, geometry.open_ports))
    found = _nearest(candidates, point, reach)
    if found is None:
        return None
    if found < len(parts.wires):
        wire = parts.wires[found]
        return Hit(Part.INPUT, wire.target, wire.port, wire)
    row = found - len(parts.wires)
    return Hit(Part.INPUT, parts.ids[int(parts.open_nodes[row])], int(parts.open_numbers[row]))


def _output_at(diagram: Diagram, point: Point, reach: float) -> Hit | None:
    found = _nearest(diagram.geometry.stub_ends, point, reach)
    return None if found is None else Hit(Part.OUTPUT, diagram.parts.ids[found])


def _nearest(places: np.ndarray, point: Point, reach: float) -> int | None:
    if len(places) == 0:
        return None
    away = np.hypot(places[:, 0] - point[0], places[:, 1] - point[1])
    row = int(away.argmin())
    return row if away[row] <= reach else None


def _picture_at(diagram: Diagram, point: Point) -> Hit | None:
    """Return the picture of a tensor that holds the point."""
    there, parts = QRectF(*point, 0.0, 0.0), diagram.parts
    for row in listed_rows(visible_nodes(diagram, there)):
        for kind in Kind:
            drawn = thumbnail_at(diagram, row, kind)
            if drawn is not None and _holds(drawn[0], point):
                return Hit(Part.PICTURE, parts.ids[row], kind=kind)
    for row in listed_rows(visible_branches(diagram, there)):
        drawn_before = branch_thumbnail_at(diagram, row)
        if drawn_before is not None and _holds(drawn_before, point):
            wire = parts.wires[row]
            return Hit(Part.PICTURE, None, wire.port, wire, Kind.GRADIENT)
    return None


def _holds(thumbnail: Thumbnail, point: Point) -> bool:
    return box_of(thumbnail).holds(point)


def _node_at(diagram: Diagram, point: Point) -> Hit | None:
    """Return the node whose body, name or numbers hold the point; later ones lie on top."""
    parts, geometry = diagram.parts, diagram.geometry
    x, y = point
    name_size, number_reach = parts.text_scale * NAME_SIZE, parts.text_scale * (NUMBER_SIZE + 6)
    rows: list[int] = listed_rows(visible_nodes(diagram, QRectF(x, y, 0.0, 0.0)))
    boxes = readout_boxes(parts, geometry)
    for row in reversed(rows):
        if row in boxes and boxes[row].holds(point):
            return Hit(Part.NODE, parts.ids[row])
        center_x, center_y = geometry.centers[row].tolist()
        half_width, half_height = parts.half[row].tolist()
        left = center_x - half_width - _BODY_MARGIN
        if parts.outlines[row] != Outline.GATE:
            half_height = name_size
            left -= NAME_GAP + text_width(parts.names[row], name_size)
        below = abs(y - center_y) <= half_height + _BODY_MARGIN
        if below and left <= x <= center_x + half_width + _BODY_MARGIN:
            return Hit(Part.NODE, parts.ids[row])
        if center_x <= x <= geometry.stub_ends[row, 0] and abs(y - center_y) <= number_reach:
            return Hit(Part.NUMBERS, parts.ids[row])
    return None


def _waypoint_at(diagram: Diagram, point: Point, reach: float) -> Hit | None:
    waypoints = diagram.geometry.waypoints
    found = _nearest(waypoints.places, point, reach)
    if found is None:
        return None
    row = int(waypoints.rows[found])
    wire = diagram.parts.wires[row]
    number = found - int(np.searchsorted(waypoints.rows, row))
    return Hit(Part.POINT, None, wire.port, wire, point=number)


def _wire_at(diagram: Diagram, point: Point, reach: float) -> Hit | None:
    x, y = point
    around = QRectF(x - reach, y - reach, 2 * reach, 2 * reach)
    rows = visible_wires(diagram, around)
    if len(rows) == 0:
        return None
    lines, owners = wire_lines(diagram.geometry, rows)
    away = distances(lines, x, y)
    best = int(away.argmin())
    if away[best] > reach:
        return None
    wire = diagram.parts.wires[int(owners[best])]
    return Hit(Part.WIRE, None, wire.port, wire)


def distances(lines: np.ndarray, x: float, y: float) -> np.ndarray:
    """Return the distance of (x, y) from each straight line (…, 4)."""
    start, along = lines[..., :2], lines[..., 2:] - lines[..., :2]
    towards = np.array((x, y)) - start
    length = np.maximum((along**2).sum(axis=-1), 1e-12)
    t = np.clip((towards * along).sum(axis=-1) / length, 0.0, 1.0)
    return np.hypot(*np.moveaxis(towards - t[..., None] * along, -1, 0))
