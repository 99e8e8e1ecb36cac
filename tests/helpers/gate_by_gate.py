"""Both passes in plain Python: each gate's forward and backward, called one after the other.

It differs from the passes of the engine by design in this only: gradients that meet are added up
in another order, so that last digits, and sums that overflow on the way, may differ. Like the
engine, it takes a gate of many inputs for a chain of gates of two, unless it is told otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from chainrule.arrays import Array, unbroadcast
from chainrule.gates.gate import Elementwise, Gate
from chainrule.gates.kind import Kind
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import output_of, topological_order


@dataclass
class Numbers:
    """All numbers of a graph."""

    values: dict[NodeId, Array] = field(default_factory=dict[NodeId, Array])
    gradients: dict[NodeId, Array] = field(default_factory=dict[NodeId, Array])
    wires: dict[Wire, Array] = field(default_factory=dict[Wire, Array])


def run(graph: GateGraph, *, chains: bool = True) -> Numbers:
    """Return the numbers of a graph in which every port is wired and that has an output."""
    output = output_of(graph)
    assert output is not None
    with np.errstate(all="ignore"):
        whole = _Run(graph, graph.definitions, {}, chains)
        seed = graph.header.seed
        whole.backward(output, np.ones(whole.values[output].shape)[()] if seed is None else seed)
    return Numbers(whole.values, whole.gradients, whole.wires)


class _Run:
    def __init__(
        self,
        graph: GateGraph,
        definitions: Mapping[str, Definition],
        given: dict[NodeId, Array],
        chains: bool,
    ) -> None:
        self._graph, self._definitions, self._chains = graph, definitions, chains
        self.values = dict(given)
        self._order = topological_order(graph)
        self._insides: dict[NodeId, _Run] = {}
        self.reaching: set[NodeId] = set()
        for name in self._order:
            node = graph.node(name)
            if name not in given:
                inputs = [self.values[str(each)] for each in graph.inputs(name)]
                value = node.value if node.value is not None else self._value(name, inputs)
                self.values[name] = value
        self.gradients: dict[NodeId, Array] = {
            name: np.zeros(each.shape)[()] for name, each in self.values.items()
        }
        self.wires: dict[Wire, Array] = {
            wire: np.zeros(self.values[wire.source].shape)[()] for wire in graph.wires()
        }

    def backward(self, output: NodeId, seed: Array) -> None:
        reaching = self.reaching
        reaching.add(output)
        self.gradients[output] = seed
        for name in reversed(self._order):
            inputs = [str(each) for each in self._graph.inputs(name)]
            if name not in reaching or not inputs:
                continue
            values = [self.values[each] for each in inputs]
            for port, gradient in enumerate(self._downstream(name, values)):
                if gradient is None:
                    continue
                source = inputs[port]
                reaching.add(source)
                summed = unbroadcast(gradient, values[port].shape)
                self.wires[Wire(source, name, port)] = summed
                self.gradients[source] = self.gradients[source] + summed

    def _value(self, name: NodeId, inputs: list[Array]) -> Array:
        kind = self._graph.node(name).kind
        if isinstance(kind, Composite):
            inside = self._inside(kind, inputs)
            self._insides[name] = inside
            return inside.values[self._definitions[kind.definition].output]
        assert isinstance(kind, Gate)
        return kind.forward(*inputs)

    def _inside(self, kind: Composite, inputs: list[Array]) -> _Run:
        definition = self._definitions[kind.definition]
        graph = GateGraph()
        AddNodes(definition.nodes, definition.wires).apply(graph)
        given = dict(zip(definition.inputs, inputs, strict=True))
        return _Run(graph, self._definitions, given, self._chains)

    def _downstream(self, name: NodeId, inputs: list[Array]) -> Sequence[Array | None]:
        """Return what flows back along each wire; None where a port of a composite is not used."""
        kind, upstream = self._graph.node(name).kind, self.gradients[name]
        if isinstance(kind, Composite):
            definition, inside = self._definitions[kind.definition], self._insides[name]
            inside.backward(definition.output, upstream)
            reaching, gradients = inside.reaching, inside.gradients
            return [gradients[each] if each in reaching else None for each in definition.inputs]
        if self._chains and _is_chain(kind, inputs):
            return _chained(kind, upstream, inputs)
        assert isinstance(kind, Gate)
        return [*kind.backward(upstream, self.values[name], *inputs)]


def _is_chain(kind: Kind, inputs: list[Array]) -> bool:
    return isinstance(kind, Elementwise) and kind.variadic and len(inputs) > 2


def _chained(kind: Kind, upstream: Array, inputs: list[Array]) -> list[Array]:
    """Return the gradients of a gate as if it were a chain of gates with two inputs."""
    assert isinstance(kind, Gate)
    links = [inputs[0]]
    for each in inputs[1:]:
        links.append(kind.forward(links[-1], each))
    found: list[Array] = []
    for link in range(len(inputs) - 1, 0, -1):
        before, last = kind.backward(upstream, links[link], links[link - 1], inputs[link])
        found.append(last)
        upstream = unbroadcast(before, links[link - 1].shape)
    return [upstream, *reversed(found)]
