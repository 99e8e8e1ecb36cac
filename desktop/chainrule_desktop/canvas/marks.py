"""What the pointer and the keyboard have marked on the canvas, as the painter needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType
from typing import TypeAlias, final

from chainrule.graph.checks import Port
from chainrule.graph.exercises import Blank
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.document.selection import Comment

Point: TypeAlias = tuple[float, float]


@final
@dataclass(frozen=True, slots=True)
class LooseWire:
    """A wire that is being dragged, from an output to a place or from a place to an input."""

    start: Point
    end: Point
    allowed: bool
    snapped: bool


@final
@dataclass(frozen=True, slots=True)
class Guide:
    """A line that shows with what nodes that are being moved are level; `gap` marks a distance."""

    start: Point
    end: Point
    gap: bool = False


@final
@dataclass(frozen=True, slots=True)
class Highlight:
    """A step as it is shown: `values` and `gradients` are the nodes whose numbers are in use.

    `branches` are wires whose own gradient is.
    """

    node: NodeId
    wires: frozenset[Wire]
    values: frozenset[NodeId]
    gradients: frozenset[NodeId]
    branches: frozenset[Wire]


@final
@dataclass(frozen=True, slots=True)
class TracedPath:
    """A path that is shown, and the local gradients along its wires, "" for those of tensors."""

    wires: tuple[Wire, ...]
    factors: tuple[str, ...]


class Tone(Enum):
    """What a check found about a wire: nothing amiss, something to know, or something wrong."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


class Judged(Enum):
    """What became of an answer."""

    RIGHT = auto()
    PARTLY = auto()
    WRONG = auto()


def _nothing_judged() -> Mapping[Blank, Judged]:
    return MappingProxyType({})


@final
@dataclass(frozen=True, slots=True)
class Marks:
    """Selected, hovered and faulty things, the rubber band, and the wire that is being dragged.

    `current_node` is the selected node from which keys lead on; `focused` says that the canvas is
    used with the keyboard, so that this node is marked. `misfits` are ports whose tensors do not
    fit. `lasso` is the line around what is being selected, `guides` are the lines to which nodes
    that are being moved have snapped. `trace` is the way of the knife, `cut_wires` are those that a
    gesture would take away, `current_point` is the chosen reroute point of the selected wire,
    `fitting` the places of the ports that a loose wire could go to. `step` is that of playback,
    which stops at `breakpoints`. `path` is one to the output, `checked` what a check found.
    `chosen_blank` is that of an exercise for which hints are, `judged` what answers were checked.
    """

    selected_nodes: frozenset[NodeId] = frozenset()
    selected_wires: frozenset[Wire] = frozenset()
    current_node: NodeId | None = None
    hovered_node: NodeId | None = None
    hovered_wire: Wire | None = None
    current_point: int | None = None
    faulty: frozenset[NodeId] = field(default_factory=frozenset[NodeId])
    misfits: frozenset[Port] = field(default_factory=frozenset[Port])
    focused: bool = False
    band: tuple[Point, Point] | None = None
    loose: LooseWire | None = None
    selected_comments: frozenset[Comment] = field(default_factory=frozenset[Comment])
    hovered_comment: Comment | None = None
    lasso: tuple[Point, ...] = ()
    guides: tuple[Guide, ...] = ()
    trace: tuple[Point, ...] = ()
    cut_wires: frozenset[Wire] = frozenset()
    fitting: tuple[Point, ...] = ()
    step: Highlight | None = None
    breakpoints: frozenset[NodeId] = field(default_factory=frozenset[NodeId])
    path: TracedPath | None = None
    checked: tuple[tuple[Wire, Tone], ...] = ()
    chosen_blank: Blank | None = None
    judged: Mapping[Blank, Judged] = field(default_factory=_nothing_judged)
