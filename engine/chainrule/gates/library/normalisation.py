"""Normalisation of batches, layers, instances and groups."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.normalising import AxesOf, Normalising, check_channels
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import INTEGER, NUMBER, Group, parameter

_BATCH = ((1.0, -2.0, 0.5), (3.0, 0.0, 1.5), (-1.0, 2.0, 0.25))
_IMAGES = (
    (((1.0, -2.0), (0.5, 3.0)), ((0.0, 1.5), (-1.0, 2.0))),
    (((0.25, 4.0), (-3.0, 0.75)), ((2.5, -0.5), (1.25, -1.75))),
)


@register
@final
@dataclass(frozen=True)
class BatchNorm(Normalising):
    """f = weight (x - mean) / √(variance + eps) + bias for each channel, the second axis of x.

    Mean and variance are those of this batch, as in training (torch.nn.functional.batch_norm with
    training=True; Ioffe and Szegedy: Batch normalization, 2015). Running means are no part of it:
    `batch_norm_inference` takes them as inputs.
    """

    name = "batch_norm"
    summary = "Brings each channel of a batch to mean 0 and variance 1, then scales and shifts it."
    aliases = ("batch normalization", "BatchNormalization", "SpatialBatchNormalization")
    samples = (
        (_BATCH, (0.5, -1.0, 2.0), (0.25, 0.0, -1.0)),
        (_IMAGES, (0.5, -1.0)),
        (_BATCH,),
    )
    variants = (({"eps": 0.5}, (_IMAGES, (0.5, -1.0), (0.25, 3.0))),)

    def __post_init__(self) -> None:
        self.check_eps()

    @property
    @override
    def symbol(self) -> str:
        return "BN"

    @override
    def folded(self, shape: Shape) -> tuple[Shape, AxesOf]:
        check_channels(self.name, shape, 2)
        return shape, (0, *range(2, len(shape)))

    @override
    def scaled_axes(self, shape: Shape) -> AxesOf:
        return (1,)


@register
@final
@dataclass(frozen=True)
class BatchNormInference(Gate):
    """f = weight (x - mean) / √(var + eps) + bias, with a mean and a variance for each channel.

    This is batch normalisation when the network is used: what training has found is given
    (torch.nn.functional.batch_norm with training=False).
    """

    eps: float = parameter(1e-5, NUMBER, "What is added to the variance, so that it is never 0.")

    name = "batch_norm_inference"
    group = Group.LAYER
    summary = "Normalises each channel by a mean and a variance that are given."
    aliases = ("batch normalization", "BatchNormalization", "evaluate", "running mean")
    ports = ("x", "mean", "var", "weight", "bias")
    optional = 2
    pattern = Pattern.SCALER
    formula = r"weight \cdot \frac{x - mean}{\sqrt{var + eps}} + bias"
    derivatives = (
        r"\frac{weight}{\sqrt{var + eps}}",
        r"-\frac{weight}{\sqrt{var + eps}}",
        r"-\frac{weight \cdot (x - mean)}{2 (var + eps)^{3/2}}",
        r"\frac{x - mean}{\sqrt{var + eps}}",
        "1",
    )
    rule = "Mean and variance are inputs like others, so that each number is just scaled."
    samples = (
        (_BATCH, (0.5, -1.0, 2.0), (0.25, 1.0, 2.0), (0.5, -1.0, 2.0), (0.25, 0.0, -1.0)),
        (_IMAGES, (0.5, -1.0), (0.25, 2.0)),
    )
    variants = (({"eps": 0.5}, (_IMAGES, (0.5, -1.0), (0.25, 2.0), (3.0, -1.0))),)

    def __post_init__(self) -> None:
        if self.eps < 0:
            raise ParameterError(f"{self.name}: eps must be at least 0, not {self.eps}")

    @property
    @override
    def symbol(self) -> str:
        return "BN"

    @override
    def forward(self, *inputs: Array) -> Array:
        normalised, _, weight = self._normalised(*inputs)
        return normalised * weight + (_beside(inputs[4], inputs[0]) if len(inputs) > 4 else 0.0)

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        normalised, deviation, weight = self._normalised(*inputs)
        for_x = upstream * weight / deviation
        gradients = (
            -for_x,
            -for_x * normalised / (2.0 * deviation),
            upstream * normalised,
            upstream,
        )
        axes = (0, *range(2, upstream.ndim))
        sums = tuple(np.sum(each, axis=axes) for each in gradients[: len(inputs) - 1])
        return for_x, *sums

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, *others = shapes
        check_channels(self.name, x, 2)
        for port, shape in zip(self.ports[1:], others, strict=False):
            if shape != (x[1],):
                raise ShapeError(
                    f"{self.name}: {port} has shape {format_shape(shape)}, but x of shape "
                    f"{format_shape(x)} needs {format_shape((x[1],))}; reshape {port}"
                )
        return x

    def _normalised(self, *inputs: Array) -> tuple[Floats, Floats, Array]:
        """Return the normalised numbers, what they were divided by, and the weight beside them."""
        x, mean, var, *scales = inputs
        deviation = np.sqrt(_beside(var, x) + self.eps)
        weight = _beside(scales[0], x) if scales else np.float64(1.0)
        return (x - _beside(mean, x)) / deviation, deviation, weight


@register
@final
@dataclass(frozen=True)
class LayerNorm(Normalising):
    """f = weight (x - mean) / √(variance + eps) + bias over the last axes of x, row by row.

    As torch.nn.functional.layer_norm, whose normalized_shape has the sizes of those axes (Ba, Kiros
    and Hinton: Layer normalization, 2016). Weight and bias have the shape of a row.
    """

    dimensions: int = parameter(1, INTEGER, "How many of the last axes make a row.")

    name = "layer_norm"
    summary = "Brings each row to mean 0 and variance 1, then scales and shifts it."
    aliases = ("layer normalization", "LayerNormalization")
    samples = (
        (_BATCH, (0.5, -1.0, 2.0), (0.25, 0.0, -1.0)),
        (_BATCH[0],),
    )
    variants = (({"dimensions": 2, "eps": 0.5}, (_IMAGES[0], ((0.5, -1.0), (2.0, 0.25)))),)

    def __post_init__(self) -> None:
        self.check_eps()
        _check_dimensions(self.name, self.dimensions)

    @property
    @override
    def symbol(self) -> str:
        return "LN"

    @override
    def folded(self, shape: Shape) -> tuple[Shape, AxesOf]:
        return shape, _last(self.name, shape, self.dimensions)

    @override
    def scaled_axes(self, shape: Shape) -> AxesOf:
        return _last(self.name, shape, self.dimensions)


@register
@final
@dataclass(frozen=True)
class RMSNorm(Normalising):
    """f = weight x / √(mean of x² + eps) over the last axes of x, row by row.

    As torch.nn.functional.rms_norm, but for eps, which is there the rounding error of float64 if
    none is given (Zhang and Sennrich: Root mean square layer normalization, 2019).
    """

    dimensions: int = parameter(1, INTEGER, "How many of the last axes make a row.")

    name = "rms_norm"
    summary = "Divides each row by the root of the mean of its squares, then scales it."
    aliases = ("root mean square", "RMSNorm")
    ports = ("x", "weight")
    optional = 1
    formula = r"weight \cdot z, z = \frac{x}{\sqrt{mean(x^{2}) + eps}}"
    derivatives = (
        r"\frac{weight}{\sqrt{mean(x^{2}) + eps}} \cdot (1 - \frac{z^{2}}{n})",
        "z",
    )
    rule = (
        "A number moves the mean of the squares too, so the gradient loses what runs along the "
        "normalised numbers z; the rest is scaled as the numbers were."
    )
    centred = False
    samples = ((_BATCH, (0.5, -1.0, 2.0)), (_BATCH[0],))
    variants = (({"dimensions": 2, "eps": 0.5}, (_IMAGES[0], ((0.5, -1.0), (2.0, 0.25)))),)

    def __post_init__(self) -> None:
        self.check_eps()
        _check_dimensions(self.name, self.dimensions)

    @property
    @override
    def symbol(self) -> str:
        return "RMS"

    @override
    def folded(self, shape: Shape) -> tuple[Shape, AxesOf]:
        return shape, _last(self.name, shape, self.dimensions)

    @override
    def scaled_axes(self, shape: Shape) -> AxesOf:
        return _last(self.name, shape, self.dimensions)


@register
@final
@dataclass(frozen=True)
class InstanceNorm(Normalising):
    """f = weight (x - mean) / √(variance + eps) + bias for each channel of each sample.

    As torch.nn.functional.instance_norm (Ulyanov, Vedaldi and Lempitsky: Instance normalization,
    2016). Weight and bias have a number for each channel, the second axis of x.
    """

    name = "instance_norm"
    summary = "Brings each channel of each sample to mean 0 and variance 1, then scales it."
    aliases = ("instance normalization", "contrast normalization")
    samples = ((_IMAGES, (0.5, -1.0), (0.25, 3.0)), (_IMAGES,))
    variants = (({"eps": 0.5}, (_IMAGES[0], (0.5, -1.0))),)

    def __post_init__(self) -> None:
        self.check_eps()

    @property
    @override
    def symbol(self) -> str:
        return "IN"

    @override
    def folded(self, shape: Shape) -> tuple[Shape, AxesOf]:
        check_channels(self.name, shape, 3)
        return shape, tuple(range(2, len(shape)))

    @override
    def scaled_axes(self, shape: Shape) -> AxesOf:
        return (1,)


@register
@final
@dataclass(frozen=True)
class GroupNorm(Normalising):
    """f = weight (x - mean) / √(variance + eps) + bias for each group of channels of each sample.

    As torch.nn.functional.group_norm (Wu and He: Group normalization, 2018). Weight and bias have a
    number for each channel, the second axis of x.
    """

    num_groups: int = parameter(
        1, INTEGER, "Into how many groups the channels fall.", required=True
    )

    name = "group_norm"
    summary = "Brings groups of channels of each sample to mean 0 and variance 1, then scales them."
    aliases = ("group normalization", "GroupNormalization")
    samples = ((_IMAGES, (0.5, -1.0), (0.25, 3.0)), (_BATCH,))
    variants = (
        ({"num_groups": 2, "eps": 0.5}, (_IMAGES, (0.5, -1.0))),
        ({"num_groups": 3}, ((_BATCH,), (0.5, -1.0, 2.0))),
    )

    def __post_init__(self) -> None:
        self.check_eps()
        if self.num_groups < 1:
            raise ParameterError(
                f"{self.name}: num_groups must be at least 1, not {self.num_groups}"
            )

    @property
    @override
    def symbol(self) -> str:
        return "GN"

    @override
    def folded(self, shape: Shape) -> tuple[Shape, AxesOf]:
        check_channels(self.name, shape, 2)
        if shape[1] % self.num_groups:
            raise ShapeError(
                f"{self.name}: the {shape[1]} channels of x, {format_shape(shape)}, do not fall "
                f"into {self.num_groups} groups; choose a divisor of {shape[1]}"
            )
        return (shape[0], self.num_groups, math.prod(shape[1:]) // self.num_groups), (2,)

    @override
    def scaled_axes(self, shape: Shape) -> AxesOf:
        return (1,)


def _beside(channels: Array, x: Array) -> Floats:
    """Return one number for each channel so that it broadcasts beside `x`."""
    return np.reshape(channels, (-1,) + (1,) * (x.ndim - 2))


def _check_dimensions(gate: str, dimensions: int) -> None:
    if dimensions < 1:
        raise ParameterError(f"{gate}: dimensions must be at least 1, not {dimensions}")


def _last(gate: str, shape: Shape, dimensions: int) -> AxesOf:
    """Return the last axes; raise ShapeError if there are not so many."""
    if len(shape) < dimensions:
        raise ShapeError(
            f"{gate}: x of shape {format_shape(shape)} does not have the {dimensions} axes of a "
            "row; choose fewer dimensions, or reshape x"
        )
    return tuple(range(len(shape) - dimensions, len(shape)))
