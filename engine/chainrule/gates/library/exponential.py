"""Exponential functions and logarithms of other bases, and exact ones near 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import LN_2, LOG2_E, LOG10_E, logistic
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.kind import Group


@register
@final
@dataclass(frozen=True)
class Exp2(Elementwise):
    """f = 2ˣ; infinite from x = 1024, where float64 ends."""

    name = "exp2"
    group = Group.ELEMENTARY
    summary = "Two to the power of its input."
    aliases = ("2^x", "power of two")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = "2^{x}"
    derivatives = (r"f \, \log 2",)
    rule = "It grows in proportion to itself: by the factor ln 2 ≈ 0.69."
    samples = ((-1.0,), (0.5,), ((0.0, 1.0, -3.0),))
    kernel = kernels.EXP2

    @property
    @override
    def symbol(self) -> str:
        return "2ˣ"

    @override
    def forward(self, x: Array) -> Array:
        return np.exp2(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (output * LN_2),)


@register
@final
@dataclass(frozen=True)
class Expm1(Elementwise):
    """f = eˣ - 1, with all its digits near 0.

    PyTorch takes f + 1 for the slope, which rounds to 0 below -37; ours stays eˣ.
    """

    name = "expm1"
    group = Group.ELEMENTARY
    summary = "The exponential of its input, less 1, exact near 0."
    aliases = ("exponential minus one", "e^x-1")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = "e^{x} - 1"
    derivatives = ("e^{x}",)
    rule = "The 1 is a constant: the slope is that of the exponential."
    samples = ((-1.0,), (0.5,), ((0.0, 1.0, -3.0),))
    kernel = kernels.EXPM1

    @property
    @override
    def symbol(self) -> str:
        return "expm1"

    @override
    def forward(self, x: Array) -> Array:
        return np.expm1(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * np.exp(x),)


@register
@final
@dataclass(frozen=True)
class Log1p(Elementwise):
    """f = ln(1 + x), with all its digits near 0; -inf at -1 and nan below."""

    name = "log1p"
    group = Group.ELEMENTARY
    summary = "The natural logarithm of 1 plus its input, exact near 0."
    aliases = ("log(1+x)", "logarithm of one plus")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\log(1 + x)"
    derivatives = (r"\frac{1}{1 + x}",)
    rule = "The logarithm's slope, one further to the left: 1 at 0."
    samples = ((2.0,), (-0.3,), ((0.5, 0.0, 9.0),))
    kernel = kernels.LOG1P

    @property
    @override
    def symbol(self) -> str:
        return "log1p"

    @override
    def forward(self, x: Array) -> Array:
        return np.log1p(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 / (1.0 + x)),)


@register
@final
@dataclass(frozen=True)
class Log2(Elementwise):
    """f = log₂ x; -inf at 0 and nan below."""

    name = "log2"
    group = Group.ELEMENTARY
    summary = "The logarithm of its input to base 2: how many bits."
    aliases = ("binary logarithm", "bits")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\frac{\log x}{\log 2}"
    derivatives = (r"\frac{1}{x \, \log 2}",)
    rule = "The slope of the natural logarithm, over ln 2."
    samples = ((2.0,), (0.3,), ((0.5, 1.0, 9.0),))
    kernel = kernels.LOG2

    @property
    @override
    def symbol(self) -> str:
        return "log₂"

    @override
    def forward(self, x: Array) -> Array:
        return np.log2(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (LOG2_E / x),)


@register
@final
@dataclass(frozen=True)
class Log10(Elementwise):
    """f = log₁₀ x; -inf at 0 and nan below."""

    name = "log10"
    group = Group.ELEMENTARY
    summary = "The logarithm of its input to base 10: how many digits."
    aliases = ("decimal logarithm", "common logarithm", "decades")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\frac{\log x}{\log 10}"
    derivatives = (r"\frac{1}{x \, \log 10}",)
    rule = "The slope of the natural logarithm, over ln 10."
    samples = ((2.0,), (0.3,), ((0.5, 1.0, 9.0),))
    kernel = kernels.LOG10

    @property
    @override
    def symbol(self) -> str:
        return "log₁₀"

    @override
    def forward(self, x: Array) -> Array:
        return np.log10(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (LOG10_E / x),)


@register
@final
@dataclass(frozen=True)
class Logaddexp(Elementwise):
    """f = ln(eˣ + eʸ), without overflow: a smooth maximum, and the sum of logarithmic numbers.

    At two equal infinities there is no slope: nan.
    """

    name = "logaddexp"
    group = Group.ELEMENTARY
    summary = "The logarithm of the sum of two exponentials."
    aliases = ("log add exp", "smooth maximum", "log-sum-exp of two")
    ports = ("x", "y")
    pattern = Pattern.MIXER
    formula = r"\log(e^{x} + e^{y})"
    derivatives = (r"\frac{e^{x}}{e^{x} + e^{y}}", r"\frac{e^{y}}{e^{x} + e^{y}}")
    rule = "The gradient is shared out as by softmax: most of it goes to the larger input."
    samples = ((3.0, -4.0), (1.5, 1.5), ((1.0, 2.0, 3.0), 4.0))
    kernel = kernels.LOGADDEXP

    @property
    @override
    def symbol(self) -> str:
        return "log+exp"

    @override
    def forward(self, x: Array, y: Array) -> Array:
        return np.logaddexp(x, y)

    @override
    def backward(self, upstream: Array, output: Array, x: Array, y: Array) -> tuple[Array, ...]:
        return upstream * logistic(x - y), upstream * logistic(y - x)
