"""A diagram as primitives: how each node and each wire is drawn, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, TypeAlias, cast

from chainrule.arrays import Floats
from chainrule.diagram.blanks import blank_elements
from chainrule.diagram.bodies import CORNER, RADIUS, Outline
from chainrule.diagram.comment_elements import frame_elements, note_elements
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.ink import Role
from chainrule.diagram.labels import branch_number_size, number_size
from chainrule.diagram.numbers import UNKNOWN
from chainrule.diagram.parts import (
    GRADIENT_BELOW,
    LABEL_GAP,
    LABEL_SIZE,
    NAME_GAP,
    NAME_SIZE,
    VALUE_ABOVE,
)
from chainrule.diagram.primitives import (
    OUTLINE_WIDTH,
    PROBLEM_WIDTH,
    WIRE_WIDTH,
    Anchor,
    Box,
    Circle,
    Diamond,
    Element,
    Piece,
    Point,
    Primitive,
    Stroke,
    Text,
)
from chainrule.diagram.readout_elements import readout_primitives
from chainrule.diagram.text import middle_height
from chainrule.diagram.thumbnails import Kind, branch_thumbnail_at, stretch_texts, thumbnail_at
from chainrule.diagram.ways import are_straight
from chainrule.graph.checks import Port
from chainrule.graph.node import NodeId

INPUT_DOT = 2.6
PARAMETER_REACH = 4.0
CONSTANT_RING = 3.2
OPEN_PORT = 3.5
MISFIT_PORT = 5.5
MISFIT_SIZE = 9.0
# Names stand with the middle of their capitals on the wire.
NAME_DROP = 0.36

_KINDS = {
    Outline.GATE: "gate",
    Outline.INPUT: "input",
    Outline.PARAMETER: "parameter",
    Outline.CONSTANT: "constant",
}

# The wire through a muted gate hugs its outline: how far above the middle it is, from the gate's
# sides its level piece, and how it bends in between.
_BYPASS_ABOVE = 13.0
_BYPASS_TURN = 13.0
_BYPASS_BEND = 6.0
_BYPASS_RISE = 0.7

_Row: TypeAlias = int


def elements(
    diagram: Diagram, faulty: Collection[NodeId] = (), misfits: Collection[Port] = ()
) -> tuple[Element, ...]:
    """Return everything that is drawn, from the bottom to the top: frames, wires, nodes, notes.

    Gates in `faulty` get the border of a problem, ports in `misfits` its mark.
    """
    wires = (_wire(diagram, row) for row in range(len(diagram.parts.wires)))
    rows = range(len(diagram.parts.ids))
    nodes = (_node(diagram, row, diagram.parts.ids[row] in faulty) for row in rows)
    frames, notes = frame_elements(diagram.comments), note_elements(diagram.comments)
    blanks = blank_elements(diagram.blanks)
    return (*frames, *wires, *nodes, *blanks, *_misfits(diagram, misfits), *notes)


def _wire(diagram: Diagram, row: _Row) -> Element:
    geometry, parts = diagram.geometry, diagram.parts
    wire = parts.wires[row]
    drawn: list[Primitive] = [_stroke(geometry.ways.of(row), _point(geometry.port_ends[row]))]
    text = diagram.labels.branches[row]
    own = text or diagram.labels.gradients[int(parts.ends[row, 0])]
    if text:
        size = branch_number_size(text, float(parts.leads[row]), parts.text_scale)
        spot = _point(geometry.branch_spots[row])
        drawn.append(_number(text, spot, size, Anchor.END, Role.GRADIENT))
    picture = branch_thumbnail_at(diagram, row)
    if picture is not None:
        drawn.append(picture)
    drawn.extend(stretch_texts(diagram, row))
    title = f"{wire.source} to {wire.target}" + (f": gradient {own}" if own else "")
    return Element(f"wire-{wire.source}-{wire.target}-{wire.port}", "wire", title, tuple(drawn))


def _node(diagram: Diagram, row: _Row, is_faulty: bool) -> Element:
    outline = Outline(int(diagram.parts.outlines[row]))
    drawn = (
        _stub(diagram, row),
        *(_gate(diagram, row, is_faulty) if outline == Outline.GATE else _leaf(diagram, row)),
        *_numbers(diagram, row),
        *_name(diagram, row),
        *readout_primitives(diagram, row),
    )
    node_id = diagram.parts.ids[row]
    return Element(f"node-{node_id}", _KINDS[outline], _node_title(diagram, row), drawn)


def _misfits(diagram: Diagram, misfits: Collection[Port]) -> Iterator[Element]:
    """Yield a disc with an exclamation mark at each port whose tensor does not fit."""
    for row, wire in enumerate(diagram.parts.wires if misfits else ()):
        if (wire.target, wire.port) in misfits:
            x, y = _point(diagram.geometry.port_ends[row])
            disc = Circle((x, y), MISFIT_PORT, Role.PROBLEM, Role.BACKGROUND, OUTLINE_WIDTH)
            baseline = y + 0.365 * MISFIT_SIZE
            sign = Text((x, baseline), "!", MISFIT_SIZE, Anchor.MIDDLE, Role.BACKGROUND)
            title = f"input {wire.port + 1} of {wire.target} does not fit"
            yield Element(f"misfit-{wire.target}-{wire.port}", "misfit", title, (disc, sign))


def _stub(diagram: Diagram, row: _Row) -> Stroke:
    geometry = diagram.geometry
    return Stroke(_point(geometry.stub_starts[row]), ((_point(geometry.stub_ends[row]),),))


def _stroke(curves: Floats, tip: Point) -> Stroke:
    """Return a wire along cubic pieces (p, 4, 2), and on to its port."""
    pieces: list[Piece] = []
    for curve, is_straight in zip(curves, are_straight(curves), strict=True):
        _, first, second, end = map(_point, curve)
        pieces.append((end,) if is_straight else (first, second, end))
    if pieces[-1][-1] != tip:
        pieces.append((tip,))
    return Stroke(_point(curves[0, 0]), tuple(pieces))


def _gate(diagram: Diagram, row: _Row, is_faulty: bool) -> Iterator[Primitive]:
    parts, center = diagram.parts, _point(diagram.geometry.centers[row])
    border = Role.PROBLEM if is_faulty else Role.OUTLINE
    width = PROBLEM_WIDTH if is_faulty else OUTLINE_WIDTH
    half_width, half_height = _point(parts.half[row])
    symbol, is_muted = parts.symbols[row], row in parts.bypasses
    if half_width == half_height == RADIUS:
        yield Circle(center, RADIUS, Role.GATE_FILL, border, width, is_muted)
    else:
        half = (half_width, half_height)
        yield Box(center, half, CORNER, Role.GATE_FILL, border, width, is_muted)
    size = float(parts.symbol_sizes[row])
    if is_muted:
        yield bypass(diagram, row)
    baseline = (center[0], center[1] + size * middle_height(symbol))
    yield Text(baseline, symbol, size, Anchor.MIDDLE, Role.MUTED if is_muted else Role.TEXT)
    for opened in (parts.open_nodes == row).nonzero()[0]:
        place = _point(diagram.geometry.open_ports[opened])
        yield Circle(place, OPEN_PORT, Role.BACKGROUND, Role.PROBLEM, WIRE_WIDTH)


def bypass(diagram: Diagram, row: _Row) -> Stroke:
    """Return the wire through a muted gate, over its symbol, from its first input to its output."""
    (x, y), (left, up) = _point(diagram.geometry.centers[row]), diagram.parts.bypasses[row]
    end_x, end_y = _point(diagram.geometry.stub_starts[row])
    start_x, start_y = x + left, y + up
    level, half_width = min(y - _BYPASS_ABOVE, start_y), float(diagram.parts.half[row, 0])
    first, last = x - half_width + _BYPASS_TURN, x + half_width - _BYPASS_TURN
    rises, falls = _BYPASS_RISE * (level - start_y), _BYPASS_RISE * (level - end_y)
    climb = ((start_x + 1, start_y + rises), (start_x + _BYPASS_BEND, level), (first, level))
    fall = ((end_x - _BYPASS_BEND, level), (end_x - 1, end_y + falls), (end_x, end_y))
    return Stroke((start_x, start_y), (climb, ((last, level),), fall))


def _leaf(diagram: Diagram, row: _Row) -> Iterator[Primitive]:
    center = _point(diagram.geometry.centers[row])
    outline = diagram.parts.outlines[row]
    if outline == Outline.PARAMETER:
        yield Diamond(center, PARAMETER_REACH, Role.OUTLINE)
    elif outline == Outline.CONSTANT:
        yield Circle(center, CONSTANT_RING, Role.BACKGROUND, Role.OUTLINE, OUTLINE_WIDTH)
    else:
        yield Circle(center, INPUT_DOT, Role.OUTLINE, Role.OUTLINE, OUTLINE_WIDTH)


def _numbers(diagram: Diagram, row: _Row) -> Iterator[Primitive]:
    middle, y = _point(diagram.geometry.middles[row])
    span, scale = float(diagram.parts.spans[row]), diagram.parts.text_scale
    for text, drop, role in (
        (diagram.labels.values[row], -VALUE_ABOVE, Role.VALUE),
        (diagram.labels.gradients[row], GRADIENT_BELOW, Role.GRADIENT),
    ):
        if text:
            size = number_size(text, span, scale)
            yield _number(text, (middle, y + scale * drop), size, Anchor.MIDDLE, role)
    for kind in Kind:
        yield from thumbnail_at(diagram, row, kind) or ()


def _number(text: str, at: Point, size: float, anchor: Anchor, role: Role) -> Text:
    """Return a number: gradients slant and what is not known is muted, as colour alone won't do."""
    shown = Role.MUTED if text == UNKNOWN else role
    return Text(at, text, size, anchor, shown, italic=role == Role.GRADIENT)


