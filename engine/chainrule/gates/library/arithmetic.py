"""Sums, products and their inverses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.kind import NUMBER, Group, parameter


@register
@final
@dataclass(frozen=True)
class Add(Elementwise):
    """f = x + y + …, added from left to right."""

    name = "add"
    group = Group.ARITHMETIC
    summary = "The sum of its inputs."
    aliases = ("plus", "sum", "+", "CAddTable", "Add")
    ports = ("x", "y")
    variadic = True
    pattern = Pattern.DISTRIBUTOR
    formula = r"x + y"
    derivatives = ("1", "1")
    rule = "A sum passes the upstream gradient on to each of its inputs unchanged."
    samples = ((3.0, -4.0), (1.5, 2.5, -0.5))
    kernel = kernels.ADD

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
    """f = x y …, number by number; matmul is the product of matrices."""

    name = "mul"
    group = Group.ARITHMETIC
    summary = "The product of its inputs, number by number."
    aliases = ("times", "multiply", "product", "*", "CMulTable", "CMul", "Mul")
    ports = ("x", "y")
    variadic = True
    pattern = Pattern.SWITCHER
    formula = r"x \cdot y"
    derivatives = ("y", "x")
    rule = "Each input's derivative is the product of the other inputs."
    samples = ((3.0, -4.0), (1.5, 2.5, -0.5), (0.0, 2.0, 0.0))
    kernel = kernels.MUL

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
class Sub(Elementwise):
    """f = x - y."""

    name = "sub"
    group = Group.ARITHMETIC
    summary = "The first input minus the second."
    aliases = ("minus", "subtract", "difference", "CSubTable")
    ports = ("x", "y")
    pattern = Pattern.DISTRIBUTOR
    formula = r"x - y"
    derivatives = ("1", "-1")
    rule = "The upstream gradient goes to the first input, and with its sign turned to the second."
    samples = ((3.0, -4.0), (1.5, 2.5), ((1.0, 2.0, 3.0), 4.0))
    kernel = kernels.SUB

    @property
    @override
    def symbol(self) -> str:
        return "−"

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return x - y

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        return upstream, -upstream


@register
@final
@dataclass(frozen=True)
class Div(Elementwise):
    """f = x / y; x/0 is an infinity and 0/0 is nan, as in IEEE 754."""

    name = "div"
    group = Group.ARITHMETIC
    summary = "The first input divided by the second."
    aliases = ("divide", "quotient", "ratio", "/", "CDivTable")
    ports = ("x", "y")
    pattern = Pattern.SWITCHER
    formula = r"\frac{x}{y}"
    derivatives = (r"\frac{1}{y}", r"-\frac{x}{y^{2}}")
    rule = "The numerator's derivative is 1/y; the denominator's is minus the quotient over y."
    samples = ((3.0, -4.0), (1.5, 0.5), (0.0, 2.0))
    kernel = kernels.DIV

    @property
    @override
    def symbol(self) -> str:
        return "÷"

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return x / y

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        return upstream * (1.0 / y), -upstream * (output / y)


@register
@final
@dataclass(frozen=True)
class Neg(Elementwise):
    """f = -x."""

    name = "neg"
    group = Group.ARITHMETIC
    summary = "Its input with the sign turned."
    aliases = ("negative", "minus", "opposite")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"-x"
    derivatives = ("-1",)
    rule = "Turning the sign of x turns the sign of its gradient."
    samples = ((0.7,), (-2.0,))
    kernel = kernels.NEG

    @property
    @override
    def symbol(self) -> str:
        return "−x"

    @override
    def forward(self, x: Array) -> Array:
        return -x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (-upstream,)


@register
@final
@dataclass(frozen=True)
class Reciprocal(Elementwise):
    """f = 1 / x; 1/0 is an infinity, as in IEEE 754."""

    name = "reciprocal"
    group = Group.ARITHMETIC
    summary = "One divided by its input."
    aliases = ("inverse", "1/x")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\frac{1}{x}"
    derivatives = (r"-\frac{1}{x^{2}}",)
    rule = "The derivative of 1/x is −1/x², minus the square of the output."
    samples = ((1.37,), (-0.5,))
    kernel = kernels.RECIPROCAL

    @property
    @override
    def symbol(self) -> str:
        return "1/x"

    @override
    def forward(self, x: Array) -> Array:
        return np.reciprocal(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (-upstream * (output * output),)


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
    rule = "The derivative of c x is c, whatever x is."
    samples = ((0.7,), (-2.0,))
    kernel = kernels.MUL

    @property
    @override
    def symbol(self) -> str:
        return f"×({_plain(self.c)})" if self.c < 0 else f"×{_plain(self.c)}"

    @override
    def forward(self, x: Array) -> Array:
        return x * self.c

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * self.c,)


@register
@final
@dataclass(frozen=True)
class AddConstant(Elementwise):
    """f = x + c, the `+1` of the lecture's neuron."""

    c: float = parameter(1.0, NUMBER, "What is added.", required=True)

    name = "add_constant"
    group = Group.ARITHMETIC
    summary = "Its input plus a fixed number."
    aliases = ("shift", "plus constant", "offset", "AddConstant")
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = r"x + c"
    derivatives = ("1",)
    rule = "A constant shifts the value and leaves the gradient as it is."
    samples = ((0.37,), (-2.0,))
    kernel = kernels.ADD

    @property
    @override
    def symbol(self) -> str:
        return _plain(self.c) if self.c < 0 else f"+{_plain(self.c)}"

    @override
    def forward(self, x: Array) -> Array:
        return x + self.c

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)


