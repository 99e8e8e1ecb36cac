"""Gates that give an array's numbers another shape or another order of the axes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import Axes, refuse_repeated, resolve_axes, resolve_axis
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import AXES, INTEGER, PERMUTATION, SIZES, Group, parameter


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
    aliases = ("permute", "swapaxes", "swap axes", "moveaxis", "Transpose")
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
    aliases = ("view", "Reshape", "View")
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
class Flatten(Gate):
    """f = x with the axes from `start_axis` to `end_axis` as one; a number becomes [x].

    The default makes one row of all numbers, as torch.flatten does; torch.nn.Flatten starts at 1.
    """

    start_axis: int = parameter(0, INTEGER, "The first of the axes that become one.")
    end_axis: int = parameter(-1, INTEGER, "The last of the axes that become one.")

    name = "flatten"
    group = Group.SHAPING
    summary = "Makes one axis of several that stand side by side."
    aliases = ("ravel", "one row", "merge axes")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"\mathrm{flatten}(x)"
    derivatives = ("1",)
    rule = "The gradient goes back into the shape of the input."
    samples = ((((3.0, 1.0, 2.0), (0.0, -1.0, 4.0)),), (2.0,))
    variants = (({"start_axis": 1}, ((((1.0, 2.0), (0.0, 3.0)), ((0.5, -1.0), (2.5, 0.25))),)),)

    @property
    @override
    def symbol(self) -> str:
        return "flatten"

    @override
    def forward(self, x: Array) -> Array:
        return np.reshape(x, self.infer_shape(x.shape))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (np.reshape(upstream, x.shape)[()],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        shape = shapes[0] or (1,)
        first = resolve_axis(self.name, self.start_axis, shape)
        last = resolve_axis(self.name, self.end_axis, shape)
        if first > last:
            raise ShapeError(
                f"flatten: axis {self.start_axis} of shape {format_shape(shape)} lies behind axis "
                f"{self.end_axis}; swap start_axis and end_axis"
            )
        return (*shape[:first], math.prod(shape[first : last + 1]), *shape[last + 1 :])


@register
@final
@dataclass(frozen=True)
class Squeeze(Gate):
    """f = x without axes of size 1; one that is named and has another size is refused.

    So it is in NumPy; PyTorch leaves such an axis as it is.
    """

    axis: Axes = parameter(None, AXES, "The axes of size 1 that go; null for all of them.")

    name = "squeeze"
    group = Group.SHAPING
    summary = "Takes axes of size 1 away."
    aliases = ("drop axes", "Squeeze")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"\mathrm{squeeze}(x)"
    derivatives = ("1",)
    rule = "The gradient gets the axes of size 1 back."
    samples = ((((3.0,), (1.0,)),), (((2.0,),),), (2.0,))
    variants = (({"axis": [0, -1]}, ((((3.0,), (1.0,)),),)),)

    def __post_init__(self) -> None:
        refuse_repeated(self.name, self.axis)

    @property
    @override
    def symbol(self) -> str:
        return "squeeze"

    @override
    def forward(self, x: Array) -> Array:
        return np.reshape(x, self.infer_shape(x.shape))[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (np.reshape(upstream, x.shape)[()],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        if self.axis is None:
            return tuple(size for size in shape if size != 1)
        gone = resolve_axes(self.name, self.axis, shape)
        for axis in gone:
            if shape[axis] != 1:
                raise ShapeError(
                    f"squeeze: axis {axis} of shape {format_shape(shape)} has size {shape[axis]}, "
                    "and only axes of size 1 can go; choose another axis or reshape"
                )
        return tuple(size for axis, size in enumerate(shape) if axis not in gone)


@register
@final
@dataclass(frozen=True)
class Unsqueeze(Gate):
    """f = x with a new axis of size 1; −1 puts it behind all others."""

    axis: int = parameter(0, INTEGER, "The place of the new axis in the output.")

    name = "unsqueeze"
    group = Group.SHAPING
    summary = "Puts in a new axis of size 1."
    aliases = ("expand_dims", "newaxis", "new axis", "Unsqueeze")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"\mathrm{unsqueeze}(x)"
    derivatives = ("1",)
    rule = "The gradient loses the axis of size 1 again."
    samples = (((1.0, -2.0, 0.5),), (2.0,))
    variants = (({"axis": -1}, (((1.0, 2.0), (0.0, 3.0)),)),)

    @property
    @override
    def symbol(self) -> str:
        return "unsqueeze"

    @override
    def forward(self, x: Array) -> Array:
        return np.reshape(x, self.infer_shape(x.shape))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (np.reshape(upstream, x.shape)[()],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        places = len(shape) + 1
        if not -places <= self.axis < places:
            raise ShapeError(
                f"unsqueeze: shape {format_shape(shape)} has no place {self.axis} for a new axis; "
                f"choose one from {-places} to {places - 1}"
            )
        place = self.axis % places
        return (*shape[:place], 1, *shape[place:])


@register
@final
@dataclass(frozen=True)
class BroadcastTo(Gate):
    """f = x, copied along axes of size 1 and new axes in front until it has a shape."""

    shape: tuple[int, ...] = parameter(
        (1,), SIZES, "The shape of the output, to which the input broadcasts.", required=True
    )

    name = "broadcast_to"
    group = Group.SHAPING
    summary = "Copies an array along axes of size 1 and along new ones in front."
    aliases = ("expand", "broadcast", "Replicate")
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = r"\mathrm{broadcast}(x)"
    derivatives = ("1",)
    rule = "A number that is copied gets the sum of the gradients of its copies."
    samples = (((1.5,),), (2.0,))
    variants = (
        ({"shape": [2, 3]}, ((1.0, -2.0, 0.5),)),
        ({"shape": [2, 2, 3]}, (((1.0,), (2.0,)),)),
    )

    def __post_init__(self) -> None:
        if any(size < 0 for size in self.shape):
            raise ParameterError(
                f"broadcast_to: shape {list(self.shape)} has a negative size; use sizes from 0"
            )

    @property
    @override
    def symbol(self) -> str:
        return "copy"

    @override
    def forward(self, x: Array) -> Array:
        return np.broadcast_to(x, self.shape)[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        aligned = self.shape[len(self.shape) - len(shape) :]
        fits = all(size in (1, wanted) for size, wanted in zip(shape, aligned, strict=False))
        if len(shape) > len(self.shape) or not fits:
            raise ShapeError(
                f"broadcast_to: shape {format_shape(shape)} does not broadcast to "
                f"{format_shape(self.shape)}; aligned at the right, its sizes must be equal or 1"
            )
        return self.shape


def _inverse(axes: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """Return the permutation that undoes `axes`; reversing undoes itself."""
    if axes is None:
        return None
    forwards = [axis % len(axes) for axis in axes]
    return tuple(forwards.index(axis) for axis in range(len(axes)))
