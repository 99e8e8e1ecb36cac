"""micrograd: an object for each number, a closure for its backward pass; made anew for each run.

Its own sum, product, relu and power are used as they are; max, exp and sigmoid, which it lacks, are
written as it writes its relu.
"""

from __future__ import annotations

import importlib
import math
import operator
from typing import Any, final

import numpy as np
from typing_extensions import override

from tests.benchmarks.engine import generators
from tests.benchmarks.engine.contender import Contender, compete
from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import Kind, ScalarGraph, Vector, by_kind, trace

Value: Any = importlib.import_module("micrograd.engine").Value
MLP: Any = importlib.import_module("micrograd.nn").MLP


def maximum(x: Any, y: Any) -> Any:
    """Return max(x, y)."""
    first = x.data >= y.data
    out = Value(x.data if first else y.data, (x, y), "max")

    def backward() -> None:
        winner = x if first else y
        winner.grad += out.grad

    out._backward = backward
    return out


def exp(x: Any) -> Any:
    """Return eˣ."""
    out = Value(math.exp(x.data), (x,), "exp")

    def backward() -> None:
        x.grad += out.data * out.grad

    out._backward = backward
    return out


def sigmoid(x: Any) -> Any:
    """Return 1/(1 + e⁻ˣ)."""
    out = Value(1 / (1 + math.exp(-x.data)), (x,), "sigmoid")

    def backward() -> None:
        x.grad += out.data * (1 - out.data) * out.grad

    out._backward = backward
    return out


OPERATIONS = by_kind(
    {
        Kind.ADD: operator.add,
        Kind.MUL: operator.mul,
        Kind.MAX: maximum,
        Kind.EXP: exp,
        Kind.RECIPROCAL: lambda x: x**-1,
        Kind.SIGMOID: sigmoid,
        Kind.RELU: Value.relu,
    }
)


@final
class Micrograd(Contender):
    """The workload's graph."""

    def __init__(self, graph: ScalarGraph) -> None:
        self._graph = graph
        self._rows = graph.rows
        self._made: list[Any] = []

    @override
    def run(self, point: Vector) -> float:
        self._made = trace(self._rows, map(Value, point.tolist()), OPERATIONS)
        loss = self._made[self._graph.root]
        loss.backward()
        return loss.data

    @override
    def numbers(self, loss: float) -> Numbers:
        return Numbers(loss, np.array([float(self._made[row].grad) for row in self._graph.leaves]))


@final
class Demo(Contender):
    """The README's demo as micrograd's own `nn` builds it: a check that W1 is the same graph."""

    def __init__(self, graph: ScalarGraph) -> None:
        self._points, self._labels, layers = generators.demo_data()
        self._model = MLP(2, [16, 16, 1])
        for numbers, layer in zip(layers, self._model.layers, strict=True):
            for (weights, _), unit in zip(numbers, layer.neurons, strict=True):
                for weight, parameter in zip(weights, unit.w, strict=True):
                    parameter.data = weight
        if self._count(self._loss()) != graph.count:
            raise ValueError("W1 has other nodes than micrograd's demo; make it the same")

    @override
    def run(self, point: Vector) -> float:
        for parameter, number in zip(self._model.parameters(), point.tolist(), strict=False):
            parameter.data = number
        loss = self._loss()
        self._model.zero_grad()
        loss.backward()
        return float(loss.data)

    @override
    def numbers(self, loss: float) -> Numbers:
        return Numbers(loss, np.array([each.grad for each in self._model.parameters()]))

    def _loss(self) -> Any:
        inputs = [list(map(Value, row)) for row in self._points]
        scores = list(map(self._model, inputs))
        pairs = zip(self._labels, scores, strict=True)
        losses = [(1 + -label * score).relu() for label, score in pairs]
        data_loss = sum(losses) * (1.0 / len(losses))
        reg_loss = generators.L2 * sum(p * p for p in self._model.parameters())
        return data_loss + reg_loss

    @staticmethod
    def _count(loss: Any) -> int:
        seen, waiting = {loss}, [loss]
        while waiting:
            fresh = set(waiting.pop()._prev) - seen
            seen |= fresh
            waiting.extend(fresh)
        return len(seen)


if __name__ == "__main__":
    compete({"graph": Micrograd, "demo": Demo})
