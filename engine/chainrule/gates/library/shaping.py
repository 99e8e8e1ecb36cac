"""Gates that move numbers to other places and leave them as they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.axes import resolve_axis
from chainrule.gates.catalogue import register
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import INTEGER, PERMUTATION, SIZES, Group, parameter


@register
@final
@dataclass(frozen=True)
class Transpose(Gate):
    """f = xᵀ: axis i of the output is axis `axes[i]` of the input; reversed where none are given.

    Raises ParameterError for axes that are no permutation.
    """

    axes: tuple[int, ...] | None = parameter(
        None, PERMUTATION, "The input's axes in their new order; null reverses them."
    )

    name = "transpose"
    group = Group.SHAPING
    summary = "Puts the axes of an array into another order."
    aliases = ("permute", "swap axes", "Transpose")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"x^{T}"
    derivatives = ("1",)
    rule = "The gradient is transposed back."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0, 2.0), (0.0, -1.0, 4.0)),))

    def __post_init__(self) -> None:
        if self.axes is None:
            return
        count = len(self.axes)
        if {axis % count for axis in self.axes if -count <= axis < count} != set(range(count)):
            raise ParameterError(
                f"transpose: axes {list(self.axes)} are no permutation; "
                f"name each axis from 0 to {count - 1} once"
            )

    @property
    @override
    def symbol(self) -> str:
        return "xᵀ"

    @override
    def forward(self, x: Array) -> Array:
        return np.transpose(x, self.axes)[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (np.transpose(upstream, _inverse(self.axes))[()],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        if self.axes is None:
            return shape[::-1]
        if len(self.axes) != len(shape):
            raise ShapeError(
                f"transpose: axes {list(self.axes)} order {len(self.axes)} axes, but the shape "
                f"{format_shape(shape)} has {len(shape)}; name every axis once"
            )
        return tuple(shape[axis] for axis in self.axes)


@register
@final
@dataclass(frozen=True)
class Reshape(Gate):
    """f = the numbers of x, row by row, in a new shape; one size may be -1: whatever is left.

    Raises ParameterError for a second -1 and for sizes below it.
    """

    shape: tuple[int, ...] = parameter(
        (-1,), SIZES, "The new sizes; one may be −1, which takes what is left.", required=True
    )

    name = "reshape"
    group = Group.SHAPING
    summary = "Puts the numbers of an array, row by row, into a new shape."
    aliases = ("flatten", "squeeze", "Reshape", "View", "Squeeze", "Unsqueeze")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"\mathrm{reshape}(x)"
    derivatives = ("1",)
    rule = "The gradient goes back into the shape of the input."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0, 2.0), (0.0, -1.0, 4.0)),), (2.0,))

    def __post_init__(self) -> None:
        if self.shape.count(-1) > 1:
            raise ParameterError(
                f"reshape: shape {list(self.shape)} leaves several sizes open; keep one −1"
            )
        if any(size < -1 for size in self.shape):
            raise ParameterError(
                f"reshape: shape {list(self.shape)} has a negative size; "
                "use sizes from 0, or one −1 for what is left"
            )

    @property
    @override
    def symbol(self) -> str:
        return "reshape"

    @override
    def forward(self, x: Array) -> Array:
        return np.reshape(x, self.shape)[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (np.reshape(upstream, x.shape)[()],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        size = math.prod(shapes[0])
        known = math.prod(each for each in self.shape if each != -1)
        open_ended = -1 in self.shape
        if open_ended and known and size % known == 0:
            return tuple(size // known if each == -1 else each for each in self.shape)
        if size != known or open_ended:
            raise ShapeError(
                f"reshape: the {size} numbers of shape {format_shape(shapes[0])} do not fill "
                f"{format_shape(self.shape)}; choose sizes whose product is {size}"
            )
        return self.shape


@register
@final
@dataclass(frozen=True)
class Concat(Gate):
    """f = the inputs one behind the other along an axis; their other sizes must agree."""

    axis: int = parameter(0, INTEGER, "The axis along which the inputs are joined.")

    name = "concat"
    group = Group.SHAPING
    summary = "Joins arrays along an axis."
    aliases = ("concatenate", "join", "stack", "JoinTable")
    ports = ("x", "y")
    variadic = True
    pattern = Pattern.RESHAPER
    formula = r"[x, y]"
    derivatives = ("1", "1")
    rule = "The gradient is cut at the seams, and each input gets its piece."
    samples = (
        ((1.0, -2.0), (0.5, 3.0, 4.0)),
        (((3.0, 1.0),), ((0.0, -1.0),), ((2.0, 5.0), (6.0, 7.0))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "concat"

    @override
    def forward(self, *inputs: Array) -> Array:
        return np.concatenate(inputs, axis=self.axis)

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> tuple[Array, ...]:
        seams = accumulate(each.shape[self.axis] for each in inputs[:-1])
        return tuple(np.split(upstream, list(seams), axis=self.axis))

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        if () in shapes:
            raise ShapeError("concat: a scalar has no axis to join along; reshape it to [1] first")
        first = shapes[0]
        axis = resolve_axis(self.name, self.axis, first)
        for shape in shapes[1:]:
            if len(shape) != len(first) or _without(shape, axis) != _without(first, axis):
                raise ShapeError(
                    f"concat: {format_shape(first)} and {format_shape(shape)} must agree in all "
                    f"axes but {axis}; reshape one of them or choose another axis"
                )
        return (*first[:axis], sum(shape[axis] for shape in shapes), *first[axis + 1 :])


def _inverse(axes: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """Return the permutation that undoes `axes`; reversing undoes itself."""
    if axes is None:
        return None
    forwards = [axis % len(axes) for axis in axes]
    return tuple(forwards.index(axis) for axis in range(len(axes)))


def _without(shape: Shape, axis: int) -> Shape:
    return shape[:axis] + shape[axis + 1 :]
