"""Painting wires: straight pieces at outputs and branches, curves between, a wire being dragged."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.geometry import Geometry
from chainrule.diagram.leading import lead_between
from chainrule.diagram.memory import kept_with_arguments
from chainrule.diagram.parts import Floats
from chainrule.diagram.ways import WireStyle, are_straight
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.batch import draw_lines, flatten_finely, listed_rows
from chainrule_desktop.canvas.culling import (
    lines_within,
    visible_pieces,
    visible_wires,
    wire_rows,
)
from chainrule_desktop.canvas.look import WIRE_WIDTH, Look
from chainrule_desktop.canvas.marks import LooseWire, Marks
from chainrule_desktop.canvas.sight import scale_of

# A path with many curves is stroked slowly, and a path each is slower than lines for many. It is
# the whole drawing that decides, so that a strip painted while panning looks like the rest.
_FEW = 200
# How many curves are flattened at once: the lines of all would take much memory.
_TOGETHER = 256
_POINT = 4.0
# Which share of the pixels wires may cover without becoming paler, and how pale they become.
_COVERED = 0.08
_PALEST = 0.16
_NO_STUBS = np.empty((0, 4))


def paint_hairlines(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint wires as straight lines one pixel wide, for views from far away.

    Where there are many of them on few pixels, they are let through, so that gates stand out.
    """
    painter.setPen(hairline(diagram.geometry, look, scale_of(painter)))
    geometry = diagram.geometry
    starts = geometry.stub_starts[diagram.parts.ends[rows, 0]]
    draw_lines(painter, np.concatenate((starts, geometry.port_ends[rows]), axis=1))


def paint_wires(
    painter: QPainter,
    diagram: Diagram,
    nodes: Indices,
    area: QRectF,
    look: Look,
) -> None:
    """Paint the wires in `area` and the straight pieces at the outputs of `nodes`."""
    rows, geometry, scale = visible_wires(diagram, area), diagram.geometry, scale_of(painter)
    stubs = np.concatenate((geometry.stub_starts[nodes], geometry.stub_ends[nodes]), axis=1)
    ends = geometry.port_ends[rows]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # A hairline has one pixel of the screen, of which there may be several to a pixel of ours.
    is_thin = look.wire.widthF() * painter.deviceTransform().m11() < 1.0
    painter.setPen(hairline(geometry, look, scale) if is_thin else look.wire)
    if len(diagram.parts.wires) <= _FEW:
        draw_lines(painter, stubs)
        for row, end in zip(listed_rows(rows), ends, strict=True):
            painter.drawPath(_path(_NO_STUBS, geometry.ways.of(row), end))
        return
    ways, pieces = geometry.ways, visible_pieces(diagram, area)
    leads = np.concatenate((ways.curves[ways.firsts[rows + 1] - 1, 3], ends), axis=1)
    draw_lines(painter, np.concatenate((stubs, lines_within(leads, area, WIRE_WIDTH))))
    for begin in range(0, len(pieces), _TOGETHER):
        curves = ways.curves[pieces[begin : begin + _TOGETHER]]
        draw_lines(painter, lines_within(flatten_finely(curves, scale), area, WIRE_WIDTH))


def hairline(geometry: Geometry, look: Look, scale: float) -> QPen:
    """Return a pen one pixel wide, the paler the more of the canvas wires would cover."""
    covered = _wires_an_area(geometry) / scale
    pen = QPen(look.hairline)
    if covered > _COVERED:
        # Qt lets a line through that is thinner than a pixel; with a colour that is let through it
        # would take ten times as long.
        pen.setCosmetic(True)
        pen.setWidthF(max(_COVERED / covered, _PALEST))
    return pen


@kept_with_arguments
def _wires_an_area(geometry: Geometry) -> float:
    """Return the length of all wires over the area in which they are, in canvas units."""
    starts, ends = geometry.ways.curves[:, 0], geometry.ways.curves[:, 3]
    if not len(starts):
        return 0.0
    (left, top), (right, bottom) = starts.min(axis=0), ends.max(axis=0)
    length = float(np.abs(ends - starts).sum())
    return length / max((right - left) * max(bottom - top, right - left), 1.0)


def paint_marked_wires(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Paint the hovered and the selected wires over the others."""
    if not marks.selected_wires and marks.hovered_wire is None:
        return
    rows = wire_rows(diagram.parts)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if marks.hovered_wire is not None and marks.hovered_wire in rows:
        painter.setPen(look.hovered_wire)
        painter.drawPath(one_wire(diagram, rows[marks.hovered_wire]))
    painter.setPen(look.selected_wire)
    for wire in marks.selected_wires & rows.keys():
        painter.drawPath(one_wire(diagram, rows[wire]))


def paint_waypoints(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Paint the reroute points of the hovered and the selected wires, the chosen one filled."""
    hovered = {marks.hovered_wire} if marks.hovered_wire is not None else set[Wire]()
    wires = marks.selected_wires | hovered
    if not wires or not len(diagram.geometry.waypoints.rows):
        return
    rows = wire_rows(diagram.parts)
    pen = QPen(QColor(look.palette.accent), WIRE_WIDTH)
    painter.setPen(pen)
    for wire in wires & rows.keys():
        chosen = marks.current_point if wire in marks.selected_wires else None
        for number, place in enumerate(diagram.geometry.waypoints.of(rows[wire])):
            fill = look.palette.accent if number == chosen else look.palette.canvas
            painter.setBrush(QColor(fill))
            painter.drawEllipse(QPointF(*place), _POINT, _POINT)


def paint_loose_wire(
    painter: QPainter, loose: LooseWire, look: Look, style: WireStyle = WireStyle.CURVED
) -> None:
    """Paint the wire that is being dragged; dashed where it can't be."""
    palette = look.palette
    pen = QPen(QColor(palette.accent if loose.allowed else palette.problem), WIRE_WIDTH + 0.6)
    if not loose.allowed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ends = np.array([loose.start, loose.end], np.float64)
    painter.drawPath(_path(_NO_STUBS, lead_between(style, *ends), ends[1]))
    if loose.snapped:
        painter.setBrush(pen.color())
        painter.drawEllipse(QPointF(*loose.end), 4.5, 4.5)
        painter.drawEllipse(QPointF(*loose.start), 3.0, 3.0)


def one_wire(diagram: Diagram, row: int) -> QPainterPath:
    """Return the way of one wire, with the straight piece at its source."""
    geometry = diagram.geometry
    source = diagram.parts.ends[row, 0]
    stub = np.concatenate((geometry.stub_starts[source], geometry.stub_ends[source]))
    return _path(stub[None], geometry.ways.of(row), geometry.port_ends[row])


def _path(stubs: Floats, curves: Floats, tip: Floats) -> QPainterPath:
    """Return stubs (k, 4), and the pieces of a wire (p, 4, 2) with a straight line to its tip."""
    path = QPainterPath()
    for x1, y1, x2, y2 in stubs.tolist():
        path.moveTo(x1, y1)
        path.lineTo(x2, y2)
    path.moveTo(*curves[0, 0])
    for (_, first, second, last), is_straight in zip(
        curves.tolist(), are_straight(curves), strict=True
    ):
        if is_straight:
            path.lineTo(*last)
        else:
            path.cubicTo(*first, *second, *last)
    path.lineTo(*tip)
    return path
