"""Numbers that an exercise hides: the passes, read so that what is asked for is not given away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, final

from chainrule.arrays import Array, Shape
from chainrule.autodiff.local import Known
from chainrule.graph.exercises import Asked, Blank, exercise_of
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire


class Readable(Known, Protocol):
    """Numbers as they can be read by node and wire, and the shapes that they have."""

    def shape(self, node_id: NodeId, /) -> Shape | None:
        """Return the shape of a node's value, None if it can't be computed."""
        ...


@final
@dataclass(frozen=True, slots=True)
class Covered:
    """The numbers of a graph, or those known at a moment, but for the blanks of an exercise.

    It reads like `passes` themselves; a hidden number is None, as what can't be computed is, and
    `hides_…` tell these apart. Where a node has a single reader, its gradient is that of the wire,
    so that neither gives the other away.
    """

    graph: GateGraph
    passes: Readable
    hidden: frozenset[Blank]

    @property
    def output(self) -> NodeId | None:
        """The node that is differentiated."""
        return self.passes.output

    def value(self, node_id: NodeId) -> Array | None:
        """Return a node's value unless it is asked for."""
        return None if self.hides_value(node_id) else self.passes.value(node_id)

    def gradient(self, node_id: NodeId) -> Array | None:
        """Return a node's gradient unless it is asked for."""
        return None if self.hides_gradient(node_id) else self.passes.gradient(node_id)

    def wire_gradient(self, wire: Wire) -> Array | None:
        """Return what flows back along a wire unless it is asked for."""
        return None if self.hides_wire(wire) else self.passes.wire_gradient(wire)

    def shape(self, node_id: NodeId) -> Shape | None:
        """Return the shape of a node's value, which is never hidden."""
        return self.passes.shape(node_id)

    def hides_value(self, node_id: NodeId) -> bool:
        """Say whether a node's value is asked for."""
        return Blank(Asked.VALUE, node_id) in self.hidden

    def hides_gradient(self, node_id: NodeId) -> bool:
        """Say whether a node's gradient is asked for."""
        if Blank(Asked.GRADIENT, node_id) in self.hidden:
            return True
        wire = only_wire(self.graph, node_id)
        return wire is not None and _blank_of(wire) in self.hidden

    def hides_wire(self, wire: Wire) -> bool:
        """Say whether what flows back along a wire is asked for."""
        if _blank_of(wire) in self.hidden:
            return True
        is_only = only_wire(self.graph, wire.source) == wire
        return is_only and Blank(Asked.GRADIENT, wire.source) in self.hidden


def only_wire(graph: GateGraph, node_id: NodeId) -> Wire | None:
    """Return the one wire whose gradient is the node's own; None where others, or a seed, add."""
    if node_id not in graph or graph.header.output == node_id:
        return None
    # Counted first: of a node with thousands of readers no list is made for each of them.
    if graph.rows.readers.counts.cells[graph.row(node_id)] != 1:
        return None
    return graph.wires_from(node_id)[0]


def covering_of(graph: GateGraph, passes: Readable) -> Covered | None:
    """Return what covers the numbers of a graph; None for one without an exercise."""
    exercise = exercise_of(graph.header)
    return None if exercise is None else Covered(graph, passes, frozenset(exercise.blanks))


def _blank_of(wire: Wire) -> Blank:
    return Blank(Asked.WIRE, wire.target, wire.port)
