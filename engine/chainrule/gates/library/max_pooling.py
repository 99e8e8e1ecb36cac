"""Pooling by the largest number of each window, and what puts such numbers back.

Of equal numbers in a window the first, row by row, takes the gradient, as in PyTorch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.images import Sizes, Sliding, as_images
from chainrule.gates.foundations.numerics import values_of
from chainrule.gates.foundations.pooling import Pooling
from chainrule.gates.foundations.windows import Indices, scattered, taken
from chainrule.gates.gate import InPlace, Pattern, Piecewise
from chainrule.gates.kind import BOOLEAN, SIZE_OR_SIZES, parameter

_ROW = (((1.0, -2.0, 0.5, 3.0, -1.0),),)
_IMAGE = ((((1.0, -2.0, 0.5), (3.0, 0.0, 1.5), (-1.0, 2.0, 0.25), (4.0, -3.0, 0.75)),),)


@dataclass(frozen=True)
class ByLargest(Pooling, Piecewise):
    """A gate that knows where each window has its largest number; padding counts as -inf."""

    padding: Sizes = parameter(0, SIZE_OR_SIZES, "How far windows reach over the edges.")
    dilation: Sizes = parameter(1, SIZE_OR_SIZES, "How far apart a window's numbers stand.")
    ceil_mode: bool = parameter(
        False, BOOLEAN, "Whether a last window may reach over the end to cover all."
    )

    @final
    def __post_init__(self) -> None:
        self.check_settings()

    @final
    @override
    def sliding(self) -> Sliding:
        return Sliding(self.kernel_size, self.steps, self.padding, self.dilation, self.ceil_mode)

    @final
    def places(self, x: Array) -> Indices:
        """Return where, counted through all of `x`, each window has its largest number."""
        shape = self.pooled_shape(x.shape)
        images = as_images(self.name, values_of(x), self.axes)
        return np.reshape(self.windows(x.shape).largest(images), shape)


@dataclass(frozen=True)
class MaxPooling(ByLargest, InPlace):
    """f = the largest number of each window."""

    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\max_{window} x"
    derivatives = (r"\mathbf{1}[x = f]",)
    can_wait = True
    rule = "Like max: each window's gradient goes to its largest number, the first of equal ones."

    @final
    @override
    def forward(self, x: Array) -> Array:
        return taken(x, self.places(x))

    @final
    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (scattered(upstream, self.places(x), x.shape),)

    @final
    @override
    def forward_into(self, out: Floats, *inputs: Array) -> None:
        (x,) = inputs
        maxima = self.windows(x.shape).maxima(as_images(self.name, x, self.axes))
        out[...] = np.reshape(maxima, out.shape)

    @final
    @override
    def backward_into(
        self, out: Floats, port: int, upstream: Array, output: Array, *inputs: Array
    ) -> None:
        (x,) = inputs
        gradient, maxima, images, result = (
            as_images(self.name, each, self.axes) for each in (upstream, output, x, out)
        )
        if np.isfinite(np.sum(gradient) + np.sum(maxima)):
            self.windows(x.shape).spread_to_maxima(gradient, maxima, images, result)
        else:
            out[...] = self.backward(upstream, output, x)[0]

    @final
    @override
    def branch(self, x: Array) -> Array:
        return self.places(x).astype(np.float64)

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return self.pooled_shape(shapes[0])


@register
@final
@dataclass(frozen=True)
class MaxPool1d(MaxPooling):
    """f = the largest number of each window along one axis, as torch.nn.functional.max_pool1d."""

    axes = 1
    name = "max_pool1d"
    summary = "The largest number of each window along one axis."
    aliases = ("max pooling", "TemporalMaxPooling")
    samples = ((_ROW,), (_ROW[0],))
    variants = (
        ({"kernel_size": 2, "stride": 1, "padding": 1, "dilation": 2}, (_ROW,)),
        ({"kernel_size": [3], "stride": [2], "ceil_mode": True}, (_ROW,)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "maxpool"


@register
@final
@dataclass(frozen=True)
class MaxPool2d(MaxPooling):
    """f = the largest number of each window of an image, as torch.nn.functional.max_pool2d."""

    axes = 2
    name = "max_pool2d"
    summary = "The largest number of each window of an image."
    aliases = ("max pooling", "down-sampling", "SpatialMaxPooling")
    samples = ((_IMAGE,), (_IMAGE[0],))
    variants = (
        ({"kernel_size": [3, 2], "stride": 1, "padding": [1, 0]}, (_IMAGE,)),
        ({"kernel_size": 2, "stride": [1, 2], "dilation": [2, 1], "ceil_mode": True}, (_IMAGE,)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "maxpool"


@dataclass(frozen=True)
class MaxUnpooling(ByLargest):
    """f = zeros, with each number of x where `source` has the largest number of its window.

    `source` is what went into the pooling whose settings these are, and f has its shape; PyTorch
    asks for the pooling's indices instead, which are found anew here. Where windows overlap and
    have the same largest number, what is put there adds up (PyTorch keeps one of them).
    """

    ports = ("x", "source")
    pattern = Pattern.ROUTER
    formula = r"\mathbf{1}[source = \max_{window} source] \cdot x"
    derivatives = (r"\mathbf{1}[source = \max_{window} source]", "0")
    rule = "Each number of x gets the gradient of the place that it was put to; source gets none."

    @final
    @override
    def forward(self, x: Array, source: Array) -> Array:
        return scattered(x, self.places(source), source.shape)

    @final
    @override
    def backward(
        self, upstream: Array, output: Array, x: Array, source: Array
    ) -> tuple[Array, ...]:
        nothing = np.zeros_like(upstream, shape=source.shape)
        return taken(upstream, self.places(source)), nothing

    @final
    @override
    def branch(self, x: Array, source: Array) -> Array:
        places = self.places(source)
        return scattered(np.arange(1.0, places.size + 1.0), places, source.shape)

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, source = shapes
        pooled = self.pooled_shape(source)
        if x != pooled:
            raise ShapeError(
                f"{self.name}: x has shape {format_shape(x)}, but source of shape "
                f"{format_shape(source)} pools to {format_shape(pooled)}; give both the settings "
                "of one pooling"
            )
        return source


@register
@final
@dataclass(frozen=True)
class MaxUnpool1d(MaxUnpooling):
    """f = zeros, with each number of x where `source` has its window's largest, along one axis."""

    axes = 1
    name = "max_unpool1d"
    summary = "Puts pooled numbers back to where the largest ones stood, along one axis."
    aliases = ("unpooling", "TemporalMaxUnpooling")
    samples = (((((0.5, 2.0),),), _ROW),)
    variants = (({"kernel_size": 3, "stride": [1]}, ((((0.5, 2.0, -1.0),),), _ROW)),)

    @property
    @override
    def symbol(self) -> str:
        return "unpool"


@register
@final
@dataclass(frozen=True)
class MaxUnpool2d(MaxUnpooling):
    """f = zeros, with each number of x where `source` has its window's largest, in images."""

    axes = 2
    name = "max_unpool2d"
    summary = "Puts pooled numbers back to where the largest ones stood in an image."
    aliases = ("unpooling", "up-sampling", "SpatialMaxUnpooling")
    samples = ((((((0.5,), (2.0,)),),), _IMAGE),)
    variants = (
        (
            {"kernel_size": [2, 3], "padding": [0, 1], "stride": [1, 2]},
            ((((0.5, -1.0), (2.0, 1.0), (3.0, 0.25)),), _IMAGE[0]),
        ),
    )

    @property
    @override
    def symbol(self) -> str:
        return "unpool"
