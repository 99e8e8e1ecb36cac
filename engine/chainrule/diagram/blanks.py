"""The blanks of an exercise in a drawing: boxes at the places of the hidden numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, final

from chainrule.arrays import Shape
from chainrule.autodiff.covering import Covered
from chainrule.diagram.boxes import Rect
from chainrule.diagram.geometry import Geometry
from chainrule.diagram.ink import Role
from chainrule.diagram.labels import Labels, branch_room, stub_room
from chainrule.diagram.lazy import Lazy
from chainrule.diagram.numbers import format_dimensions
from chainrule.diagram.parts import BRANCH_NUMBER_SIZE, NUMBER_SIZE, Parts
from chainrule.diagram.primitives import OUTLINE_WIDTH, Anchor, Box, Element, Primitive, Text
from chainrule.diagram.text import fitting_size, shorten
from chainrule.graph.exercises import Answers, Asked, Blank

OPEN: Final = "□"
"""Stands for a hidden number where there is no box for it."""

BLANK_CORNER: Final = 3.0
_HEIGHT: Final = 16.0
_BRANCH_HEIGHT: Final = 13.5
_AWAY: Final = 3.0
_WIDEST: Final = 54.0
_WIDEST_BRANCH: Final = 44.0
_SMALLEST: Final = 7.0
_PADDING: Final = 3.0
_DROP: Final = 0.365
_ROUNDING: Final = 0.01

BlankRow: TypeAlias = tuple[Blank, int]


@final
@dataclass(frozen=True, slots=True)
class BlankBox:
    """Where a hidden number stands, and what was typed there; `hint` says a tensor's shape.

    `row` is that of the node, or of the wire whose own gradient it is.
    """

    blank: Blank
    row: int
    box: Rect
    text: str
    hint: str
    size: float


BlankBoxes: TypeAlias = Mapping[Blank, BlankBox]

NO_BLANKS: Final[BlankBoxes] = {}


def place_blanks(
    covered: Covered | None, answers: Answers, parts: Parts, geometry: Geometry
) -> BlankBoxes:
    """Return the box of each blank that has a place in the drawing, by its blank."""
    if covered is None:
        return NO_BLANKS
    rows = [
        *sorted(_rows_of_nodes(covered, parts), key=lambda each: (each[1], each[0].is_gradient)),
        *_rows_of_wires(covered, parts),
    ]
    boxes: dict[Blank, BlankBox] = {}
    for blank, row in rows:
        is_wire = blank.asked is Asked.WIRE
        place = _branch_place if is_wire else _stub_place
        source = covered.graph.inputs(blank.node)[blank.port or 0] if is_wire else blank.node
        shape = None if source is None else covered.shape(source)
        usual = (BRANCH_NUMBER_SIZE if is_wire else NUMBER_SIZE) * parts.text_scale
        box = place(parts, geometry, blank, row, shape)
        hint = _hint(shape)
        boxes[blank] = BlankBox(blank, row, box, answers.texts.get(blank, ""), hint, usual)
    return boxes


def _hint(shape: Shape | None) -> str:
    """Say how many numbers are asked for, where it isn't one."""
    if not shape:
        return ""
    return f"{shape[0]} numbers" if len(shape) == 1 else format_dimensions(shape)


def without_hidden(labels: Labels, parts: Parts, covered: Covered | None) -> Labels:
    """Return labels in which nothing is written or pictured where a number is hidden."""
    if covered is None:
        return labels
    ids, wires = parts.ids, parts.wires

    def hides_value(row: int) -> bool:
        return covered.hides_value(ids[row])

    def hides_gradient(row: int) -> bool:
        return covered.hides_gradient(ids[row])

    def hides_wire(row: int) -> bool:
        return covered.hides_wire(wires[row])

    def reading(row: int) -> tuple[str, str]:
        value, gradient = labels.readings[row]
        return OPEN if hides_value(row) else value, (
            OPEN if gradient and hides_gradient(row) else gradient
        )

    nodes = len(ids)
    return replace(
        labels,
        values=Lazy(nodes, lambda row: "" if hides_value(row) else labels.values[row]),
        gradients=Lazy(nodes, lambda row: "" if hides_gradient(row) else labels.gradients[row]),
        branches=Lazy(len(wires), lambda row: "" if hides_wire(row) else labels.branches[row]),
        value_pictures=Lazy(
            nodes, lambda row: None if hides_value(row) else labels.value_pictures[row]
        ),
        gradient_pictures=Lazy(
            nodes, lambda row: None if hides_gradient(row) else labels.gradient_pictures[row]
        ),
        branch_pictures=Lazy(
            len(wires), lambda row: None if hides_wire(row) else labels.branch_pictures[row]
        ),
        readings=Lazy(nodes, reading),
    )


