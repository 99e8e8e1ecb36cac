"""Painting what playback marks: the step that was played last, and where playing stops."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chainrule.diagram.bodies import CORNER, Outline
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.ink import Role
from chainrule.diagram.labels import branch_number_size, number_size
from chainrule.diagram.parts import GRADIENT_BELOW, NUMBER_SIZE, VALUE_ABOVE
from chainrule.diagram.text import text_width
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.culling import wire_rows
from chainrule_desktop.canvas.look import Look
from chainrule_desktop.canvas.marks import Highlight
from chainrule_desktop.canvas.paint_wires import one_wire
from chainrule_desktop.canvas.sight import least_size

PILL_GROUND: Final = Role.BACKGROUND
"""Numbers keep the contrast that they have on the canvas: a pill is told by its border."""

RING: Final = 2.6
"""How far from the outline of its gate the ring is."""

_PILL_MARGIN = 3.0
# Of the size of a number; below a value is its wire.
_ABOVE, _BELOW = 0.88, 0.16
# What of a pill stays away from the ring: half of its pen, and a gap.
_CLEAR = 2.0
_DOT_RING = 12.0
_STOP_ANGLE = math.radians(60)
_STOP = 4.2
_STOP_RIM = 1.6
_LEAF_STOP = (-1.0, -10.0)


@final
@dataclass(frozen=True, slots=True)
class Pill:
    """Where a number stands out, as `box`, and whether it is a value or a gradient."""

    box: QRectF
    role: Role


def paint_playing_wires(
    painter: QPainter, diagram: Diagram, step: Highlight | None, look: Look
) -> None:
    """Paint the wires of the step stronger."""
    if step is None:
        return
    rows = wire_rows(diagram.parts)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.selected_wire)
    for wire in step.wires & rows.keys():
        painter.drawPath(one_wire(diagram, rows[wire]))


def paint_playing_gate(
    painter: QPainter, diagram: Diagram, step: Highlight | None, look: Look
) -> None:
    """Paint a ring around the gate of the step."""
    if step is None or step.node not in diagram.parts.index:
        return
    ring = ring_around(diagram, step.node)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.selected_outline)
    corner = min(CORNER + RING, ring.height() / 2)
    if ring.width() == ring.height():
        painter.drawEllipse(ring)
    else:
        painter.drawRoundedRect(ring, corner, corner)


def ring_around(diagram: Diagram, node: NodeId) -> QRectF:
    """Return the box of the ring around a node."""
    row = diagram.parts.index[node]
    half_width, half_height = (diagram.parts.half[row] + RING).tolist()
    if diagram.parts.outlines[row] != Outline.GATE:
        half_width = half_height = _DOT_RING
    x, y = diagram.geometry.centers[row].tolist()
    return QRectF(x - half_width, y - half_height, 2 * half_width, 2 * half_height)


def number_pills(diagram: Diagram, step: Highlight | None) -> list[Pill]:
    """Return where the numbers of a step stand out, clear of the ring around its gate."""
    if step is None:
        return []
    near = QRectF()
    if step.node in diagram.parts.index:
        near = ring_around(diagram, step.node).adjusted(-_CLEAR, -_CLEAR, _CLEAR, _CLEAR)
    return [*_stub_pills(diagram, step, near), *_branch_pills(diagram, step, near)]


def paint_playing_numbers(
    painter: QPainter, diagram: Diagram, step: Highlight | None, look: Look
) -> None:
    """Paint a ground with a border in their own colour behind the numbers of the step."""
    if diagram.parts.text_scale * NUMBER_SIZE < least_size(painter):
        return
    painter.setBrush(QColor(look.colour(PILL_GROUND)))
    for pill in number_pills(diagram, step):
        painter.setPen(QPen(QColor(look.colour(pill.role)), look.outline.widthF()))
        painter.drawRoundedRect(pill.box, _PILL_MARGIN, _PILL_MARGIN)


def paint_breakpoints(
    painter: QPainter, diagram: Diagram, stops: frozenset[NodeId], look: Look
) -> None:
    """Paint a dot with a rim at the upper left of each gate at which playing stops."""
    if not stops:
        return
    painter.setPen(QPen(QColor(look.palette.canvas), _STOP_RIM))
    painter.setBrush(QColor(look.palette.problem))
    for node in stops & diagram.parts.index.keys():
        painter.drawEllipse(stop_place(diagram, node), _STOP, _STOP)


def stop_place(diagram: Diagram, node: NodeId) -> QPointF:
    """Return where the dot of a breakpoint is: beside the wires of the ports, below the name."""
    row = diagram.parts.index[node]
    center = QPointF(*diagram.geometry.centers[row].tolist())
    if diagram.parts.outlines[row] != Outline.GATE:
        return center + QPointF(*_LEAF_STOP)
    half_width, half_height = diagram.parts.half[row].tolist()
    if half_width == half_height:
        return center + half_width * QPointF(-math.cos(_STOP_ANGLE), -math.sin(_STOP_ANGLE))
    return center + QPointF(_STOP - half_width, -half_height)


def _stub_pills(diagram: Diagram, step: Highlight, near: QRectF) -> Iterator[Pill]:
    by, index, labels = diagram.parts.text_scale, diagram.parts.index, diagram.labels
    for nodes, texts, drop, role in (
        (step.values, labels.values, -by * VALUE_ABOVE, Role.VALUE),
        (step.gradients, labels.gradients, by * GRADIENT_BELOW, Role.GRADIENT),
    ):
        for row in (index[each] for each in nodes if each in index and texts[index[each]]):
            text = texts[row]
            size = number_size(text, float(diagram.parts.spans[row]), by)
            x, y = diagram.geometry.middles[row].tolist()
            left = x - text_width(text, size) / 2
            yield Pill(_pill_box(text, QPointF(left, y + drop), size, near), role)


def _branch_pills(diagram: Diagram, step: Highlight, near: QRectF) -> Iterator[Pill]:
    by, rows, branches = diagram.parts.text_scale, wire_rows(diagram.parts), diagram.labels.branches
    for row in (rows[each] for each in step.branches if each in rows and branches[rows[each]]):
        text = branches[row]
        size = branch_number_size(text, float(diagram.parts.leads[row]), by)
        x, y = diagram.geometry.branch_spots[row].tolist()
        left = x - text_width(text, size)
        yield Pill(_pill_box(text, QPointF(left, y), size, near), Role.GRADIENT)


def _pill_box(text: str, start: QPointF, size: float, near: QRectF) -> QRectF:
    """Return the box around a text that starts there, cut where it would touch what is `near`."""
    left, right = start.x(), start.x() + text_width(text, size)
    top, bottom = start.y() - _ABOVE * size, start.y() + _BELOW * size
    box = QRectF(QPointF(left - _PILL_MARGIN, top), QPointF(right + _PILL_MARGIN, bottom))
    if not box.intersects(near):
        return box
    if left > near.center().x():
        box.setLeft(min(max(box.left(), near.right()), left))
    else:
        box.setRight(max(min(box.right(), near.left()), right))
    return box
