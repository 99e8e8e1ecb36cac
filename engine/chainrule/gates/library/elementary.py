"""Elementary functions of one number: exponential, logarithm, root, powers, magnitude."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.gate import Elementwise, Pattern, Piecewise
from chainrule.gates.kind import NUMBER, Group, parameter


@register
@final
@dataclass(frozen=True)
class Exp(Elementwise):
    """f = eˣ; infinite beyond x ≈ 709.78, where float64 ends."""

    name = "exp"
    group = Group.ELEMENTARY
    summary = "The number e to the power of its input."
    aliases = ("exponential", "e^x", "Exp")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = "e^{x}"
    derivatives = ("e^{x}",)
    rule = "The exponential is its own derivative, so the output is the local gradient."
    samples = ((-1.0,), (0.5,), ((0.0, 1.0, -3.0),))
    kernel = kernels.EXP

    @property
    @override
    def symbol(self) -> str:
        return "exp"

    @override
    def forward(self, x: Array) -> Array:
        return np.exp(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * output,)


@register
@final
@dataclass(frozen=True)
class Log(Elementwise):
    """f = ln x; -inf at 0 and nan below, as in IEEE 754 and NumPy."""

    name = "log"
    group = Group.ELEMENTARY
    summary = "The natural logarithm of its input."
    aliases = ("ln", "logarithm", "Log")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\log x"
    derivatives = (r"\frac{1}{x}",)
    rule = "The logarithm climbs by 1/x: steeply near 0, ever more slowly further out."
    samples = ((2.0,), (0.3,), ((0.5, 1.0, 9.0),))
    kernel = kernels.LOG

    @property
    @override
    def symbol(self) -> str:
        return "log"

    @override
    def forward(self, x: Array) -> Array:
        return np.log(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 / x),)


@register
@final
@dataclass(frozen=True)
class Sqrt(Elementwise):
    """f = √x; nan below 0, and an infinite gradient at 0."""

    name = "sqrt"
    group = Group.ELEMENTARY
    summary = "The square root of its input."
    aliases = ("root", "square root", "Sqrt")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\sqrt{x}"
    derivatives = (r"\frac{1}{2 \sqrt{x}}",)
    rule = "The derivative of a root is one over twice the root."
    samples = ((2.0,), (0.25,), ((1.0, 4.0, 0.1),))
    kernel = kernels.SQRT

    @property
    @override
    def symbol(self) -> str:
        return "√"

    @override
    def forward(self, x: Array) -> Array:
        return np.sqrt(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (0.5 / output),)


@register
@final
@dataclass(frozen=True)
class Square(Elementwise):
    """f = x²."""

    name = "square"
    group = Group.ELEMENTARY
    summary = "Its input times itself."
    aliases = ("x^2", "quadratic", "Square")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"x^{2}"
    derivatives = (r"2 x",)
    rule = "The input is used twice, and each use contributes x: together 2x."
    samples = ((5.0,), (-3.0,), (0.0,), ((0.0, 1.0, -2.0),))
    kernel = kernels.SQUARE

    @property
    @override
    def symbol(self) -> str:
        return "x²"

    @override
    def forward(self, x: Array) -> Array:
        return x * x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (2.0 * x),)


@register
@final
@dataclass(frozen=True)
class Power(Elementwise):
    """f = xᵖ with a fixed exponent p.

    Below 0 it is nan for a fractional p. The gradient is 0 for p = 0 wherever x is, 1 for p = 1
    at 0 too, infinite at 0 for p < 1, and 0 at 0 for p > 1: PyTorch's conventions
    (`pow_backward` in its FunctionsManual.cpp).
    """

    exponent: float = parameter(3.0, NUMBER, "The exponent.", required=True)

    name = "power"
    group = Group.ELEMENTARY
    summary = "Its input to the power of a fixed number."
    aliases = ("**", "^", "x^n", "Power")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"x^{exponent}"
    derivatives = (r"exponent \cdot x^{exponent - 1}",)
    rule = "The exponent comes down as a factor, and the power falls by one."
    samples = ((2.0,), (-1.5,), (0.0,), ((0.5, 1.0, 3.0),))
    kernel = kernels.POWER

    @property
    @override
    def symbol(self) -> str:
        shown = f"{self.exponent:g}"
        if shown.lstrip("-").isdigit():
            return "x" + shown.translate(_SUPERSCRIPTS)
        return "x^" + shown.replace("-", "−")

    @override
    def forward(self, x: Array) -> Array:
        return np.power(x, self.exponent)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        if self.exponent == 0.0:
            return (np.zeros_like(upstream)[()],)
        return (upstream * (self.exponent * np.power(x, self.exponent - 1.0)),)


@register
@final
@dataclass(frozen=True)
class Abs(Elementwise, Piecewise):
    """f = |x|; the gradient at the kink x = 0 is 0, as in PyTorch (`sgn`) and the file format."""

    name = "abs"
    group = Group.ELEMENTARY
    summary = "The magnitude of its input."
    aliases = ("absolute value", "magnitude", "|x|", "Abs")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\left| x \right|"
    derivatives = (r"\mathrm{sign}(x)",)
    rule = "The gradient passes for a positive input and turns its sign for a negative one."
    samples = ((2.0,), (-3.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.ABS

    @property
    @override
    def symbol(self) -> str:
        return "|x|"

    @override
    def forward(self, x: Array) -> Array:
        return abs(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * np.sign(x),)

    @override
    def branch(self, x: Array) -> Array:
        return np.sign(x)


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
