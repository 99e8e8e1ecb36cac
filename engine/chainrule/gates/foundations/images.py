"""Arrays as images, and the settings with which windows slide over them.

Gates of one axis and of two share all that they compute: a row of numbers, with the axes batch,
channels, numbers, is a batch of images of a single row. As in PyTorch the batch may be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.foundations.windows import Slide, Windows

# One number for all axes, or one for each.
Sizes: TypeAlias = int | tuple[int, ...]
Pair: TypeAlias = tuple[int, int]

_NAMES = {1: "channels, numbers", 2: "channels, rows, columns"}


def check_sizes(gate: str, axes: int, least: int, **settings: Sizes) -> None:
    """Raise ParameterError for a setting below `least`, or with another number of sizes."""
    for name, sizes in settings.items():
        if isinstance(sizes, tuple) and len(sizes) != axes:
            raise ParameterError(
                f"{gate}: {name} {shown(sizes)} has {len(sizes)} sizes for {axes} "
                f"ax{'i' if axes == 1 else 'e'}s; give one number or one for each"
            )
        if any(size < least for size in (sizes if isinstance(sizes, tuple) else (sizes,))):
            raise ParameterError(f"{gate}: {name} must be at least {least}, not {shown(sizes)}")


def shown(sizes: Sizes) -> str:
    """Write sizes as files do: `3`, `[2, 3]`."""
    return str(list(sizes) if isinstance(sizes, tuple) else sizes)


def pair(sizes: Sizes, axes: int, single: int) -> Pair:
    """Return sizes for rows and columns; with one axis there is a `single` row."""
    given = sizes if isinstance(sizes, tuple) else (sizes,) * axes
    return (single, given[0]) if axes == 1 else (given[0], given[1])


def images_shape(gate: str, shape: Shape, axes: int) -> Shape:
    """Return `shape` as batch, channels, rows, columns; raise ShapeError if it has other axes."""
    if len(shape) not in (axes + 1, axes + 2):
        raise ShapeError(
            f"{gate}: shape {format_shape(shape)} does not have the axes {_NAMES[axes]}, "
            f"nor a batch of them; reshape it to {axes + 1} or {axes + 2} axes"
        )
    batch = shape[: -axes - 1] or (1,)
    return (*batch, shape[-axes - 1], 1, shape[-1]) if axes == 1 else (*batch, *shape[-3:])


def as_images(gate: str, x: Array, axes: int) -> Floats:
    """Return an array with the axes batch, channels, rows, columns."""
    return np.reshape(x, images_shape(gate, x.shape, axes))


def as_kernels(weight: Array, axes: int) -> Floats:
    """Return a weight with the axes output channels, input channels, rows, columns."""
    return np.reshape(weight, (*weight.shape[:2], *pair(weight.shape[2:], axes, 1)))


def outcome_shape(shape: Shape, axes: int, channels: int, windows: Windows) -> Shape:
    """Return the shape of what an input of `shape` becomes: one number for each window."""
    counts = (windows.rows.count, windows.columns.count)
    return (*shape[: -axes - 1], channels, *counts[-axes:])


@final
@dataclass(frozen=True)
class Sliding:
    """The settings with which windows slide over images, as gates have them.

    With `ceil_mode` a last window may reach over the end, if it begins before the end of the
    padding in front and the image.
    """

    kernel: Sizes
    stride: Sizes
    padding: Sizes = 0
    dilation: Sizes = 1
    ceil_mode: bool = False

    def over(self, gate: str, shape: Shape, axes: int) -> Windows:
        """Return the windows over an array of `shape`; raise ShapeError if none fits."""
        sizes = images_shape(gate, shape, axes)[2:]
        kernel, stride = pair(self.kernel, axes, 1), pair(self.stride, axes, 1)
        padding, dilation = pair(self.padding, axes, 0), pair(self.dilation, axes, 1)
        rows, columns = (
            self._slide(*each)
            for each in zip(sizes, kernel, stride, padding, dilation, strict=True)
        )
        if min(rows.count, columns.count) < 1:
            raise ShapeError(self._misfit(gate, shape, axes, rows, columns))
        return Windows(rows, columns)

    def _slide(self, size: int, kernel: int, stride: int, padding: int, dilation: int) -> Slide:
        free = size + 2 * padding - (kernel - 1) * dilation - 1
        count = free // stride + 1
        if self.ceil_mode:
            count = -(-free // stride) + 1
            if (count - 1) * stride >= size + padding:
                count -= 1
        return Slide(size, kernel, stride, padding, dilation, count)

    def _misfit(self, gate: str, shape: Shape, axes: int, rows: Slide, columns: Slide) -> str:
        window = _by((rows.kernel, columns.kernel), axes)
        dilated = f" with dilation {_by((rows.dilation, columns.dilation), axes)}"
        padded = f", padded by {_by((rows.before, columns.before), axes)} at both ends,"
        return (
            f"{gate}: a window of {window}{dilated if self.dilation != 1 else ''} does not fit "
            f"into the {_by((rows.size, columns.size), axes)} numbers of {format_shape(shape)}"
            f"{padded if self.padding != 0 else ''}; use a smaller kernel, or more padding"
        ).replace(",;", ";")


def _by(sizes: Pair, axes: int) -> str:
    return " × ".join(str(size) for size in sizes[-axes:])
