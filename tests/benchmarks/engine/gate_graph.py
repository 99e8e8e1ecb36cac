"""The workloads as Chainrule's own graphs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chainrule.gates.catalogue import get_kind
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from tests.benchmarks.engine.scalar_graph import BINARY, Kind, ScalarGraph

_NAMES = {
    Kind.LEAF: "input",
    Kind.ADD: "add",
    Kind.MUL: "mul",
    Kind.MAX: "max",
    Kind.EXP: "exp",
    Kind.RECIPROCAL: "reciprocal",
    Kind.SIGMOID: "sigmoid",
    Kind.RELU: "relu",
}


def node_id(row: int) -> NodeId:
    """Return the name of the node in a row."""
    return f"n{row}"


def gate_graph(graph: ScalarGraph) -> GateGraph:
    """Return a graph whose nodes stand in the order of the rows; every leaf is an input."""
    made = GateGraph()
    AddNodes(tuple(_nodes(graph)), tuple(_wires(graph)), node_id(graph.root)).apply(made)
    return made


def _nodes(graph: ScalarGraph) -> Iterator[Node]:
    kinds = {kind: get_kind(name)() for kind, name in _NAMES.items()}
    values = graph.start.tolist()
    for row, (code, _, _) in enumerate(graph.rows):
        kind = Kind(code)
        if kind is Kind.LEAF:
            yield Node(node_id(row), kinds[kind], value=np.float64(values[row]))
        else:
            yield Node(node_id(row), kinds[kind], ports=2 if kind in BINARY else 1)


def _wires(graph: ScalarGraph) -> Iterator[Wire]:
    for row, (_, *sources) in enumerate(graph.rows):
        for port, source in enumerate(sources):
            if source >= 0:
                yield Wire(node_id(source), node_id(row), port)
