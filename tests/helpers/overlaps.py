"""Finds what is drawn over each other in a figure: texts, pictures, bodies of nodes, and wires."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, final

import numpy as np

from chainrule.diagram.boxes import Rect, box_of, stroke_points
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.elements import elements
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
from chainrule.diagram.text import middle_height

# Edges may touch: a hundredth of a unit is not seen.
_SLACK = 0.01
_STEP = 1.0
# As far as this a wire may enter a body: half of the body's border.
_GRAZED = 0.6
# So near are two wires that are drawn as one, and so many steps a crossing takes.
_BESIDE, _ALONG = 1.5, 14
# How high capitals are, in their size; smaller letters at the ends of a symbol reach no further.
_CAPITALS = 0.76

_Body = Circle | Box | Diamond


class _Drawn(NamedTuple):
    """One primitive with the id of the node or wire that it belongs to."""

    owner: str
    shape: Text | Thumbnail | _Body | Stroke
    box: Rect


@final
class Overlaps(NamedTuple):
    """How often the texts and pictures of a figure are covered, and by what.

    `texts`: all there are. `labels`: pairs of them over each other; `bodies`: those over the body
    of a node; `struck`: those through which a wire runs.
    """

    texts: int
    labels: int
    bodies: int
    struck: int


def count_overlaps(diagram: Diagram) -> Overlaps:
    """Count what covers the texts and pictures of a diagram, by their extents in the font."""
    drawn = [*_drawn(elements(diagram))]
    texts = [each for each in drawn if isinstance(each.shape, Text | Thumbnail)]
    labels, bodies = len([*_over_texts(texts)]), len([*_over_bodies(drawn)])
    struck = {id(text) for _, text in _struck(drawn)}
    return Overlaps(len(texts), labels, bodies, len(struck))


def overlapping_texts(figure: Iterable[Element]) -> list[str]:
    """Return a sentence for each text or picture that covers another or the body of a node."""
    drawn = [*_drawn(figure)]
    texts = [each for each in drawn if isinstance(each.shape, Text | Thumbnail)]
    pairs = (*_over_texts(texts), *_over_bodies(drawn))
    return [f"{_say(one)} over {_say(other)}" for one, other in pairs]


def overlapping_bodies(figure: Iterable[Element]) -> list[str]:
    """Return a sentence for each two nodes whose bodies cover each other."""
    bodies = [each for each in _drawn(figure) if isinstance(each.shape, _Body)]
    pairs = _meeting(bodies, bodies)
    return [
        f"{_say(bodies[one])} over {_say(bodies[other])}"
        for one, other in pairs
        if one < other and bodies[one].owner != bodies[other].owner
    ]


def pierced_bodies(figure: Iterable[Element]) -> list[str]:
    """Return a sentence for each wire that runs through the body of a node.

    At its ends a wire touches bodies; it enters none, not those of its own ends either.
    """
    drawn = [*_drawn(figure)]
    bodies = [each for each in drawn if _is_node(each)]
    strokes = [each for each in drawn if isinstance(each.shape, Stroke) and _is_wire(each.shape)]
    pairs = _meeting(strokes, bodies, slack=-_STEP)
    return [
        f"{_say(strokes[one])} through {_say(bodies[other])}"
        for one, other in pairs
        if strokes[one].owner != bodies[other].owner and _pierces(strokes[one], bodies[other])
    ]


def wires_along_others(figure: Iterable[Element]) -> list[str]:
    """Return a sentence for each two wires from different sources of which one covers the other."""
    drawn = [each for each in _drawn(figure) if each.owner.startswith("wire-")]
    wires = [each for each in drawn if isinstance(each.shape, Stroke)]
    points = [_points_along(each.shape) for each in wires if isinstance(each.shape, Stroke)]
    sources = [each.owner.split("-")[1] for each in wires]
    return [
        f"{wires[one].owner} along {wires[other].owner}"
        for one, other in sorted(_through_common_cells(points))
        if sources[one] != sources[other] and _runs_along(points[one], points[other])
    ]


def struck_texts(figure: Iterable[Element]) -> list[str]:
    """Return a sentence for each text or picture through which a wire runs."""
    return [f"{_say(stroke)} through {_say(text)}" for stroke, text in _struck([*_drawn(figure)])]


def _is_node(drawn: _Drawn) -> bool:
    """Say whether a shape is the body of a gate or a leaf; read-outs look as gates do."""
    if isinstance(drawn.shape, Diamond):
        return True
    return isinstance(drawn.shape, Circle | Box) and drawn.shape.border != Role.MUTED


def _is_wire(stroke: Stroke) -> bool:
    return stroke.role == Role.WIRE


def _pierces(stroke: _Drawn, body: _Drawn) -> bool:
    assert isinstance(stroke.shape, Stroke)
    x, y = _points_along(stroke.shape).T
    if isinstance(body.shape, Circle):
        (left, top), radius = body.shape.center, body.shape.radius
        return bool((np.hypot(x - left, y - top) < radius - _GRAZED).any())
    return _enters(np.stack((x, y), axis=1), body.box.grown(-_GRAZED))


def _through_common_cells(lines: Sequence[np.ndarray]) -> set[tuple[int, int]]:
    """Return the pairs of lines that could run along each other, as a grid of cells shows."""
    found: Counter[tuple[int, int]] = Counter()
    for shift in (0.0, _BESIDE):
        through: dict[tuple[int, int], set[int]] = {}
        for number, line in enumerate(lines):
            for cell in np.unique(np.floor((line + shift) / (2 * _BESIDE)), axis=0).tolist():
                through.setdefault(tuple(cell), set()).add(number)
        for together in through.values():
            found.update(combinations(sorted(together), 2))
    return {pair for pair, cells in found.items() if cells > _ALONG // 4}


def _runs_along(one: np.ndarray, other: np.ndarray) -> bool:
    """Say whether more than a few points of one line lie on another."""
    low, high = other.min(axis=0) - _BESIDE, other.max(axis=0) + _BESIDE
    one = one[((one > low) & (one < high)).all(axis=1)]
    away = np.abs(one[:, None] - other[None]).max(axis=2)
    return int((away < _BESIDE).any(axis=1).sum()) > _ALONG


def _over_texts(texts: Sequence[_Drawn]) -> Iterator[tuple[_Drawn, _Drawn]]:
    for one, other in _meeting(texts, texts):
        if one < other:
            yield texts[one], texts[other]


def _over_bodies(drawn: Sequence[_Drawn]) -> Iterator[tuple[_Drawn, _Drawn]]:
    texts = [each for each in drawn if isinstance(each.shape, Text | Thumbnail)]
    bodies = [each for each in drawn if isinstance(each.shape, _Body)]
    pairs = [*_meeting(texts, bodies)]
    pale = {
        one
        for one, other in pairs
        if _is_muted(texts[one]) and _is_around(bodies[other], texts[one])
    }
    for one, other in pairs:
        text, body = texts[one], bodies[other]
        assert isinstance(body.shape, _Body)
        ink = _inked(text) if one in pale or _is_symbol(text) else text.box
        if not _is_around(body, text) and _covers(ink, body.shape):
            yield text, body


def _struck(drawn: Sequence[_Drawn]) -> Iterator[tuple[_Drawn, _Drawn]]:
    seen = (each for each in drawn if isinstance(each.shape, Text | Thumbnail))
    texts = [each for each in seen if not _is_symbol(each)]
    strokes = [each for each in drawn if isinstance(each.shape, Stroke)]
    points = [_points_along(each.shape) for each in strokes if isinstance(each.shape, Stroke)]
    for one, other in _meeting(strokes, texts, slack=-_STEP):
        if _enters(points[one], texts[other].box):
            yield strokes[one], texts[other]


def _meeting(
    ones: Sequence[_Drawn], others: Sequence[_Drawn], slack: float = _SLACK
) -> Iterator[tuple[int, int]]:
    """Yield the indices of all pairs whose boxes have more than `slack` in common."""
    if not ones or not others:
        return
    a = np.array([each.box for each in ones])[:, None]
    b = np.array([each.box for each in others])[None]
    shared = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    found = np.nonzero((shared > slack).all(axis=2))
    yield from zip(found[0].tolist(), found[1].tolist(), strict=True)


def _drawn(figure: Iterable[Element]) -> Iterator[_Drawn]:
    # Frames and notes stand where somebody has put them.
    for element in (each for each in figure if each.kind not in ("frame", "note")):
        for shape in element.primitives:
            if isinstance(shape, Text | Thumbnail | _Body | Stroke):
                yield _Drawn(element.id, shape, box_of(shape))


def _is_symbol(text: _Drawn) -> bool:
    """Say whether a text is what stands in a gate's body: only that is upright and not a name."""
    shape = text.shape
    if not isinstance(shape, Text):
        return False
    return shape.role == Role.TEXT and shape.anchor == Anchor.MIDDLE and shape.size != LABEL_SIZE


