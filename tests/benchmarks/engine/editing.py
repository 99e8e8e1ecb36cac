"""How long edits of a large graph take: the order alone, and until all new numbers are there."""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, final

import networkx as nx
import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.errors import CycleError
from chainrule.gates.catalogue import get_kind
from chainrule.graph.column import Column
from chainrule.graph.edits import AddNodes, Batch, Connect, Edit, SetKind, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.ordering import Ordering
from tests.benchmarks.engine.contenders.networkx_objects import make_network
from tests.benchmarks.engine.gate_graph import gate_graph, node_id
from tests.benchmarks.engine.scalar_graph import Kind, ScalarGraph
from tests.benchmarks.engine.workloads import make_graph
from tests.benchmarks.measure import Figures, hand_in, median_ms

TIMES = 300
SECONDS = 3.0
"""An edit is made so many times, or for so long."""

Timed = Iterator[float]
"""Does something again and again, and yields how many milliseconds it took."""


@final
class Order:
    """The order that follows a graph's changes, on its own, over the same network as in a graph."""

    def __init__(self, graph: ScalarGraph) -> None:
        self.network: Any = make_network(graph)
        self._labels = Column(np.int64)
        self._labels.reserve(graph.count + 3 * TIMES)  # so that `cells` stays the same memory
        self._ordering = Ordering(self._labels, self.network.successors, self.network.predecessors)
        self._ordering.extend(range(graph.count))
        self._rows = count(graph.count)
        self._dice = random.Random(3)

    def wires(self) -> Timed:
        """Add wires between any two nodes, as far as they close no cycle."""
        while True:
            source, target = self._pair()
            start = time.perf_counter()
            fits = self._ordering.place(source, target)
            yield 1000 * (time.perf_counter() - start)
            if fits:
                self.network.add_edge(source, target)

    def gates(self) -> Timed:
        """Add gates that read a node and are read by a later one."""
        labels = self._labels.cells
        while True:
            source, target = sorted(self._pair(), key=labels.__getitem__)
            row = next(self._rows)
            self.network.add_node(row)
            start = time.perf_counter()
            self._ordering.extend(range(row, row + 1))
            self._ordering.place(source, row)
            spent = time.perf_counter() - start
            self.network.add_edge(source, row)
            start = time.perf_counter()
            fits = self._ordering.place(row, target)
            yield 1000 * (spent + time.perf_counter() - start)
            if not fits:
                raise RuntimeError("the order refuses a gate between two nodes")
            self.network.add_edge(row, target)

    def _pair(self) -> list[int]:
        return self._dice.sample(range(len(self.network)), 2)


@final
class Edits:
    """Edits of a graph, and the passes that follow them."""

    def __init__(self, graph: ScalarGraph) -> None:
        self._scalar = graph
        self._graph: GateGraph = gate_graph(graph)
        self._passes = Passes(self._graph)
        self._dice = random.Random(5)
        self._sums = np.flatnonzero(graph.kinds == Kind.ADD).tolist()
        self._names = (f"new{number}" for number in count())

    def leaves(self) -> Timed:
        """Give leaves other values, until all numbers are there."""
        leaves = self._scalar.leaves.tolist()
        while True:
            value = np.float64(self._dice.uniform(-2, 2))
            yield self._until_numbers(SetValue(node_id(self._dice.choice(leaves)), value))

    def wires(self) -> Timed:
        """Give sums one more input, until all numbers are there."""
        yield from self._timed(self._wire, self._until_numbers)

    def wires_alone(self) -> Timed:
        """Give sums one more input; the numbers are left as they are."""
        yield from self._timed(self._wire, self._alone)

    def gates(self) -> Timed:
        """Add gates of two inputs in front of sums, until all numbers are there."""
        yield from self._timed(self._gate, self._until_numbers)

    def gates_alone(self) -> Timed:
        """Add gates of two inputs in front of sums; the numbers are left as they are."""
        yield from self._timed(self._gate, self._alone)

    def _timed(self, make: Callable[[], Edit], apply: Callable[[Edit], float]) -> Timed:
        while True:
            try:
                yield apply(make())
            except CycleError:
                continue

    def _wire(self) -> Edit:
        target, kind, ports = self._sum()
        source = node_id(self._dice.randrange(self._scalar.count))
        return Batch((SetKind(target, kind, ports + 1), Connect(Wire(source, target, ports))))

    def _gate(self) -> Edit:
        target, kind, ports = self._sum()
        row = int(target[1:])
        name = next(self._names)
        sources = [node_id(self._dice.randrange(row)) for _ in range(2)]
        wires = [Wire(source, name, port) for port, source in enumerate(sources)]
        wires.append(Wire(name, target, ports))
        node = Node(name, get_kind("mul")(), ports=2)
        return Batch((SetKind(target, kind, ports + 1), AddNodes((node,), tuple(wires))))

    def _sum(self) -> tuple[NodeId, Any, int]:
        node = self._graph.node(node_id(self._dice.choice(self._sums)))
        return node.id, node.kind, node.ports

    def _alone(self, edit: Edit) -> float:
        start = time.perf_counter()
        edit.apply(self._graph)
        return 1000 * (time.perf_counter() - start)

    def _until_numbers(self, edit: Edit) -> float:
        first = node_id(int(self._scalar.leaves[0]))
        start = time.perf_counter()
        edit.apply(self._graph)
        self._passes.update(edit.changes())
        if self._passes.value(node_id(self._scalar.root)) is None:
            raise RuntimeError("an edit left the graph without an output's value")
        self._passes.gradient(first)
        return 1000 * (time.perf_counter() - start)


def measure(name: str) -> Figures:
    """Return the figures of a workload's graph."""
    scalar = make_graph(name)
    order = Order(scalar)
    figures = _spread(f"{name}, wire added: check and order", order.wires)
    figures |= _spread(f"{name}, gate added: check and order", order.gates)
    check = median_ms(lambda: nx.is_directed_acyclic_graph(order.network), 3)
    figures[f"{name}: networkx's check for cycles [ms]"] = check
    own = figures[f"{name}, gate added: check and order, GC off, median [ms]"]
    figures[f"{name}, gate added: networkx's check against ours, times"] = check / own
    edits = Edits(scalar)
    figures |= _spread(f"{name}, leaf changed: all numbers", edits.leaves)
    figures |= _spread(f"{name}, wire added: the edit", edits.wires_alone)
    figures |= _spread(f"{name}, wire added: all numbers", edits.wires)
    figures |= _spread(f"{name}, gate added: the edit", edits.gates_alone)
    figures |= _spread(f"{name}, gate added: all numbers", edits.gates)
    return figures


def _spread(what: str, start: Callable[[], Timed]) -> Figures:
    """Return the median and the 99th percentile, with the garbage collector off and on."""
    figures: Figures = {}
    for collector, switch in (("GC off", gc.disable), ("GC on", gc.enable)):
        gc.collect()
        switch()
        taken = sorted(_repeat(start()))
        gc.enable()
        figures[f"{what}, {collector}, median [ms]"] = taken[len(taken) // 2]
        figures[f"{what}, {collector}, 99 % [ms]"] = taken[99 * len(taken) // 100]
    return figures


def _repeat(timed: Timed) -> Iterator[float]:
    end = time.perf_counter() + SECONDS
    next(timed)
    for _, taken in zip(range(TIMES), timed, strict=False):
        yield taken
        if time.perf_counter() > end:
            break


if __name__ == "__main__":
    hand_in(measure(sys.argv[1]))
