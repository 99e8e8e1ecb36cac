"""Painting nodes: circles and capsules with their symbols, the dots of leaves, ports."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from chainrule.diagram.bodies import CORNER, RADIUS, Indices, Outline
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.elements import MISFIT_PORT, MISFIT_SIZE, bypass
from chainrule.diagram.memory import kept_with_arguments
from chainrule.diagram.parts import Flags, Parts
from chainrule.diagram.text import middle_height, text_width
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.batch import draw_rectangles, listed_points, listed_rows
from chainrule_desktop.canvas.culling import port_rows
from chainrule_desktop.canvas.look import OUTLINE_WIDTH, Look, font_of
from chainrule_desktop.canvas.marks import Marks
from chainrule_desktop.canvas.sight import least_size, scale_of
from chainrule_desktop.figures.painter import dashes_for, path_along

_HALO = 4.5
_PORT = 3.5
_DOT_HALO = 8.0
_FOCUS_GAP = 8.0
_BOX = 6.0
_MARKED = 14.0
# Half of the least side of a box in pixels, so that it stands out of the wires.
_DOT = 1.0
_GATE = int(Outline.GATE)


def paint_boxes(
    painter: QPainter, diagram: Diagram, rows: Indices, look: Look, marks: Marks
) -> None:
    """Paint nodes as plain rectangles, for views from far away; marked ones last and larger."""
    painter.setPen(Qt.PenStyle.NoPen)
    _paint_boxes(
        painter, diagram, rows, look.palette.gate_outline, max(_BOX, _DOT / scale_of(painter))
    )
    _paint_boxes(painter, diagram, _rows_of(diagram, marks.faulty), look.palette.problem, _MARKED)
    chosen = _rows_of(diagram, marks.selected_nodes)
    _paint_boxes(painter, diagram, chosen, look.palette.accent, _MARKED)


def _paint_boxes(
    painter: QPainter, diagram: Diagram, rows: Indices, colour: str, least: float
) -> None:
    centers, half = diagram.geometry.centers[rows], np.maximum(diagram.parts.half[rows], least)
    painter.setBrush(QColor(colour))
    draw_rectangles(painter, np.concatenate((centers - half, 2 * half), axis=1))


def _rows_of(diagram: Diagram, nodes: frozenset[NodeId]) -> Indices:
    index = diagram.parts.index
    return np.array([index[each] for each in nodes if each in index], np.intp)


def paint_nodes(
    painter: QPainter, diagram: Diagram, rows: Indices, look: Look, marks: Marks
) -> None:
    """Paint the bodies of the nodes in `rows`, marked ones with a halo, and symbols to be read."""
    least = least_size(painter)
    parts, ids, symbols = diagram.parts, diagram.parts.ids, diagram.parts.symbols
    # Python's own numbers: taken out of arrays one by one they would cost as much as the painting.
    centers, halves = listed_points(diagram.geometry.centers[rows]), listed_points(parts.half[rows])
    outlines, sizes = parts.outlines[rows].tolist(), parts.symbol_sizes[rows].tolist()
    for row, (x, y), (half_width, half_height), outline, size in zip(
        listed_rows(rows), centers, halves, outlines, sizes, strict=True
    ):
        center = QPointF(x, y)
        pen = _outline_pen(ids[row], look, marks)
        if ids[row] in marks.selected_nodes:
            _paint_halo(painter, diagram, row, center, look)
        painter.setPen(pen)
        if outline == _GATE:
            painter.setBrush(look.gate_brush)
            is_muted = row in parts.bypasses
            if is_muted:
                painter.setPen(_dashed(pen))
            _paint_body(painter, center, half_width, half_height)
            colour = look.palette.text
            if is_muted:
                _paint_bypass(painter, diagram, row, look)
                colour = look.palette.muted_text
            if size >= least:
                _paint_sign(painter, center, symbols[row], size, colour)
        else:
            _paint_dot(painter, center, Outline(outline), pen, look)


def paint_focus(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Paint a dotted ring around the node from which keys lead on, while keys are used."""
    row = diagram.parts.index.get(marks.current_node) if marks.current_node else None
    if row is None or not marks.focused:
        return
    pen = QPen(QColor(look.palette.focus_ring), 1.6, Qt.PenStyle.DotLine)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half_width, half_height = (diagram.parts.half[row] + _FOCUS_GAP).tolist()
    center = QPointF(*diagram.geometry.centers[row])
    grown = min(half_width, half_height) - CORNER
    if diagram.parts.outlines[row] == Outline.GATE:
        grown = _FOCUS_GAP
    _paint_body(painter, center, half_width, half_height, grown)


def paint_open_ports(painter: QPainter, diagram: Diagram, area: QRectF, look: Look) -> None:
    """Paint a small ring at every port in `area` that is not wired."""
    painter.setPen(QPen(QColor(look.palette.problem), 1.4))
    painter.setBrush(QBrush(QColor(look.palette.canvas)))
    places = diagram.geometry.open_ports
    low, high = (area.left(), area.top()), (area.right(), area.bottom())
    near = ((places > np.subtract(low, _PORT + 1)) & (places < np.add(high, _PORT + 1))).all(axis=1)
    for place in places[near].tolist():
        painter.drawEllipse(QPointF(*place), _PORT, _PORT)


