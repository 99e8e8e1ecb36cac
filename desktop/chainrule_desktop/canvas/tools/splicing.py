"""Putting nodes that are being dragged into the wire on which they are dropped."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import final

from typing_extensions import override

from chainrule.diagram.diagram import Diagram
from chainrule.diagram.geometry import place_parts
from chainrule.diagram.parts import Flags, Parts
from chainrule.graph.node import NodeId, Position, Wire
from chainrule_desktop.canvas.crossing import nearest_wire
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.tools.companion import Companion
from chainrule_desktop.canvas.tools.tool import Stage
from chainrule_desktop.canvas.words import called
from chainrule_desktop.document.splicing import Insert, insert_of, splice, takers

_FAR = 1e7
_AWAY = 60.0
"""How far from where it was shaken loose a gate must be before a wire takes it in again."""

SPLICE_REACH = 16.0
"""How near to the middle of a dragged gate a wire must be, in canvas units."""


@final
class Splicing(Companion):
    """Lights up the wire that would take in what is dragged, and leads it through when dropped.

    The node that was dragged last in the selection is the one that must lie on the wire.
    """

    def __init__(self, stage: Stage, nodes: tuple[NodeId, ...]) -> None:
        self._stage = stage
        self._nodes = nodes
        self._parts: Parts | None = None
        self._without: Diagram | None = None
        self._insert: Insert | None = None
        self._takers: Flags | None = None
        self._wire: Wire | None = None
        self._must_leave = False
        self._came_loose_at: Position | None = None

    @override
    def move(self, places: Mapping[NodeId, Position], held: Held) -> str:
        diagram = self._stage.diagram()
        if diagram.parts is not self._parts:
            self._look_anew(diagram)
        wire = self._wire_under(places)
        place = places.get(self._nodes[-1])
        if self._came_loose_at is None:
            self._came_loose_at = place
        near = (
            place is not None
            and self._came_loose_at is not None
            and (math.dist(place, self._came_loose_at) < _AWAY)
        )
        self._must_leave &= wire is not None or near
        offered = None if held.alt or self._must_leave else wire
        if offered != self._wire:
            self._wire = offered
            self._stage.change_marks(hovered_wire=offered)
        said = self._sentence(wire, held)
        self._stage.say(said, beside_pointer=True)
        return said

    @override
    def clear(self) -> None:
        self._stage.change_marks(hovered_wire=None)
        self._stage.say("", beside_pointer=True)

    @override
    def release(self, places: Mapping[NodeId, Position], merge: object, held: Held) -> None:
        insert, wire = self._insert, self._wire
        if insert is not None and wire is not None and not held.alt:
            splice(self._stage.editor, self._stage.drawing, insert, wire, merge)
            self._stage.say(f"{_what(insert)} now between {wire.source} and {wire.target}.")

    def _look_anew(self, diagram: Diagram) -> None:
        """Find which wires could take the nodes in, when a drag begins or comes loose."""
        graph = self._stage.editor.document.graph
        # What was shaken loose would be offered the wire that it has just left.
        self._must_leave = self._parts is not None
        self._came_loose_at = None
        self._parts, self._wire = diagram.parts, None
        self._insert = insert_of(graph, self._nodes)
        if self._insert is not None:
            self._takers = takers(graph, diagram, self._insert)
            self._without = _taken_away(diagram, self._nodes)

    def _wire_under(self, places: Mapping[NodeId, Position]) -> Wire | None:
        if self._insert is None or self._without is None:
            return None
        place = places.get(self._nodes[-1])
        return place and nearest_wire(self._without, place, SPLICE_REACH, self._takers)

    def _sentence(self, wire: Wire | None, held: Held) -> str:
        if wire is None or self._insert is None or self._must_leave:
            return ""
        if held.alt:
            return f"Only moves; without Alt it goes into the wire from {self._ends(wire)}."
        graph = self._stage.editor.document.graph
        one = called(graph, self._insert.first)
        what = one if len(self._nodes) == 1 else f"{len(self._nodes)} nodes"
        return f"Splices {what} into the wire from {self._ends(wire)} (Alt: only move)."

    def _ends(self, wire: Wire) -> str:
        graph = self._stage.editor.document.graph
        return f"{called(graph, wire.source)} to {called(graph, wire.target)}"


def _taken_away(diagram: Diagram, nodes: tuple[NodeId, ...]) -> Diagram:
    """Return a diagram with nodes far away, since wires swing around what is dragged over them."""
    geometry = diagram.geometry
    centers = geometry.centers.copy()
    centers[[diagram.parts.index[each] for each in nodes]] += _FAR
    return replace(diagram, geometry=place_parts(diagram.parts, centers, geometry.waypoints))


def _what(insert: Insert) -> str:
    if len(insert.nodes) == 1:
        return f"{insert.first} is"
    return f"{len(insert.nodes)} nodes are"