def _name(diagram: Diagram, row: _Row) -> Iterator[Primitive]:
    parts = diagram.parts
    (x, y), name = _point(diagram.geometry.centers[row]), parts.names[row]
    label_size, name_size = parts.text_scale * LABEL_SIZE, parts.text_scale * NAME_SIZE
    drop = NAME_DROP * name_size
    if name and parts.outlines[row] == Outline.GATE:
        above = (x, y - float(parts.half[row, 1]) - LABEL_GAP)
        yield Text(above, name, label_size, Anchor.MIDDLE, Role.TEXT)
    elif name:
        yield Text((x - NAME_GAP, y + drop), name, name_size, Anchor.END, Role.TEXT)
    if row == parts.output and parts.output_name:
        end, _ = _point(diagram.geometry.stub_ends[row])
        yield Text(
            (end + NAME_GAP, y + drop), parts.output_name, name_size, Anchor.START, Role.TEXT
        )


def _node_title(diagram: Diagram, row: _Row) -> str:
    parts, labels = diagram.parts, diagram.labels
    what = parts.symbols[row] or _KINDS[Outline(int(parts.outlines[row]))]
    numbers = (
        f"{word} {text}"
        for word, text in (("value", labels.values[row]), ("gradient", labels.gradients[row]))
        if text
    )
    told = ", ".join(numbers)
    return f"{parts.ids[row]} ({what})" + (f": {told}" if told else "")


def _point(row: Any) -> Point:
    return cast(Point, tuple(row.tolist()))
