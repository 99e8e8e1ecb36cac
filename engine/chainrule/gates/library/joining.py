"""Gates that join arrays, and those that cut a piece out of one or mix several."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import resolve_axis
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import INTEGER, SIZE_OR_SIZES, Group, parameter


@register
@final
@dataclass(frozen=True)
class Concat(Gate):
    """f = the inputs one behind the other along an axis; their other sizes must agree."""

    axis: int = parameter(0, INTEGER, "The axis along which the inputs are joined.")

    name = "concat"
    group = Group.SHAPING
    summary = "Joins arrays along an axis."
    aliases = ("concatenate", "cat", "join", "JoinTable")
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
    def forward(self, *inputs: Floats) -> Array:
        return np.concatenate(inputs, axis=self.axis)

    @override
    def backward(self, upstream: Array, output: Array, *inputs: Floats) -> tuple[Array, ...]:
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


@register
@final
@dataclass(frozen=True)
class Stack(Gate):
    """f = the inputs, all of one shape, side by side along a new axis."""

    axis: int = parameter(0, INTEGER, "The place of the new axis in the output.")

    name = "stack"
    group = Group.SHAPING
    summary = "Stacks arrays of one shape along a new axis."
    aliases = ("pile up", "pack")
    ports = ("x", "y")
    variadic = True
    pattern = Pattern.RESHAPER
    formula = r"[x, y]"
    derivatives = ("1", "1")
    rule = "The gradient is taken apart along the new axis, and each input gets its layer."
    samples = ((1.0, 2.0), ((1.0, -2.0), (0.5, 3.0), (4.0, 5.0)))
    variants = (({"axis": -1}, (((1.0, -2.0, 3.0),), ((0.5, 3.0, -1.0),))),)

    @property
    @override
    def symbol(self) -> str:
        return "stack"

    @override
    def forward(self, *inputs: Floats) -> Array:
        return np.stack(inputs, axis=self.axis)

    @override
    def backward(self, upstream: Floats, output: Array, *inputs: Floats) -> tuple[Array, ...]:
        layers = np.moveaxis(upstream, self.axis, 0)
        return tuple(layers[place] for place in range(len(inputs)))

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        first = shapes[0]
        for shape in shapes[1:]:
            if shape != first:
                raise ShapeError(
                    f"stack: {format_shape(first)} and {format_shape(shape)} differ; reshape or "
                    "broadcast one of them, or use concat to join along an axis that exists"
                )
        places = len(first) + 1
        if not -places <= self.axis < places:
            raise ShapeError(
                f"stack: shape {format_shape(first)} has no place {self.axis} for a new axis; "
                f"choose one from {-places} to {places - 1}"
            )
        place = self.axis % places
        return (*first[:place], len(shapes), *first[place:])


@register
@final
@dataclass(frozen=True)
class Split(Gate):
    """f = one of the pieces into which an axis is cut.

    A number of `sections` makes equal pieces, as np.split and torch.tensor_split do; an array has
    the size of each piece, as in torch.split. Raises ParameterError where no piece has the index.
    """

    sections: int | tuple[int, ...] = parameter(
        2, SIZE_OR_SIZES, "Into how many equal pieces it is cut, or the size of each piece."
    )
    axis: int = parameter(0, INTEGER, "The axis that is cut.")
    index: int = parameter(0, INTEGER, "Which piece comes out, from 0, or from −1 backwards.")

    name = "split"
    group = Group.SHAPING
    summary = "Cuts an array along an axis and gives one of the pieces."
    aliases = ("chunk", "tensor_split", "unbind", "piece", "SplitTable")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"x_{k}"
    derivatives = ("1",)
    rule = "The gradient goes back to the place of the piece; all other pieces get 0."
    samples = (((1.0, -2.0, 0.5, 3.0),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (
        ({"sections": [1, 2], "axis": 1, "index": -1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    def __post_init__(self) -> None:
        given = self.sections
        if min(given, default=0) < 0 if isinstance(given, tuple) else given < 1:
            raise ParameterError(
                f"split: sections {_listed(given)} can't be made; "
                "give a number of pieces from 1, or sizes from 0"
            )
        if not -self._count <= self.index < self._count:
            raise ParameterError(
                f"split: there is no piece {self.index} of {self._count}; "
                f"choose one from {-self._count} to {self._count - 1}"
            )

    @property
    def _count(self) -> int:
        return len(self.sections) if isinstance(self.sections, tuple) else self.sections

    @property
    @override
    def symbol(self) -> str:
        return "split"

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
        if isinstance(self.sections, int) and size % self.sections:
            raise ShapeError(
                f"split: axis {axis} of shape {format_shape(shape)} can't be cut into "
                f"{self.sections} equal pieces; choose a divisor of {size}, or give their sizes"
            )
        if isinstance(self.sections, tuple) and sum(self.sections) != size:
            raise ShapeError(
                f"split: pieces of sizes {list(self.sections)} make {sum(self.sections)}, but axis "
                f"{axis} of shape {format_shape(shape)} has {size}; choose sizes that sum to {size}"
            )
        piece = self._sizes(size)[self.index]
        return (*shape[:axis], piece, *shape[axis + 1 :])

    def _sizes(self, size: int) -> tuple[int, ...]:
        if isinstance(self.sections, tuple):
            return self.sections
        return (size // self.sections,) * self.sections

    def _place(self, shape: Shape) -> tuple[slice, ...]:
        """Return where in an array of `shape` the piece is."""
        axis = resolve_axis(self.name, self.axis, shape)
        sizes = self._sizes(shape[axis])
        start = sum(sizes[: self.index % len(sizes)])
        return (*(slice(None),) * axis, slice(start, start + sizes[self.index]))


@register
@final
@dataclass(frozen=True)
class MixtureTable(Gate):
    """f = Σ w_i x_i over the last axis of the weights, whose other axes are the first of each x_i.

    So weights (n,) mix n arrays of any shape, and weights (batch, n) mix them row by row.
    """

    name = "mixture_table"
    group = Group.SHAPING
    summary = "The sum of several arrays, each scaled by its weight: a mixture of experts."
    aliases = ("mixture of experts", "weighted sum", "gating", "MixtureTable")
    ports = ("weights", "x")
    variadic = True
    pattern = Pattern.SWITCHER
    formula = r"\sum_{i} w_{i} x_{i}"
    derivatives = (r"x_{i}", r"w_{i}")
    rule = "Like mul: an expert gets its weight times the gradient, and a weight its expert's."
    samples = (
        ((0.25, 0.75), (1.0, -2.0, 0.5), (3.0, 1.0, 2.0)),
        (((0.5, 0.5), (1.0, -1.0)), ((1.0, 2.0), (3.0, 4.0)), ((0.0, 1.0), (-1.0, 2.0))),
        ((2.0,), 3.0),
    )

    @property
    @override
    def symbol(self) -> str:
        return "Σwx"

    @override
    def forward(self, weights: Floats, *experts: Floats) -> Array:
        mixed = self._weight(weights, 0, experts[0]) * experts[0]
        for number, expert in enumerate(experts[1:], start=1):
            mixed = mixed + self._weight(weights, number, expert) * expert
        return mixed

    @override
    def backward(
        self, upstream: Array, output: Array, weights: Floats, *experts: Floats
    ) -> tuple[Array, ...]:
        rest = tuple(range(weights.ndim - 1, upstream.ndim))
        for_weights = [np.sum(upstream * expert, axis=rest) for expert in experts]
        for_experts = [
            upstream * self._weight(weights, number, expert)
            for number, expert in enumerate(experts)
        ]
        return np.stack(for_weights, axis=-1), *for_experts

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        weights, first = shapes[0], shapes[1]
        for shape in shapes[2:]:
            if shape != first:
                raise ShapeError(
                    f"mixture_table: experts of shapes {format_shape(first)} and "
                    f"{format_shape(shape)} can't be mixed; give all of them one shape"
                )
        count = len(shapes) - 1
        if not weights or weights[-1] != count:
            raise ShapeError(
                f"mixture_table: weights of shape {format_shape(weights)} do not fit {count} "
                f"experts; the last axis must have size {count}, one weight for each"
            )
        if first[: len(weights) - 1] != weights[:-1]:
            raise ShapeError(
                f"mixture_table: weights of shape {format_shape(weights)} and experts of shape "
                f"{format_shape(first)} do not fit; the experts' first axes must be "
                f"{format_shape(weights[:-1])}"
            )
        return first

    def _weight(self, weights: Floats, number: int, expert: Floats) -> Array:
        """Return the weights of one expert, with axes of size 1 for the rest of the expert's."""
        own = weights[..., number]
        return np.reshape(own, (*own.shape, *(1,) * (expert.ndim - own.ndim)))[()]


def _listed(sections: int | tuple[int, ...]) -> int | list[int]:
    return list(sections) if isinstance(sections, tuple) else sections


def _without(shape: Shape, axis: int) -> Shape:
    return shape[:axis] + shape[axis + 1 :]
