"""A peer: a Python object for each gate, with a closure for its backward pass, as micrograd has.

With the argument `micrograd` the objects are micrograd's own, as far as it has the gates.
"""

from __future__ import annotations

import importlib
import math
import sys
from collections.abc import Callable, Sequence
from typing import Any, final

from tests.benchmarks import engine
from tests.benchmarks.measure import Figures, hand_in, median_ms
from tests.benchmarks.workload import Gate, make_gates


@final
class Value:
    """A number that remembers how it came about."""

    __slots__ = ("backward", "data", "grad", "inputs")

    def __init__(self, data: float, inputs: tuple[Value, ...] = ()) -> None:
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.backward: Callable[[], None] | None = None

    def __add__(self, other: Value) -> Value:
        out = Value(self.data + other.data, (self, other))

        def backward() -> None:
            self.grad += out.grad
            other.grad += out.grad

        out.backward = backward
        return out

    def __sub__(self, other: Value) -> Value:
        out = Value(self.data - other.data, (self, other))

        def backward() -> None:
            self.grad += out.grad
            other.grad -= out.grad

        out.backward = backward
        return out

    def __mul__(self, other: Value) -> Value:
        out = Value(self.data * other.data, (self, other))

        def backward() -> None:
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.backward = backward
        return out

    def tanh(self) -> Value:
        out = Value(math.tanh(self.data), (self,))

        def backward() -> None:
            self.grad += (1 - out.data**2) * out.grad

        out.backward = backward
        return out


def maximum(first: Any, second: Any) -> Any:
    """Route to the larger one by writing max(a, b) as b + relu(a − b) where there is a relu."""
    if not isinstance(first, Value):
        return second + (first - second).relu()
    out = Value(max(first.data, second.data), (first, second))
    winner = first if first.data >= second.data else second

    def backward() -> None:
        winner.grad += out.grad

    out.backward = backward
    return out


def tanh(x: Any) -> Any:
    """Return the hyperbolic tangent; micrograd has none, so there relu stands in for it."""
    return x.tanh() if isinstance(x, Value) else x.relu()


def build(gates: Sequence[Gate], make: Callable[[float], Any]) -> list[Any]:
    """Run the forward pass: the objects of all gates, in the order of the gates."""
    made: list[Any] = []
    for gate in gates:
        inputs = [made[row] for row in gate.inputs]
        if gate.kind == "input":
            made.append(make(gate.value))
        elif gate.kind == "tanh":
            made.append(tanh(inputs[0]))
        elif gate.kind == "add":
            made.append(inputs[0] + inputs[1] + inputs[2])
        elif gate.kind == "mul":
            made.append(inputs[0] * inputs[1])
        elif gate.kind == "sub":
            made.append(inputs[0] - inputs[1])
        else:
            made.append(maximum(*inputs))
    return made


def backward(output: Value) -> None:
    """Run the backward pass from `output` over all that it depends on."""
    order: list[Value] = []
    seen: set[int] = set()
    stack: list[tuple[Value, bool]] = [(output, False)]
    while stack:
        value, done = stack.pop()
        if done:
            order.append(value)
        elif id(value) not in seen:
            seen.add(id(value))
            stack.append((value, True))
            stack.extend((each, False) for each in value.inputs)
    output.grad = 1.0
    for value in reversed(order):
        if value.backward is not None:
            value.backward()


def main() -> None:
    """Measure, and hand in the figures; objects are made anew for every run, as in such engines."""
    foreign = "micrograd" in sys.argv
    make: Any = importlib.import_module("micrograd.engine").Value if foreign else Value
    sys.setrecursionlimit(100_000)

    def run(gates: Sequence[Gate]) -> None:
        output = build(gates, make)[-1]
        output.backward() if foreign else backward(output)

    gates, small = engine.asked_gates(), make_gates(engine.SMALL)
    figures: Figures = {
        engine.EDIT: median_ms(lambda: run(small), 40),
        engine.BUILD: median_ms(lambda: run(gates), 7),
        engine.RUN: median_ms(lambda: run(gates), 7),
    }
    hand_in(figures)


if __name__ == "__main__":
    main()
