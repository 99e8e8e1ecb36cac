"""Smooth non-linearities beyond the sigmoid and the hyperbolic tangent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.curves import (
    gelu,
    gelu_slope,
    gelu_tanh,
    gelu_tanh_slope,
    mish,
    mish_slope,
    silu,
    silu_slope,
    softsign,
    tanhshrink,
)
from chainrule.gates.foundations.numerics import ZERO, logistic
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.kind import Group, choice, parameter


@register
@final
@dataclass(frozen=True)
class Gelu(Elementwise):
    """f = x Φ(x), where Φ is the normal distribution function, or an approximation by tanh.

    With `approximate` "tanh" it is x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. Both keep their
    digits far below 0, where PyTorch rounds to 0; at -inf they are 0, where PyTorch has nan.
    The source is Hendrycks and Gimpel, Gaussian Error Linear Units (2016).
    """

    approximate: str = parameter(
        "none", choice("none", "tanh"), "Exact, or as it is approximated by tanh."
    )

    name = "gelu"
    group = Group.ACTIVATION
    summary = "Its input times the share of a bell curve that lies below it."
    aliases = ("GELU", "Gaussian error linear unit")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"x \cdot \Phi(x)"
    derivatives = (r"\Phi(x) + x \cdot \varphi(x)",)
    rule = "The product rule, with the bell curve φ, which is the slope of Φ."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    variants = (({"approximate": "tanh"}, ((0.5, -1.0, 4.0),)),)
    kernel = kernels.GELU

    @property
    @override
    def symbol(self) -> str:
        return "GELU"

    @override
    def forward(self, x: Array) -> Array:
        return gelu_tanh(x) if self.approximate == "tanh" else gelu(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        slope = gelu_tanh_slope(x) if self.approximate == "tanh" else gelu_slope(x)
        return (upstream * slope,)


@register
@final
@dataclass(frozen=True)
class Silu(Elementwise):
    """f = x σ(x), where σ is the sigmoid; 0 at -inf, where PyTorch has nan."""

    name = "silu"
    group = Group.ACTIVATION
    summary = "Its input times the sigmoid of it."
    aliases = ("SiLU", "swish", "Swish", "sigmoid linear unit")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"x \cdot \sigma(x)"
    derivatives = (r"\sigma(x) \, (1 + x \, \sigma(-x))",)
    rule = "The product rule, with the slope of the sigmoid, σ(x) σ(−x)."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.SILU

    @property
    @override
    def symbol(self) -> str:
        return "SiLU"

    @override
    def forward(self, x: Array) -> Array:
        return silu(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * silu_slope(x),)


@register
@final
@dataclass(frozen=True)
class Mish(Elementwise):
    """f = x tanh(ln(1 + eˣ)); 0 at -inf, where PyTorch has nan.

    The source is Misra, Mish (2019).
    """

    name = "mish"
    group = Group.ACTIVATION
    summary = "Its input times the hyperbolic tangent of its softplus."
    aliases = ("Mish",)
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"x \cdot \tanh(\log(1 + e^{x}))"
    derivatives = (r"\frac{f}{x} + x \, \frac{4 e^{x} (e^{x} + 1)}{(e^{2x} + 2e^{x} + 2)^{2}}",)
    rule = "The product rule: the factor, and x times the factor's own slope."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.MISH

    @property
    @override
    def symbol(self) -> str:
        return "mish"

    @override
    def forward(self, x: Array) -> Array:
        return mish(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * mish_slope(x),)


@register
@final
@dataclass(frozen=True)
class Logsigmoid(Elementwise):
    """f = ln σ(x) = -ln(1 + e⁻ˣ), in full precision everywhere."""

    name = "logsigmoid"
    group = Group.ACTIVATION
    summary = "The logarithm of the sigmoid: a log-probability."
    aliases = ("LogSigmoid", "log sigmoid")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"-\log(1 + e^{-x})"
    derivatives = (r"\frac{1}{1 + e^{x}}",)
    rule = "The slope is the sigmoid of −x: from 1 on the left to 0 on the right."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.LOGSIGMOID

    @property
    @override
    def symbol(self) -> str:
        return "log σ"

    @override
    def forward(self, x: Array) -> Array:
        return -np.logaddexp(ZERO, -x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * logistic(-x),)


@register
@final
@dataclass(frozen=True)
class Softsign(Elementwise):
    """f = x / (1 + |x|), from -1 to 1; ±1 at ±inf, where PyTorch has nan."""

    name = "softsign"
    group = Group.ACTIVATION
    summary = "Squashes any number into −1 to 1, slower than the hyperbolic tangent."
    aliases = ("SoftSign",)
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\frac{x}{1 + \left| x \right|}"
    derivatives = (r"\frac{1}{(1 + \left| x \right|)^{2}}",)
    rule = "The slope is one in the middle and fades with the square of the input."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.SOFTSIGN

    @property
    @override
    def symbol(self) -> str:
        return "softsign"

    @override
    def forward(self, x: Array) -> Array:
        return softsign(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        steepness = 1.0 / (1.0 + abs(x))
        return (upstream * (steepness * steepness),)


@register
@final
@dataclass(frozen=True)
class Tanhshrink(Elementwise):
    """f = x - tanh x, with all its digits near 0, where it is close to x³/3."""

    name = "tanhshrink"
    group = Group.ACTIVATION
    summary = "What the hyperbolic tangent leaves of its input."
    aliases = ("TanhShrink", "tanh shrink")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"x - \tanh x"
    derivatives = (r"(\tanh x)^{2}",)
    rule = "One less the slope of the hyperbolic tangent, 1 − tanh²: nothing at 0, one far out."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.TANHSHRINK

    @property
    @override
    def symbol(self) -> str:
        return "x−tanh"

    @override
    def forward(self, x: Array) -> Array:
        return tanhshrink(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        flat = np.tanh(x)
        return (upstream * (flat * flat),)
