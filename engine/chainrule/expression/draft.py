"""A graph in the making: nodes and wires are collected, then become a graph in one edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import final

from chainrule.arrays import Array, as_array
from chainrule.errors import ChainruleError, ExpressionError
from chainrule.expression.naming import constant_names, first_value, fresh_names, leaf_kind
from chainrule.gates.catalogue import get_kind
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Constant, Leaf
from chainrule.graph.composites import Definition
from chainrule.graph.edits import AddNodes, SetDefinitions
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire

MAX_NODES = 2_000


@final
class Draft:
    """Collects the nodes of a formula; `taken` are all names that stand in it.

    Every method that makes a node returns its id. A `name` of None gets a fresh one.
    """

    def __init__(self, taken: Iterable[str], values: Mapping[NodeId, Array]) -> None:
        reserved = set(taken)
        self.values = values
        self.nodes: dict[NodeId, Node] = {}
        self._wires: list[Wire] = []
        self._fresh = fresh_names(reserved)
        self._constants = constant_names(reserved)
        self._leaves: dict[type[Leaf], int] = {}

    def leaf(self, name: NodeId) -> NodeId:
        """Make an input or a parameter, with its given value or a first one."""
        kind = leaf_kind(name)
        count = self._leaves.get(type(kind), 0)
        self._leaves[type(kind)] = count + 1
        value = self.values.get(name, as_array(first_value(kind, count)))
        return self._add(Node(name, kind, value=value))

    def constant(self, value: Array | float, name: NodeId | None = None) -> NodeId:
        """Make a constant."""
        name = name or next(self._constants)
        return self._add(Node(name, Constant(), value=as_array(value)))

    def gate(
        self, gate: str, *inputs: NodeId, name: NodeId | None = None, **settings: object
    ) -> NodeId:
        """Make a gate of the catalogue that reads `inputs`."""
        return self.node(get_kind(gate).create(settings), inputs, name)

    def node(self, kind: Kind, inputs: Iterable[NodeId], name: NodeId | None = None) -> NodeId:
        """Make a node of any kind that reads `inputs`."""
        name = name or next(self._fresh)
        sources = tuple(inputs)
        self._wires.extend(Wire(source, name, port) for port, source in enumerate(sources))
        return self._add(Node(name, kind, ports=len(sources)))

    def graph(self, output: NodeId, definitions: Mapping[str, Definition]) -> GateGraph:
        """Return the graph: leaves first, then gates, each after what it reads.

        Raises ExpressionError for a name that a node can't have.
        """
        graph = GateGraph()
        nodes = sorted(self.nodes.values(), key=lambda node: not node.is_leaf)
        try:
            AddNodes(tuple(nodes), tuple(self._wires)).apply(graph)
        except ChainruleError as error:
            raise ExpressionError(str(error)) from None
        if definitions:
            SetDefinitions(definitions).apply(graph)
        graph.header = replace(graph.header, output=output)
        return graph

    def _add(self, node: Node) -> NodeId:
        if len(self.nodes) == MAX_NODES:
            raise ExpressionError(
                f"the formula needs more than {MAX_NODES} gates; build the graph in parts"
            )
        self.nodes[node.id] = node
        return node.id
