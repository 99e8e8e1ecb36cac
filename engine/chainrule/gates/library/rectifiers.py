"""The relatives of relu: lines above 0, and something else below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Shape, select
from chainrule.errors import ParameterError
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.bends import celu, celu_slope, elu, elu_slope, selu, selu_slope
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.gate import Elementwise, Gate, Pattern, Piecewise
from chainrule.gates.kind import BOOLEAN, INTEGER, NUMBER, Group, parameter


@register
@final
@dataclass(frozen=True)
class Relu6(Elementwise, Piecewise):
    """f = min(max(0, x), 6); the gradient at the kinks 0 and 6 is 0, as in PyTorch.

    A nan comes through, and so does its gradient.
    """

    name = "relu6"
    group = Group.ACTIVATION
    summary = "The positive part of its input, at most 6."
    aliases = ("ReLU6", "capped relu")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\min(\max(0, x), 6)"
    derivatives = (r"\mathbf{1}[0 < x < 6]",)
    rule = "The gradient passes between 0 and 6 and is blocked elsewhere, at both ends too."
    samples = ((2.0,), (-3.0,), ((0.5, -1.0, 7.0),))
    kernel = kernels.RELU6

    @property
    @override
    def symbol(self) -> str:
        return "ReLU6"

    @override
    def forward(self, x: Array) -> Array:
        return np.clip(x, 0.0, 6.0)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (select((x <= 0) | (x >= 6), ZERO, upstream),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > 0, ONE, ZERO) + select(x >= 6, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class LeakyRelu(Elementwise, Piecewise):
    """f = x where it is positive, and a small multiple of x elsewhere.

    The gradient at the kink x = 0 is that of the negative side, as in PyTorch.
    """

    negative_slope: float = parameter(0.01, NUMBER, "The slope below 0.")

    name = "leaky_relu"
    group = Group.ACTIVATION
    summary = "The positive part of its input, and a little of the negative part."
    aliases = ("LeakyReLU", "leaky rectifier")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\max(0, x) + negative\_slope \cdot \min(0, x)"
    derivatives = (r"\mathbf{1}[x > 0] + negative\_slope \cdot \mathbf{1}[x \leq 0]",)
    rule = "The gradient passes where the input is positive and leaks through elsewhere."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    variants = (({"negative_slope": -0.5}, ((0.5, -1.0, 4.0),)),)
    kernel = kernels.LEAKY_RELU

    @property
    @override
    def symbol(self) -> str:
        return "leaky"

    @override
    def forward(self, x: Array) -> Array:
        return select(x > 0, x, x * self.negative_slope)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * select(x > 0, ONE, np.float64(self.negative_slope)),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > 0, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class Prelu(Elementwise, Piecewise):
    """f = x where it is positive, and weight · x elsewhere: a leaky relu that learns its slope.

    The weight broadcasts as NumPy does it; one for each channel of an image has shape (C, 1, 1),
    where PyTorch takes (C,). The gradient at the kink x = 0 is that of the negative side, as in
    PyTorch.
    """

    name = "prelu"
    group = Group.ACTIVATION
    summary = "The positive part of its input, and a trained multiple of the negative part."
    aliases = ("PReLU", "parametric relu")
    ports = ("x", "weight")
    pattern = Pattern.SWITCHER
    formula = r"\max(0, x) + weight \cdot \min(0, x)"
    derivatives = (r"\mathbf{1}[x > 0] + weight \cdot \mathbf{1}[x \leq 0]", r"\min(0, x)")
    rule = "Where the input is negative this is a product: each factor gets the other."
    samples = ((2.0, 0.25), (-3.0, 0.25), ((0.5, -1.0, 4.0), 0.1))
    kernel = kernels.PRELU

    @property
    @override
    def symbol(self) -> str:
        return "PReLU"

    @override
    def forward(self, x: Array, weight: Array) -> Array:
        # Not select: a single positive x takes the shape of the weight, too.
        return np.where(x > 0, x, x * weight)[()]

    @override
    def backward(
        self, upstream: Array, output: Array, x: Array, weight: Array
    ) -> tuple[Array, ...]:
        positive = x > 0
        return upstream * select(positive, ONE, weight), upstream * select(positive, ZERO, x)

    @override
    def branch(self, x: Array, weight: Array) -> Array:
        return select(x > 0, ONE, ZERO) + 0.0 * weight


@register
@final
@dataclass(frozen=True)
class Elu(Elementwise, Piecewise):
    """f = x where it is positive, and alpha · (eˣ - 1) elsewhere.

    There is a kink at 0 unless alpha is 1; the gradient there is alpha, as in PyTorch.
    """

    alpha: float = parameter(1.0, NUMBER, "How far it falls below 0.")

    name = "elu"
    group = Group.ACTIVATION
    summary = "Its input where that is positive; below, it falls off to −alpha."
    aliases = ("ELU", "exponential linear unit")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\max(0, x) + \min(0, alpha \cdot (e^{x} - 1))"
    derivatives = (r"\mathbf{1}[x > 0] + alpha \cdot e^{x} \cdot \mathbf{1}[x \leq 0]",)
    rule = "The gradient passes where the input is positive and fades like eˣ below."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    variants = (({"alpha": 0.5}, ((0.5, -1.0, 4.0),)),)
    kernel = kernels.ELU

    @property
    @override
    def symbol(self) -> str:
        return "ELU"

    @override
    def forward(self, x: Array) -> Array:
        return elu(x, self.alpha)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * elu_slope(x, self.alpha),)

    @override
    def branch(self, x: Array) -> Array:
        edge = ONE if self.alpha != 1.0 else ZERO
        return select(x > 0, edge, ZERO)


@register
@final
@dataclass(frozen=True)
class Selu(Elementwise, Piecewise):
    """f = λ elu(x), with λ ≈ 1.0507 and an alpha of 1.6733, which keep mean 0 and variance 1.

    The source is Klambauer et al., Self-Normalizing Neural Networks (2017). The gradient at the
    kink x = 0 is λ alpha, as in PyTorch.
    """

    name = "selu"
    group = Group.ACTIVATION
    summary = "A scaled ELU: layers of it keep mean 0 and variance 1."
    aliases = ("SELU", "self-normalising unit", "scaled exponential linear unit")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"1.0507 \cdot (\max(0, x) + \min(0, 1.6733 \, (e^{x} - 1)))"
    derivatives = (
        r"1.0507 \cdot (\mathbf{1}[x > 0] + 1.6733 \, e^{x} \cdot \mathbf{1}[x \leq 0])",
    )
    rule = "A little more than the gradient passes above 0; below, it fades like eˣ."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.SELU

    @property
    @override
    def symbol(self) -> str:
        return "SELU"

    @override
    def forward(self, x: Array) -> Array:
        return selu(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * selu_slope(x),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > 0, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class Celu(Elementwise):
    """f = x where it is positive, and alpha · (e^(x/alpha) - 1) elsewhere; it has no kink.

    The source is Barron, Continuously Differentiable Exponential Linear Units (2017).
    """

    alpha: float = parameter(1.0, NUMBER, "How far it falls below 0, and how slowly.")

    name = "celu"
    group = Group.ACTIVATION
    summary = "Its input where that is positive; below, it falls off to −alpha without a kink."
    aliases = ("CELU", "continuously differentiable elu")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\max(0, x) + \min(0, alpha \cdot (e^{x / alpha} - 1))"
    derivatives = (r"\mathbf{1}[x > 0] + e^{x / alpha} \cdot \mathbf{1}[x \leq 0]",)
    rule = "The slope is 1 above 0, and goes on from there to fade below."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, 4.0),))
    variants = (({"alpha": 0.5}, ((0.5, -1.0, 4.0),)),)
    kernel = kernels.CELU

    def __post_init__(self) -> None:
        if self.alpha <= 0.0:
            raise ParameterError(f"{self.name}: alpha must be above 0, not {self.alpha:g}")

    @property
    @override
    def symbol(self) -> str:
        return "CELU"

    @override
    def forward(self, x: Array) -> Array:
        return celu(x, self.alpha)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * celu_slope(x, self.alpha),)


@register
@final
@dataclass(frozen=True)
class Rrelu(Gate, Piecewise):
    """f = x where it is positive, and elsewhere a multiple of x by chance: a randomised leaky relu.

    While training, the slope of each number is drawn between `lower` and `upper`; it depends on the
    seed and the shape alone, so both passes and every run agree until the seed changes. Otherwise
    it is their mean. The gradient at the kink x = 0 is that of the negative side; PyTorch's while
    training is 1 there. The source is Xu et al., Empirical Evaluation of Rectified Activations
    (2015).
    """

    lower: float = parameter(1.0 / 8.0, NUMBER, "The least slope below 0.")
    upper: float = parameter(1.0 / 3.0, NUMBER, "The greatest slope below 0.")
    seed: int = parameter(0, INTEGER, "Which of the random slopes they are.")
    training: bool = parameter(True, BOOLEAN, "Whether slopes are random, or all their mean.")

    name = "rrelu"
    group = Group.ACTIVATION
    summary = "The positive part of its input, and by chance a little of the negative part."
    aliases = ("RReLU", "randomised leaky relu")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\max(0, x) + a \cdot \min(0, x)"
    derivatives = (r"\mathbf{1}[x > 0] + a \cdot \mathbf{1}[x \leq 0]",)
    rule = "The gradient passes where the input is positive and leaks through elsewhere."
    samples = ((1.0,), (-2.0,), ((0.5, -1.0, -4.0),))
    variants = (
        ({"lower": -0.5, "upper": 2.0, "seed": 7}, ((0.5, -1.0, -4.0),)),
        ({"training": False}, (((0.5, -1.0), (-4.0, 2.0)),)),
    )

    def __post_init__(self) -> None:
        if self.lower > self.upper:
            raise ParameterError(
                f"{self.name}: lower {self.lower:g} lies above upper {self.upper:g}; "
                "exchange the two"
            )
        if self.seed < 0:
            raise ParameterError(
                f"{self.name}: the seed {self.seed} is negative; choose one from 0"
            )

    @property
    @override
    def symbol(self) -> str:
        return "RReLU"

    @override
    def forward(self, x: Array) -> Array:
        return select(x > 0, x, x * self._slopes(x.shape))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * select(x > 0, ONE, self._slopes(x.shape)),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return shapes[0]

    @override
    def branch(self, x: Array) -> Array:
        return select(x > 0, ONE, ZERO)

    def _slopes(self, shape: Shape) -> Array:
        if not self.training:
            return np.float64(0.5 * (self.lower + self.upper))
        draws = np.random.Generator(np.random.PCG64(self.seed)).random(math.prod(shape))
        return np.reshape(self.lower + (self.upper - self.lower) * draws, shape)[()]
