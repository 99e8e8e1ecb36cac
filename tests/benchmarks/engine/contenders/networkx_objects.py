"""Plain objects on networkx: the editor's engine as one would write it first.

A gate object at every node of a MultiDiGraph, networkx's own topological order at every run, value
and gradient written on every wire.
"""

from __future__ import annotations

from typing import Any, final

import networkx as nx
import numpy as np
from typing_extensions import override

from tests.benchmarks.engine.contender import Contender, compete
from tests.benchmarks.engine.reference import SLOPES, VALUES, Numbers
from tests.benchmarks.engine.scalar_graph import Kind, ScalarGraph, Vector


@final
class Gate:
    """A node's value and gradient, and what it computes; a leaf computes nothing."""

    __slots__ = ("gradient", "slopes", "value", "value_at")

    def __init__(self, kind: Kind) -> None:
        self.value_at = VALUES.get(kind)
        self.slopes = SLOPES.get(kind)
        self.value = 0.0
        self.gradient = 0.0


@final
class NetworkxObjects(Contender):
    """The workload's graph."""

    def __init__(self, graph: ScalarGraph) -> None:
        self._root = graph.root
        self._leaves = graph.leaves.tolist()
        self._network: Any = make_network(graph)

    @override
    def run(self, point: Vector) -> float:
        network = self._network
        gates = network.nodes
        for row, number in zip(self._leaves, point.tolist(), strict=True):
            gates[row]["gate"].value = number
        order = list(nx.topological_sort(network))
        for row in order:
            self._forward(row, gates[row]["gate"])
        gates[self._root]["gate"].gradient = 1.0
        for row in reversed(order):
            self._backward(row, gates[row]["gate"])
        return gates[self._root]["gate"].value

    @override
    def numbers(self, loss: float) -> Numbers:
        gates, wires = self._network.nodes, self._network.edges(keys=True, data="gradient")
        found = sorted((target, port, gradient) for _, target, port, gradient in wires)
        return Numbers(
            loss,
            np.array([gates[row]["gate"].gradient for row in self._leaves]),
            np.array([gradient for _, _, gradient in found]),
        )

    def _forward(self, row: int, gate: Gate) -> None:
        gate.gradient = 0.0
        if gate.value_at is not None:
            gate.value = gate.value_at(*(wire["value"] for wire in self._wires_into(row)))
        for _, _, wire in self._network.out_edges(row, data=True):
            wire["value"] = gate.value

    def _backward(self, row: int, gate: Gate) -> None:
        if gate.slopes is None:
            return
        wires = self._wires_into(row)
        slopes = gate.slopes(gate.value, *(wire["value"] for wire in wires))
        for wire, slope in zip(wires, slopes, strict=True):
            gradient = wire["gradient"] = gate.gradient * slope
            self._network.nodes[wire["source"]]["gate"].gradient += gradient

    def _wires_into(self, row: int) -> list[dict[str, Any]]:
        wires = self._network.in_edges(row, keys=True, data=True)
        return [wire for _, _, _, wire in sorted(wires, key=_port)]


def _port(edge: tuple[int, int, int, Any]) -> int:
    return edge[2]


def make_network(graph: ScalarGraph) -> Any:
    """Return the graph as a MultiDiGraph with a gate at each node."""
    network: Any = nx.MultiDiGraph()
    for row, (kind, *sources) in enumerate(graph.rows):
        network.add_node(row, gate=Gate(Kind(kind)))
        for port, source in enumerate(sources):
            if source >= 0:
                network.add_edge(source, row, key=port, source=source)
    return network


if __name__ == "__main__":
    compete({"graph": NetworkxObjects})
