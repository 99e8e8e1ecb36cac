"""The order in which the keyboard and screen readers go through a graph: sources before readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np

from chainrule.diagram.bodies import Indices
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.rows import NOWHERE

Thing: TypeAlias = NodeId | Wire
"""A node or a wire; a wire stands right before the node that it leads to."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The nodes and wires of a graph at one moment, numbered; good until the graph's next edit.

    `rows` are the graph's rows in topological order, `ranks` the place of each row in that, `ends`
    the number behind that of each node of the order.
    """

    graph: GateGraph
    rows: Indices
    ranks: Indices
    ends: Indices

    def __len__(self) -> int:
        return int(self.ends[-1]) if len(self.ends) else 0

    @property
    def nodes(self) -> int:
        """The number of nodes."""
        return len(self.rows)

    def node(self, rank: int) -> NodeId:
        """Return a node by its place in topological order; negative ones count from the end."""
        return self.graph.rows.node(int(self.rows[rank])).id

    def rank(self, node_id: NodeId) -> int:
        """Return the place of a node in topological order, from 0."""
        return int(self.ranks[self.graph.row(node_id)])

    def thing(self, number: int) -> Thing:
        """Return the node or wire with a number, from 0."""
        rank = int(np.searchsorted(self.ends, number, side="right"))
        node = self.node(rank)
        before = int(self.ends[rank]) - 1 - number
        return self.graph.wires_into(node)[-before] if before else node

    def number(self, thing: Thing) -> int:
        """Return the number of a node or wire that the graph has."""
        if isinstance(thing, str):
            return int(self.ends[self.rank(thing)]) - 1
        wires = self.graph.wires_into(thing.target)
        return int(self.ends[self.rank(thing.target)]) - 1 - len(wires) + wires.index(thing)


def order_of(graph: GateGraph) -> Order:
    """Return the order of a graph, from the labels that it keeps up to date: no walk is needed."""
    rows = graph.rows
    live = np.flatnonzero(rows.codes != NOWHERE)
    ordered: Indices = live[np.argsort(rows.order[live], kind="stable")]
    ranks = np.zeros(rows.count, np.intp)
    ranks[ordered] = np.arange(len(ordered))
    return Order(graph, ordered, ranks, np.cumsum(rows.wired[ordered] + 1))


def holds(graph: GateGraph, thing: Thing) -> bool:
    """Say whether a graph has this node or wire."""
    if isinstance(thing, str):
        return thing in graph
    return thing.target in graph and thing in graph.wires_into(thing.target)
