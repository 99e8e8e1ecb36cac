"""Transposed convolutions over one axis and over two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.convolving import Convolving
from chainrule.gates.foundations.correlation import correlate, correlate_back, weight_gradient
from chainrule.gates.foundations.images import (
    Pair,
    Sizes,
    as_images,
    as_kernels,
    check_sizes,
    images_shape,
    pair,
)
from chainrule.gates.foundations.windows import Slide, Windows
from chainrule.gates.kind import SIZE_OR_SIZES, parameter


@dataclass(frozen=True)
class TransposedConvolution(Convolving):
    """f = the sum of a kernel for each number of x, scaled by it, at steps of `stride`, plus bias.

    It is the adjoint of a convolution with the same settings, and so its backward pass; the inverse
    it is not. Weight: input channels, output channels of a group, rows, columns.
    """

    output_padding: Sizes = parameter(
        0, SIZE_OR_SIZES, "How much larger the output is at its end; stride leaves that open."
    )

    formula = r"weight^{T} * x + bias"
    derivatives = (r"weight * \cdot", r"x * \cdot", "1")
    rule = "The backward pass of a convolution turned round: the gradient of x is a convolution."

    @final
    def __post_init__(self) -> None:
        self.check_settings()
        check_sizes(self.name, self.axes, 0, output_padding=self.output_padding)
        for stride, _, dilation, extra in zip(*self._pairs(), strict=True):
            if extra >= max(stride, dilation):
                raise ParameterError(
                    f"{self.name}: output_padding {extra} must be below the stride {stride} or "
                    f"the dilation {dilation}; use padding, or pad the output"
                )

    @property
    @final
    @override
    def channels_of_weight(self) -> str:
        return "input channels, output channels of a group"

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, weight, *bias = shapes
        images = images_shape(self.name, x, self.axes)
        self.check_weight(x, weight)
        if images[1] != weight[0]:
            raise ShapeError(
                f"{self.name}: x of shape {format_shape(x)} has {images[1]} channels, but weight "
                f"of shape {format_shape(weight)} has kernels for {weight[0]}; make its first size "
                f"{images[1]}"
            )
        if weight[0] % self.groups:
            raise ShapeError(
                f"{self.name}: the {images[1]} channels of x, {format_shape(x)}, and of weight, "
                f"{format_shape(weight)}, do not fall into {self.groups} groups; change groups"
            )
        channels = weight[1] * self.groups
        self.check_bias(channels, *bias)
        windows = self._windows(images, weight)
        sizes = (windows.rows.size, windows.columns.size)
        if min(sizes) < 1:
            raise ShapeError(
                f"{self.name}: {format_shape(x)} by {format_shape(weight)}: nothing is left of the "
                "output when the padding is cut off; use less padding or a larger kernel"
            )
        return (*x[: -self.axes - 1], channels, *sizes[-self.axes :])

    @final
    @override
    def produced(self, x: Array, weight: Array, out: Floats | None) -> Floats:
        images = as_images(self.name, x, self.axes)
        windows = self._windows(images.shape, weight.shape)
        result = correlate_back(images, as_kernels(weight, self.axes), windows, self.groups)
        if out is not None:
            out[...] = np.reshape(result, out.shape)
        return result

    @final
    @override
    def gradient(self, port: int, upstream: Array, x: Array, weight: Array) -> Floats:
        images = as_images(self.name, x, self.axes)
        windows = self._windows(images.shape, weight.shape)
        features = as_images(self.name, upstream, self.axes)
        if port == 0:
            return correlate(features, as_kernels(weight, self.axes), windows, self.groups)
        return weight_gradient(features, images, windows, self.groups)

    def _windows(self, images: Shape, weight: Shape) -> Windows:
        """Return the windows that slide over the output, one for each number of the input."""
        rows, columns = (
            Slide(
                (count - 1) * stride - 2 * padding + dilation * (kernel - 1) + extra + 1,
                *(kernel, stride, padding, dilation, count),
            )
            for count, kernel, stride, padding, dilation, extra in zip(
                images[2:], pair(weight[2:], self.axes, 1), *self._pairs(), strict=True
            )
        )
        return Windows(rows, columns)

    def _pairs(self) -> tuple[Pair, Pair, Pair, Pair]:
        axes = self.axes
        return (
            pair(self.stride, axes, 1),
            pair(self.padding, axes, 0),
            pair(self.dilation, axes, 1),
            pair(self.output_padding, axes, 0),
        )


@register
@final
@dataclass(frozen=True)
class ConvTranspose1d(TransposedConvolution):
    """A transposed convolution over one axis, as torch.nn.functional.conv_transpose1d.

    Ports: x (batch, channels, numbers), weight (input channels, output channels of a group,
    numbers), and perhaps bias (output channels).
    """

    axes = 1
    name = "conv_transpose1d"
    summary = "Lays down a kernel for each number along one axis, scaled by it; overlaps add up."
    aliases = ("deconvolution", "full convolution", "TemporalFullConvolution")
    samples = (
        ((((1.0, -2.0, 0.5),),), (((0.5, -1.0), (2.0, 0.25)),), (0.1, -0.2)),
        (((1.0, -2.0), (0.0, 1.5)), (((0.5, -1.0),), ((2.0, 0.25),))),
    )
    variants = (
        (
            {"stride": [3], "padding": 1, "dilation": 2, "groups": 2, "output_padding": 1},
            ((((1.0, -2.0), (0.0, 1.5)),), (((0.5, -1.0),), ((2.0, 0.25),)), (0.1, -0.2)),
        ),
    )

    @property
    @override
    def symbol(self) -> str:
        return "conv"


@register
@final
@dataclass(frozen=True)
class ConvTranspose2d(TransposedConvolution):
    """A transposed convolution over rows and columns, as torch.nn.functional.conv_transpose2d.

    Ports: x (batch, channels, rows, columns), weight (input channels, output channels of a group,
    rows, columns), and perhaps bias (output channels).
    """

    axes = 2
    name = "conv_transpose2d"
    summary = "Lays down a kernel for each number of an image, scaled by it; overlaps add up."
    aliases = ("deconvolution", "full convolution", "SpatialFullConvolution")
    samples = (
        (
            ((((1.0, -2.0), (0.5, 3.0)),),),
            ((((0.5, -1.0), (2.0, 0.25)), ((1.0, 0.0), (-0.5, 3.0))),),
            (0.1, -0.2),
        ),
        ((((1.0, -2.0), (0.5, 3.0)),), ((((0.5, -1.0, 2.0),),),)),
    )
    variants = (
        (
            {
                "stride": [2, 1],
                "padding": [1, 0],
                "dilation": [1, 2],
                "groups": 2,
                "output_padding": [1, 0],
            },
            (
                ((((1.0, -2.0), (0.5, 3.0)), ((0.75, 1.0), (-1.0, 2.0))),),
                ((((0.5, -1.0), (2.0, 0.25)),), (((1.0, 0.0), (-0.5, 3.0)),)),
                (0.1, -0.2),
            ),
        ),
    )

    @property
    @override
    def symbol(self) -> str:
        return "conv"
