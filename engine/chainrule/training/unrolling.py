"""A graph for one example as one graph for many: every gate that sees the data once for each row.

micrograd computes its loss like that, one scalar graph of every multiplication for all points. It
is also the quickest way to train on examples: equal gates of all rows run as one stack.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from chainrule.arrays import Array
from chainrule.errors import TrainingError
from chainrule.files.collection import collection_paused
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate
from chainrule.graph.edits import AddNodes
from chainrule.graph.fresh_names import FreshNames
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Position, Wire
from chainrule.graph.queries import downstream_of, require_output, upstream_of

_SUM: Final = "loss_sum"
_MEAN: Final = "mean_loss"
_GAP: Final = 120.0
_STEP: Final = 160.0
MOST_NODES: Final = 1_000_000


@final
@dataclass(frozen=True, slots=True, eq=False)
class Unrolled:
    """The graph of many examples, and the name of each node's copies in the order of the rows."""

    graph: GateGraph
    copies: Mapping[NodeId, tuple[NodeId, ...]]


def unroll(
    graph: GateGraph, fed: Mapping[NodeId, Sequence[Array]], rows: int, *, placed: bool = False
) -> Unrolled:
    """Return the mean of the output over many examples as one graph.

    `fed` are the inputs that differ from row to row, each with its value in every row. What
    doesn't depend on them, such as parameters and a penalty on them, stands there once. Nodes that
    don't reach the output are left out. With `placed` the copies stand in a square of tiles.
    Raises TrainingError where the output doesn't depend on the inputs.
    """
    output = require_output(graph)
    needed = upstream_of(graph, [output])
    seen = downstream_of(graph, fed) & needed
    if output not in seen:
        raise TrainingError(f"{output!r} does not depend on the data; feed an input before it")
    if rows * len(seen) > MOST_NODES:
        raise TrainingError(
            f"{rows:,} rows of {len(seen):,} nodes are over {MOST_NODES:,}; take fewer rows"
        )
    maker = _Maker(graph, [each for each in graph.ids() if each in needed], seen, rows)
    made = GateGraph()
    made.definitions = graph.definitions
    with collection_paused():
        nodes, wires = maker.shared()
        for row in range(rows):
            offset = maker.tile(row) if placed else None
            more, theirs = maker.example(row, fed, offset)
            nodes += more
            wires += theirs
        end, joins = maker.mean(output, placed=placed)
        AddNodes((*nodes, *end), (*wires, *joins), end[-1].id).apply(made)
    made.header = replace(made.header, seed=graph.header.seed)
    copies = {each: tuple(maker.name(each, row) for row in range(rows)) for each in maker.seen}
    return Unrolled(made, copies)


@final
class _Maker:
    """Makes the nodes and wires of the rows one after the other."""

    def __init__(
        self, graph: GateGraph, ids: Sequence[NodeId], seen: set[NodeId], rows: int
    ) -> None:
        self._graph, self._rows = graph, rows
        self.seen = [each for each in ids if each in seen]
        self._among = seen
        self._once = [each for each in ids if each not in seen]
        self._dash = "_"
        while any(self.name(each, row) in graph for each in self.seen for row in range(rows)):
            self._dash += "_"
        self._inputs = [(each, graph.inputs(each)) for each in self.seen]
        places = [graph.node(each).position or (0.0, 0.0) for each in self.seen]
        corners = np.array(places).reshape(-1, 2)
        self._size = np.ptp(corners, axis=0) + _GAP
        self._end = corners.max(axis=0)
        self._across = math.ceil(math.sqrt(rows))

    def name(self, node: NodeId, row: int) -> NodeId:
        """Return what the copy of a node in a row is called; rows count from 1 there."""
        return f"{node}{self._dash}{row + 1}"

    def tile(self, row: int) -> Position:
        """Return by how much the copies in a row are moved."""
        down, across = divmod(row, self._across)
        return across * float(self._size[0]), down * float(self._size[1])

    def shared(self) -> tuple[list[Node], list[Wire]]:
        """Return what is there once."""
        wires = [wire for each in self._once for wire in self._graph.wires_into(each)]
        return [self._graph.node(each) for each in self._once], wires

    def example(
        self, row: int, fed: Mapping[NodeId, Sequence[Array]], offset: Position | None
    ) -> tuple[list[Node], list[Wire]]:
        """Return the copies in a row, moved by an offset; None for no places at all."""
        nodes: list[Node] = []
        for each in self.seen:
            node, name = self._graph.node(each), self.name(each, row)
            value = fed[each][row] if each in fed else node.value
            place = None
            if offset is not None and node.position is not None:
                place = node.position[0] + offset[0], node.position[1] + offset[1]
            nodes.append(replace(node, id=name, value=value, position=place, routes={}, label=None))
        wires = [
            Wire(self.name(source, row) if source in self._among else source, target, port)
            for each, sources in self._inputs
            if each not in fed
            for target in (self.name(each, row),)
            for port, source in enumerate(sources)
            if source is not None
        ]
        return nodes, wires

    def mean(self, output: NodeId, *, placed: bool) -> tuple[list[Node], list[Wire]]:
        """Return the gates that add up the rows' outputs and divide by their number, last."""
        free = FreshNames(self._graph.ids())
        total, mean = free.take(_SUM), free.take(_MEAN)
        across, down = float(self._size[0]), float(self._size[1])
        x = float(self._end[0]) + (self._across - 1) * across + _STEP
        y = float(self._end[1]) + (math.ceil(self._rows / self._across) - 1) * down / 2
        scale = _gate("mul_constant", c=1.0 / self._rows)
        end = [Node(mean, scale, 1, position=(x + _STEP, y) if placed else None)]
        if self._rows == 1:
            return end, [Wire(self.name(output, 0), mean, 0)]
        add = Node(total, _gate("add"), self._rows, position=(x, y) if placed else None)
        wires = [Wire(self.name(output, row), total, row) for row in range(self._rows)]
        return [add, *end], [*wires, Wire(total, mean, 0)]


def _gate(name: str, **settings: object) -> Gate:
    kind = get_kind(name)
    assert issubclass(kind, Gate)
    return kind.create(settings)
