"""What an edit changed, so that plans and views update only that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import final

from chainrule.graph.node import NodeId

_NOBODY: frozenset[NodeId] = frozenset()


@final
@dataclass(frozen=True, slots=True)
class Changes:
    """The parts of a graph that an edit touched.

    `structure`: nodes, wires, kinds, ids or definitions changed, so a plan must be compiled anew.
    `run`: the output or the seed changed. `values`: leaves with a new value. `looks`: nodes with a
    new label or parameter text. `moved`: nodes with a new position. `about`: title, description.
    `comments`: frames or notes. `blanks`: what an exercise asks for, or what was answered.
    """

    structure: bool = False
    run: bool = False
    values: frozenset[NodeId] = _NOBODY
    looks: frozenset[NodeId] = _NOBODY
    moved: frozenset[NodeId] = _NOBODY
    about: bool = False
    comments: bool = False
    blanks: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.structure or other.structure,
            self.run or other.run,
            self.values | other.values,
            self.looks | other.looks,
            self.moved | other.moved,
            self.about or other.about,
            self.comments or other.comments,
            self.blanks or other.blanks,
        )

    @property
    def numbers(self) -> bool:
        """Whether values or gradients may differ now."""
        return self.structure or self.run or bool(self.values)

    @property
    def geometry(self) -> bool:
        """Whether a drawing of the graph may differ in more than its numbers."""
        return self.structure or bool(self.looks) or bool(self.moved)


NOTHING = Changes()
EVERYTHING = Changes(structure=True, run=True, about=True, comments=True, blanks=True)


def all_of(changes: list[Changes]) -> Changes:
    """Return the union of `changes`."""
    return reduce(Changes.__or__, changes, NOTHING)