@register
@final
@dataclass(frozen=True)
class Identity(Elementwise):
    """f = x; it gives a quantity a place of its own, at which several branches meet."""

    name = "identity"
    group = Group.ARITHMETIC
    summary = "Its input, unchanged."
    aliases = ("Identity", "pass through", "junction")
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = "x"
    derivatives = ("1",)
    rule = "Nothing changes on the way, in either direction."
    samples = ((3.0,), ((1.0, -2.0, 0.0),))
    kernel = kernels.IDENTITY

    @property
    @override
    def symbol(self) -> str:
        return "id"

    @override
    def forward(self, x: Array) -> Array:
        return +x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)


@register
@final
@dataclass(frozen=True)
class GradientReversal(Elementwise):
    """f = x, but the gradient is turned around: −scale times the upstream one.

    Its backward pass is, on purpose, not the derivative of its forward pass: what lies behind it is
    trained to get better, what lies before it to make that worse. No difference of values can check
    it. The source is Ganin and Lempitsky, Unsupervised Domain Adaptation by Backpropagation (2015).
    """

    scale: float = parameter(1.0, NUMBER, "How much of the gradient is turned around.")

    name = "gradient_reversal"
    group = Group.ARITHMETIC
    summary = "Its input, unchanged; backwards it turns the sign of the gradient."
    aliases = ("GradientReversal", "reverse gradient", "adversary")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = "x"
    derivatives = ("-scale",)
    rule = "Not a derivative, which would be 1: the upstream gradient gets −scale as its factor."
    samples = ((3.0,), ((1.0, -2.0, 0.0),))
    kernel = kernels.GRADIENT_REVERSAL
    differentiates = False

    @property
    @override
    def symbol(self) -> str:
        return "x ↩"

    @override
    def forward(self, x: Array) -> Array:
        return +x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (-self.scale),)


def _product(factors: tuple[Array, ...]) -> Array:
    product = factors[0]
    for each in factors[1:]:
        product = product * each
    return product


def _plain(number: float) -> str:
    """Write a number as short as on a blackboard, with a real minus sign."""
    return f"{number + 0.0:g}".replace("-", "−")
