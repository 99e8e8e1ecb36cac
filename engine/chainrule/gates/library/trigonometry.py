"""Trigonometric functions and their inverses, in radians."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.curves import sinc, sinc_slope
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.gate import Elementwise, Pattern, Piecewise
from chainrule.gates.kind import Group


@register
@final
@dataclass(frozen=True)
class Sin(Elementwise):
    """f = sin x, x in radians."""

    name = "sin"
    group = Group.TRIGONOMETRY
    summary = "The sine of its input, in radians."
    aliases = ("sine",)
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\sin x"
    derivatives = (r"\cos x",)
    rule = "The slope of a sine is the cosine, a quarter of a wave ahead."
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, 3.0),))
    kernel = kernels.SIN

    @property
    @override
    def symbol(self) -> str:
        return "sin"

    @override
    def forward(self, x: Array) -> Array:
        return np.sin(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * np.cos(x),)


@register
@final
@dataclass(frozen=True)
class Cos(Elementwise):
    """f = cos x, x in radians."""

    name = "cos"
    group = Group.TRIGONOMETRY
    summary = "The cosine of its input, in radians."
    aliases = ("cosine",)
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\cos x"
    derivatives = (r"-\sin x",)
    rule = "The slope of a cosine is minus the sine."
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, 3.0),))
    kernel = kernels.COS

    @property
    @override
    def symbol(self) -> str:
        return "cos"

    @override
    def forward(self, x: Array) -> Array:
        return np.cos(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (-upstream * np.sin(x),)


@register
@final
@dataclass(frozen=True)
class Tan(Elementwise):
    """f = tan x, x in radians; it jumps at its poles, the odd multiples of π/2."""

    name = "tan"
    group = Group.TRIGONOMETRY
    summary = "The tangent of its input, in radians."
    aliases = ("tangent",)
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\tan x"
    derivatives = ("1 + f^{2}",)
    rule = (
        "The slope is 1 + f²: one where the tangent crosses 0, and ever steeper towards its poles."
    )
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, 3.0),))
    kernel = kernels.TAN

    @property
    @override
    def symbol(self) -> str:
        return "tan"

    @override
    def forward(self, x: Array) -> Array:
        return np.tan(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 + output * output),)


@register
@final
@dataclass(frozen=True)
class Asin(Elementwise):
    """f = arcsin x, in radians, from -π/2 to π/2; nan beyond ±1, where no sine gets.

    The slope is computed as 1 / √((1 - x)(1 + x)), which keeps its digits near ±1.
    """

    name = "asin"
    group = Group.TRIGONOMETRY
    summary = "The angle whose sine is its input."
    aliases = ("arcsin", "arcsine", "inverse sine")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\arcsin x"
    derivatives = (r"\frac{1}{\sqrt{1 - x^{2}}}",)
    rule = "The slope is one over the cosine of the angle, and infinite at ±1."
    samples = ((0.4,), (-0.9,), ((0.0, 0.5, -0.25),))
    kernel = kernels.ASIN

    @property
    @override
    def symbol(self) -> str:
        return "asin"

    @override
    def forward(self, x: Array) -> Array:
        return np.arcsin(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 / np.sqrt((1.0 - x) * (1.0 + x))),)


@register
@final
@dataclass(frozen=True)
class Acos(Elementwise):
    """f = arccos x, in radians, from 0 to π; nan beyond ±1, where no cosine gets.

    The slope is computed as -1 / √((1 - x)(1 + x)), which keeps its digits near ±1.
    """

    name = "acos"
    group = Group.TRIGONOMETRY
    summary = "The angle whose cosine is its input."
    aliases = ("arccos", "arccosine", "inverse cosine")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\arccos x"
    derivatives = (r"-\frac{1}{\sqrt{1 - x^{2}}}",)
    rule = "The slope is that of the arc sine with its sign turned: the two angles add up to π/2."
    samples = ((0.4,), (-0.9,), ((0.0, 0.5, -0.25),))
    kernel = kernels.ACOS

    @property
    @override
    def symbol(self) -> str:
        return "acos"

    @override
    def forward(self, x: Array) -> Array:
        return np.arccos(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (-1.0 / np.sqrt((1.0 - x) * (1.0 + x))),)


@register
@final
@dataclass(frozen=True)
class Atan(Elementwise):
    """f = arctan x, in radians, from -π/2 to π/2."""

    name = "atan"
    group = Group.TRIGONOMETRY
    summary = "The angle whose tangent is its input."
    aliases = ("arctan", "arctangent", "inverse tangent")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\arctan x"
    derivatives = (r"\frac{1}{1 + x^{2}}",)
    rule = "The slope is one in the middle and fades with the square of the input."
    samples = ((0.4,), (-2.0,), ((0.0, 1.0, 30.0),))
    kernel = kernels.ATAN

    @property
    @override
    def symbol(self) -> str:
        return "atan"

    @override
    def forward(self, x: Array) -> Array:
        return np.arctan(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (1.0 / (1.0 + x * x)),)


@register
@final
@dataclass(frozen=True)
class Atan2(Elementwise, Piecewise):
    """f = the angle of the point (x, y) from the x-axis, in radians, from -π to π; y comes first.

    It jumps by 2π across the negative x-axis. At (0, 0) there is no slope: nan, where PyTorch
    takes 0.
    """

    name = "atan2"
    group = Group.TRIGONOMETRY
    summary = "The angle of a point, from its coordinates y and x."
    aliases = ("arctan2", "angle", "polar angle")
    ports = ("y", "x")
    pattern = Pattern.SWITCHER
    formula = r"\mathrm{atan2}(y, x)"
    derivatives = (r"\frac{x}{x^{2} + y^{2}}", r"-\frac{y}{x^{2} + y^{2}}")
    rule = "A step turns the angle by its part across the radius, over the radius."
    samples = ((1.0, 2.0), (-0.5, -1.5), ((1.0, -2.0, 0.0), 3.0))
    kernel = kernels.ATAN2

    @property
    @override
    def symbol(self) -> str:
        return "atan2"

    @override
    def forward(self, y: Array, x: Array) -> Array:
        return np.arctan2(y, x)

    @override
    def backward(self, upstream: Array, output: Array, y: Array, x: Array) -> tuple[Array, ...]:
        radius = np.hypot(x, y)
        return upstream * (x / radius / radius), upstream * -(y / radius / radius)

    @override
    def branch(self, y: Array, x: Array) -> Array:
        return np.where(x < 0, np.copysign(ONE, y), ZERO)[()]


@register
@final
@dataclass(frozen=True)
class Sinc(Elementwise):
    """f = sin(πx) / (πx), and 1 at 0: NumPy's and PyTorch's, with π inside."""

    name = "sinc"
    group = Group.TRIGONOMETRY
    summary = "The sine of πx over πx, 1 at 0: the wave of a perfect filter."
    aliases = ("cardinal sine", "sampling function")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\frac{\sin(\pi x)}{\pi \cdot x}"
    derivatives = (r"\frac{\cos(\pi x) - f}{x}",)
    rule = "The quotient rule; at 0, the top, the slope is 0."
    samples = ((0.4,), (-2.3,), ((0.0, 1.0, 0.1),))
    kernel = kernels.SINC

    @property
    @override
    def symbol(self) -> str:
        return "sinc"

    @override
    def forward(self, x: Array) -> Array:
        return sinc(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * sinc_slope(x),)
