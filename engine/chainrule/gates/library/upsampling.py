"""Up-sampling: images made larger by repeating or by blending their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.images import Sizes, check_sizes, images_shape, pair
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import BOOLEAN, SIZE_OR_SIZES, Group, parameter

_IMAGE = ((((1.0, -2.0, 0.5), (3.0, 0.0, 1.5)),),)


@dataclass(frozen=True)
class Upsampling(Gate):
    """A gate that makes rows and columns more by a whole factor."""

    scale_factor: Sizes = parameter(
        2, SIZE_OR_SIZES, "How many times as many rows and columns there are then.", required=True
    )

    group = Group.CONVOLUTION
    ports = ("x",)

    @final
    def __post_init__(self) -> None:
        check_sizes(self.name, 2, 1, scale_factor=self.scale_factor)

    @property
    @final
    @override
    def symbol(self) -> str:
        return f"↑{self.scale_factor}" if isinstance(self.scale_factor, int) else "↑"

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        rows, columns = images_shape(self.name, shape, 2)[2:]
        down, across = self.factors
        return (*shape[:-2], rows * down, columns * across)

    @property
    @final
    def factors(self) -> tuple[int, int]:
        """The factors of rows and of columns."""
        return pair(self.scale_factor, 2, 1)


@register
@final
@dataclass(frozen=True)
class UpsampleNearest(Upsampling):
    """f = each number of an image as a block of equal ones, as PyTorch's upsample_nearest."""

    name = "upsample_nearest"
    summary = "Makes an image larger by repeating its numbers."
    aliases = ("up-sampling", "interpolate", "enlarge", "SpatialUpSamplingNearest")
    pattern = Pattern.DISTRIBUTOR
    formula = r"\mathrm{repeat}(x)"
    derivatives = ("1",)
    rule = "A number that was repeated gets the sum of the gradients of its copies."
    samples = ((_IMAGE,), (_IMAGE[0],))
    variants = (({"scale_factor": [1, 3]}, (_IMAGE,)),)

    @override
    def forward(self, x: Array) -> Array:
        down, across = self.factors
        return np.repeat(np.repeat(x, down, axis=-2), across, axis=-1)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        down, across = self.factors
        rows, columns = images_shape(self.name, x.shape, 2)[2:]
        blocks = np.reshape(upstream, (*x.shape[:-2], rows, down, columns, across))
        return (np.sum(blocks, axis=(-3, -1)),)


@register
@final
@dataclass(frozen=True)
class UpsampleBilinear(Upsampling):
    """f = an image with numbers blended from the nearest two rows and two columns.

    With `align_corners` the corners keep their numbers; without, each number stands in the middle
    of its square, as in torch.nn.functional.interpolate (whose upsample_bilinear aligns them).
    """

    align_corners: bool = parameter(
        False, BOOLEAN, "Whether numbers stand at the corners of the image, not within squares."
    )

    name = "upsample_bilinear"
    summary = "Makes an image larger by blending neighbouring numbers."
    aliases = ("up-sampling", "interpolate", "bilinear", "SpatialUpSamplingBilinear")
    pattern = Pattern.MIXER
    formula = r"\sum_{neighbours} weight \cdot x"
    derivatives = ("weight",)
    rule = "Every number gets the gradients of all that it was blended into, weighted likewise."
    samples = ((_IMAGE,), (_IMAGE[0],))
    variants = (
        ({"scale_factor": [1, 3], "align_corners": True}, (_IMAGE,)),
        ({"scale_factor": 3}, (_IMAGE,)),
    )

    @override
    def forward(self, x: Array) -> Array:
        down, across = self._blends(x.shape)
        return np.matmul(np.matmul(down, x), across.T)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        down, across = self._blends(x.shape)
        return (np.matmul(np.matmul(down.T, upstream), across),)

    def _blends(self, shape: Shape) -> tuple[Floats, Floats]:
        rows, columns = images_shape(self.name, shape, 2)[2:]
        down, across = self.factors
        return _blend(rows, down, self.align_corners), _blend(columns, across, self.align_corners)


def _blend(size: int, factor: int, align_corners: bool) -> Floats:
    """Return the matrix that takes `size` numbers to `factor` times as many, blended linearly."""
    places = np.arange(size * factor, dtype=np.float64)
    if align_corners:
        places *= (size - 1) / max(size * factor - 1, 1)
    else:
        places = np.maximum((places + 0.5) / factor - 0.5, 0.0)
    distance = np.abs(np.minimum(places, size - 1.0)[:, None] - np.arange(size))
    return np.maximum(1.0 - distance, 0.0)
