"""Edits: every change of a graph as a value, whose application returns the edit that undoes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, final

from typing_extensions import override

from chainrule.arrays import Array
from chainrule.errors import GraphError
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Leaf
from chainrule.graph.changes import Changes, all_of
from chainrule.graph.comments import (
    Comments,
    mentions,
    with_comments,
    with_renamed,
    without_nodes,
)
from chainrule.graph.composites import Definition, check_nesting
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Position, Wire
from chainrule.graph.routes import Routes, carried_routes, dropped_routes, set_routes


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
        graph.insert(self.nodes, self.places)
        try:
            if self.output is not None:
                graph.node(self.output)
            made = graph.connect_all(self.wires)
        except GraphError:
            graph.remove(node.id for node in self.nodes)
            raise
        return self._inverse(made, graph)

    def _inverse(self, made: list[tuple[Wire, NodeId | None]], graph: GateGraph) -> Edit:
        """Choose the output, and return the removal of the nodes behind what doesn't go with them.

        Wires at the new nodes do; wires among old nodes, and what a wire replaced, do not.
        """
        ids = {node.id: None for node in self.nodes}
        before: list[Edit] = []
        if self.output is not None:
            before.append(SetHeader(replace(graph.header, output=self.output)).apply(graph))
        if any(
            old is not None or (wire.source not in ids and wire.target not in ids)
            for wire, old in made
        ):
            for wire, old in reversed(made):
                # The points at ports of new nodes belong to the new wires.
                is_new = wire.target in ids
                before.append(_port_before(wire, old) if is_new else _unwired(graph, wire, old))
        removal = RemoveNodes(tuple(ids))
        # A frame may have waited for a node of that name; the removal alone would take it out.
        after = (_comments_before(graph.header),) if mentions(graph.header, ids) else ()
        return Batch((*before, removal, *after)) if before or after else removal

    @override
    def changes(self) -> Changes:
        return Changes(structure=True, run=self.output is not None)


@final
@dataclass(frozen=True)
class RemoveNodes(Edit):
    """Remove nodes and all their wires; if one of them was the chosen output, none is chosen.

    They leave their frames, and a frame that has no node left goes too.
    """

    ids: tuple[NodeId, ...]

    @override
    def apply(self, graph: GateGraph) -> Edit:
        ids = dict.fromkeys(self.ids)
        nodes = tuple(graph.node(each) for each in ids)
        places = tuple(graph.row(each) for each in ids)
        wires = graph.remove(ids)
        lost = dropped_routes(graph, ((w.target, w.port) for w in wires if w.target not in ids))
        output = graph.header.output if graph.header.output in ids else None
        if output is not None:
            graph.header = replace(graph.header, output=None)
        before, graph.header = graph.header, without_nodes(graph.header, ids)
        back = _with_routes_back(AddNodes(nodes, tuple(wires), output, places), lost)
        return back if graph.header is before else Batch((back, _comments_before(before)))

    @override
    def changes(self) -> Changes:
        return Changes(structure=True, run=True)


@final
@dataclass(frozen=True)
class Connect(Edit):
    """Wire a port; a wire that it had before is replaced, and its reroute points go."""

    wire: Wire

    @override
    def apply(self, graph: GateGraph) -> Edit:
        return _unwired(graph, self.wire, graph.connect(self.wire))

    @override
    def changes(self) -> Changes:
        return Changes(structure=True)


@final
@dataclass(frozen=True)
class Disconnect(Edit):
    """Take the wire off a port, its reroute points too; a port without one stays as it is."""

    target: NodeId
    port: int

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = graph.disconnect(self.target, self.port)
        if before is None:
            return self
        lost = dropped_routes(graph, ((self.target, self.port),))
        return _with_routes_back(Connect(Wire(before, self.target, self.port)), lost)

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
            graph.replace(replace(node, id=self.new), self.old)
            if graph.header.output == self.old:
                graph.header = replace(graph.header, output=self.new)
        before, graph.header = graph.header, with_renamed(graph.header, self.old, self.new)
        back = Rename(self.new, self.old)
        # A frame may have waited for a node of the new name, which renaming back would take along.
        named = mentions(before, (self.old, self.new))
        return Batch((back, _comments_before(before))) if named else back

    @override
    def changes(self) -> Changes:
        return Changes(structure=True, run=True)


@final
@dataclass(frozen=True)
class MoveNodes(Edit):
    """Put nodes at other positions, and the points of wires among them; None takes one away."""

    positions: Mapping[NodeId, Position | None]

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = {each: graph.node(each).position for each in self.positions}
        carried = carried_routes(graph, self.positions)
        for each, position in self.positions.items():
            graph.replace(replace(graph.node(each), position=position))
        # Moving back would bring points to where they were but for the last digit.
        return _with_routes_back(MoveNodes(before), set_routes(graph, carried))

    @override
    def changes(self) -> Changes:
        return Changes(moved=frozenset(self.positions))


@final
@dataclass(frozen=True)
class SetRoutes(Edit):
    """Lead the wires into some ports through other points; () for none. PortError if unwired."""

    routes: Routes

    @override
    def apply(self, graph: GateGraph) -> Edit:
        return SetRoutes(set_routes(graph, self.routes))

    @override
    def changes(self) -> Changes:
        return Changes(moved=frozenset(target for target, _ in self.routes))


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
class SetComments(Edit):
    """Say something else in frames and notes; both are as a header holds them."""

    frames: Any
    notes: Any

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = _comments_before(graph.header)
        graph.header = replace(graph.header, frames=self.frames, notes=self.notes)
        return before

    @override
    def changes(self) -> Changes:
        return Changes(comments=True)


def set_comments(graph: GateGraph, comments: Comments) -> SetComments:
    """Return the edit that gives a graph other frames and notes; what is malformed stays."""
    return _comments_before(with_comments(graph.header, comments))


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


def _comments_before(header: Header) -> SetComments:
    return SetComments(header.frames, header.notes)


def _unwired(graph: GateGraph, wire: Wire, before: NodeId | None) -> Edit:
    """Return the edit that takes back a wire, and take away points that belonged to another."""
    port = wire.target, wire.port
    lost = dropped_routes(graph, () if before == wire.source else (port,))
    return _with_routes_back(_port_before(wire, before), lost)


def _with_routes_back(back: Edit, lost: Routes) -> Edit:
    """Return an inverse that brings reroute points back, too."""
    return Batch((back, SetRoutes(lost))) if lost else back


def _port_before(wire: Wire, source: NodeId | None) -> Edit:
    """Return the edit that gives the port of `wire` the source that it had before, None if none."""
    _, target, port = wire
    return Disconnect(target, port) if source is None else Connect(Wire(source, target, port))


def _roll_back(graph: GateGraph, inverses: list[Edit]) -> None:
    for inverse in reversed(inverses):
        inverse.apply(graph)
