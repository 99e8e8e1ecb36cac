"""Gates that pick numbers of an array by their places, and put their gradient back there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import resolve_axis
from chainrule.gates.foundations.positions import Positions, no_gradient, positions_of
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import INTEGER, Group, ParameterType, parameter


def _place(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | None):
        raise ValueError
    return value


PLACE = ParameterType("place", "an integer, or null for the end of the axis", _place)


@register
@final
@dataclass(frozen=True)
class Slice(Gate):
    """f = x[start:stop:step] along an axis, with Python's rules.

    Places from the end are negative, places beyond an end stand for the end, and a negative step
    goes backwards. Raises ParameterError for a step of 0.
    """

    start: int | None = parameter(None, PLACE, "The first place; null for the end to start at.")
    stop: int | None = parameter(None, PLACE, "The place before which it ends; null for the end.")
    step: int = parameter(1, INTEGER, "From one place to the next.")
    axis: int = parameter(0, INTEGER, "The axis along which places are counted.")

    name = "slice"
    group = Group.SHAPING
    summary = "A range of places along an axis, each or every few of them."
    aliases = ("narrow", "range", "subarray", "Narrow")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"x_{a:b:s}"
    derivatives = ("1",)
    rule = "The gradient goes back to the places that were taken; all others get 0."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (
        ({"start": 1, "stop": -1, "axis": 1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
        ({"step": -2}, ((1.0, 2.0, -3.0, 4.0),)),
        ({"start": 1, "step": 2, "axis": -1}, (((1.0, 2.0, -3.0, 4.0),),)),
    )

    def __post_init__(self) -> None:
        if self.step == 0:
            raise ParameterError("slice: a step of 0 stays where it is; use 1, or −1 for backwards")

    @property
    @override
    def symbol(self) -> str:
        return "[a:b]"

    @override
    def forward(self, x: Floats) -> Array:
        return x[self._places(x.shape)]

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        gradient = np.zeros_like(upstream, shape=x.shape)
        gradient[self._places(x.shape)] = upstream
        return (gradient,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        axis = resolve_axis(self.name, self.axis, shape)
        taken = range(*slice(self.start, self.stop, self.step).indices(shape[axis]))
        return (*shape[:axis], len(taken), *shape[axis + 1 :])

    def _places(self, shape: Shape) -> tuple[slice, ...]:
        axis = resolve_axis(self.name, self.axis, shape)
        return (*(slice(None),) * axis, slice(self.start, self.stop, self.step))


@register
@final
@dataclass(frozen=True)
class Select(Gate):
    """f = x[index] along an axis, which goes."""

    index: int = parameter(0, INTEGER, "The place, from 0, or from −1 backwards.")
    axis: int = parameter(0, INTEGER, "The axis along which places are counted.")

    name = "select"
    group = Group.SHAPING
    summary = "What stands at one place of an axis."
    aliases = ("index", "element", "row", "column", "Select", "SplitTable")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"x_{i}"
    derivatives = ("1",)
    rule = "The gradient goes back to the place that was taken; all others get 0."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (({"index": -1, "axis": 1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),)

    @property
    @override
    def symbol(self) -> str:
        return f"[{self.index}]"

    @override
    def forward(self, x: Floats) -> Array:
        return x[self._place(x.shape)]

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        gradient = np.zeros_like(upstream, shape=x.shape)
        gradient[self._place(x.shape)] = upstream
        return (gradient,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        axis = resolve_axis(self.name, self.axis, shape)
        size = shape[axis]
        if not -size <= self.index < size:
            within = f"choose one from {-size} to {size - 1}" if size else "feed at least one"
            raise ShapeError(
                f"select: axis {axis} of shape {format_shape(shape)} has no place {self.index}; "
                f"{within}"
            )
        return (*shape[:axis], *shape[axis + 1 :])

    def _place(self, shape: Shape) -> tuple[Any, ...]:
        axis = resolve_axis(self.name, self.axis, shape)
        return (*(slice(None),) * axis, self.index)


@register
@final
@dataclass(frozen=True)
class Gather(Gate):
    """f_(i, j, …) = x at (i, j, …) with the index of one axis read from `positions`.

    As in torch.gather: both have equally many axes, and along the others `positions` may be
    shorter than x. A position is the nearest whole number from 0; its gradient is 0.
    """

    axis: int = parameter(0, INTEGER, "The axis along which positions are counted.")

    name = "gather"
    group = Group.SHAPING
    summary = "Picks numbers along an axis, one for each position."
    aliases = ("take_along_axis", "pick", "lookup along an axis")
    ports = ("x", "positions")
    pattern = Pattern.RESHAPER
    formula = r"x_{p_{i}}"
    derivatives = ("1", "0")
    rule = "A number gets the sum of the gradients of all places that it was picked for."
    samples = (
        ((1.0, -2.0, 0.5), (2.0, 0.0, 2.0, 1.0)),
        (((3.0, 1.0), (0.0, -1.0)), ((1.0, 0.0),)),
    )
    variants = (({"axis": -1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)), ((2.0,), (0.0,)))),)

    @property
    @override
    def symbol(self) -> str:
        return "gather"

    @override
    def forward(self, x: Floats, positions: Floats) -> Array:
        return x[self._places(x, positions)]

    @override
    def backward(
        self, upstream: Array, output: Array, x: Floats, positions: Floats
    ) -> tuple[Array, ...]:
        gradient = np.zeros_like(upstream, shape=x.shape)
        np.add.at(gradient, self._places(x, positions), upstream)
        return gradient, no_gradient(upstream, positions)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, positions = shapes
        axis = resolve_axis(self.name, self.axis, x)
        longer = len(x) != len(positions) or any(
            theirs > ours
            for place, (theirs, ours) in enumerate(zip(positions, x, strict=True))
            if place != axis
        )
        if longer:
            raise ShapeError(
                f"gather: x {format_shape(x)} and positions {format_shape(positions)} do not fit; "
                f"give positions as many axes, none but axis {axis} longer than that of x, "
                "or use take"
            )
        return positions

    def _places(self, x: Floats, positions: Floats) -> tuple[Positions, ...]:
        axis = resolve_axis(self.name, self.axis, x.shape)
        places: list[Positions] = list(np.indices(positions.shape, sparse=True))
        places[axis] = positions_of(self.name, positions, x.shape[axis], "positions")
        return tuple(places)


@register
@final
@dataclass(frozen=True)
class Take(Gate):
    """f = the slices of x along an axis that `positions` name, in their order and shape.

    As np.take, and as torch.index_select for a vector of positions. A position is the nearest
    whole number from 0; its gradient is 0.
    """

    axis: int = parameter(0, INTEGER, "The axis along which positions are counted.")

    name = "take"
    group = Group.SHAPING
    summary = "Picks whole rows or other slices of an array by their positions."
    aliases = ("index_select", "rows by position", "fancy indexing")
    ports = ("x", "positions")
    pattern = Pattern.RESHAPER
    formula = r"x_{p}"
    derivatives = ("1", "0")
    rule = "A slice gets the sum of the gradients of all places that it was picked for."
    samples = (
        ((1.0, -2.0, 0.5), (2.0, 0.0, 2.0, 1.0)),
        (((3.0, 1.0), (0.0, -1.0)), ((1.0, 0.0), (1.0, 1.0))),
        ((1.0, -2.0), 1.0),
    )
    variants = (({"axis": -1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)), (2.0, 0.0))),)

    @property
    @override
    def symbol(self) -> str:
        return "take"

    @override
    def forward(self, x: Floats, positions: Array) -> Array:
        return x[self._places(x, positions)]

    @override
    def backward(
        self, upstream: Array, output: Array, x: Floats, positions: Array
    ) -> tuple[Array, ...]:
        gradient = np.zeros_like(upstream, shape=x.shape)
        np.add.at(gradient, self._places(x, positions), upstream)
        return gradient, no_gradient(upstream, positions)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        x, positions = shapes
        axis = resolve_axis(self.name, self.axis, x)
        return (*x[:axis], *positions, *x[axis + 1 :])

    def _places(self, x: Floats, positions: Array) -> tuple[Any, ...]:
        axis = resolve_axis(self.name, self.axis, x.shape)
        found = positions_of(self.name, positions, x.shape[axis], "positions")
        return (*(slice(None),) * axis, found)


@register
@final
@dataclass(frozen=True)
class OneHot(Gate):
    """f = a row for each class number: 1 at its place, 0 elsewhere, along a new last axis.

    A class is the nearest whole number from 0; the gradient is 0, as the choice jumps.
    """

    classes: int = parameter(2, INTEGER, "How many classes there are.", required=True)

    name = "one_hot"
    group = Group.SHAPING
    summary = "Writes class numbers as rows with a 1 at the place of the class."
    aliases = ("onehot", "indicator", "dummy variables")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"\mathbf{1}[x = j]"
    derivatives = ("0",)
    rule = "The class is chosen, not computed, so nothing flows back."
    samples = (((1.0, 0.0, 1.0),), (1.0,))
    variants = (({"classes": 4}, (((1.0, 3.0), (0.0, 2.0)),)),)

    def __post_init__(self) -> None:
        if self.classes < 1:
            raise ParameterError(f"one_hot: {self.classes} classes are none; use at least 1")

    @property
    @override
    def symbol(self) -> str:
        return "1-hot"

    @override
    def forward(self, x: Array) -> Array:
        places = positions_of(self.name, x, self.classes, "x")
        return (np.expand_dims(places, -1) == np.arange(self.classes)).astype(np.float64)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (no_gradient(upstream, x),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return (*shapes[0], self.classes)
