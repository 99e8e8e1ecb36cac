"""The abstract gate that makes few numbers of many along axes, and the lines that it works on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ShapeError
from chainrule.gates.axes import (
    Axes,
    reduced_shape,
    refuse_repeated,
    resolve_axes,
    restore_axes,
)
from chainrule.gates.gate import Gate
from chainrule.gates.kind import AXES, BOOLEAN, parameter


@dataclass(frozen=True)
class Reduction(Gate):
    """A gate that takes an array to fewer numbers; axes are NumPy's, null stands for all.

    One that is `of_nothing` has a result where there is nothing to reduce, such as 0 for a sum.
    """

    axis: Axes = parameter(None, AXES, "The axes that go; null for all.")
    keepdims: bool = parameter(False, BOOLEAN, "Whether they stay, with size 1.")

    of_nothing: ClassVar[bool] = True

    def __post_init__(self) -> None:
        refuse_repeated(self.name, self.axis)

    @final
    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        if not self.of_nothing:
            refuse_nothing(self.name, shape, resolve_axes(self.name, self.axis, shape))
        return reduced_shape(self.name, self.axis, self.keepdims, shape)

    @final
    def restored(self, reduced: Array, x: Array) -> Array:
        """Return `reduced` with its axes back, so that it broadcasts against the input `x`."""
        return restore_axes(self.name, self.axis, reduced, x.shape)

    @final
    def lines(self, x: Array) -> Floats:
        """Return `x` with the axes that go as one, the last, row by row."""
        return lines_along(x, resolve_axes(self.name, self.axis, x.shape))

    @final
    def unlined(self, lines: Array, x: Array) -> Array:
        """Return `lines`, such as `lines` made of `x`, in the shape of `x`."""
        return unlined(lines, resolve_axes(self.name, self.axis, x.shape), x.shape)


def refuse_nothing(gate: str, shape: Shape, axes: tuple[int, ...]) -> None:
    """Raise ShapeError where one of many would be chosen along `axes` that hold nothing."""
    if math.prod(shape[axis] for axis in axes) == 0:
        raise ShapeError(
            f"{gate}: shape {format_shape(shape)} has nothing to choose from along "
            f"axis {list(axes)}; feed at least one number or choose another axis"
        )


def lines_along(x: Array, axes: tuple[int, ...]) -> Floats:
    """Return `x` with `axes` as one axis, the last; its numbers stay in row-major order."""
    order, kept = _order(axes, x.ndim)
    length = math.prod(x.shape[axis] for axis in axes)
    return np.reshape(np.transpose(x, order), (*(x.shape[axis] for axis in kept), length))


def unlined(lines: Array, axes: tuple[int, ...], shape: Shape) -> Array:
    """Undo `lines_along` of an array of `shape`."""
    order, _ = _order(axes, len(shape))
    moved = np.reshape(lines, tuple(shape[axis] for axis in order))
    back = tuple(order.index(axis) for axis in range(len(shape)))
    return np.transpose(moved, back)[()]


def products_of_others(lines: Floats) -> Array:
    """Return for each number the product of all others along the last axis, without division.

    It is the product of those before it times the product of those behind it.
    """
    ones = np.ones((*lines.shape[:-1], 1))
    before = np.concatenate((ones, lines[..., :-1]), axis=-1)[..., : lines.shape[-1]]
    behind = np.concatenate((lines[..., 1:], ones), axis=-1)[..., : lines.shape[-1]]
    return np.cumprod(before, axis=-1) * np.cumprod(behind[..., ::-1], axis=-1)[..., ::-1]


def _order(axes: tuple[int, ...], dimensions: int) -> tuple[tuple[int, ...], list[int]]:
    """Return all axes with the given ones last, and those that are not given."""
    kept = [axis for axis in range(dimensions) if axis not in axes]
    return (*kept, *sorted(axes)), kept
