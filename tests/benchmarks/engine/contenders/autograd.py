"""autograd (HIPS): Python floats in its boxes, traced anew for each run.

Its tracer is driven from inside: its own `grad` takes the leaves in one container, whose gradient
costs as much for each leaf as the container is long.
"""

from __future__ import annotations

import importlib
import math
import operator
from typing import Any, final

import numpy as np
from typing_extensions import override

from tests.benchmarks.engine.contender import Contender, compete
from tests.benchmarks.engine.network import Matrix, Network, numbers_of
from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import Kind, ScalarGraph, Vector, by_kind, trace

anp: Any = importlib.import_module("autograd.numpy")
core: Any = importlib.import_module("autograd.core")
extend: Any = importlib.import_module("autograd.extend")
tracer: Any = importlib.import_module("autograd.tracer")
value_and_grad: Any = importlib.import_module("autograd").value_and_grad


@extend.primitive
def exp(x: float) -> float:
    """Return eˣ; on floats Python's own is quicker than NumPy's."""
    return math.exp(x)


@extend.primitive
def sigmoid(x: float) -> float:
    """Return 1/(1 + e⁻ˣ)."""
    return 1 / (1 + math.exp(-x))


extend.defvjp(exp, lambda out, x: lambda upstream: upstream * out)
extend.defvjp(sigmoid, lambda out, x: lambda upstream: upstream * out * (1 - out))

OPERATIONS = by_kind(
    {
        Kind.ADD: operator.add,
        Kind.MUL: operator.mul,
        Kind.MAX: anp.maximum,
        Kind.EXP: exp,
        Kind.RECIPROCAL: lambda x: 1.0 / x,
        Kind.SIGMOID: sigmoid,
        Kind.RELU: lambda x: anp.maximum(x, 0.0),
    }
)


@final
class Autograd(Contender):
    """The workload's graph."""

    def __init__(self, graph: ScalarGraph) -> None:
        self._graph = graph
        self._rows = graph.rows
        self._made: list[Any] = []
        self._gradients: dict[Any, Any] = {}

    @override
    def run(self, point: Vector) -> float:
        root = core.VJPNode.new_root
        with tracer.trace_stack.new_trace() as level:
            leaves = (tracer.new_box(number, level, root()) for number in point.tolist())
            self._made = trace(self._rows, leaves, OPERATIONS)
        loss = self._made[self._graph.root]
        self._gradients = _backward(loss._node)
        return float(loss._value)

    @override
    def numbers(self, loss: float) -> Numbers:
        boxes = (self._made[row] for row in self._graph.leaves)
        gradients = [self._gradients.get(box._node, 0.0) for box in boxes]
        return Numbers(loss, np.array(gradients, np.float64))


def _backward(end: Any) -> dict[Any, Any]:
    """Return the gradient of every node, as `autograd.core.backward_pass` computes them."""
    sums, done = {end: (1.0, False)}, dict[Any, Any]()
    for node in tracer.toposort(end):
        upstream = done[node] = sums.pop(node)[0]
        for parent, gradient in zip(node.parents, node.vjp(upstream), strict=True):
            sums[parent] = core.add_outgrads(sums.get(parent), gradient)
    return done


@final
class AutogradNetwork(Contender):
    """The network, through `value_and_grad`."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._function = value_and_grad(self._loss)
        self._gradients: list[Matrix] = []

    @override
    def run(self, point: list[Matrix]) -> float:
        loss, self._gradients = self._function(point)
        return float(loss)

    @override
    def numbers(self, loss: float) -> Numbers:
        return numbers_of(loss, self._gradients)

    def _loss(self, weights: list[Any]) -> Any:
        W1, b1, W2, b2 = weights
        scores = anp.dot(anp.maximum(anp.dot(self._network.features, W1) + b1, 0), W2) + b2
        lowered = scores - anp.max(scores, axis=1, keepdims=True)
        chances = lowered - anp.log(anp.sum(anp.exp(lowered), axis=1, keepdims=True))
        return -anp.mean(anp.sum(chances * self._network.targets, axis=1))


if __name__ == "__main__":
    compete({"graph": Autograd, "network": AutogradNetwork})
