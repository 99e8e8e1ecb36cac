"""Where the pictures of tensors and the marks of broadcasting stand in a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias, final

from chainrule.diagram.diagram import Diagram
from chainrule.diagram.ink import Role
from chainrule.diagram.labels import branch_number_size
from chainrule.diagram.parts import (
    BRANCH_THUMBNAIL_GAP,
    GRADIENT_PICTURE_BELOW,
    SCALE_SIZE,
    VALUE_PICTURE_ABOVE,
)
from chainrule.diagram.primitives import Anchor, Text, Thumbnail
from chainrule.diagram.stretches import MARK_GAP, MARK_SIZE
from chainrule.diagram.text import text_width

_SCALE_ABOVE = 2.5
_SCALE_BELOW = 8.5
_BRANCH_AWAY = 2.5
_MARK_ABOVE = 3.5
_MARK_BELOW = 9.5


@final
class Kind(StrEnum):
    """Of which tensor of a node a picture is."""

    VALUE = "value"
    GRADIENT = "gradient"


Pictured: TypeAlias = tuple[Thumbnail, Text]


def thumbnail_at(diagram: Diagram, row: int, kind: Kind) -> Pictured | None:
    """Return the picture of a node's value or gradient and its scale; None where there is none."""
    labels, is_value = diagram.labels, kind == Kind.VALUE
    picture = (labels.value_pictures if is_value else labels.gradient_pictures)[row]
    if picture is None:
        return None
    x, y = diagram.geometry.middles[row].tolist()
    width, height = picture.size
    by = diagram.parts.text_scale
    top = y - by * VALUE_PICTURE_ABOVE - height if is_value else y + by * GRADIENT_PICTURE_BELOW
    baseline = top - by * _SCALE_ABOVE if is_value else top + height + by * _SCALE_BELOW
    size, slants = by * SCALE_SIZE, not is_value
    scale = Text((x, baseline), picture.scale, size, Anchor.MIDDLE, Role.MUTED, italic=slants)
    return Thumbnail((x - width / 2, top), picture), scale


def branch_thumbnail_at(diagram: Diagram, row: int) -> Thumbnail | None:
    """Return the picture of a wire's own gradient, which stands left of the text."""
    picture = diagram.labels.branch_pictures[row]
    if picture is None:
        return None
    text = diagram.labels.branches[row]
    (right, _), (_, y) = diagram.geometry.branch_spots[row], diagram.geometry.port_ends[row]
    lead, scale = float(diagram.parts.leads[row]), diagram.parts.text_scale
    taken = text_width(text, branch_number_size(text, lead, scale))
    width, height = picture.size
    top = y - _BRANCH_AWAY - height if _is_above(diagram, row) else y + _BRANCH_AWAY
    return Thumbnail((float(right) - taken - BRANCH_THUMBNAIL_GAP - width, float(top)), picture)


def stretch_texts(diagram: Diagram, row: int) -> Iterator[Text]:
    """Yield the mark of broadcasting on a wire: above what becomes of it, below the sum."""
    stretch = diagram.parts.stretches.get(row)
    if stretch is None:
        return
    x, y = diagram.geometry.port_ends[row].tolist()
    right = x - stretch.away
    above, below = y - _MARK_ABOVE, y + _MARK_BELOW
    if stretch.in_line:
        above = below = above if _is_above(diagram, row) else below
    broadcasting, display = stretch.broadcasting, diagram.display
    if display.gradients:
        yield _mark(broadcasting.summed, right, below, Role.GRADIENT)
    if stretch.in_line and display.gradients:
        right -= text_width(broadcasting.summed, MARK_SIZE) + MARK_GAP
    if display.values:
        yield _mark(broadcasting.stretched, right, above, Role.VALUE)


def _mark(text: str, right: float, baseline: float, role: Role) -> Text:
    is_gradient = role == Role.GRADIENT
    return Text((right, baseline), text, MARK_SIZE, Anchor.END, role, italic=is_gradient)


def _is_above(diagram: Diagram, row: int) -> bool:
    """Say whether what belongs to a wire alone stands above it, as for ports in the upper half."""
    return bool(diagram.parts.ports[row, 1] < 0)
