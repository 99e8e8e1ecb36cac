"""The graph of gates and wires, over networkx; it changes through edits only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, final

import networkx as nx

from chainrule.errors import CycleError, NodeNameError, PortError, UnknownNodeError
from chainrule.graph.composites import Definition
from chainrule.graph.node import Header, Node, NodeId, Wire, check_id

_NODE = "node"


@final
class GateGraph:
    """Nodes by id and wires between them, without cycles.

    Reading is free; `insert`, `remove`, `replace`, `rename`, `connect`, `disconnect` and setting
    `header` and `definitions` are the primitive changes of which edits (`graph.edits`) are made.
    Each keeps the graph sound or raises a GraphError and changes nothing.

    Nodes keep a place, so that a graph after an edit and its inverse lists them as before.
    """

    def __init__(self) -> None:
        self._network: Any = nx.MultiDiGraph()
        self._inputs: dict[NodeId, list[NodeId | None]] = {}
        self._places: dict[NodeId, int] = {}
        self._next_place = 0
        self._in_order = True
        self.header = Header()
        self.definitions: Mapping[str, Definition] = MappingProxyType({})

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._inputs

    def __len__(self) -> int:
        return len(self._inputs)

    def __iter__(self) -> Iterator[Node]:
        nodes = self._network.nodes
        return (nodes[node_id][_NODE] for node_id in self.ids())

    def ids(self) -> Iterable[NodeId]:
        """Return all ids in the order of the nodes' places."""
        if not self._in_order:
            self._places = dict(sorted(self._places.items(), key=lambda item: item[1]))
            self._in_order = True
        return self._places.keys()

    def node(self, node_id: NodeId) -> Node:
        """Return the node called `node_id`; raise UnknownNodeError if there is none."""
        try:
            return self._network.nodes[node_id][_NODE]
        except KeyError:
            raise self._unknown(node_id) from None

    def place(self, node_id: NodeId) -> int:
        """Return the number by which nodes are ordered; it stays with a node while it lives."""
        return self._places[self.node(node_id).id]

    def inputs(self, node_id: NodeId) -> tuple[NodeId | None, ...]:
        """Return the source of each input port of a node, None for ports not yet wired."""
        try:
            return tuple(self._inputs[node_id])
        except KeyError:
            raise self._unknown(node_id) from None

    def wires(self) -> Iterator[Wire]:
        """Yield all wires, by target in the order of the nodes, then by port."""
        return (wire for node_id in self.ids() for wire in self.wires_into(node_id))

    def wires_into(self, node_id: NodeId) -> list[Wire]:
        """Return the wires into a node, by port."""
        return [
            Wire(source, node_id, port)
            for port, source in enumerate(self.inputs(node_id))
            if source is not None
        ]

    def wires_from(self, node_id: NodeId) -> list[Wire]:
        """Return the wires that read a node's output, by the place of the target, then by port."""
        edges = self._network.out_edges(self.node(node_id).id, keys=True)
        return sorted(
            (Wire(*edge) for edge in edges), key=lambda wire: (self._places[wire.target], wire.port)
        )

    def is_read(self, node_id: NodeId) -> bool:
        """Say whether any wire reads a node's output."""
        return self._network.out_degree(node_id) > 0

    def reaches(self, source: NodeId, target: NodeId) -> bool:
        """Say whether a path of wires leads from `source` to `target`; a node reaches itself."""
        if source == target or not self.is_read(source):
            return source == target
        return bool(nx.has_path(self._network, source, target))

    def insert(self, node: Node, place: int | None = None) -> None:
        """Add a node with unwired ports, at the end or at a `place` that it had before.

        Raises NodeNameError if the id is taken or no identifier.
        """
        check_id(node.id)
        if node.id in self:
            raise NodeNameError(f"the name {node.id!r} is taken; choose another")
        if place is None:
            place = self._next_place
        self._in_order = self._in_order and place >= self._next_place
        self._next_place = max(self._next_place, place + 1)
        self._network.add_node(node.id, **{_NODE: node})
        self._inputs[node.id] = [None] * node.ports
        self._places[node.id] = place

    def remove(self, node_id: NodeId) -> None:
        """Take away a node that has no wires any more."""
        if self._network.degree(self.node(node_id).id):
            raise PortError(f"{node_id!r} still has wires; disconnect them first")
        self._network.remove_node(node_id)
        del self._inputs[node_id]
        del self._places[node_id]

    def replace(self, node: Node) -> None:
        """Put `node` in the place of the one with its id.

        The number of ports may change as long as no wire is lost; PortError otherwise.
        """
        ports = self._inputs[self.node(node.id).id]
        if node.ports != len(ports):
            if any(source is not None for source in ports[node.ports :]):
                raise PortError(
                    f"{node.id!r} has wires beyond its first {node.ports} ports; disconnect them"
                )
            self._inputs[node.id] = (ports + [None] * node.ports)[: node.ports]
        self._network.nodes[node.id][_NODE] = node

    def rename(self, old: NodeId, new: NodeId, node: Node) -> None:
        """Let `node`, called `new`, take over the wires and the place of the node called `old`."""
        check_id(new)
        if new in self:
            raise NodeNameError(f"the name {new!r} is taken; choose another for {old!r}")
        place, into, out = self.place(old), self.wires_into(old), self.wires_from(old)
        for wire in (*into, *out):
            self.disconnect(wire.target, wire.port)
        self.remove(old)
        self.insert(node, place)
        for source, _, port in into:
            self._add_wire(Wire(source, new, port))
        for _, target, port in out:
            self._add_wire(Wire(new, target, port))

    def connect(self, wire: Wire) -> NodeId | None:
        """Wire a port and return the source that it had before.

        Raises CycleError if the wire would close a cycle, PortError if there is no such port.
        """
        self._check_port(wire.target, wire.port)
        if self.reaches(wire.target, self.node(wire.source).id):
            raise CycleError(cycle_sentence(wire))
        before = self.disconnect(wire.target, wire.port)
        self._add_wire(wire)
        return before

    def disconnect(self, target: NodeId, port: int) -> NodeId | None:
        """Take the wire off a port and return its source; None if there was none."""
        self._check_port(target, port)
        source = self._inputs[target][port]
        if source is not None:
            self._network.remove_edge(source, target, key=port)
            self._inputs[target][port] = None
        return source

    def _unknown(self, node_id: NodeId) -> UnknownNodeError:
        return UnknownNodeError(f"there is no node {node_id!r} in this graph")

    def _add_wire(self, wire: Wire) -> None:
        self._network.add_edge(wire.source, wire.target, key=wire.port)
        self._inputs[wire.target][wire.port] = wire.source

    def _check_port(self, target: NodeId, port: int) -> None:
        count = self.node(target).ports
        if not 0 <= port < count:
            has = f"its ports are 0 to {count - 1}" if count else "it has no input ports"
            raise PortError(f"{target!r} has no port {port}; {has}")


def cycle_sentence(wire: Wire) -> str:
    """Say why a wire can't be made when its target already leads to its source."""
    if wire.source == wire.target:
        return f"{wire.target!r} can't read its own output; a graph has no cycles"
    return (
        f"a wire from {wire.source!r} to {wire.target!r} would close a cycle, since "
        f"{wire.source!r} already depends on {wire.target!r}"
    )
