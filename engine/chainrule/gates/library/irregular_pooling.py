"""Pooling to a given size: adaptive windows, and windows in a random order of distances."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.images import Sizes, as_images, check_sizes, images_shape, pair
from chainrule.gates.foundations.irregular_windows import (
    adaptive_means,
    adaptive_places,
    fractional_places,
    largest_of,
)
from chainrule.gates.foundations.numerics import values_of
from chainrule.gates.foundations.windows import Indices, scattered, taken
from chainrule.gates.gate import Gate, Pattern, Piecewise
from chainrule.gates.kind import INTEGER, SIZE_OR_SIZES, Group, parameter

_ROW = (((1.0, -2.0, 0.5, 3.0, -1.0),),)
_IMAGE = ((((1.0, -2.0, 0.5), (3.0, 0.0, 1.5), (-1.0, 2.0, 0.25), (4.0, -3.0, 0.75)),),)


@dataclass(frozen=True)
class SizedPooling(Gate):
    """A gate that pools to `output_size` numbers, whatever the size of its input."""

    output_size: Sizes = parameter(
        1, SIZE_OR_SIZES, "How many numbers there are along each axis then.", required=True
    )

    axes: ClassVar[int]
    group = Group.CONVOLUTION
    ports = ("x",)

    @final
    def check_size(self) -> None:
        """Raise ParameterError if nothing would be left."""
        check_sizes(self.name, self.axes, 1, output_size=self.output_size)

    @final
    def counts(self) -> tuple[int, int]:
        """Return how many windows there are down and across."""
        return pair(self.output_size, self.axes, 1)

    @final
    def sized_shape(self, shape: Shape) -> Shape:
        """Return the shape of the output; raise ShapeError for an image without numbers."""
        if 0 in images_shape(self.name, shape, self.axes)[2:]:
            raise ShapeError(
                f"{self.name}: an image of shape {format_shape(shape)} has nothing to pool; "
                "give it at least one number along each axis"
            )
        return (*shape[: -self.axes], *self.counts()[-self.axes :])


@dataclass(frozen=True)
class SizedMaxPooling(SizedPooling, Piecewise):
    """f = the largest number of each window; of equal ones the first takes the gradient."""

    pattern = Pattern.ROUTER
    formula = r"\max_{window} x"
    derivatives = (r"\mathbf{1}[x = f]",)
    rule = "Like max: each window's gradient goes to its largest number, the first of equal ones."

    @abstractmethod
    def tables(self, shape: Shape) -> tuple[Indices, Indices]:
        """Return which rows and which columns the windows over images of `shape` have."""

    @final
    @override
    def forward(self, x: Array) -> Array:
        return taken(x, self._places(x))

    @final
    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (scattered(upstream, self._places(x), x.shape),)

    @final
    @override
    def branch(self, x: Array) -> Array:
        return self._places(x).astype(np.float64)

    def _places(self, x: Array) -> Indices:
        shape = self.infer_shape(x.shape)
        images = as_images(self.name, values_of(x), self.axes)
        return np.reshape(largest_of(images, *self.tables(images.shape)), shape)


@dataclass(frozen=True)
class AdaptiveMaxPooling(SizedMaxPooling):
    """f = the largest number of each of `output_size` windows that cover the input evenly.

    Window i has the numbers from ⌊i · size / count⌋ to ⌈(i + 1) · size / count⌉, as in PyTorch, so
    that windows may overlap.
    """

    @final
    def __post_init__(self) -> None:
        self.check_size()

    @final
    @override
    def tables(self, shape: Shape) -> tuple[Indices, Indices]:
        rows, columns = self.counts()
        return adaptive_places(shape[2], rows), adaptive_places(shape[3], columns)

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.sized_shape(shapes[0])


@register
@final
@dataclass(frozen=True)
class AdaptiveMaxPool1d(AdaptiveMaxPooling):
    """f = the largest numbers of windows along one axis, as adaptive_max_pool1d of PyTorch."""

    axes = 1
    name = "adaptive_max_pool1d"
    summary = "The largest numbers of as many windows as one wants, along one axis."
    aliases = ("adaptive pooling", "global pooling", "TemporalAdaptiveMaxPooling")
    samples = ((_ROW,), (_ROW[0],))
    variants = (({"output_size": 3}, (_ROW,)), ({"output_size": [7]}, (_ROW,)))

    @property
    @override
    def symbol(self) -> str:
        return "maxpool"


@register
@final
@dataclass(frozen=True)
class AdaptiveMaxPool2d(AdaptiveMaxPooling):
    """f = the largest numbers of windows of an image, as adaptive_max_pool2d of PyTorch."""

    axes = 2
    name = "adaptive_max_pool2d"
    summary = "The largest numbers of as many windows of an image as one wants."
    aliases = ("adaptive pooling", "global pooling", "SpatialAdaptiveMaxPooling")
    samples = ((_IMAGE,), (_IMAGE[0],))
    variants = (({"output_size": [3, 2]}, (_IMAGE,)), ({"output_size": 5}, (_IMAGE,)))

    @property
    @override
    def symbol(self) -> str:
        return "maxpool"


@register
@final
@dataclass(frozen=True)
class FractionalMaxPool2d(SizedMaxPooling):
    """f = the largest number of each window, windows lying at random distances of two sizes.

    The distances have the mean that takes the image to `output_size`, and their order differs from
    plane to plane. It comes from NumPy's generator with `seed`, so that it stays from run to run;
    given the same samples, PyTorch's fractional_max_pool2d sets the same windows (Graham:
    Fractional max-pooling, 2014).
    """

    kernel_size: Sizes = parameter(2, SIZE_OR_SIZES, "How large the windows are.", required=True)
    seed: int = parameter(0, INTEGER, "Where the random order begins.")

    axes = 2
    name = "fractional_max_pool2d"
    summary = "The largest numbers of windows of an image at random distances."
    aliases = ("fractional pooling", "stochastic pooling", "SpatialFractionalMaxPooling")
    samples = ((_IMAGE,), (_IMAGE[0],))
    variants = (
        ({"output_size": [3, 2], "kernel_size": [2, 1], "seed": 3}, (_IMAGE,)),
        ({"output_size": 2, "kernel_size": 2}, (_IMAGE,)),
    )

    def __post_init__(self) -> None:
        self.check_size()
        check_sizes(self.name, self.axes, 1, kernel_size=self.kernel_size)
        if self.seed < 0:
            raise ParameterError(f"{self.name}: seed must be at least 0, not {self.seed}")

    @property
    @override
    def symbol(self) -> str:
        return "maxpool"

    def samples_of(self, batch: int, channels: int) -> Floats:
        """Return for each plane two random numbers in [0, 1): for its columns, then its rows."""
        return np.random.default_rng(self.seed).random((batch, channels, 2))

    @override
    def tables(self, shape: Shape) -> tuple[Indices, Indices]:
        samples = self.samples_of(shape[0], shape[1])
        counts, kernels = self.counts(), pair(self.kernel_size, self.axes, 1)
        rows, columns = (
            fractional_places(samples[..., 1 - axis], shape[2 + axis], counts[axis], kernels[axis])
            for axis in (0, 1)
        )
        return rows, columns

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        result = self.sized_shape(shape)
        kernels = pair(self.kernel_size, self.axes, 1)
        for size, count, kernel in zip(shape[-2:], self.counts(), kernels, strict=True):
            if count + kernel - 1 > size:
                raise ShapeError(
                    f"{self.name}: {count} windows of {kernel} do not fit into the {size} numbers "
                    f"of an axis of {format_shape(shape)} at distances of at least 1; use a "
                    "smaller output_size or kernel_size"
                )
        return result


@dataclass(frozen=True)
class AdaptiveAveragePooling(SizedPooling):
    """f = the mean of each of `output_size` windows that cover the input evenly.

    Window i has the numbers from ⌊i · size / count⌋ to ⌈(i + 1) · size / count⌉, as in PyTorch, so
    that windows may overlap.
    """

    pattern = Pattern.MIXER
    formula = r"\frac{1}{n} \sum_{window} x"
    derivatives = (r"\frac{1}{n}",)
    rule = "Every number of a window gets an equal share of its gradient; shares add up."

    @final
    def __post_init__(self) -> None:
        self.check_size()

    @final
    @override
    def forward(self, x: Array) -> Array:
        images = as_images(self.name, x, self.axes)
        down, across = self._means(images.shape)
        return np.reshape(np.matmul(np.matmul(down, images), across.T), self.infer_shape(x.shape))

    @final
    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        down, across = self._means(images_shape(self.name, x.shape, self.axes))
        shares = as_images(self.name, upstream, self.axes)
        return (np.reshape(np.matmul(np.matmul(down.T, shares), across), x.shape),)

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.sized_shape(shapes[0])

    def _means(self, shape: Shape) -> tuple[Floats, Floats]:
        rows, columns = self.counts()
        return adaptive_means(shape[2], rows), adaptive_means(shape[3], columns)


@register
@final
@dataclass(frozen=True)
class AdaptiveAvgPool1d(AdaptiveAveragePooling):
    """f = the means of windows along one axis, as adaptive_avg_pool1d of PyTorch."""

    axes = 1
    name = "adaptive_avg_pool1d"
    summary = "The means of as many windows as one wants, along one axis."
    aliases = ("adaptive pooling", "global pooling", "TemporalAdaptiveAveragePooling")
    samples = ((_ROW,), (_ROW[0],))
    variants = (({"output_size": 3}, (_ROW,)), ({"output_size": [7]}, (_ROW,)))

    @property
    @override
    def symbol(self) -> str:
        return "avgpool"


@register
@final
@dataclass(frozen=True)
class AdaptiveAvgPool2d(AdaptiveAveragePooling):
    """f = the means of windows of an image, as adaptive_avg_pool2d of PyTorch."""

    axes = 2
    name = "adaptive_avg_pool2d"
    summary = "The means of as many windows of an image as one wants."
    aliases = ("adaptive pooling", "global pooling", "SpatialAdaptiveAveragePooling")
    samples = ((_IMAGE,), (_IMAGE[0],))
    variants = (({"output_size": [3, 2]}, (_IMAGE,)), ({"output_size": 5}, (_IMAGE,)))

    @property
    @override
    def symbol(self) -> str:
        return "avgpool"