def paint_misfits(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Paint a disc with an exclamation mark at each port whose tensor does not fit."""
    if not marks.misfits:
        return
    known = port_rows(diagram.parts)
    rows = [known[each] for each in marks.misfits if each in known]
    for x, y in diagram.geometry.port_ends[rows].tolist():
        painter.setPen(QPen(QColor(look.palette.canvas), OUTLINE_WIDTH))
        painter.setBrush(QColor(look.palette.problem))
        painter.drawEllipse(QPointF(x, y), MISFIT_PORT, MISFIT_PORT)
        _paint_sign(painter, QPointF(x, y), "!", MISFIT_SIZE, look.palette.canvas)


def paint_handles(painter: QPainter, diagram: Diagram, marks: Marks, look: Look) -> None:
    """Paint the ports of the hovered node, where a wire can be begun or ended."""
    row = diagram.parts.index.get(marks.hovered_node) if marks.hovered_node else None
    if row is None:
        return
    painter.setPen(QPen(QColor(look.palette.accent), 1.4))
    painter.setBrush(QBrush(QColor(look.palette.canvas)))
    painter.drawEllipse(QPointF(*diagram.geometry.stub_ends[row]), _PORT, _PORT)
    for wire_row in np.flatnonzero(diagram.parts.ends[:, 1] == row).tolist():
        painter.drawEllipse(QPointF(*diagram.geometry.port_ends[wire_row]), _PORT, _PORT)


def paint_loose_ends(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint a small ring at outputs that nothing reads, from which a wire can be dragged."""
    loose = _loose_ends(diagram.parts)
    painter.setPen(QPen(QColor(look.palette.wire), 1.2))
    painter.setBrush(QBrush(QColor(look.palette.canvas)))
    for place in listed_points(diagram.geometry.stub_ends[rows[loose[rows]]]):
        painter.drawEllipse(QPointF(*place), _PORT - 0.5, _PORT - 0.5)


@kept_with_arguments
def _loose_ends(parts: Parts) -> Flags:
    """Return for each node whether nothing reads it and it isn't the output either."""
    loose = np.ones(len(parts.ids), bool)
    loose[parts.ends[:, 0]] = False
    if parts.output is not None:
        loose[parts.output] = False
    return loose


def _outline_pen(node_id: str, look: Look, marks: Marks) -> QPen:
    if node_id in marks.selected_nodes:
        return look.selected_outline
    if node_id in marks.faulty:
        return look.fault_outline
    return look.hovered_outline if node_id == marks.hovered_node else look.outline


def _paint_halo(painter: QPainter, diagram: Diagram, row: int, center: QPointF, look: Look) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.halo_brush)
    half_width, half_height = diagram.parts.half[row].tolist()
    if diagram.parts.outlines[row] != Outline.GATE:
        painter.drawEllipse(center, _DOT_HALO, _DOT_HALO)
        return
    _paint_body(painter, center, half_width + _HALO, half_height + _HALO, _HALO)


def _paint_body(
    painter: QPainter, center: QPointF, half_width: float, half_height: float, grown: float = 0.0
) -> None:
    if half_width == half_height == RADIUS + grown:
        painter.drawEllipse(center, half_width, half_height)
        return
    box = QRectF(center.x() - half_width, center.y() - half_height, 2 * half_width, 2 * half_height)
    corner = min(CORNER + grown, half_height, half_width)
    painter.drawRoundedRect(box, corner, corner)


def _paint_bypass(painter: QPainter, diagram: Diagram, row: int, look: Look) -> None:
    """Paint the wire through a muted gate."""
    painter.setPen(look.wire)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path_along(bypass(diagram, row)))


def _dashed(pen: QPen) -> QPen:
    broken = QPen(pen)
    broken.setDashPattern(dashes_for(pen))
    return broken


def _paint_dot(painter: QPainter, center: QPointF, outline: Outline, pen: QPen, look: Look) -> None:
    """Paint a leaf: an input as a dot, a parameter as a diamond, a constant as a ring."""
    painter.setBrush(pen.color())
    if outline == Outline.INPUT:
        painter.drawEllipse(center, 2.6, 2.6)
    elif outline == Outline.PARAMETER:
        x, y, reach = center.x(), center.y(), 4.0
        corners = ((x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    else:
        painter.setBrush(QBrush(QColor(look.palette.canvas)))
        painter.drawEllipse(center, 3.2, 3.2)


def _paint_sign(painter: QPainter, center: QPointF, symbol: str, size: float, colour: str) -> None:
    painter.setPen(_colour(colour))
    painter.setFont(_symbol_font(size))
    left = center.x() - text_width(symbol, size) / 2
    painter.drawText(QPointF(left, center.y() + size * middle_height(symbol)), symbol)


@lru_cache(maxsize=16)
def _colour(name: str) -> QColor:
    return QColor(name)


@lru_cache(maxsize=16)
def _symbol_font(size: float) -> QFont:
    return font_of(size)
