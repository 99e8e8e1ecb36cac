"""Roots and powers beyond the elementary ones, and the length of a hypotenuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, select
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import ZERO, slope_by_exponent
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.kind import Group


@register
@final
@dataclass(frozen=True)
class Cbrt(Elementwise):
    """f = ∛x, for negative numbers, too; the slope at 0 is infinite."""

    name = "cbrt"
    group = Group.ELEMENTARY
    summary = "The cube root of its input."
    aliases = ("cube root", "third root")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = "x^{1/3}"
    derivatives = (r"\frac{1}{3 \cdot f^{2}}",)
    rule = "The slope is one over three times the square of the root."
    samples = ((2.0,), (-0.25,), ((1.0, 8.0, -0.1),))
    kernel = kernels.CBRT

    @property
    @override
    def symbol(self) -> str:
        return "∛"

    @override
    def forward(self, x: Array) -> Array:
        return np.cbrt(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 / (3.0 * output * output)),)


@register
@final
@dataclass(frozen=True)
class Rsqrt(Elementwise):
    """f = 1/√x; infinite at 0 and nan below."""

    name = "rsqrt"
    group = Group.ELEMENTARY
    summary = "One over the square root of its input."
    aliases = ("reciprocal square root", "inverse square root", "1/sqrt(x)")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\frac{1}{\sqrt{x}}"
    derivatives = (r"-\frac{f^{3}}{2}",)
    rule = (
        "The power −1/2 comes down as a factor and falls to −3/2: minus half of the output's cube."
    )
    samples = ((2.0,), (0.25,), ((1.0, 4.0, 0.1),))
    kernel = kernels.RSQRT

    @property
    @override
    def symbol(self) -> str:
        return "1/√"

    @override
    def forward(self, x: Array) -> Array:
        return np.reciprocal(np.sqrt(x))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (-0.5 * (output * output * output)),)


@register
@final
@dataclass(frozen=True)
class Pow(Elementwise):
    """f = xʸ, number by number; `power` is the one whose exponent is fixed.

    Below 0 it is nan for a fractional y, and the slope by y is nan wherever x < 0, since ln x is.
    By x the slope is 0 for y = 0; by y it is 0 for x = 0 and y ≥ 0: PyTorch's conventions
    (`pow_backward_self` and `pow_backward_exponent` in its FunctionsManual.cpp).
    """

    name = "pow"
    group = Group.ELEMENTARY
    summary = "The first input to the power of the second."
    aliases = ("x^y", "x**y", "power of two inputs", "exponentiation")
    ports = ("x", "y")
    pattern = Pattern.SWITCHER
    formula = "x^{y}"
    derivatives = (r"y \cdot x^{y - 1}", r"f \, \log x")
    rule = "The base's slope is that of a power, the exponent's that of an exponential."
    samples = ((2.0, 3.0), (0.5, -1.5), ((1.0, 2.0, 3.0), 0.4))
    kernel = kernels.POW

    @property
    @override
    def symbol(self) -> str:
        return "xʸ"

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return np.power(x, y)

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        by_base = select(y == 0, ZERO, y * np.power(x, y - 1.0))
        return upstream * by_base, upstream * slope_by_exponent(output, x, y)


@register
@final
@dataclass(frozen=True)
class Hypot(Elementwise):
    """f = √(x² + y²), without overflow; at (0, 0) there is no slope: nan, as in PyTorch."""

    name = "hypot"
    group = Group.ELEMENTARY
    summary = "The length of the hypotenuse, from those of the two legs."
    aliases = ("hypotenuse", "Pythagoras", "distance", "radius")
    ports = ("x", "y")
    pattern = Pattern.SWITCHER
    formula = r"\sqrt{x^{2} + y^{2}}"
    derivatives = (r"\frac{x}{f}", r"\frac{y}{f}")
    rule = "Each leg's slope is its share of the hypotenuse: cosine and sine of the angle."
    samples = ((3.0, -4.0), (1.5, 2.5), ((1.0, 2.0, 3.0), 4.0))
    kernel = kernels.HYPOT

    @property
    @override
    def symbol(self) -> str:
        return "hypot"

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return np.hypot(x, y)

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        return upstream * (x / output), upstream * (y / output)
