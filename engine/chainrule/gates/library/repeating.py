"""Gates that put an array's numbers elsewhere: around a border, backwards, again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import Axes, refuse_repeated, resolve_axes, resolve_axis
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import AXES, INTEGER, NUMBER, SIZES, Group, choice, parameter

# What PyTorch calls them, and NumPy.
_MODES: Final[dict[str, Any]] = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


@register
@final
@dataclass(frozen=True)
class Pad(Gate):
    """f = x with a border: a constant, or numbers of x itself.

    `widths` are torch.nn.functional.pad's: before and behind the last axis, then before and behind
    the last but one, and so on; axes without widths stay. A border that reflects leaves the edge
    out and is narrower than x, a circular one at most as wide. Raises ParameterError for an odd
    number of widths and for negative ones.
    """

    widths: tuple[int, ...] = parameter(
        (1, 1), SIZES, "Before and behind the last axis, then the last but one, and so on."
    )
    mode: str = parameter(
        "constant",
        choice("constant", "reflect", "replicate", "circular"),
        "What the border holds: the value, a mirror image, the edge again, or the other side.",
    )
    value: float = parameter(0.0, NUMBER, "The number in a constant border.")

    name = "pad"
    group = Group.SHAPING
    summary = "Puts a border around an array."
    aliases = ("border", "zero padding", "Padding", "SpatialZeroPadding")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"\mathrm{pad}(x)"
    derivatives = ("1",)
    rule = "The border's gradient goes to the numbers it repeats, or nowhere if it's a constant."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (
        ({"widths": [1, 0, 0, 2], "value": 3.0}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
        ({"widths": [2, 1, 1, 1], "mode": "reflect"}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
        ({"widths": [2, 4], "mode": "replicate"}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
        ({"widths": [2, 3, 0, 1], "mode": "circular"}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    def __post_init__(self) -> None:
        if len(self.widths) % 2:
            raise ParameterError(
                f"pad: {len(self.widths)} widths {list(self.widths)} leave a side without one; "
                "give two for each axis, before and behind it"
            )
        if any(width < 0 for width in self.widths):
            raise ParameterError(
                f"pad: widths {list(self.widths)} are negative; use widths from 0, or slice to cut"
            )

    @property
    @override
    def symbol(self) -> str:
        return "pad"

    @override
    def forward(self, x: Floats) -> Array:
        if not self.widths:
            return x
        if self.mode != "constant":
            return x[np.ix_(*self._sources(x.shape))]
        padded = np.zeros_like(x, shape=self.infer_shape(x.shape)) + self.value
        padded[self._inside(x.shape)] = x
        return padded

    @override
    def backward(self, upstream: Floats, output: Array, x: Floats) -> tuple[Array, ...]:
        if not self.widths:
            return (upstream,)
        if self.mode == "constant":
            return (upstream[self._inside(x.shape)],)
        gradient = np.zeros_like(upstream, shape=x.shape)
        np.add.at(gradient, np.ix_(*self._sources(x.shape)), upstream)
        return (gradient,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        if len(self.widths) > 2 * len(shape):
            raise ShapeError(
                f"pad: widths {list(self.widths)} are for {len(self.widths) // 2} axes, but the "
                f"shape {format_shape(shape)} has {len(shape)}; give two widths for each axis"
            )
        sides = self._sides(len(shape))
        for size, widths in zip(shape, sides, strict=True):
            widest = max(widths)
            limit = {"reflect": size - 1, "circular": size}.get(self.mode, widest)
            if widest and (widest > limit or (self.mode == "replicate" and size == 0)):
                raise ShapeError(
                    f"pad: a border of {widest} can't be made of the {size} numbers along an "
                    f"axis of shape {format_shape(shape)} in mode {self.mode}; "
                    "make it narrower or use the mode constant"
                )
        return tuple(
            before + size + behind for size, (before, behind) in zip(shape, sides, strict=True)
        )

    def _sides(self, dimensions: int) -> list[tuple[int, int]]:
        """Return the widths before and behind each axis, from the first axis on."""
        pairs = list(zip(self.widths[::2], self.widths[1::2], strict=True))
        return [(0, 0)] * (dimensions - len(pairs)) + pairs[::-1]

    def _inside(self, shape: Shape) -> tuple[slice, ...]:
        sides = self._sides(len(shape))
        return tuple(
            slice(before, before + size) for size, (before, _) in zip(shape, sides, strict=True)
        )

    def _sources(self, shape: Shape) -> list[npt.NDArray[np.intp]]:
        """Return for each axis from which place of x each place of the output comes."""
        return [
            np.pad(np.arange(size), widths, _MODES[self.mode]) if max(widths) else np.arange(size)
            for size, widths in zip(shape, self._sides(len(shape)), strict=True)
        ]


@register
@final
@dataclass(frozen=True)
class Flip(Gate):
    """f = x backwards along one axis, several, or all."""

    axis: Axes = parameter(None, AXES, "The axes that are turned round; null for all.")

    name = "flip"
    group = Group.SHAPING
    summary = "Turns the order of an array's numbers round along its axes."
    aliases = ("reverse", "mirror")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"x_{n - 1 - i}"
    derivatives = ("1",)
    rule = "The gradient is turned round again."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),), (2.0,))
    variants = (({"axis": 1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),)

    def __post_init__(self) -> None:
        refuse_repeated(self.name, self.axis)

    @property
    @override
    def symbol(self) -> str:
        return "flip"

    @override
    def forward(self, x: Array) -> Array:
        return np.flip(x, self.axis)[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (np.flip(upstream, self.axis)[()],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        resolve_axes(self.name, self.axis, shapes[0])
        return shapes[0]


@register
@final
@dataclass(frozen=True)
class Roll(Gate):
    """f = x moved on along an axis; what leaves at the end comes in at the start."""

    shift: int = parameter(1, INTEGER, "How many places forwards; backwards if negative.")
    axis: int = parameter(0, INTEGER, "The axis along which it moves.")

    name = "roll"
    group = Group.SHAPING
    summary = "Moves an array's numbers on along an axis, round and round."
    aliases = ("rotate", "circular shift")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"x_{i - s}"
    derivatives = ("1",)
    rule = "The gradient moves back."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (({"shift": -5, "axis": 1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),)

    @property
    @override
    def symbol(self) -> str:
        return "roll"

    @override
    def forward(self, x: Floats) -> Array:
        return np.roll(x, self.shift, self.axis)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        return (np.roll(upstream, -self.shift, self.axis),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        resolve_axis(self.name, self.axis, shapes[0])
        return shapes[0]


@register
@final
@dataclass(frozen=True)
class Tile(Gate):
    """f = x laid side by side with itself, as np.tile does; the last count is for the last axis.

    Raises ParameterError for negative counts.
    """

    repeats: tuple[int, ...] = parameter(
        (2,), SIZES, "How often along each axis; the last is for the last axis.", required=True
    )

    name = "tile"
    group = Group.SHAPING
    summary = "Lays copies of an array side by side, like tiles."
    aliases = ("copies side by side", "repeat whole")
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = r"\mathrm{tile}(x)"
    derivatives = ("1",)
    rule = "A number gets the sum of the gradients of its copies."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),), (2.0,))
    variants = (
        ({"repeats": [2, 3]}, ((1.0, 2.0),)),
        ({"repeats": [3, 1]}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
        ({"repeats": [2]}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    def __post_init__(self) -> None:
        if any(count < 0 for count in self.repeats):
            raise ParameterError(
                f"tile: repeats {list(self.repeats)} are negative; use counts from 0"
            )

    @property
    @override
    def symbol(self) -> str:
        return "tile"

    @override
    def forward(self, x: Array) -> Array:
        return np.tile(x, self.repeats)[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        counts, sizes = self._aligned(x.shape)
        apart = tuple(each for pair in zip(counts, sizes, strict=True) for each in pair)
        summed = np.sum(np.reshape(upstream, apart), axis=tuple(range(0, len(apart), 2)))
        return (np.reshape(summed, x.shape)[()],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        counts, sizes = self._aligned(shapes[0])
        return tuple(count * size for count, size in zip(counts, sizes, strict=True))

    def _aligned(self, shape: Shape) -> tuple[Shape, Shape]:
        """Return counts and sizes with ones in front, so that both are for all axes."""
        missing = len(self.repeats) - len(shape)
        return (1,) * -missing + self.repeats, (1,) * missing + shape


@register
@final
@dataclass(frozen=True)
class Repeat(Gate):
    """f = x with each slice along an axis several times in a row, as np.repeat does.

    PyTorch calls this repeat_interleave; its `repeat` is our `tile`. Raises ParameterError for a
    negative count.
    """

    repeats: int = parameter(2, INTEGER, "How often each slice comes.")
    axis: int = parameter(0, INTEGER, "The axis along which slices are repeated.")

    name = "repeat"
    group = Group.SHAPING
    summary = "Repeats every number, row or other slice along an axis."
    aliases = ("repeat_interleave", "repeat each")
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = r"x_{\lfloor i / r \rfloor}"
    derivatives = ("1",)
    rule = "A number gets the sum of the gradients of its copies."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (({"repeats": 3, "axis": -1}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),)

    def __post_init__(self) -> None:
        if self.repeats < 0:
            raise ParameterError(f"repeat: {self.repeats} times can't be; use a count from 0")

    @property
    @override
    def symbol(self) -> str:
        return "repeat"

    @override
    def forward(self, x: Floats) -> Array:
        return np.repeat(x, self.repeats, self.axis)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        axis = resolve_axis(self.name, self.axis, x.shape)
        apart = (*x.shape[: axis + 1], self.repeats, *x.shape[axis + 1 :])
        return (np.sum(np.reshape(upstream, apart), axis=axis + 1),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        axis = resolve_axis(self.name, self.axis, shape)
        return (*shape[:axis], shape[axis] * self.repeats, *shape[axis + 1 :])
