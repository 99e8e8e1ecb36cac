"""Edits: every change of a graph as a value, whose application returns the edit that undoes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from types import MappingProxyType
from typing import final

from typing_extensions import override

from chainrule.arrays import Array
from chainrule.errors import GraphError
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Leaf
from chainrule.graph.changes import Changes, all_of
from chainrule.graph.composites import Definition, check_nesting
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Position, Wire
from chainrule.graph.order import sources_first


class Edit(ABC):
    """One change of a graph; one that fails raises a GraphError and leaves the graph as it was."""

    @abstractmethod
    def apply(self, graph: GateGraph) -> Edit:
        """Change `graph` and return the edit that undoes the change."""

    @abstractmethod
    def changes(self) -> Changes:
        """Say what applying this edit, or its inverse, changes."""


@final
@dataclass(frozen=True)
class AddNodes(Edit):
    """Add nodes, then wires among them and to the rest; `output` is chosen unless it is None.

    `places` gives nodes that come back the places that they had.
    """

    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...] = ()
    output: NodeId | None = None
    places: tuple[int | None, ...] = ()

    @override
    def apply(self, graph: GateGraph) -> Edit:
        done: list[Edit] = []
        wires = sources_first(self.wires)
        try:
            for node, place in zip_longest(self.nodes, self.places):
                graph.insert(node, place)
                done.append(_Remove(node.id))
            for wire in wires:
                done.append(Connect(wire).apply(graph))
            if self.output is not None:
                done.append(SetHeader(replace(graph.header, output=self.output)).apply(graph))
        except GraphError:
            _roll_back(graph, done)
            raise
        return self._inverse(wires, done[len(self.nodes) :])

    def _inverse(self, wires: list[Wire], done: list[Edit]) -> Edit:
        """Return the removal of the nodes, behind whatever does not go with them.

        Wires at the new nodes do; wires among old nodes, and what a wire replaced, do not.
        """
        ids = {node.id: None for node in self.nodes}
        wired, chosen = done[: len(wires)], done[len(wires) :]
        go_along = all(
            isinstance(inverse, Disconnect) and (wire.source in ids or wire.target in ids)
            for inverse, wire in zip(wired, wires, strict=True)
        )
        before = chosen if go_along else [*chosen, *reversed(wired)]
        removal = RemoveNodes(tuple(ids))
        return Batch((*before, removal)) if before else removal

    @override
    def changes(self) -> Changes:
        return Changes(structure=True, run=self.output is not None)


@final
@dataclass(frozen=True)
class RemoveNodes(Edit):
    """Remove nodes and all their wires; if one of them was the chosen output, none is chosen."""

    ids: tuple[NodeId, ...]

    @override
    def apply(self, graph: GateGraph) -> Edit:
        ids = tuple(dict.fromkeys(self.ids))
        nodes = tuple(graph.node(each) for each in ids)
        wires = dict.fromkeys(
            wire for each in ids for wire in (*graph.wires_into(each), *graph.wires_from(each))
        )
        for wire in wires:
            graph.disconnect(wire.target, wire.port)
        places = tuple(graph.row(each) for each in ids)
        for each in ids:
            graph.remove(each)
        output = graph.header.output if graph.header.output in ids else None
        if output is not None:
            graph.header = replace(graph.header, output=None)
        return AddNodes(nodes, tuple(wires), output, places)

    @override
    def changes(self) -> Changes:
        return Changes(structure=True, run=True)


@final
@dataclass(frozen=True)
class Connect(Edit):
    """Wire a port; a wire that it had before is replaced."""

    wire: Wire

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = graph.connect(self.wire)
        _, target, port = self.wire
        return Disconnect(target, port) if before is None else Connect(Wire(before, target, port))

    @override
    def changes(self) -> Changes:
        return Changes(structure=True)


@final
@dataclass(frozen=True)
class Disconnect(Edit):
    """Take the wire off a port; a port without a wire stays as it is."""

    target: NodeId
    port: int

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = graph.disconnect(self.target, self.port)
        return self if before is None else Connect(Wire(before, self.target, self.port))

    @override
    def changes(self) -> Changes:
        return Changes(structure=True)


@final
@dataclass(frozen=True)
class SetValue(Edit):
    """Give a leaf a new value."""

    id: NodeId
    value: Array

    @override
    def apply(self, graph: GateGraph) -> Edit:
        old = graph.node(self.id)
        if not old.is_leaf or old.value is None:
            raise GraphError(f"{self.id!r} computes its value; only leaves can be given one")
        graph.replace(replace(old, value=self.value))
        return SetValue(self.id, old.value)

    @override
    def changes(self) -> Changes:
        return Changes(values=frozenset((self.id,)))


@final
@dataclass(frozen=True)
class SetKind(Edit):
    """Make a node another kind, or the same kind with other parameters; its wires stay.

    `ports` is the new number of ports. A node that becomes a leaf needs a value.
    """

    id: NodeId
    kind: Kind
    ports: int
    value: Array | None = None

    @override
    def apply(self, graph: GateGraph) -> Edit:
        old = graph.node(self.id)
        if isinstance(self.kind, Leaf) != (self.value is not None):
            wants = "needs a value; give it one" if self.value is None else "computes its own"
            raise GraphError(f"{self.id!r} can't become {self.kind.name}, which {wants}")
        graph.replace(replace(old, kind=self.kind, ports=self.ports, value=self.value))
        return SetKind(self.id, old.kind, old.ports, old.value)

    @override
    def changes(self) -> Changes:
        return Changes(structure=True)


@final
@dataclass(frozen=True)
class SetLabel(Edit):
    """Give a node another label; None shows its id."""

    id: NodeId
    label: str | None

    @override
    def apply(self, graph: GateGraph) -> Edit:
        old = graph.node(self.id)
        graph.replace(replace(old, label=self.label))
        return SetLabel(self.id, old.label)

    @override
    def changes(self) -> Changes:
        return Changes(looks=frozenset((self.id,)))


@final
@dataclass(frozen=True)
class Rename(Edit):
    """Give a node another id."""

    old: NodeId
    new: NodeId

    @override
    def apply(self, graph: GateGraph) -> Edit:
        node = graph.node(self.old)
        if self.new != self.old:
            graph.rename(self.old, self.new, replace(node, id=self.new))
            if graph.header.output == self.old:
                graph.header = replace(graph.header, output=self.new)
        return Rename(self.new, self.old)

    @override
    def changes(self) -> Changes:
        return Changes(structure=True, run=True)


@final
@dataclass(frozen=True)
class MoveNodes(Edit):
    """Put nodes at other positions; None takes a position away."""

    positions: Mapping[NodeId, Position | None]

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = {each: graph.node(each).position for each in self.positions}
        for each, position in self.positions.items():
            graph.replace(replace(graph.node(each), position=position))
        return MoveNodes(before)

    @override
    def changes(self) -> Changes:
        return Changes(moved=frozenset(self.positions))


@final
@dataclass(frozen=True)
class SetHeader(Edit):
    """Say something else of the graph as a whole: title, description, output, seed."""

    header: Header

    @override
    def apply(self, graph: GateGraph) -> Edit:
        if self.header.output is not None:
            graph.node(self.header.output)
        before, graph.header = graph.header, self.header
        return SetHeader(before)

    @override
    def changes(self) -> Changes:
        return Changes(run=True, about=True)


@final
@dataclass(frozen=True)
class SetDefinitions(Edit):
    """Replace the composite gates' definitions; CycleError if one of them contains itself."""

    definitions: Mapping[str, Definition]

    @override
    def apply(self, graph: GateGraph) -> Edit:
        check_nesting(self.definitions)
        before, graph.definitions = graph.definitions, MappingProxyType(dict(self.definitions))
        return SetDefinitions(before)

    @override
    def changes(self) -> Changes:
        return Changes(structure=True)


@final
@dataclass(frozen=True)
class Batch(Edit):
    """Several edits as one: all of them or none."""

    edits: tuple[Edit, ...]

    @override
    def apply(self, graph: GateGraph) -> Edit:
        done: list[Edit] = []
        try:
            for edit in self.edits:
                done.append(edit.apply(graph))
        except GraphError:
            _roll_back(graph, done)
            raise
        return Batch(tuple(reversed(done)))

    @override
    def changes(self) -> Changes:
        return all_of([edit.changes() for edit in self.edits])


@final
@dataclass(frozen=True)
class _Remove(Edit):
    """Remove one node that has no wires."""

    id: NodeId

    @override
    def apply(self, graph: GateGraph) -> Edit:
        node, place = graph.node(self.id), graph.row(self.id)
        graph.remove(self.id)
        return AddNodes((node,), places=(place,))

    @override
    def changes(self) -> Changes:
        return Changes(structure=True)


def _roll_back(graph: GateGraph, inverses: list[Edit]) -> None:
    for inverse in reversed(inverses):
        inverse.apply(graph)
