"""Pooling by sums over windows: means, Lp norms, and sums with a weight for each channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape, select
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.images import Sizes, Sliding, as_images
from chainrule.gates.foundations.lengths import raised
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.foundations.pooling import Pooling
from chainrule.gates.foundations.windows import Windows
from chainrule.gates.gate import Pattern
from chainrule.gates.kind import BOOLEAN, NUMBER, SIZE_OR_SIZES, parameter

_ROW = (((1.0, -2.0, 0.5, 3.0, -1.0),),)
_IMAGE = ((((1.0, -2.0, 0.5), (3.0, 0.0, 1.5), (-1.0, 2.0, 0.25), (4.0, -3.0, 0.75)),),)


@dataclass(frozen=True)
class AveragePooling(Pooling):
    """f = the mean of each window; `count_include_pad` says whether padding counts as zeros.

    What a window of `ceil_mode` has beyond the padding never counts, as in PyTorch.
    """

    padding: Sizes = parameter(0, SIZE_OR_SIZES, "How far windows reach over the edges.")
    ceil_mode: bool = parameter(
        False, BOOLEAN, "Whether a last window may reach over the end to cover all."
    )
    count_include_pad: bool = parameter(
        True, BOOLEAN, "Whether the padding counts, as zeros; if not, only real numbers do."
    )

    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"\frac{1}{n} \sum_{window} x"
    derivatives = (r"\frac{1}{n}",)
    rule = "Every number of a window gets an equal share of its gradient; shares add up."

    @final
    def __post_init__(self) -> None:
        self.check_settings()

    @final
    @override
    def sliding(self) -> Sliding:
        return Sliding(self.kernel_size, self.steps, self.padding, ceil_mode=self.ceil_mode)

    @final
    @override
    def forward(self, x: Array) -> Array:
        windows = self.windows(x.shape)
        sums = windows.sums(as_images(self.name, x, self.axes))
        return np.reshape(sums / self._count(windows), self.pooled_shape(x.shape))

    @final
    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        windows = self.windows(x.shape)
        shares = as_images(self.name, upstream, self.axes) / self._count(windows)
        return (np.reshape(windows.spread(shares), x.shape),)

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.pooled_shape(shapes[0])

    def _count(self, windows: Windows) -> Floats:
        return windows.populations(with_padding=self.count_include_pad)


@register
@final
@dataclass(frozen=True)
class AvgPool1d(AveragePooling):
    """f = the mean of each window along one axis, as torch.nn.functional.avg_pool1d."""

    axes = 1
    name = "avg_pool1d"
    summary = "The mean of each window along one axis."
    aliases = ("average pooling", "mean pooling", "TemporalAveragePooling")
    samples = ((_ROW,), (_ROW[0],))
    variants = (
        ({"kernel_size": 2, "stride": 1, "padding": 1, "count_include_pad": False}, (_ROW,)),
        ({"kernel_size": [3], "stride": [2], "padding": [1], "ceil_mode": True}, (_ROW,)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "avgpool"


@register
@final
@dataclass(frozen=True)
class AvgPool2d(AveragePooling):
    """f = the mean of each window of an image, as torch.nn.functional.avg_pool2d."""

    axes = 2
    name = "avg_pool2d"
    summary = "The mean of each window of an image."
    aliases = ("average pooling", "mean pooling", "down-sampling", "SpatialAveragePooling")
    samples = ((_IMAGE,), (_IMAGE[0],))
    variants = (
        (
            {"kernel_size": [3, 2], "stride": 1, "padding": [1, 0], "count_include_pad": False},
            (_IMAGE,),
        ),
        ({"kernel_size": 2, "padding": 1, "stride": [1, 2], "ceil_mode": True}, (_IMAGE,)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "avgpool"


@dataclass(frozen=True)
class LPPooling(Pooling):
    """f = (Σ xᵖ)^(1/p) over each window, for p = `norm_type`; the gradient where f = 0 is 0.

    As in PyTorch no absolute values are taken, so that p = 1 is the sum, and a sum below 0 has a
    root only if 1/p is a whole number.
    """

    norm_type: float = parameter(2.0, NUMBER, "The power p; 2 for the Euclidean norm.")

    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"(\sum_{window} x^{norm_type})^{1 / norm_type}"
    derivatives = (r"x^{norm_type - 1} \cdot f^{1 - norm_type}",)
    rule = "The root's slope at the sum, times the power's slope at each number of the window."

    @final
    def __post_init__(self) -> None:
        self.check_settings()
        if self.norm_type <= 0:
            raise ParameterError(f"{self.name}: norm_type must be above 0, not {self.norm_type}")

    @final
    @override
    def sliding(self) -> Sliding:
        return Sliding(self.kernel_size, self.steps)

    @final
    @override
    def forward(self, x: Array) -> Array:
        powers = as_images(self.name, x, self.axes) ** self.norm_type
        sums = self.windows(x.shape).sums(powers)
        return np.reshape(raised(sums, 1.0 / self.norm_type), self.pooled_shape(x.shape))

    @final
    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        vanishes = output == 0
        slope = select(vanishes, ONE, output) ** (1.0 - self.norm_type)
        shares = select(vanishes, ZERO, upstream * slope)
        images = as_images(self.name, x, self.axes)
        spread = self.windows(x.shape).spread(as_images(self.name, shares, self.axes))
        return (np.reshape(spread * images ** (self.norm_type - 1.0), x.shape),)

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.pooled_shape(shapes[0])


@register
@final
@dataclass(frozen=True)
class LPPool1d(LPPooling):
    """f = (Σ xᵖ)^(1/p) over each window along one axis, as torch.nn.functional.lp_pool1d."""

    axes = 1
    name = "lp_pool1d"
    summary = "The Lp norm of each window along one axis."
    aliases = ("norm pooling", "power pooling", "TemporalLPPooling")
    samples = ((_ROW,), (_ROW[0],))
    variants = (
        ({"kernel_size": 3, "stride": 1, "norm_type": 4.0}, (_ROW,)),
        ({"kernel_size": 2, "norm_type": 1.5}, ((((1.0, 2.0, 0.5, 3.0),),),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "lppool"


@register
@final
@dataclass(frozen=True)
class LPPool2d(LPPooling):
    """f = (Σ xᵖ)^(1/p) over each window of an image, as torch.nn.functional.lp_pool2d."""

    axes = 2
    name = "lp_pool2d"
    summary = "The Lp norm of each window of an image."
    aliases = ("norm pooling", "power pooling", "SpatialLPPooling")
    samples = ((_IMAGE,), (_IMAGE[0],))
    variants = (
        ({"kernel_size": [3, 2], "stride": 1, "norm_type": 4.0}, (_IMAGE,)),
        ({"kernel_size": 2, "norm_type": 1.0, "stride": [1, 2]}, (_IMAGE,)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "lppool"


@register
@final
@dataclass(frozen=True)
class Subsampling2d(Pooling):
    """f = weight Σ x + bias over each window, with one weight and one bias for each channel.

    This is the subsampling of LeNet-5 (LeCun and others: Gradient-based learning applied to
    document recognition, 1998) and Torch's SpatialSubSampling: the sum, not the mean. Torch's
    stride is 1 unless one is given.
    """

    axes = 2
    name = "subsampling2d"
    summary = "The sum of each window of an image, times a weight of its channel, plus a bias."
    aliases = ("sub-sampling", "trainable pooling", "SpatialSubSampling")
    ports = ("x", "weight", "bias")
    optional = 1
    pattern = Pattern.SWITCHER
    formula = r"weight \sum_{window} x + bias"
    derivatives = ("weight", r"\sum_{window} x", "1")
    rule = "Every number of a window gets weight times its gradient; weight gets the sums."
    samples = (
        (_IMAGE, (0.5,), (-1.0,)),
        ((*_IMAGE[0], _IMAGE[0][0]), (0.5, -2.0)),
    )
    variants = (({"kernel_size": [3, 2], "stride": 1}, (_IMAGE, (0.5,), (-1.0,))),)

    def __post_init__(self) -> None:
        self.check_settings()

    @property
    @override
    def symbol(self) -> str:
        return "subs"

    @override
    def sliding(self) -> Sliding:
        return Sliding(self.kernel_size, self.steps)

    @override
    def forward(self, x: Array, weight: Array, bias: Array | None = None) -> Array:
        scaled = np.reshape(self._sums(x) * _beside(weight), self.pooled_shape(x.shape))
        return scaled if bias is None else scaled + _beside(bias)

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        x, weight, *bias = inputs
        images = as_images(self.name, upstream, self.axes)
        spread = self.windows(x.shape).spread(images * _beside(weight))
        for_weight = np.sum(images * self._sums(x), axis=(0, 2, 3))
        for_bias = (np.sum(images, axis=(0, 2, 3)),) * len(bias)
        return np.reshape(spread, x.shape), for_weight, *for_bias

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, *others = shapes
        pooled = self.pooled_shape(x)
        for port, shape in zip(self.ports[1:], others, strict=False):
            if shape != (x[-3],):
                raise ShapeError(
                    f"{self.name}: {port} has shape {format_shape(shape)}, but x of shape "
                    f"{format_shape(x)} has {x[-3]} channels; give it the shape "
                    f"{format_shape((x[-3],))}"
                )
        return pooled

    def _sums(self, x: Array) -> Floats:
        return self.windows(x.shape).sums(as_images(self.name, x, self.axes))


def _beside(channels: Array) -> Floats:
    """Return one number for each channel so that it broadcasts beside rows and columns."""
    return np.reshape(channels, (-1, 1, 1))
