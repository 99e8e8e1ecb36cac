"""The abstract gate that makes few numbers of many along axes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, final

from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ShapeError
from chainrule.gates.foundations.axes import (
    Axes,
    reduced_shape,
    refuse_repeated,
    resolve_axes,
    restore_axes,
)
from chainrule.gates.gate import Gate
from chainrule.gates.kind import AXES, BOOLEAN, parameter
from chainrule.gates.lines import lines_along, unlined


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
