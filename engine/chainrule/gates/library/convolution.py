"""Convolutions over one axis and over two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.convolving import Convolving
from chainrule.gates.foundations.correlation import correlate, correlate_back, weight_gradient
from chainrule.gates.foundations.images import (
    Sliding,
    as_images,
    as_kernels,
    images_shape,
    outcome_shape,
)
from chainrule.gates.foundations.windows import Windows


@dataclass(frozen=True)
class Convolution(Convolving):
    """f = the sum over each window of x, weighted by a kernel for each output channel, plus bias.

    As in PyTorch and all of deep learning the kernel is not flipped: a mathematician calls this a
    cross-correlation. Weight: output channels, input channels of a group, rows, columns.
    """

    formula = r"weight * x + bias"
    derivatives = (r"weight^{T} * \cdot", r"x * \cdot", "1")
    rule = (
        "Each window gets the kernel times its upstream gradient, and the kernel gets the windows, "
        "weighted likewise; what overlaps adds up."
    )

    @final
    def __post_init__(self) -> None:
        self.check_settings()

    @property
    @final
    @override
    def channels_of_weight(self) -> str:
        return "output channels, input channels of a group"

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, weight, *bias = shapes
        images = images_shape(self.name, x, self.axes)
        self.check_weight(x, weight)
        if images[1] != weight[1] * self.groups:
            raise ShapeError(
                f"{self.name}: x of shape {format_shape(x)} has {images[1]} channels, but weight "
                f"of shape {format_shape(weight)} in {self.groups} groups reads "
                f"{weight[1] * self.groups}; {self._remedy(images[1])}"
            )
        if weight[0] % self.groups:
            raise ShapeError(
                f"{self.name}: the {weight[0]} kernels of weight, {format_shape(weight)}, for x "
                f"of {format_shape(x)} do not fall into {self.groups} groups; use a multiple of it"
            )
        self.check_bias(weight[0], *bias)
        return outcome_shape(x, self.axes, weight[0], self._windows(x, weight))

    def _remedy(self, channels: int) -> str:
        if channels % self.groups:
            return f"choose a number of groups that divides {channels}"
        return f"make the second size of weight {channels // self.groups} or change groups"

    @final
    @override
    def produced(self, x: Array, weight: Array, out: Floats | None) -> Floats:
        images = as_images(self.name, x, self.axes)
        windows = self._windows(x.shape, weight.shape)
        return correlate(images, as_kernels(weight, self.axes), windows, self.groups, out)

    @final
    @override
    def gradient(self, port: int, upstream: Array, x: Array, weight: Array) -> Floats:
        images = as_images(self.name, x, self.axes)
        windows = self._windows(x.shape, weight.shape)
        features = as_images(self.name, upstream, self.axes)
        if port == 0:
            return correlate_back(features, as_kernels(weight, self.axes), windows, self.groups)
        return weight_gradient(images, features, windows, self.groups)

    def _windows(self, x: Shape, weight: Shape) -> Windows:
        sliding = Sliding(weight[2:], self.stride, self.padding, self.dilation)
        return sliding.over(self.name, x, self.axes)


@register
@final
@dataclass(frozen=True)
class Conv1d(Convolution):
    """A convolution over one axis, as torch.nn.functional.conv1d; the batch may be missing.

    Ports: x (batch, channels, numbers), weight (output channels, input channels of a group,
    numbers), and perhaps bias (output channels).
    """

    axes = 1
    name = "conv1d"
    summary = "Slides kernels along one axis: the sum over each window, weighted by the kernel."
    aliases = ("convolution", "cross-correlation", "TemporalConvolution")
    samples = (
        ((((1.0, -2.0, 0.5, 3.0),),), (((0.5, -1.0),), ((2.0, 0.25),)), (0.1, -0.2)),
        (((1.0, -2.0, 0.5, 3.0), (0.0, 1.5, -1.0, 2.0)), (((0.5, -1.0), (2.0, 1.0)),)),
    )
    variants = (
        (
            {"stride": 2, "padding": [1], "dilation": 2, "groups": 2},
            (
                (((1.0, -2.0, 0.5, 3.0), (0.0, 1.5, -1.0, 2.0)),),
                (((0.5, -1.0),), ((2.0, 0.25),)),
                (0.1, -0.2),
            ),
        ),
    )

    @property
    @override
    def symbol(self) -> str:
        return "conv"


@register
@final
@dataclass(frozen=True)
class Conv2d(Convolution):
    """A convolution over rows and columns, as torch.nn.functional.conv2d; the batch may be missing.

    Ports: x (batch, channels, rows, columns), weight (output channels, input channels of a group,
    rows, columns), and perhaps bias (output channels).
    """

    axes = 2
    name = "conv2d"
    summary = "Slides kernels over images: the sum over each window, weighted by the kernel."
    aliases = ("convolution", "cross-correlation", "SpatialConvolution")
    samples = (
        (
            ((((1.0, -2.0, 0.5), (3.0, 0.0, 1.5), (-1.0, 2.0, 0.25)),),),
            ((((0.5, -1.0), (2.0, 0.25)),), (((1.0, 0.0), (-0.5, 3.0)),)),
            (0.1, -0.2),
        ),
        (
            (((1.0, -2.0, 0.5), (3.0, 0.0, 1.5)), ((0.75, 1.0, -1.0), (2.0, -3.0, 0.5))),
            ((((0.5, -1.0),), ((2.0, 0.25),)),),
        ),
    )
    variants = (
        (
            {"stride": [1, 2], "padding": [2, 1], "dilation": [2, 1], "groups": 2},
            (
                ((((1.0, -2.0, 0.5), (3.0, 0.0, 1.5)), ((0.75, 1.0, -1.0), (2.0, -3.0, 0.5))),),
                ((((0.5, -1.0), (2.0, 0.25)),), (((1.0, 0.0), (-0.5, 3.0)),)),
                (0.1, -0.2),
            ),
        ),
    )

    @property
    @override
    def symbol(self) -> str:
        return "conv"
