"""Chainrule, through its public interface: a graph, its program, and the program run."""

from __future__ import annotations

from functools import partial
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule import Graph
from tests.benchmarks.engine import lenet
from tests.benchmarks.engine.contender import Contender, compete
from tests.benchmarks.engine.gate_graph import gate_graph
from tests.benchmarks.engine.network import SHAPES, Matrix, Network, numbers_of
from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import ScalarGraph, Vector


@final
class ScalarProgram(Contender):
    """The workload's graph; every leaf is an input."""

    def __init__(self, graph: ScalarGraph, *, keep_wires: bool) -> None:
        self._keeps_wires = keep_wires
        self._program: Any = Graph(gate_graph(graph)).program(keep_wires=keep_wires)

    @override
    def run(self, point: Vector) -> float:
        return self._program.run(point)

    @override
    def numbers(self, loss: float) -> Numbers:
        wires = self._program.wire_gradients() if self._keeps_wires else None
        return Numbers(float(loss), np.array(self._program.gradients()), wires)


@final
class HandingOut(Contender):
    """The same, with the leaves' gradients handed out after each run as well."""

    def __init__(self, graph: ScalarGraph) -> None:
        self._program: Any = Graph(gate_graph(graph)).program()
        self._gradients = np.empty(0)

    @override
    def run(self, point: Vector) -> float:
        loss = self._program.run(point)
        self._gradients = self._program.gradients()
        return loss

    @override
    def numbers(self, loss: float) -> Numbers:
        return Numbers(float(loss), self._gradients)


@final
class NetworkProgram(Contender):
    """The network: the loss gate by gate, the gradients of the four weights and biases."""

    def __init__(self, network: Network) -> None:
        g = Graph()
        X = g.input("X", network.features)
        weights = [g.parameter(name, np.zeros(shape)) for name, shape in SHAPES.items()]
        W1, b1, W2, b2 = weights
        hidden = g.relu(g.add(g.matmul(X, W1), b1))
        chances = g.log_softmax(g.add(g.matmul(hidden, W2), b2), axis=1)
        right = g.sum(g.mul(chances, g.constant(network.targets)), axis=1)
        g.output = g.neg(g.mean(right))
        self._program: Any = g.program(inputs=list(SHAPES))

    @override
    def run(self, point: list[Matrix]) -> float:
        return self._program.run(point)

    @override
    def numbers(self, loss: float) -> Numbers:
        return numbers_of(float(loss), self._program.gradients())


@final
class LeNetProgram(Contender):
    """The convolutional network, with its layers and its loss as one gate each."""

    def __init__(self, pictures: lenet.Pictures) -> None:
        g = Graph()
        x = g.input("X", pictures.pixels)
        weights = [g.parameter(name, np.zeros(shape)) for name, shape in lenet.SHAPES.items()]
        K1, c1, K2, c2, W1, b1, W2, b2, W3, b3 = weights
        x = g.max_pool2d(g.relu(g.conv2d(x, K1, c1, padding=lenet.PADDING)), kernel_size=2)
        x = g.max_pool2d(g.relu(g.conv2d(x, K2, c2)), kernel_size=2)
        x = g.reshape(x, shape=[lenet.BATCH, -1])
        x = g.relu(g.linear(x, W1, b1))
        x = g.relu(g.linear(x, W2, b2))
        classes = g.constant(pictures.classes.astype(np.float64))
        g.output = g.cross_entropy(g.linear(x, W3, b3), classes)
        self._program: Any = g.program(inputs=list(lenet.SHAPES))

    @override
    def run(self, point: list[Matrix]) -> float:
        return self._program.run(point)

    @override
    def numbers(self, loss: float) -> Numbers:
        return numbers_of(float(loss), self._program.gradients())


if __name__ == "__main__":
    compete(
        {
            "graph": partial(ScalarProgram, keep_wires=True),
            "without wires": partial(ScalarProgram, keep_wires=False),
            "handing out": HandingOut,
            "network": NetworkProgram,
            "lenet": LeNetProgram,
        }
    )
