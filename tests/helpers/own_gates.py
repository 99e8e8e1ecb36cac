"""Gates that a program might register: a sound one, and some that break a promise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape
from chainrule.gates.catalogue import register, unregister
from chainrule.gates.gate import Elementwise, Gate, InPlace, Pattern
from chainrule.gates.kernel import Kernel
from chainrule.gates.kind import NUMBER, Group, parameter


class OwnGate(Elementwise):
    """What the gates below have in common, so that each shows only what it does."""

    group = Group.ELEMENTARY
    summary = "A gate of a program's own."
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = "x"
    derivatives = ("1",)
    rule = "None."
    samples = ((1.0,),)

    @property
    @override
    def symbol(self) -> str:
        return "own"


@final
@dataclass(frozen=True)
class Cube(OwnGate):
    """f = k x³, a sound gate with a parameter."""

    k: float = parameter(1.0, NUMBER, "A factor.")

    name = "cube"

    @override
    def forward(self, x: Array) -> Array:
        return x * x * x * self.k

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * x * x * (3.0 * self.k),)


@final
@dataclass(frozen=True)
class WrongSlope(OwnGate):
    """f = x³ with the derivative of x², a classic slip."""

    name = "wrong_slope"

    @override
    def forward(self, x: Array) -> Array:
        return x * x * x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * 2.0 * x,)


@final
@dataclass(frozen=True)
class RefusesNegative(OwnGate):
    """f = x, but raises below 0."""

    name = "refuses_negative"

    @override
    def forward(self, x: Array) -> Array:
        if np.any(x < 0):
            raise ArithmeticError("no negative numbers here")
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)


@final
@dataclass(frozen=True)
class FailsBackward(OwnGate):
    """f = x, with a backward that raises."""

    name = "fails_backward"

    @override
    def forward(self, x: Array) -> Array:
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        raise ZeroDivisionError("backward of a beginner")


@final
@dataclass(frozen=True)
class ForgetsTuple(OwnGate):
    """f = x, with a backward that returns a bare gradient."""

    name = "forgets_tuple"

    @override
    def forward(self, x: Array) -> Array:
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> Any:
        return upstream


@final
@dataclass(frozen=True)
class ReturnsPlainNumbers(OwnGate):
    """f = 2 x, with Python's numbers where arrays are promised."""

    name = "returns_plain_numbers"

    @override
    def forward(self, x: Array) -> Any:
        return 2 * float(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> Any:
        return [2 * float(upstream)]


@final
@dataclass(frozen=True)
class WrongShape(OwnGate):
    """f = x with an axis too many."""

    name = "wrong_shape"

    @override
    def forward(self, x: Array) -> Array:
        return np.ones((2, 2))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)


@final
@dataclass(frozen=True)
class WrongGradientShape(OwnGate):
    """f = x, whose gradient has a shape of its own."""

    name = "wrong_gradient_shape"

    @override
    def forward(self, x: Array) -> Array:
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (np.ones(7),)


@final
@dataclass(frozen=True)
class FailsBackwardInPlace(OwnGate, InPlace):
    """f = x, written into arrays that stay; it can't be differentiated."""

    name = "fails_backward_in_place"

    @override
    def forward(self, x: Array) -> Array:
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        raise ArithmeticError("no gradient here")

    @override
    def forward_into(self, out: Floats, *inputs: Array) -> None:
        np.copyto(out, inputs[0])

    @override
    def backward_into(
        self, out: Floats, port: int, upstream: Array, output: Array, *inputs: Array
    ) -> None:
        raise ArithmeticError("no gradient here")


def _triple_into(x: Array, out: Floats) -> None:
    np.multiply(x, 3.0, out)


def _triple(x: float) -> tuple[float, float]:
    return 3.0 * x, 3.0


@final
@dataclass(frozen=True)
class Triple(OwnGate):
    """f = 3x, a sound gate whose kernel bears the name of another."""

    name = "triple"
    kernel = Kernel("neg", _triple_into, (3.0,), _triple)

    @override
    def forward(self, x: Array) -> Array:
        return x * 3.0

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * 3.0,)


@final
@dataclass(frozen=True)
class FailsInferring(Gate):
    """A gate whose infer_shape raises what no gate should."""

    name = "fails_inferring"
    group = Group.ELEMENTARY
    summary = "A gate of a program's own."
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = "x"
    derivatives = ("1",)
    rule = "None."
    samples = ((1.0,),)

    @property
    @override
    def symbol(self) -> str:
        return "own"

    @override
    def forward(self, x: Array) -> Array:
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return shapes[5]


@contextmanager
def registered(kind: type[Gate]) -> Iterator[None]:
    """Have a gate in the catalogue for a while."""
    register(kind)
    try:
        yield
    finally:
        unregister(kind)
