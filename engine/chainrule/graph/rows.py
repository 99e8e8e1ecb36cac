"""A graph as arrays: one row for each node and one slot for each of its ports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

import numpy as np

from chainrule.graph.codes import KindCodes
from chainrule.graph.column import Column, Integers
from chainrule.graph.node import Node, NodeId
from chainrule.graph.readers import Readers

NOWHERE: Final = -1


@final
class Rows:
    """The nodes of a graph by row, and what feeds each of their ports.

    A node keeps its row while it lives; the row of one that is gone stays free for it to come
    back. A node owns `ports` consecutive slots from `first` on, wired or not, and the number of a
    wire is its slot. So what runs a graph, or draws it, indexes arrays and walks nothing.

    The arrays are read-only views, good until the next change of the graph, and only the graph
    changes rows. To be read too are `nodes` by row, `kinds` by the code in `codes`, `row_of` by a
    node's id, `wire_count`, the number of slots, and `muted`, the rows of the gates that are.
    """

    def __init__(self) -> None:
        self.nodes: list[Node | None] = []
        self.row_of: dict[NodeId, int] = {}
        self.wire_count = 0
        self.muted: set[int] = set()
        self.labels = Column(np.int64)
        self.readers = Readers()
        self._coding = KindCodes()
        self.kinds = self._coding.kinds
        self._codes = Column(np.int32, NOWHERE)
        self._first = Column(np.int64)
        self._ports = Column(np.int32)
        self._room = Column(np.int32)
        self._sources = Column(np.int64, NOWHERE)

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
    def wired(self) -> Integers:
        """The number of each row's slots that are wired. [count]."""
        before = np.concatenate(([0], np.cumsum(self.sources != NOWHERE)))
        return before[self.first + self.ports] - before[self.first]

    @property
    def ends(self) -> tuple[Integers, Integers, Integers]:
        """The source row, target row and port of each wire, by target, then by port. Each [m]."""
        counts = np.where(self.codes == NOWHERE, 0, self.ports)
        targets = np.repeat(np.arange(self.count), counts)
        ports = np.arange(len(targets)) - np.repeat(np.cumsum(counts) - counts, counts)
        sources = self.sources[self.first[targets] + ports]
        wired = sources != NOWHERE
        return sources[wired], targets[wired], ports[wired]

    def node(self, row: int) -> Node:
        """Return the node in a row that is known to be lived in."""
        node = self.nodes[row]
        assert node is not None
        return node

    def slot(self, row: int, port: int) -> int:
        """Return the slot of a port of a row."""
        return self._first.cells[row] + port

    def feeds(self, row: int) -> list[int]:
        """Return the row that feeds each port of a row, -1 for those not wired."""
        first = self._first.cells[row]
        return self._sources.cells[first : first + self._ports.cells[row]].tolist()

    def add(self, node: Node, row: int) -> None:
        """Let a node in at a free row, with the slots of the one before it if they are enough."""
        if node.ports > self._room.cells[row]:
            self._allocate(row, node.ports)
        self._settle(node, row)
        self.readers.open(row)

    def extend(self, nodes: Sequence[Node]) -> range:
        """Let nodes in at the end, and return their rows."""
        rows = range(self.count, self.count + len(nodes))
        self.nodes.extend([None] * len(nodes))
        columns = self._codes, self._first, self._ports, self._room, self.labels
        for column in (*columns, self.readers.counts):
            column.reserve(rows.stop)
        for row, node in zip(rows, nodes, strict=True):
            self.add(node, row)
        return rows

    def discard(self, row: int) -> None:
        """Leave a row, which has no wires any more, to the node's return."""
        del self.row_of[self.node(row).id]
        self.nodes[row] = None
        self._codes.cells[row] = NOWHERE
        self.muted.discard(row)
        self.readers.close(row)

    def replace(self, row: int, node: Node) -> None:
        """Put a node into the row of another; the wires of the ports that it has stay."""
        if node.ports > self._room.cells[row]:
            feeds, first = self.feeds(row), self._first.cells[row]
            self._allocate(row, node.ports)
            for port, source in enumerate(feeds):
                self._sources.cells[first + port] = NOWHERE
                self._sources.cells[self.slot(row, port)] = source
        del self.row_of[self.node(row).id]
        self._settle(node, row)

    def feed(self, slot: int, source: int) -> int:
        """Let the row `source` (-1: none) feed a slot, and return the one that did before."""
        before = self._sources.cells[slot]
        self._sources.cells[slot] = source
        if before != NOWHERE:
            self.readers.lose(before)
        if source != NOWHERE:
            self.readers.gain(source)
        return before

    def feed_all(self, slots: Integers, sources: Integers) -> None:
        """Let rows feed slots that nothing feeds yet, each slot once."""
        self._sources.writeable(self.wire_count)[slots] = sources
        self.readers.gain_all(sources, self.count)

    def _allocate(self, row: int, ports: int) -> None:
        """Give a row new slots at the end, since those that it has are too few."""
        self._first.cells[row] = self.wire_count
        self._room.cells[row] = ports
        self.wire_count += ports
        self._sources.reserve(self.wire_count)

    def _settle(self, node: Node, row: int) -> None:
        self.nodes[row] = node
        self.row_of[node.id] = row
        self._ports.cells[row] = node.ports
        self._codes.cells[row] = self._coding.code(node.kind)
        if node.passes_on:
            self.muted.add(row)
        elif self.muted:
            self.muted.discard(row)


def is_hole(rows: Rows, row: int) -> bool:
    """Say whether a row was lived in before and is free now."""
    return 0 <= row < len(rows.nodes) and rows.nodes[row] is None
