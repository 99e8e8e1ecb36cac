"""Non-linearities of straight lines with thresholds between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, select
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.bends import (
    hardsigmoid,
    hardsigmoid_slope,
    hardswish,
    hardswish_slope,
    softshrink,
)
from chainrule.gates.foundations.bounds import refuse_negative, refuse_reversed
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.gate import Elementwise, Pattern, Piecewise
from chainrule.gates.kind import NUMBER, Group, parameter


@register
@final
@dataclass(frozen=True)
class Hardtanh(Elementwise, Piecewise):
    """f = x between `min` and `max`, and those beyond; the gradient at both bounds is 0.

    That is PyTorch's convention; `clip`, the same function, has gradient 1 there. A nan comes
    through, and so does its gradient.
    """

    min: float = parameter(-1.0, NUMBER, "The lower bound.")
    max: float = parameter(1.0, NUMBER, "The upper bound.")

    name = "hardtanh"
    group = Group.ACTIVATION
    summary = "A hyperbolic tangent of three straight lines."
    aliases = ("HardTanh", "hard tanh")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\min(\max(x, min), max)"
    derivatives = (r"\mathbf{1}[min < x < max]",)
    rule = "The gradient passes between the bounds and is blocked elsewhere, at both bounds too."
    samples = ((0.5,), (-3.0,), ((0.5, -0.25, 4.0),))
    variants = (({"min": 0.0, "max": 20.0}, ((0.5, -1.0, 24.0),)),)
    kernel = kernels.HARDTANH

    def __post_init__(self) -> None:
        refuse_reversed(self.name, self.min, self.max)

    @property
    @override
    def symbol(self) -> str:
        return "hardtanh"

    @override
    def forward(self, x: Array) -> Array:
        return np.clip(x, self.min, self.max)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (select((x <= self.min) | (x >= self.max), ZERO, upstream),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > self.min, ONE, ZERO) + select(x >= self.max, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class Hardsigmoid(Elementwise, Piecewise):
    """f = (x + 3) / 6, held between 0 and 1; the gradient at the kinks ±3 is 0, as in PyTorch."""

    name = "hardsigmoid"
    group = Group.ACTIVATION
    summary = "A sigmoid of three straight lines."
    aliases = ("Hardsigmoid", "hard sigmoid")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\min(\max(\frac{x + 3}{6}, 0), 1)"
    derivatives = (r"\frac{1}{6} \cdot \mathbf{1}[-3 < x < 3]",)
    rule = "A sixth of the gradient passes between −3 and 3, and nothing elsewhere."
    samples = ((0.5,), (-4.0,), ((0.5, -2.0, 4.0),))
    kernel = kernels.HARDSIGMOID

    @property
    @override
    def symbol(self) -> str:
        return "hard σ"

    @override
    def forward(self, x: Array) -> Array:
        return hardsigmoid(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * hardsigmoid_slope(x),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > -3, ONE, ZERO) + select(x >= 3, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class Hardswish(Elementwise, Piecewise):
    """f = x · hardsigmoid(x); 0 at -inf, where PyTorch has nan.

    At the kinks the gradient is that of the straight line: 0 at -3, and 1 at 3, as in PyTorch.
    The source is Howard et al., Searching for MobileNetV3 (2019).
    """

    name = "hardswish"
    group = Group.ACTIVATION
    summary = "Its input times a sigmoid of three straight lines."
    aliases = ("Hardswish", "hard swish")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"x \cdot \min(\max(\frac{x + 3}{6}, 0), 1)"
    derivatives = (
        r"\mathbf{1}[x \geq 3] + (\frac{x}{3} + \frac{1}{2}) \cdot \mathbf{1}[-3 < x < 3]",
    )
    rule = (
        "Between −3 and 3 it is a parabola, whose slope is a line; beyond, 0 or the input itself."
    )
    samples = ((0.5,), (-4.0,), ((0.5, -2.0, 4.0),))
    kernel = kernels.HARDSWISH

    @property
    @override
    def symbol(self) -> str:
        return "hswish"

    @override
    def forward(self, x: Array) -> Array:
        return hardswish(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * hardswish_slope(x),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > -3, ONE, ZERO) + select(x >= 3, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class Hardshrink(Elementwise, Piecewise):
    """f = x where |x| > lambd, and 0 elsewhere; it jumps at ±lambd, where the gradient is 0.

    A nan comes through, and so does its gradient.
    """

    lambd: float = parameter(0.5, NUMBER, "How far from 0 it reaches.")

    name = "hardshrink"
    group = Group.ACTIVATION
    summary = "Its input, or 0 where that is small."
    aliases = ("HardShrink", "hard threshold")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"x \cdot \mathbf{1}[\left| x \right| > lambd]"
    derivatives = (r"\mathbf{1}[\left| x \right| > lambd]",)
    rule = "The gradient passes where the input does, and is blocked where that is small."
    samples = ((2.0,), (-3.0,), ((0.25, -1.0, 4.0),))
    variants = (({"lambd": 1.5}, ((0.5, -1.0, 4.0),)),)
    kernel = kernels.HARDSHRINK

    def __post_init__(self) -> None:
        refuse_negative(self.name, "lambd", self.lambd)

    @property
    @override
    def symbol(self) -> str:
        return "hshrink"

    @override
    def forward(self, x: Array) -> Array:
        return select((x >= -self.lambd) & (x <= self.lambd), ZERO, x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (select((x >= -self.lambd) & (x <= self.lambd), ZERO, upstream),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > self.lambd, ONE, ZERO) - select(x < -self.lambd, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class Softshrink(Elementwise, Piecewise):
    """f = x moved towards 0 by lambd, and 0 where it gets there; the gradient at ±lambd is 0.

    A nan comes through, and so does its gradient.
    """

    lambd: float = parameter(0.5, NUMBER, "How far from 0 it reaches.")

    name = "softshrink"
    group = Group.ACTIVATION
    summary = "Its input moved towards 0, at most up to there."
    aliases = ("SoftShrink", "soft threshold", "proximal operator of L1")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\mathrm{sign}(x) \cdot \max(\left| x \right| - lambd, 0)"
    derivatives = (r"\mathbf{1}[\left| x \right| > lambd]",)
    rule = "A shift leaves the gradient as it is; where nothing is left, it is blocked."
    samples = ((2.0,), (-3.0,), ((0.25, -1.0, 4.0),))
    variants = (({"lambd": 1.5}, ((0.5, -1.0, 4.0),)),)
    kernel = kernels.SOFTSHRINK

    def __post_init__(self) -> None:
        refuse_negative(self.name, "lambd", self.lambd)

    @property
    @override
    def symbol(self) -> str:
        return "sshrink"

    @override
    def forward(self, x: Array) -> Array:
        return softshrink(x, self.lambd)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (select((x >= -self.lambd) & (x <= self.lambd), ZERO, upstream),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > self.lambd, ONE, ZERO) - select(x < -self.lambd, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class Threshold(Elementwise, Piecewise):
    """f = x where it is above `threshold`, and `value` elsewhere.

    The gradient at the threshold is 0, as in PyTorch. A nan comes through, and so does its
    gradient.
    """

    threshold: float = parameter(0.0, NUMBER, "Above it the input passes.", required=True)
    value: float = parameter(0.0, NUMBER, "What stands for the rest.", required=True)

    name = "threshold"
    group = Group.ACTIVATION
    summary = "Its input where that is above a threshold, a fixed number elsewhere."
    aliases = ("Threshold",)
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"x \cdot \mathbf{1}[x > threshold] + value \cdot \mathbf{1}[x \leq threshold]"
    derivatives = (r"\mathbf{1}[x > threshold]",)
    rule = "The gradient passes above the threshold; a fixed number has none."
    samples = ((2.0,), (-3.0,), ((0.25, -1.0, 4.0),))
    variants = (({"threshold": 1.5, "value": -2.0}, ((0.5, -1.0, 4.0),)),)
    kernel = kernels.THRESHOLD

    @property
    @override
    def symbol(self) -> str:
        return "thresh"

    @override
    def forward(self, x: Array) -> Array:
        return select(x <= self.threshold, np.float64(self.value), x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (select(x <= self.threshold, ZERO, upstream),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > self.threshold, ONE, ZERO)
