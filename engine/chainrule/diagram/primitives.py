"""What a drawing is made of in the end: lines, curves, outlines and texts, in painting order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, final

from chainrule.diagram.formulas import Typeset
from chainrule.diagram.ink import Role
from chainrule.diagram.pictures import Picture
from chainrule.graph.comments import Hue

Point: TypeAlias = tuple[float, float]
Piece: TypeAlias = tuple[Point] | tuple[Point, Point, Point]

WIRE_WIDTH = 1.4
OUTLINE_WIDTH = 1.2
FRAME_WIDTH = 0.6
PROBLEM_WIDTH = 2.0
DASHES = (4.0, 3.0)
"""Strokes and gaps of a dashed border."""


@final
class Anchor(StrEnum):
    """Which end of a text stands at its point; the values are those of SVG."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@final
@dataclass(frozen=True, slots=True)
class Stroke:
    """A wire or a part of one: it starts at `start`, and its pieces follow on each other.

    A piece is the rest of a cubic Bézier curve, two control points and its end, or a straight line,
    its end alone.
    """

    start: Point
    pieces: tuple[Piece, ...]
    role: Role = Role.WIRE

    @property
    def end(self) -> Point:
        """Where the last piece ends."""
        return self.pieces[-1][-1]


@final
@dataclass(frozen=True, slots=True)
class Circle:
    """A circle, filled, with a border of `width` unless that is 0; DASHES if it is `dashed`."""

    center: Point
    radius: float
    fill: Role
    border: Role
    width: float
    dashed: bool = False


@final
@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners around a centre; `half` is half of its width and height.

    Its border is dashed as that of a circle.
    """

    center: Point
    half: Point
    corner: float
    fill: Role
    border: Role
    width: float
    dashed: bool = False


@final
@dataclass(frozen=True, slots=True)
class Diamond:
    """A filled square that stands on a corner; `reach` is the distance of its corners."""

    center: Point
    reach: float
    fill: Role


@final
@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `at` is on its baseline."""

    at: Point
    text: str
    size: float
    anchor: Anchor
    role: Role
    italic: bool = False


@final
@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The picture of a tensor; `at` is its top left corner."""

    at: Point
    picture: Picture


@final
@dataclass(frozen=True, slots=True)
class Enclosure:
    """A frame's ground in the tint of its hue: `box` is left, top, right and bottom."""

    box: tuple[float, float, float, float]
    corner: float
    hue: Hue
    width: float


@final
@dataclass(frozen=True, slots=True)
class Title:
    """A frame's title, which begins at `at`, on its baseline."""

    at: Point
    text: str
    size: float
    hue: Hue


@final
@dataclass(frozen=True, slots=True)
class Formula:
    """A typeset formula, whose baseline begins at `at`."""

    at: Point
    formula: Typeset
    role: Role


Primitive: TypeAlias = (
    Stroke | Circle | Box | Diamond | Text | Thumbnail | Enclosure | Title | Formula
)


@final
@dataclass(frozen=True, slots=True)
class Element:
    """All primitives of one node, one wire, or the mark of a port.

    `id` is unique in a drawing, `kind` says what it is ("wire", "gate", "input", "parameter",
    "constant", "blank", "misfit", "frame", "note"), and `title` says in words what it shows, for
    those who can't see it.
    """

    id: str
    kind: str
    title: str
    primitives: tuple[Primitive, ...]