def _is_muted(text: _Drawn) -> bool:
    """Say whether a text could be the symbol of a muted gate, which is one if it stands in it."""
    return (
        isinstance(text.shape, Text)
        and text.shape.role == Role.MUTED
        and text.shape.anchor == Anchor.MIDDLE
    )


def _is_around(body: _Drawn, text: _Drawn) -> bool:
    """Say whether a body is the one in which a text stands as its symbol."""
    is_gate = isinstance(body.shape, Circle | Box) and body.shape.fill == Role.GATE_FILL
    return is_gate and body.owner == text.owner and _contains(body.box, text.box)


def _contains(outer: Rect, inner: Rect) -> bool:
    across = outer.left <= inner.left and inner.right <= outer.right
    return across and outer.top <= inner.top and inner.bottom <= outer.bottom


def _inked(text: _Drawn) -> Rect:
    """Return where a symbol has ink: around its middle."""
    assert isinstance(text.shape, Text)
    size = text.shape.size
    middle = text.shape.at[1] - size * middle_height(text.shape.text)
    reach = _CAPITALS * size / 2
    return text.box.grown(-1.0)._replace(top=middle - reach, bottom=middle + reach)


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


def _points_along(stroke: Stroke) -> np.ndarray:
    """Return points of a stroke that are at most a step apart, an array (n, 2)."""
    points = stroke_points(stroke)
    lengths = np.hypot(*np.diff(points, axis=0).T)
    pieces = [
        start + (end - start) * np.linspace(0.0, 1.0, 2 + int(length / _STEP))[:, None]
        for start, end, length in zip(points, points[1:], lengths, strict=False)
    ]
    return np.concatenate(pieces)


def _enters(points: np.ndarray, box: Rect) -> bool:
    x, y = points.T
    inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
    return bool(inside.any())


def _say(drawn: _Drawn) -> str:
    what = drawn.shape.text if isinstance(drawn.shape, Text) else type(drawn.shape).__name__
    return f"{what!r} of {drawn.owner}"
