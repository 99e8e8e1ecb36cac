"""A graph as arrays: one row for each node and one slot for each of its ports."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Final, final

import numpy as np

from chainrule.gates.kind import Kind
from chainrule.graph.column import Column, Integers
from chainrule.graph.node import Node, NodeId

NOWHERE: Final = -1


@final
class Rows:
    """The nodes of a graph by row, and what feeds each of their ports.

    A node keeps its row while it lives; the row of one that is gone stays free for it to come
    back. A node owns `ports` consecutive slots from `first` on, wired or not, and the number of a
    wire is its slot. So what runs a graph, or draws it, indexes arrays and walks nothing.

    The arrays are read-only views, good until the next change of the graph. Only the graph writes.
    `nodes` and `kinds` are to be read too: the nodes by row, the kinds by the code in `codes`.
    """

    def __init__(self) -> None:
        self.nodes: list[Node | None] = []
        self.kinds: list[Kind] = []
        self.labels = Column(np.int64)
        self.wire_count = 0
        self._rows: dict[NodeId, int] = {}
        self._code_of: dict[object, int] = {}
        self._codes = Column(np.int32, NOWHERE)
        self._first = Column(np.int64)
        self._ports = Column(np.int32)
        self._room = Column(np.int32)
        self._readers = Column(np.int32)
        self._sources = Column(np.int64, NOWHERE)
        self._unread = self._sum_of_unread = 0

    def __len__(self) -> int:
        """Return the number of nodes, which is that of the rows without holes."""
        return len(self._rows)

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._rows

    @property
    def count(self) -> int:
        """The number of rows, holes included."""
        return len(self.nodes)

    @property
    def codes(self) -> Integers:
        """The code of each row's kind; -1 where no node lives. [count]."""
        return self._codes.view(self.count)

    @property
    def first(self) -> Integers:
        """The first slot of each row. [count]."""
        return self._first.view(self.count)

    @property
    def ports(self) -> Integers:
        """The number of slots of each row. [count]."""
        return self._ports.view(self.count)

    @property
    def sources(self) -> Integers:
        """The row that feeds each slot; -1 if it is unwired or nobody's. [wire_count]."""
        return self._sources.view(self.wire_count)

    @property
    def order(self) -> Integers:
        """Labels: live rows sorted by them stand in topological order. [count]."""
        return self.labels.view(self.count)

    @property
    def readers(self) -> Integers:
        """The number of wires that read each row's output. [count]."""
        return self._readers.view(self.count)

    @property
    def unread(self) -> list[int]:
        """The rows of nodes whose output nothing reads, in their order."""
        idle = (self.readers == 0) & (self.codes != NOWHERE)
        return np.flatnonzero(idle).tolist()

    @property
    def only_unread(self) -> int | None:
        """The row of the only node whose output nothing reads; None if there are more, or none.

        It costs nothing: of a single row, the sum that is kept is the row itself.
        """
        return self._sum_of_unread if self._unread == 1 else None

    def row(self, node_id: NodeId) -> int:
        """Return the row of a node; raise KeyError."""
        return self._rows[node_id]

    def find(self, node_id: NodeId) -> int:
        """Return the row of a node; -1 if there is none."""
        return self._rows.get(node_id, NOWHERE)

    def node(self, row: int) -> Node:
        """Return the node in a row that is known to be lived in."""
        node = self.nodes[row]
        assert node is not None
        return node

    def is_wired(self, row: int) -> bool:
        """Say whether a row has a wire on either side."""
        return self.is_read(row) or any(source != NOWHERE for source in self.feeds(row))

    def is_read(self, row: int) -> bool:
        """Say whether any wire reads the output of a row."""
        return self._readers.cells[row] > 0

    def slot(self, row: int, port: int) -> int:
        """Return the slot of a port of a row."""
        return self._first.cells[row] + port

    def source(self, slot: int) -> int:
        """Return the row that feeds a slot, -1 if it is not wired."""
        return self._sources.cells[slot]

    def feeds(self, row: int) -> list[int]:
        """Return the row that feeds each port of a row, -1 for those not wired."""
        first = self._first.cells[row]
        return self._sources.cells[first : first + self._ports.cells[row]].tolist()

    def is_free(self, row: int) -> bool:
        """Say whether a row was lived in before and is a hole now."""
        return 0 <= row < len(self.nodes) and self.nodes[row] is None

    def add(self, node: Node, row: int | None = None) -> int:
        """Let a node in at the free `row`, or else at the end; return its row."""
        if row is None:
            row = self._append()
        if node.ports > self._room.cells[row]:
            self._allocate(row, node.ports)
        self._ports.cells[row] = node.ports
        self._settle(node, row)
        self._unread += 1
        self._sum_of_unread += row
        return row

    def discard(self, row: int) -> None:
        """Leave a row, which has no wires any more, to the node's return."""
        del self._rows[self.node(row).id]
        self.nodes[row] = None
        self._codes.cells[row] = NOWHERE
        self._unread -= 1
        self._sum_of_unread -= row

    def replace(self, row: int, node: Node) -> None:
        """Put a node into the row of another; the wires of the ports that it has stay."""
        old = self.node(row)
        if node.ports > self._room.cells[row]:
            feeds, first = self.feeds(row), self._first.cells[row]
            self._allocate(row, node.ports)
            for port, source in enumerate(feeds):
                self._sources.cells[first + port] = NOWHERE
                self._sources.cells[self._first.cells[row] + port] = source
        self._ports.cells[row] = node.ports
        if node.id != old.id:
            del self._rows[old.id]
        self._settle(node, row)

    def feed(self, slot: int, source: int) -> int:
        """Let the row `source` (-1: none) feed a slot, and return the one that did before."""
        before = self._sources.cells[slot]
        self._sources.cells[slot] = source
        if before != NOWHERE:
            self._count_reader(before, -1)
        if source != NOWHERE:
            self._count_reader(source, 1)
        return before

    def feed_all(self, slots: Integers, sources: Integers) -> None:
        """Let rows feed slots that nothing feeds yet, each slot once."""
        self._sources.writeable(self.wire_count)[slots] = sources
        self._readers.writeable(self.count)[:] += np.bincount(sources, minlength=self.count)
        unread = self.unread
        self._unread, self._sum_of_unread = len(unread), sum(unread)

    def _append(self) -> int:
        row = len(self.nodes)
        self.nodes.append(None)
        for column in (
            self._codes, self._first, self._ports, self._room, self._readers, self.labels
        ):  # fmt: skip
            column.reserve(row + 1)
        return row

    def _allocate(self, row: int, ports: int) -> None:
        """Give a row new slots at the end, since those that it has are too few."""
        self._first.cells[row] = self.wire_count
        self._room.cells[row] = ports
        self.wire_count += ports
        self._sources.reserve(self.wire_count)

    def _settle(self, node: Node, row: int) -> None:
        self.nodes[row] = node
        self._rows[node.id] = row
        self._codes.cells[row] = self._code(node.kind)

    def _count_reader(self, row: int, change: int) -> None:
        before = self._readers.cells[row]
        self._readers.cells[row] = before + change
        if before == 0 or before + change == 0:
            self._unread -= change
            self._sum_of_unread -= change * row

    def _code(self, kind: Kind) -> int:
        """Return the code of a kind; kinds that compute the same share one."""
        code = self._code_of.get(id(kind))  # `kinds` keeps it alive, so no other has its number
        if code is None:
            key = _identity(kind)
            code = self._code_of.get(key)
            if code is None:
                code = self._code_of[key] = self._code_of[id(kind)] = len(self.kinds)
                self.kinds.append(kind)
        return code


@cache
def _field_names(kind: type[Kind]) -> tuple[str, ...] | None:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else None


def _identity(kind: Kind) -> object:
    """Return what two kinds have in common exactly if they can stand for each other.

    Equality won't do: 0.0 equals -0.0, and a gate may be written without it. A kind that isn't
    made of plain settings stands for itself only.
    """
    names = _field_names(type(kind))
    if names is None:
        return id(kind)
    settings = [getattr(kind, name) for name in names]
    if not all(isinstance(each, float | int | str | tuple | None) for each in settings):
        return id(kind)
    return (type(kind), *map(repr, settings))
