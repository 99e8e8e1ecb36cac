"""Hyperbolic functions and their inverses; the hyperbolic tangent is an activation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import ONE
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.kind import Group


@register
@final
@dataclass(frozen=True)
class Sinh(Elementwise):
    """f = sinh x = (eˣ - e⁻ˣ) / 2; infinite beyond ±710.5, where float64 ends."""

    name = "sinh"
    group = Group.TRIGONOMETRY
    summary = "The hyperbolic sine of its input."
    aliases = ("hyperbolic sine",)
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\sinh x"
    derivatives = (r"\cosh x",)
    rule = "The slope is the hyperbolic cosine, at least 1."
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, 3.0),))
    kernel = kernels.SINH

    @property
    @override
    def symbol(self) -> str:
        return "sinh"

    @override
    def forward(self, x: Array) -> Array:
        return np.sinh(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * np.cosh(x),)


@register
@final
@dataclass(frozen=True)
class Cosh(Elementwise):
    """f = cosh x = (eˣ + e⁻ˣ) / 2; infinite beyond ±710.5, where float64 ends."""

    name = "cosh"
    group = Group.TRIGONOMETRY
    summary = "The hyperbolic cosine of its input: a hanging chain."
    aliases = ("hyperbolic cosine", "catenary")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\cosh x"
    derivatives = (r"\sinh x",)
    rule = "The slope is the hyperbolic sine, with no change of sign."
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, 3.0),))
    kernel = kernels.COSH

    @property
    @override
    def symbol(self) -> str:
        return "cosh"

    @override
    def forward(self, x: Array) -> Array:
        return np.cosh(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * np.sinh(x),)


@register
@final
@dataclass(frozen=True)
class Asinh(Elementwise):
    """f = arsinh x = ln(x + √(x² + 1)), without overflow or cancellation."""

    name = "asinh"
    group = Group.TRIGONOMETRY
    summary = "The number whose hyperbolic sine is its input: a logarithm for both signs."
    aliases = ("arcsinh", "arsinh", "inverse hyperbolic sine")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\mathrm{arsinh}\, x"
    derivatives = (r"\frac{1}{\sqrt{x^{2} + 1}}",)
    rule = "The slope is one over the hyperbolic cosine of the output."
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, 3.0),))
    kernel = kernels.ASINH

    @property
    @override
    def symbol(self) -> str:
        return "asinh"

    @override
    def forward(self, x: Array) -> Array:
        return np.arcsinh(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 / np.hypot(ONE, x)),)


@register
@final
@dataclass(frozen=True)
class Acosh(Elementwise):
    """f = arcosh x = ln(x + √(x² - 1)); nan below 1, value and gradient.

    PyTorch's gradient is a number below -1, too, although its value is nan there.
    """

    name = "acosh"
    group = Group.TRIGONOMETRY
    summary = "The number whose hyperbolic cosine is its input."
    aliases = ("arccosh", "arcosh", "inverse hyperbolic cosine")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\mathrm{arcosh}\, x"
    derivatives = (r"\frac{1}{\sqrt{x^{2} - 1}}",)
    rule = "The slope is one over the hyperbolic sine of the output, and infinite at 1."
    samples = ((1.4,), (20.0,), ((2.0, 1.1, 3.0),))
    kernel = kernels.ACOSH

    @property
    @override
    def symbol(self) -> str:
        return "acosh"

    @override
    def forward(self, x: Array) -> Array:
        return np.arccosh(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 / (np.sqrt(x - 1.0) * np.sqrt(x + 1.0))),)


@register
@final
@dataclass(frozen=True)
class Atanh(Elementwise):
    """f = artanh x = ln((1 + x) / (1 - x)) / 2; ±inf at ±1 and nan beyond."""

    name = "atanh"
    group = Group.TRIGONOMETRY
    summary = "The number whose hyperbolic tangent is its input."
    aliases = ("arctanh", "artanh", "inverse hyperbolic tangent", "Fisher transformation")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\mathrm{artanh}\, x"
    derivatives = (r"\frac{1}{1 - x^{2}}",)
    rule = "The slope is one over that of the hyperbolic tangent, and infinite at ±1."
    samples = ((0.4,), (-0.9,), ((0.0, 0.5, -0.25),))
    kernel = kernels.ATANH

    @property
    @override
    def symbol(self) -> str:
        return "atanh"

    @override
    def forward(self, x: Array) -> Array:
        return np.arctanh(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 / ((1.0 - x) * (1.0 + x))),)
