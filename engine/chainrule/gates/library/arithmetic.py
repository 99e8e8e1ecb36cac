"""Sums, products and their inverses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates.catalogue import register
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.kind import NUMBER, Group, parameter


@register
@final
@dataclass(frozen=True)
class Add(Elementwise):
    """f = x + y + …"""

    name = "add"
    group = Group.ARITHMETIC
    summary = "The sum of its inputs."
    aliases = ("plus", "sum", "+", "CAddTable")
    ports = ("x", "y")
    variadic = True
    pattern = Pattern.DISTRIBUTOR
    formula = r"x + y"
    derivatives = ("1", "1")
    rule = "A sum passes the upstream gradient on to each of its inputs unchanged."
    samples = ((3.0, -4.0), (1.5, 2.5, -0.5))

    @property
    @override
    def symbol(self) -> str:
        return "+"

    @override
    def forward(self, *inputs: Array) -> Array:
        total = inputs[0]
        for each in inputs[1:]:
            total = total + each
        return total

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        return (upstream,) * len(inputs)


@register
@final
@dataclass(frozen=True)
class Mul(Elementwise):
    """f = x y …"""

    name = "mul"
    group = Group.ARITHMETIC
    summary = "The product of its inputs, number by number."
    aliases = ("times", "product", "*", "CMulTable")
    ports = ("x", "y")
    variadic = True
    pattern = Pattern.SWITCHER
    formula = r"x \cdot y"
    derivatives = ("y", "x")
    rule = "Each input's derivative is the product of the other inputs."
    samples = ((3.0, -4.0), (1.5, 2.5, -0.5), (0.0, 2.0, 0.0))

    @property
    @override
    def symbol(self) -> str:
        return "×"

    @override
    def forward(self, *inputs: Array) -> Array:
        return _product(inputs)

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        if len(inputs) == 2:
            x, y = inputs
            return upstream * y, upstream * x
        # Dividing the product by one factor would fail at 0, so the others are multiplied.
        return tuple(
            _product((upstream, *inputs[:port], *inputs[port + 1 :])) for port in range(len(inputs))
        )


@register
@final
@dataclass(frozen=True)
class MulConstant(Elementwise):
    """f = c x, the MulConstant layer of the lecture."""

    c: float = parameter(-1.0, NUMBER, "The factor.", required=True)

    name = "mul_constant"
    group = Group.ARITHMETIC
    summary = "Its input times a fixed number."
    aliases = ("scale", "times constant", "MulConstant")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"c \, x"
    derivatives = ("c",)
    rule = "The derivative of a x is a."
    samples = ((0.7,), (-2.0,))

    @property
    @override
    def symbol(self) -> str:
        return f"×({self.c:g})" if self.c < 0 else f"×{self.c:g}"

    @override
    def forward(self, x: Array) -> Array:
        return x * self.c

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * self.c,)


def _product(factors: tuple[Array, ...]) -> Array:
    product = factors[0]
    for each in factors[1:]:
        product = product * each
    return product