def blank_elements(blanks: BlankBoxes) -> Iterator[Element]:
    """Yield a box for each blank, with what was typed in it."""
    for each in blanks.values():
        blank = each.blank
        port = "" if blank.port is None else f"-{blank.port}"
        id_ = f"blank-{blank.asked.value}-{blank.node}{port}"
        what = blank.asked.value if blank.asked is not Asked.WIRE else "gradient along the wire to"
        title = f"{what} {blank.node}: {each.text or 'to be found'}"
        yield Element(id_, "blank", title, tuple(blank_primitives(each)))


def blank_primitives(each: BlankBox) -> Iterator[Primitive]:
    """Yield the box of a blank, and what stands in it."""
    role = Role.GRADIENT if each.blank.is_gradient else Role.VALUE
    (left, top, right, bottom) = each.box
    middle, half = (
        ((left + right) / 2, (top + bottom) / 2),
        ((right - left) / 2, (bottom - top) / 2),
    )
    yield Box(middle, half, BLANK_CORNER, Role.BACKGROUND, role, OUTLINE_WIDTH)
    yield from blank_text(each)


def blank_text(each: BlankBox) -> Iterator[Text]:
    """Yield what stands in a box: the answer, or for a tensor its shape."""
    text = each.text.replace("-", "−") or each.hint
    if not text:
        return
    left, top, right, bottom = each.box
    room = right - left - 2 * _PADDING
    size = fitting_size(text, each.size if each.text else 0.8 * each.size, room, _SMALLEST)
    role = Role.GRADIENT if each.blank.is_gradient else Role.VALUE
    baseline = (top + bottom) / 2 + _DROP * size
    yield Text(
        ((left + right) / 2, baseline),
        shorten(text, size, room + _ROUNDING),
        size,
        Anchor.MIDDLE,
        role if each.text else Role.MUTED,
        italic=each.blank.is_gradient,
    )


def _rows_of_nodes(covered: Covered, parts: Parts) -> Iterator[BlankRow]:
    for blank in covered.hidden:
        row = parts.index.get(blank.node)
        if row is not None and blank.asked is not Asked.WIRE:
            yield blank, row


def _rows_of_wires(covered: Covered, parts: Parts) -> Iterator[BlankRow]:
    """Yield the blanks at wires; that of a node's only wire stands on the node's own wire."""
    places = {blank for blank in covered.hidden if blank.asked is Asked.WIRE}
    if not places:
        return
    for row, wire in enumerate(parts.wires):
        blank = Blank(Asked.WIRE, wire.target, wire.port)
        if blank not in places:
            continue
        if parts.branches[row]:
            yield blank, row
        elif Blank(Asked.GRADIENT, wire.source) not in covered.hidden:
            yield Blank(Asked.GRADIENT, wire.source), parts.index[wire.source]


def _stub_place(
    parts: Parts, geometry: Geometry, blank: Blank, row: int, shape: Shape | None
) -> Rect:
    x, y = geometry.middles[row].tolist()
    scale, room = parts.text_scale, stub_room(float(parts.spans[row]))
    width = room if shape else min(room, scale * _WIDEST)
    near, far = scale * _AWAY, scale * (_AWAY + _HEIGHT)
    top, bottom = (near + 1, far + 1) if blank.is_gradient else (-far, -near)
    return Rect(x - width / 2, y + top, x + width / 2, y + bottom)


def _branch_place(
    parts: Parts, geometry: Geometry, _blank: Blank, row: int, shape: Shape | None
) -> Rect:
    x, y = float(geometry.branch_spots[row, 0]), float(geometry.port_ends[row, 1])
    scale, room = parts.text_scale, branch_room(float(parts.leads[row]))
    width = room if shape else min(room, scale * _WIDEST_BRANCH)
    near, far = scale * 2.0, scale * (2.0 + _BRANCH_HEIGHT)
    top, bottom = (-far, -near) if parts.ports[row, 1] < 0 else (near, far)
    return Rect(x - width, y + top, x, y + bottom)
