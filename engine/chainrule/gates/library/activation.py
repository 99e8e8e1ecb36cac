"""The non-linearities of neural networks, number by number and along an axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Shape, select
from chainrule.gates import kernels
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import Axes, refuse_repeated, resolve_axes
from chainrule.gates.foundations.numerics import (
    ONE,
    ZERO,
    log_sum_above_peak,
    logistic,
    peak,
    softmax,
)
from chainrule.gates.gate import Elementwise, Gate, Pattern, Piecewise
from chainrule.gates.kind import AXES, Group, parameter


@register
@final
@dataclass(frozen=True)
class Sigmoid(Elementwise):
    """f = 1 / (1 + e⁻ˣ), from 0 to 1; exact at ±inf, and 0 below -709.8, where e⁻ˣ overflows.

    The derivative (1 - f) f is computed as σ(-x) σ(x), which keeps its digits where f rounds to 1.
    """

    name = "sigmoid"
    group = Group.ACTIVATION
    summary = "The logistic function: squashes any number into 0 to 1."
    aliases = ("logistic", "σ", "expit", "Sigmoid")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\frac{1}{1 + e^{-x}}"
    derivatives = (r"(1 - f) f",)
    rule = "The slope is (1 − f) f: a quarter in the middle, nothing where the output saturates."
    samples = ((1.0,), (-2.0,), ((0.0, 3.0, -0.5),))
    kernel = kernels.SIGMOID

    @property
    @override
    def symbol(self) -> str:
        return "σ"

    @override
    def forward(self, x: Array) -> Array:
        with np.errstate(over="ignore"):  # 1 over that infinity is the 0 that is right
            return 1.0 / (1.0 + np.exp(-x))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        fading = np.exp(-abs(x))
        whole = 1.0 + fading
        return (upstream * (fading / (whole * whole)),)


@register
@final
@dataclass(frozen=True)
class Tanh(Elementwise):
    """f = tanh x, from -1 to 1.

    The derivative 1 - f² is computed as 1 / cosh² x, which keeps its digits where f rounds to ±1.
    """

    name = "tanh"
    group = Group.ACTIVATION
    summary = "The hyperbolic tangent: squashes any number into −1 to 1."
    aliases = ("hyperbolic tangent", "Tanh")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\tanh x"
    derivatives = (r"1 - f^{2}",)
    rule = "The slope is 1 − f²: one in the middle, nothing where the output saturates."
    samples = ((0.5,), (-1.5,), ((0.0, 2.0, -0.1),))
    kernel = kernels.TANH

    @property
    @override
    def symbol(self) -> str:
        return "tanh"

    @override
    def forward(self, x: Array) -> Array:
        return np.tanh(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        steepness = 1.0 / np.cosh(x)
        return (upstream * (steepness * steepness),)


@register
@final
@dataclass(frozen=True)
class Relu(Elementwise, Piecewise):
    """f = max(0, x); the gradient at the kink x = 0 is 0, as in PyTorch (`threshold_backward`).

    A nan comes through, and so does its gradient. What is blocked is selected away, not multiplied
    by 0, so that an infinite upstream gradient leaves a 0 behind and no nan.
    """

    name = "relu"
    group = Group.ACTIVATION
    summary = "The positive part of its input, 0 below."
    aliases = ("rectifier", "rectified linear unit", "hinge", "ReLU")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\max(0, x)"
    derivatives = (r"\mathbf{1}[x > 0]",)
    rule = "The gradient passes where the input is positive and is blocked elsewhere, at 0 too."
    samples = ((2.0,), (-3.0,), ((0.5, -1.0, 4.0),))
    kernel = kernels.RELU

    @property
    @override
    def symbol(self) -> str:
        return "ReLU"

    @override
    def forward(self, x: Array) -> Array:
        return select(x <= 0, ZERO, x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (select(x <= 0, ZERO, upstream),)

    @override
    def branch(self, x: Array) -> Array:
        return select(x > 0, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class Softplus(Elementwise):
    """f = ln(1 + eˣ), a smooth relu, in full precision everywhere.

    PyTorch's becomes exactly linear beyond its `threshold` of 20; this one never does.
    """

    name = "softplus"
    group = Group.ACTIVATION
    summary = "The logarithm of 1 + eˣ: a smooth ReLU."
    aliases = ("smooth relu", "SoftPlus")
    ports = ("x",)
    pattern = Pattern.SQUASHER
    formula = r"\log(1 + e^{x})"
    derivatives = (r"\frac{1}{1 + e^{-x}}",)
    rule = "The slope is the sigmoid of the input: from 0 on the left to 1 on the right."
    samples = ((1.0,), (-2.0,), ((0.0, 3.0, -0.5),))
    kernel = kernels.SOFTPLUS

    @property
    @override
    def symbol(self) -> str:
        return "softplus"

    @override
    def forward(self, x: Array) -> Array:
        return np.logaddexp(ZERO, x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * logistic(x),)


@register
@final
@dataclass(frozen=True)
class Softmax(Gate):
    """f = eˣ / Σ eˣ along one axis, several, or all: numbers from 0 to 1 that sum to 1.

    The largest number is taken off first, so nothing overflows; where it is infinite the result is
    nan, as in PyTorch.
    """

    axis: Axes = parameter(None, AXES, "Along which axes the numbers sum to 1.")

    name = "softmax"
    group = Group.ACTIVATION
    summary = "Turns scores into probabilities that sum to 1."
    aliases = ("probabilities", "normalised exponential", "SoftMax", "SpatialSoftMax")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"\frac{e^{x}}{\sum e^{x}}"
    derivatives = (r"\mathrm{diag}(f) - f f^{T}",)
    rule = "Every output depends on every input: what one gains the others lose."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))

    def __post_init__(self) -> None:
        refuse_repeated(self.name, self.axis)

    @property
    @override
    def symbol(self) -> str:
        return "softmax"

    @override
    def forward(self, x: Array) -> Array:
        return softmax(x, self.axis)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        average = np.sum(upstream * output, axis=self.axis, keepdims=True)
        return (output * (upstream - average),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        resolve_axes(self.name, self.axis, shapes[0])
        return shapes[0]


@register
@final
@dataclass(frozen=True)
class Softmin(Gate):
    """f = e⁻ˣ / Σ e⁻ˣ along one axis, several, or all: softmax of the negated numbers.

    The smallest number is taken off first, so nothing overflows; where it is infinite the result
    is nan, as in PyTorch.
    """

    axis: Axes = parameter(None, AXES, "Along which axes the numbers sum to 1.")

    name = "softmin"
    group = Group.ACTIVATION
    summary = "Turns costs into probabilities: the lowest cost gets the highest."
    aliases = ("SoftMin", "Boltzmann distribution")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"\frac{e^{-x}}{\sum e^{-x}}"
    derivatives = (r"f f^{T} - \mathrm{diag}(f)",)
    rule = "Softmax with the sign turned: what one output loses the others gain."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (({"axis": 0}, (((3.0, 1.0), (0.0, -1.0)),)),)

    def __post_init__(self) -> None:
        refuse_repeated(self.name, self.axis)

    @property
    @override
    def symbol(self) -> str:
        return "softmin"

    @override
    def forward(self, x: Array) -> Array:
        return softmax(-x, self.axis)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        average = np.sum(upstream * output, axis=self.axis, keepdims=True)
        return (output * (average - upstream),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        resolve_axes(self.name, self.axis, shapes[0])
        return shapes[0]


@register
@final
@dataclass(frozen=True)
class LogSoftmax(Gate):
    """f = x - ln Σ eˣ along one axis, several, or all: the logarithm of softmax, never of 0.

    A probability next to 1 keeps its digits: the sum goes through log1p. Where the largest number
    is infinite the result is nan, as in PyTorch.
    """

    axis: Axes = parameter(None, AXES, "Along which axes the probabilities sum to 1.")

    name = "log_softmax"
    group = Group.ACTIVATION
    summary = "The logarithm of softmax: log-probabilities of scores."
    aliases = ("log probabilities", "LogSoftMax")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"x - \log \sum e^{x}"
    derivatives = (r"I - \mathbf{1} \, (e^{f})^{T}",)
    rule = "Each score keeps its own gradient and pays its share, the probability, of their sum."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))

    def __post_init__(self) -> None:
        refuse_repeated(self.name, self.axis)

    @property
    @override
    def symbol(self) -> str:
        return "log softmax"

    @override
    def forward(self, x: Array) -> Array:
        return (x - peak(x, self.axis)) - log_sum_above_peak(x, self.axis)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        total = np.sum(upstream, axis=self.axis, keepdims=True)
        return (upstream - np.exp(output) * total,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        resolve_axes(self.name, self.axis, shapes[0])
        return shapes[0]
