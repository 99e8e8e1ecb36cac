"""Free places on the canvas for nodes that are added without a place of their own."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF

from chainrule.diagram.bodies import PORT_SPACING, RADIUS
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.parts import GRADIENT_PICTURE_BELOW, NUMBER_SIZE, STUB
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.culling import wire_rows
from chainrule_desktop.canvas.grid import GRID
from chainrule_desktop.canvas.marks import Point

_APART_X = 2 * RADIUS + STUB + GRID
_APART_Y = 2 * RADIUS + GRID
_RINGS = 24
_AROUND_WIRE = 12.0


def free_place(diagram: Diagram, wished: Point, ports: int = 2) -> Point:
    """Return the free place of the grid nearest to the wished one, for a gate of so many ports."""
    start = np.round(np.array(wished) / GRID) * GRID
    centers = diagram.geometry.centers
    steps = np.arange(-_RINGS, _RINGS + 1)
    offsets = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2) * GRID
    # Beside tensors one will have pictures, too.
    pictures = diagram.parts.thumbnails[:, 1]
    own = np.where(pictures > 0, 2 * (GRADIENT_PICTURE_BELOW + pictures) + GRID, 0.0)
    larger = np.maximum(diagram.parts.half - RADIUS, 0.0)
    taller = max(ports * PORT_SPACING / 2 - RADIUS, 0.0)
    apart_x = _APART_X + larger[:, 0]
    apart_y = np.maximum(_APART_Y + larger[:, 1] + taller, own)
    order = np.argsort(np.hypot(offsets[:, 0], 1.5 * offsets[:, 1]), kind="stable")
    for offset in offsets[order]:
        place = start + offset
        away = np.abs(centers - place)
        if not ((away[:, 0] < apart_x) & (away[:, 1] < apart_y)).any():
            return float(place[0]), float(place[1])
    return float(start[0]), float(start[1])


def node_area(diagram: Diagram, node_id: NodeId) -> QRectF:
    """Return the rectangle of a node with its numbers and pictures."""
    row = diagram.parts.index[node_id]
    x, y = diagram.geometry.centers[row].tolist()
    half_width, half_height = diagram.parts.half[row].tolist()
    picture = float(diagram.parts.thumbnails[row, 1])
    below = picture and diagram.parts.text_scale * GRADIENT_PICTURE_BELOW + picture
    height = max(half_height, diagram.parts.text_scale * (NUMBER_SIZE + 6), below)
    right = float(diagram.geometry.stub_ends[row, 0])
    return QRectF(x - half_width, y - height, right - x + half_width, 2 * height)


def wire_area(diagram: Diagram, wire: Wire) -> QRectF:
    """Return the rectangle between the ends of a wire, and a little around it."""
    row = wire_rows(diagram.parts)[wire]
    x1, y1 = diagram.geometry.stub_ends[diagram.parts.index[wire.source]].tolist()
    x2, y2 = diagram.geometry.port_ends[row].tolist()
    area = QRectF(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
    return area.adjusted(-_AROUND_WIRE, -_AROUND_WIRE, _AROUND_WIRE, _AROUND_WIRE)
