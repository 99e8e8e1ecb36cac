"""The rectangles that primitives cover, found without a display."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, final

import numpy as np

from chainrule.diagram.primitives import (
    FRAME_WIDTH,
    Anchor,
    Circle,
    Diamond,
    Element,
    Enclosure,
    Formula,
    Point,
    Primitive,
    Stroke,
    Text,
    Thumbnail,
    Title,
)
from chainrule.diagram.text import ASCENT, DESCENT, text_width

_SHARES = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}
_SAMPLES = np.linspace(0.0, 1.0, 25)[1:, None]
# How far the top of slanted text leans to the right, in its size.
_SLANT = 0.13


@final
class Rect(NamedTuple):
    """A rectangle by its edges; y points down."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Rect:
        """Return the rectangle with a margin on every side."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, point: Point) -> bool:
        """Say whether a point is in the rectangle or on its edge."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


def box_of(primitive: Primitive) -> Rect:
    """Return the rectangle that a primitive covers, its border's width included."""
    if isinstance(primitive, Text):
        return _text_box(primitive)
    if isinstance(primitive, Stroke):
        points = stroke_points(primitive)
        return Rect(*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
    if isinstance(primitive, Thumbnail):
        (left, top), (width, height) = primitive.at, primitive.picture.size
        return Rect(left, top, left + width, top + height).grown(FRAME_WIDTH / 2)
    if isinstance(primitive, Enclosure):
        return Rect(*primitive.box).grown(primitive.width / 2)
    if isinstance(primitive, Title | Formula):
        return _line_box(primitive)
    x, y = primitive.center
    if isinstance(primitive, Diamond):
        return Rect(x, y, x, y).grown(primitive.reach)
    half = (primitive.radius,) * 2 if isinstance(primitive, Circle) else primitive.half
    return Rect(x - half[0], y - half[1], x + half[0], y + half[1]).grown(primitive.width / 2)


def stroke_points(stroke: Stroke) -> np.ndarray:
    """Return points along a stroke, an array (n, 2), close enough to measure distances with."""
    points, start = [np.array([stroke.start])], stroke.start
    for piece in stroke.pieces:
        points.append(np.array([piece[-1]]) if len(piece) == 1 else _along(start, piece))
        start = piece[-1]
    return np.vstack(points)


def _along(start: Point, curve: tuple[Point, Point, Point]) -> np.ndarray:
    a, b, c, d = (np.array(point) for point in (start, *curve))
    t, u = _SAMPLES, 1 - _SAMPLES
    return u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d


def covering_box(drawn: Iterable[Element]) -> Rect:
    """Return the rectangle that holds all elements; there must be one."""
    boxes = np.array([box_of(each) for element in drawn for each in element.primitives])
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    return Rect(left, top, right, bottom)


def _line_box(line: Title | Formula) -> Rect:
    x, y = line.at
    if isinstance(line, Formula):
        set_ = line.formula
        return Rect(x, y - set_.ascent, x + set_.width, y + set_.descent)
    width = text_width(line.text, line.size)
    return Rect(x, y - ASCENT * line.size, x + width, y + DESCENT * line.size)


def _text_box(text: Text) -> Rect:
    width = text_width(text.text, text.size)
    left = text.at[0] - _SHARES[text.anchor] * width
    lean = _SLANT * text.size if text.italic else 0.0
    y = text.at[1]
    return Rect(left, y - ASCENT * text.size, left + width + lean, y + DESCENT * text.size)
