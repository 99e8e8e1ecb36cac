"""PyTorch, eagerly: a tensor of one float64 for each number, or whole matrices."""

from __future__ import annotations

import importlib
import operator
from collections.abc import Callable
from functools import partial
from typing import Any, final

import numpy as np
from typing_extensions import override

from tests.benchmarks.engine import lenet
from tests.benchmarks.engine.contender import Contender, compete
from tests.benchmarks.engine.network import Matrix, Network, numbers_of
from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import Kind, ScalarGraph, Vector, by_kind, trace

torch: Any = importlib.import_module("torch")
torch.set_num_threads(1)

OPERATIONS = by_kind(
    {
        Kind.ADD: operator.add,
        Kind.MUL: operator.mul,
        Kind.MAX: torch.maximum,
        Kind.EXP: torch.exp,
        Kind.RECIPROCAL: torch.reciprocal,
        Kind.SIGMOID: torch.sigmoid,
        Kind.RELU: torch.relu,
    }
)


@final
class Eager(Contender):
    """The gradients of the leaves or, `retained`, of all nodes in between as well."""

    def __init__(self, graph: ScalarGraph, *, retained: bool) -> None:
        self._graph = graph
        self._rows = graph.rows
        self._made: list[Any] = []
        self._operations = OPERATIONS
        if retained:
            self._operations = [each and _retaining(each) for each in OPERATIONS]

    @override
    def run(self, point: Vector) -> float:
        leaves = (
            torch.tensor(number, dtype=torch.float64, requires_grad=True)
            for number in point.tolist()
        )
        self._made = trace(self._rows, leaves, self._operations)
        loss = self._made[self._graph.root]
        loss.backward()
        return loss.item()

    @override
    def numbers(self, loss: float) -> Numbers:
        gradients = (self._made[row].grad for row in self._graph.leaves)
        return Numbers(loss, np.array([0.0 if each is None else each.item() for each in gradients]))


def _retaining(operation: Callable[..., Any]) -> Callable[..., Any]:
    def retain(*inputs: Any) -> Any:
        out = operation(*inputs)
        out.retain_grad()
        return out

    return retain


@final
class EagerNetwork(Contender):
    """The network with PyTorch's own softmax loss."""

    def __init__(self, network: Network) -> None:
        self._features = torch.tensor(network.features)
        self._classes = torch.tensor(network.classes)
        self._weights: list[Any] = []

    @override
    def run(self, point: list[Matrix]) -> float:
        self._weights = [torch.from_numpy(each).requires_grad_() for each in point]
        W1, b1, W2, b2 = self._weights
        hidden = torch.relu(self._features @ W1 + b1)
        loss = torch.nn.functional.cross_entropy(hidden @ W2 + b2, self._classes)
        loss.backward()
        return loss.item()

    @override
    def numbers(self, loss: float) -> Numbers:
        return numbers_of(loss, [each.grad.numpy() for each in self._weights])


@final
class EagerLeNet(Contender):
    """The convolutional network."""

    def __init__(self, pictures: lenet.Pictures) -> None:
        self._pixels = torch.tensor(pictures.pixels)
        self._classes = torch.tensor(pictures.classes)
        self._weights: list[Any] = []

    @override
    def run(self, point: list[Matrix]) -> float:
        self._weights = [torch.from_numpy(each).requires_grad_() for each in point]
        K1, c1, K2, c2, W1, b1, W2, b2, W3, b3 = self._weights
        layers = torch.nn.functional
        x = layers.conv2d(self._pixels, K1, c1, padding=lenet.PADDING)
        x = layers.conv2d(layers.max_pool2d(torch.relu(x), 2), K2, c2)
        x = layers.max_pool2d(torch.relu(x), 2).flatten(1)
        x = torch.relu(layers.linear(x, W1, b1))
        x = torch.relu(layers.linear(x, W2, b2))
        loss = layers.cross_entropy(layers.linear(x, W3, b3), self._classes)
        loss.backward()
        return loss.item()

    @override
    def numbers(self, loss: float) -> Numbers:
        return numbers_of(loss, [each.grad.numpy() for each in self._weights])


if __name__ == "__main__":
    compete(
        {
            "leaves": partial(Eager, retained=False),
            "retained": partial(Eager, retained=True),
            "network": EagerNetwork,
            "lenet": EagerLeNet,
        }
    )
