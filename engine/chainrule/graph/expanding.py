"""Expanding: the gates of a composite gate come to stand in its place, and no number changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import final

from chainrule.errors import GraphError
from chainrule.graph.collapsing import middle_of
from chainrule.graph.comments import (
    Comments,
    Frame,
    comments_of,
    joined_comments,
)
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.defining import definition_called
from chainrule.graph.edits import (
    AddNodes,
    Batch,
    Connect,
    Disconnect,
    Edit,
    RemoveNodes,
    SetHeader,
    SetRoutes,
    set_comments,
)
from chainrule.graph.fresh_names import FreshNames
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NO_ROUTES, Header, Node, NodeId, Position, Wire
from chainrule.graph.queries import output_of
from chainrule.graph.replacing import ReplaceNode
from chainrule.graph.routes import shifted_routes, with_routes_at


def expand(graph: GateGraph, node_id: NodeId) -> tuple[Edit, tuple[NodeId, ...]]:
    """Return the edit that puts a composite's gates in its place, and their ids in the graph.

    The node that computes its value keeps the composite's id, the others keep theirs as far as
    they are free. They stand around the composite's place as they do inside. Raises GraphError for
    a node that is no composite gate, for one that is muted, and where its definition is missing.
    """
    return _Expansion(graph, *_checked(graph, node_id)).edit()


def _checked(graph: GateGraph, node_id: NodeId) -> tuple[Node, Definition]:
    node = graph.node(node_id)
    if not isinstance(node.kind, Composite):
        raise GraphError(f"{node_id!r} is no composite gate; expand one of those")
    definition = definition_called(graph, node.kind.definition)
    if len(definition.inputs) != node.ports:
        raise GraphError(
            f"{definition.name} has {len(definition.inputs)} inputs and is used with {node.ports}; "
            "put it in anew"
        )
    if node.passes_on:
        raise GraphError(f"{node_id!r} is muted, so expanding it would change it; let it sound")
    return node, definition


@final
@dataclass(frozen=True)
class _Expansion:
    """One composite gate on its way into what it consists of."""

    graph: GateGraph
    node: Node
    definition: Definition

    def edit(self) -> tuple[Edit, tuple[NodeId, ...]]:
        others = tuple(each for each in self._nodes() if each.id != self.node.id)
        added = AddNodes(others, tuple(self._wires()))
        edits: list[Edit] = [*self._choice_of_output()]
        if self._passes_port_on:
            edits += [*self._bridged(), added]
        else:
            edits += (Disconnect(w.target, w.port) for w in self.graph.wires_into(self.node.id))
            edits += [ReplaceNode(replace(self._output, routes=NO_ROUTES)), added]
            edits += self._routes_of_output()
        edits += self._comments()
        return Batch(tuple(edits)), tuple(self._ids.values())

    @property
    def _passes_port_on(self) -> bool:
        return self.definition.output in self.definition.inputs

    @cached_property
    def _ids(self) -> dict[NodeId, NodeId]:
        """The ids that the nodes inside get outside; ports have none, as nothing of them stays."""
        names = FreshNames(self.graph.ids())
        ports = {*self.definition.inputs}
        ids: dict[NodeId, NodeId] = {}
        for each in self.definition.nodes:
            if each.id not in ports:
                is_output = each.id == self.definition.output
                ids[each.id] = self.node.id if is_output else names.take(each.id)
        return ids

    @cached_property
    def _offset(self) -> Position:
        here, inside = self.node.position, middle_of(self.definition.nodes)
        if here is None or inside is None:
            return 0.0, 0.0
        return here[0] - inside[0], here[1] - inside[1]

    @cached_property
    def _sources(self) -> dict[NodeId, NodeId | None]:
        """What feeds each port."""
        return dict(zip(self.definition.inputs, self.graph.inputs(self.node.id), strict=True))

    def _feeding(self, inner: NodeId) -> NodeId | None:
        """Return what a node inside is outside: for a port, what feeds it."""
        return self._sources[inner] if inner in self._sources else self._ids[inner]

    def _nodes(self) -> Iterator[Node]:
        """Yield the nodes as they will stand outside, with points on their future wires only."""
        fed: dict[NodeId, set[int]] = {}
        for wire in self._wires():
            fed.setdefault(wire.target, set()).add(wire.port)
        is_placed = self.node.position is not None
        dx, dy = self._offset
        for inner in self.definition.nodes:
            if inner.id in self._ids:
                outer = self._ids[inner.id]
                place = inner.position
                moved = None if place is None or not is_placed else (place[0] + dx, place[1] + dy)
                made = replace(shifted_routes(inner, self._offset), id=outer, position=moved)
                yield with_routes_at(made, fed.get(outer, ()))

    def _wires(self) -> Iterator[Wire]:
        for source, target, port in self.definition.wires:
            feeding = self._feeding(source)
            if feeding is not None and target in self._ids:
                yield Wire(feeding, self._ids[target], port)

    @cached_property
    def _output(self) -> Node:
        """The node that computes the composite's value, with what is said of the composite."""
        (made,) = (each for each in self._nodes() if each.id == self.node.id)
        use = self.node
        return replace(made, label=use.label or made.label, pinned=use.pinned or made.pinned)

    def _routes_of_output(self) -> Iterator[Edit]:
        if self._output.routes:
            yield SetRoutes({(self.node.id, p): each for p, each in self._output.routes.items()})

    def _bridged(self) -> Iterator[Edit]:
        """Yield what leads wires past a composite whose value is that of one of its ports."""
        source = self._sources[self.definition.output]
        for wire in self.graph.wires_from(self.node.id):
            if source is None:
                yield Disconnect(wire.target, wire.port)
            else:
                yield Connect(Wire(source, wire.target, wire.port))
        yield RemoveNodes((self.node.id,))

    def _choice_of_output(self) -> Iterator[Edit]:
        """Yield what keeps the node that is differentiated, where the graph would not know it."""
        header, output = self.graph.header, output_of(self.graph)
        if output is None or not (header.output == self.node.id or self._leaves_others_unread()):
            return
        if output == self.node.id:
            output = self._feeding(self.definition.output)
        if output != header.output:
            yield SetHeader(replace(header, output=output))

    def _leaves_others_unread(self) -> bool:
        """Say whether nodes are read by nothing then that nobody could see before.

        The output, which may have been the only node that nothing reads, must then be chosen.
        """
        if self.graph.header.output is not None:
            return False
        read = {wire.source for wire in self._wires()}
        if self._passes_port_on:
            read.add(self._sources[self.definition.output] or "")
        unread = (each for each in self._ids.values() if each not in read)
        sources = (each for each in self._sources.values() if each is not None)
        lost = (each for each in sources if each not in read and self._is_last(each))
        return any(each != self.node.id for each in unread) or any(lost)

    def _is_last(self, source: NodeId) -> bool:
        """Say whether only the composite reads a node."""
        return {wire.target for wire in self.graph.wires_from(source)} == {self.node.id}

    def _comments(self) -> Iterator[Edit]:
        """Yield what puts the gates into the composite's frames, and brings its own frames out."""
        present = comments_of(self.graph.header)
        own = comments_of(_header_of(self.definition))
        frames = tuple(map(self._widened, present.frames))
        if own or frames != present.frames:
            left = (each for each in frames if each.nodes or each in present.frames)
            kept = Comments(tuple(left), present.notes)
            joined = joined_comments(kept, own, self._ids, self._offset)
            yield set_comments(self.graph, joined)

    def _widened(self, frame: Frame) -> Frame:
        """Return a frame with the gates in the place of the composite."""
        if self.node.id not in frame.nodes:
            return frame
        others = (each for each in frame.nodes if each != self.node.id or not self._passes_port_on)
        return replace(frame, nodes=tuple(dict.fromkeys((*others, *self._ids.values()))))


def _header_of(definition: Definition) -> Header:
    extras = definition.extras
    return Header(frames=extras.get("frames"), notes=extras.get("notes"))
