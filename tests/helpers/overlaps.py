"""Finds what is drawn over each other in a figure: texts, pictures, bodies of nodes, and wires."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from chainrule.diagram.boxes import Rect, box_of, stroke_points
from chainrule.diagram.ink import Role
from chainrule.diagram.parts import LABEL_SIZE
from chainrule.diagram.primitives import (
    Anchor,
    Box,
    Circle,
    Diamond,
    Element,
    Stroke,
    Text,
    Thumbnail,
)

# Edges may touch: a hundredth of a unit is not seen.
_SLACK = 0.01
_STEP = 1.0

_Body = Circle | Box | Diamond


class _Drawn(NamedTuple):
    """One primitive with the id of the node or wire that it belongs to."""

    owner: str
    shape: Text | Thumbnail | _Body | Stroke
    box: Rect


def overlapping_texts(elements: Iterable[Element]) -> list[str]:
    """Return a sentence for each text or picture that covers another or the body of a node."""
    drawn = [*_drawn(elements)]
    texts = [each for each in drawn if isinstance(each.shape, Text | Thumbnail)]
    bodies = [each for each in drawn if isinstance(each.shape, _Body)]
    pairs = (pair for pair in combinations(texts, 2) if _meet(pair[0].box, pair[1].box))
    over_bodies = (
        (text, body)
        for text in texts
        for body in bodies
        if isinstance(body.shape, _Body)
        and not _is_around(body, text)
        and _covers(_inked(text), body.shape)
    )
    return [f"{_say(one)} over {_say(other)}" for one, other in (*pairs, *over_bodies)]


def overlapping_bodies(elements: Iterable[Element]) -> list[str]:
    """Return a sentence for each two nodes whose bodies cover each other."""
    bodies = [each for each in _drawn(elements) if isinstance(each.shape, _Body)]
    return [
        f"{_say(one)} over {_say(other)}"
        for one, other in combinations(bodies, 2)
        if one.owner != other.owner and _meet(one.box, other.box)
    ]


def struck_texts(elements: Iterable[Element]) -> list[str]:
    """Return a sentence for each text or picture through which a wire runs."""
    drawn = [*_drawn(elements)]
    seen = (each for each in drawn if isinstance(each.shape, Text | Thumbnail))
    texts = [each for each in seen if not _is_symbol(each)]
    return [
        f"{_say(stroke)} through {_say(text)}"
        for stroke in drawn
        for text in texts
        if isinstance(stroke.shape, Stroke) and _runs_through(stroke.shape, text.box)
    ]


def _drawn(elements: Iterable[Element]) -> Iterator[_Drawn]:
    for element in elements:
        for shape in element.primitives:
            yield _Drawn(element.id, shape, box_of(shape))


def _is_symbol(text: _Drawn) -> bool:
    """Say whether a text is what stands in a gate's body: only that is upright and not a name."""
    shape = text.shape
    if not isinstance(shape, Text):
        return False
    return shape.role == Role.TEXT and shape.anchor == Anchor.MIDDLE and shape.size != LABEL_SIZE


def _is_around(body: _Drawn, text: _Drawn) -> bool:
    """Say whether a body is the one in which a text stands as its symbol."""
    is_gate = isinstance(body.shape, Circle | Box) and body.shape.fill == Role.GATE_FILL
    return is_gate and body.owner == text.owner and _contains(body.box, text.box)


def _contains(outer: Rect, inner: Rect) -> bool:
    across = outer.left <= inner.left and inner.right <= outer.right
    return across and outer.top <= inner.top and inner.bottom <= outer.bottom


def _inked(text: _Drawn) -> Rect:
    """Return where a text has ink; a symbol's letters rarely reach the edges of its box."""
    return text.box.grown(-1.0) if _is_symbol(text) else text.box


def _meet(one: Rect, other: Rect) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > _SLACK and down > _SLACK


def _covers(box: Rect, body: _Body) -> bool:
    """Say whether a rectangle covers a part of a body; the corners of boxes count as square."""
    if isinstance(body, Box):
        return _meet(box, box_of(body))
    x, y = body.center
    across = abs(x - min(max(x, box.left), box.right))
    down = abs(y - min(max(y, box.top), box.bottom))
    if isinstance(body, Diamond):
        return across + down < body.reach - _SLACK
    return math.hypot(across, down) < body.radius + body.width / 2 - _SLACK


def _runs_through(stroke: Stroke, box: Rect) -> bool:
    points = stroke_points(stroke)
    lengths = np.hypot(*np.diff(points, axis=0).T)
    for start, end, length in zip(points, points[1:], lengths, strict=False):
        t = np.linspace(0.0, 1.0, 2 + int(length / _STEP))[:, None]
        x, y = (start + (end - start) * t).T
        inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
        if inside.any():
            return True
    return False


def _say(drawn: _Drawn) -> str:
    what = drawn.shape.text if isinstance(drawn.shape, Text) else type(drawn.shape).__name__
    return f"{what!r} of {drawn.owner}"
