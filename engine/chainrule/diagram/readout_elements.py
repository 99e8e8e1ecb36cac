"""How the read-outs of pinned nodes are drawn: a box with the value, and the gradient below it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from chainrule.diagram.boxes import Rect
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.ink import Role
from chainrule.diagram.numbers import UNKNOWN
from chainrule.diagram.primitives import OUTLINE_WIDTH, Anchor, Box, Primitive, Stroke, Text
from chainrule.diagram.readings import (
    READING_GRADIENT_SIZE,
    READING_PADDING,
    READING_VALUE_SIZE,
    baselines,
)
from chainrule.diagram.readouts import readout_boxes
from chainrule.diagram.text import fitting_size

READOUT_CORNER: Final = 6.0
_SMALLEST = 8.0
_NEAR = 18.0


def readout_primitives(diagram: Diagram, row: int) -> Iterator[Primitive]:
    """Yield the box of a read-out and the numbers in it; nothing for a node that isn't pinned."""
    box = readout_boxes(diagram.parts, diagram.geometry).get(row)
    if box is None:
        return
    yield from leader(diagram, row, box)
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    half = (box.right - box.left) / 2, (box.bottom - box.top) / 2
    yield Box(middle, half, READOUT_CORNER, Role.GATE_FILL, Role.MUTED, OUTLINE_WIDTH)
    yield from readout_texts(diagram, row, box)


def leader(diagram: Diagram, row: int, box: Rect) -> Iterator[Stroke]:
    """Yield a line from a node to its read-out where that stands away from it."""
    x, y = diagram.geometry.centers[row].tolist()
    half_width, half_height = diagram.parts.half[row].tolist()
    end = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    start = (
        min(max(end[0], x - half_width), x + half_width),
        min(max(end[1], y - half_height), y + half_height),
    )
    if math.dist(start, end) > _NEAR:
        yield Stroke(start, ((end,),), Role.MUTED)


def readout_texts(diagram: Diagram, row: int, box: Rect) -> Iterator[Text]:
    """Yield the numbers in the read-out of a node that stands in `box`."""
    scale, room = diagram.parts.text_scale, box.right - box.left - 2 * READING_PADDING
    middle = (box.left + box.right) / 2
    value, gradient = diagram.labels.readings[row]
    for text, baseline, usual, role in zip(
        (value, gradient),
        baselines(box.top, scale),
        (READING_VALUE_SIZE, READING_GRADIENT_SIZE),
        (Role.VALUE, Role.GRADIENT),
        strict=True,
    ):
        if text:
            size = fitting_size(text, scale * usual, room, _SMALLEST)
            shown = Role.MUTED if text == UNKNOWN else role
            slants = role == Role.GRADIENT
            yield Text((middle, baseline), text, size, Anchor.MIDDLE, shown, italic=slants)
