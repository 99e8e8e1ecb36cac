"""The graph of gates and wires, over networkx; it changes through edits only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, cast, final

import networkx as nx

from chainrule.errors import CycleError, GraphError, NodeNameError, PortError, UnknownNodeError
from chainrule.graph.composites import Definition
from chainrule.graph.joining import join_fresh
from chainrule.graph.node import Header, Node, NodeId, Wire, check_id
from chainrule.graph.ordering import Ordering
from chainrule.graph.rows import NOWHERE, Rows, is_hole

MANY: Final = 64
_ID: Final[Any] = attrgetter("id")
_NO_ATTRIBUTES: Final[dict[str, object]] = {}


@final
class GateGraph:
    """Nodes by id and wires between them, without cycles.

    Reading is free; `insert`, `remove`, `replace`, `connect`, `disconnect` and setting `header` and
    `definitions` are the primitive changes of which edits (`graph.edits`) are made. Each keeps the
    graph sound or raises a GraphError and changes nothing.

    `rows` is the graph as arrays. A node keeps its row, so that a graph after an edit and its
    inverse lists its nodes as before. The network holds rows and wires only, by port, so that a
    node's name and looks change without it.
    """

    def __init__(self) -> None:
        self.rows = Rows()
        self._network = _new_network()
        self._ordering = Ordering(
            self.rows.labels, self._network.successors, self._network.predecessors
        )
        self.header = Header()
        self.definitions: Mapping[str, Definition] = MappingProxyType({})

    def __contains__(self, node_id: object) -> bool:
        return node_id in self.rows.row_of

    def __len__(self) -> int:
        return len(self.rows.row_of)

    def __iter__(self) -> Iterator[Node]:
        return filter(None, self.rows.nodes)

    def ids(self) -> Iterable[NodeId]:
        """Return all ids in the order of the nodes' rows."""
        return map(_ID, self)

    def node(self, node_id: NodeId) -> Node:
        """Return the node called `node_id`; raise UnknownNodeError if there is none."""
        return self.rows.node(self.row(node_id))

    def row(self, node_id: NodeId) -> int:
        """Return the number of a node, by which nodes are ordered; it stays while it lives."""
        try:
            return self.rows.row_of[node_id]
        except KeyError:
            raise UnknownNodeError(f"there is no node {node_id!r} in this graph") from None

    def inputs(self, node_id: NodeId) -> tuple[NodeId | None, ...]:
        """Return the source of each input port of a node, None for ports not yet wired."""
        nodes: Any = self.rows.nodes  # a row that feeds another is lived in
        feeds = self.rows.feeds(self.row(node_id))
        return tuple([None if row == NOWHERE else nodes[row].id for row in feeds])

    def wires(self) -> Iterator[Wire]:
        """Yield all wires, by target in the order of the nodes, then by port."""
        nodes: list[Any] = self.rows.nodes
        first, sources = self.rows.first.tolist(), self.rows.sources.tolist()
        for row, node in enumerate(nodes):
            for port in range(node.ports if node else 0):
                source = sources[first[row] + port]
                if source != NOWHERE:
                    yield Wire(nodes[source].id, node.id, port)

    def wires_into(self, node_id: NodeId) -> list[Wire]:
        """Return the wires into a node, by port."""
        return [
            Wire(source, node_id, port)
            for port, source in enumerate(self.inputs(node_id))
            if source is not None
        ]

    def wires_from(self, node_id: NodeId) -> list[Wire]:
        """Return the wires that read a node's output, by the row of the target, then by port."""
        row, network, node = self.row(node_id), self._network, self.rows.node
        return [
            Wire(node_id, node(target).id, port)
            for target in sorted(network.successors(row))
            for port in sorted(network.get_edge_data(row, target))
        ]

    def wire_number(self, wire: Wire) -> int:
        """Return the slot of a wire in `rows`; raise PortError if there is no such wire."""
        slot = self._slot(wire.target, wire.port)
        if self.rows.feeds(self.row(wire.target))[wire.port] != self.row(wire.source):
            raise PortError(
                f"no wire leads from {wire.source!r} to port {wire.port} of {wire.target!r}; "
                "name a wire of the graph"
            )
        return slot

    def is_read(self, node_id: NodeId) -> bool:
        """Say whether any wire reads a node's output."""
        return self.rows.readers.counts.cells[self.row(node_id)] > 0

    def reaches(self, source: NodeId, target: NodeId) -> bool:
        """Say whether a path of wires leads from `source` to `target`; a node reaches itself."""
        return self._ordering.leads(self.row(source), self.row(target))

    def insert(self, nodes: Sequence[Node], rows: Sequence[int | None] = ()) -> None:
        """Add nodes with unwired ports, at the end or in `rows` that they had before; all or none.

        A row that another has taken since is as good as none. Raises NodeNameError if an id is
        taken or no identifier.
        """
        self._check_new(node.id for node in nodes)
        if not any(row is not None for row in rows):
            self._append(nodes)
            return
        for node, row in zip(nodes, rows, strict=True):
            if row is not None and is_hole(self.rows, row):
                self.rows.add(node, row)  # its label still fits what was around it
                self._network.add_node(row)
            else:
                self._append((node,))

    def remove(self, ids: Iterable[NodeId]) -> list[Wire]:
        """Take away nodes with all their wires, and return these; all or none."""
        gone = {node_id: self.row(node_id) for node_id in ids}
        rows, readers = {*gone.values()}, self._network.successors
        wires = [wire for each in gone for wire in self.wires_into(each)]
        for each, row in gone.items():
            if not rows.issuperset(readers(row)):
                wires += [wire for wire in self.wires_from(each) if wire.target not in gone]
        for wire in wires:
            self.rows.feed(self._slot(wire.target, wire.port), NOWHERE)
        self._network.remove_nodes_from(rows)
        for row in rows:
            self.rows.discard(row)
        return wires

    def replace(self, node: Node, old: NodeId | None = None) -> None:
        """Put `node` in the place of the one with its id, or of the one called `old`.

        The number of ports may change as long as no wire is lost; PortError otherwise. Raises
        NodeNameError if a new id is taken or no identifier.
        """
        row = self.row(node.id if old is None else old)
        if old is not None and old != node.id:
            self._check_new((node.id,))
        if any(source != NOWHERE for source in self.rows.feeds(row)[node.ports :]):
            raise PortError(
                f"{node.id!r} has wires beyond its first {node.ports} ports; disconnect them"
            )
        self.rows.replace(row, node)

    def connect(self, wire: Wire) -> NodeId | None:
        """Wire a port and return the source that it had before.

        Raises CycleError if the wire would close a cycle, PortError if there is no such port.
        """
        slot = self._slot(wire.target, wire.port)
        source, target = self.row(wire.source), self.row(wire.target)
        if not self._ordering.place(source, target):
            raise CycleError(cycle_sentence(wire))
        before = self.disconnect(wire.target, wire.port)
        self._network.add_edge(source, target, key=wire.port)
        self.rows.feed(slot, source)
        return before

    def connect_all(self, wires: Sequence[Wire]) -> list[tuple[Wire, NodeId | None]]:
        """Wire many ports, or none if one can't be.

        Returns the wires in the order in which they were made, each with the source that its port
        had before. Raises what `connect` does.
        """
        made: list[tuple[Wire, NodeId | None]] = []
        if len(wires) >= MANY:
            joined, wires = join_fresh(self.rows, self._ordering, self._network, wires)
            made.extend((wire, None) for wire in joined)
        try:
            for wire in wires:
                before = self.connect(wire)
                made.append((wire, before))
        except GraphError:
            for wire, before in reversed(made):
                self.disconnect(wire.target, wire.port)
                if before is not None:
                    self.connect(Wire(before, wire.target, wire.port))
            raise
        return made

    def disconnect(self, target: NodeId, port: int) -> NodeId | None:
        """Take the wire off a port and return its source; None if there was none."""
        source = self.rows.feed(self._slot(target, port), NOWHERE)
        if source == NOWHERE:
            return None
        self._network.remove_edge(source, self.row(target), key=port)
        return self.rows.node(source).id

    def _check_new(self, ids: Iterable[NodeId]) -> None:
        new: set[NodeId] = set()
        for node_id in ids:
            check_id(node_id)
            if node_id in self or node_id in new:
                raise NodeNameError(f"the name {node_id!r} is taken; choose another")
            new.add(node_id)

    def _append(self, nodes: Sequence[Node]) -> None:
        rows = self.rows.extend(nodes)
        self._ordering.extend(rows)
        self._network.add_nodes_from(rows)

    def _slot(self, target: NodeId, port: int) -> int:
        row = self.row(target)
        count = self.rows.node(row).ports
        if not 0 <= port < count:
            has = f"its ports are 0 to {count - 1}" if count else "it has no input ports"
            raise PortError(f"{target!r} has no port {port}; {has}")
        return self.rows.slot(row, port)


def cycle_sentence(wire: Wire) -> str:
    """Say why a wire can't be made when its target already leads to its source."""
    if wire.source == wire.target:
        return f"{wire.target!r} can't read its own output; a graph has no cycles"
    return (
        f"a wire from {wire.source!r} to {wire.target!r} would close a cycle, since "
        f"{wire.source!r} already depends on {wire.target!r}"
    )


def _new_network() -> Any:
    """Return an empty network, whose rows and wires share one dictionary, as none has attributes.

    One each would take 2 MB for 10,000 gates.
    """
    network = cast("Any", nx.MultiDiGraph())
    network.node_attr_dict_factory = network.edge_attr_dict_factory = _no_attributes
    return network


def _no_attributes() -> dict[str, object]:
    return _NO_ATTRIBUTES
