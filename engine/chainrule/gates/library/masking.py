"""Gates that choose numbers by a mask: by flags, or by their place above or below a diagonal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import ONE, ZERO, values_of
from chainrule.gates.foundations.positions import no_gradient
from chainrule.gates.gate import Elementwise, Gate, Pattern, Piecewise
from chainrule.gates.kind import INTEGER, SIZES, Group, parameter


@register
@final
@dataclass(frozen=True)
class Where(Elementwise, Piecewise):
    """f = x where the mask is above 0.5, y elsewhere.

    What is not chosen leaves no trace, be it infinite or nan. The gradient of the mask is 0.
    """

    name = "where"
    group = Group.SELECTION
    summary = "One of two inputs, number by number, as a mask of zeros and ones says."
    aliases = ("if else", "choose by mask", "conditional")
    ports = ("mask", "x", "y")
    pattern = Pattern.ROUTER
    formula = (
        r"\mathbf{1}[\mathrm{mask} > \frac{1}{2}] \, x + "
        r"\mathbf{1}[\mathrm{mask} \leq \frac{1}{2}] \, y"
    )
    derivatives = (
        "0",
        r"\mathbf{1}[\mathrm{mask} > \frac{1}{2}]",
        r"\mathbf{1}[\mathrm{mask} \leq \frac{1}{2}]",
    )
    rule = "The gradient goes to the input that the mask chose; the mask itself gets none."
    samples = (
        (1.0, 2.0, -1.0),
        ((1.0, 0.0, 1.0), (1.0, 5.0, 2.0), (3.0, 4.0, -2.0)),
        (((1.0,), (0.0,)), (1.0, 5.0, 2.0), 3.0),
    )

    @property
    @override
    def symbol(self) -> str:
        return "where"

    @override
    def forward(self, mask: Array, x: Array, y: Array) -> Array:
        return np.where(values_of(mask) > 0.5, x, y)[()]

    @override
    def backward(
        self, upstream: Array, output: Array, mask: Array, x: Array, y: Array
    ) -> tuple[Array, ...]:
        chosen = values_of(mask) > 0.5
        for_x = np.where(chosen, upstream, ZERO)[()]
        for_y = np.where(chosen, ZERO, upstream)[()]
        return no_gradient(upstream, mask), for_x, for_y

    @override
    def branch(self, mask: Array, x: Array, y: Array) -> Array:
        shape = self.infer_shape(mask.shape, x.shape, y.shape)
        return np.broadcast_to(np.where(values_of(mask) > 0.5, ZERO, ONE), shape)[()]


@register
@final
@dataclass(frozen=True)
class MaskedSelect(Gate):
    """f = the numbers of x whose flag is 1, as one row.

    The mask is a setting, not an input, so that the output's shape is known before anything runs:
    one flag for each number of x, row by row. Raises ParameterError for flags but 0 and 1.
    """

    mask: tuple[int, ...] = parameter(
        (1,), SIZES, "A flag, 0 or 1, for each number, row by row.", required=True
    )

    name = "masked_select"
    group = Group.SHAPING
    summary = "The numbers of an array that a mask of zeros and ones keeps, as one row."
    aliases = ("compress", "boolean indexing", "filter", "MaskedSelect")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"(x_{i})_{m_{i} = 1}"
    derivatives = (r"\mathbf{1}[m_{i} = 1]",)
    rule = "The gradient goes back to the numbers that were kept; all others get 0."
    samples = (((1.5,),), (2.0,))
    variants = (
        ({"mask": [1, 0, 1]}, ((1.0, -2.0, 0.5),)),
        ({"mask": [0, 1, 1, 0, 0, 1]}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    def __post_init__(self) -> None:
        for flag in self.mask:
            if flag not in (0, 1):
                raise ParameterError(f"masked_select: {flag} is no flag of a mask; use 0 or 1")

    @property
    @override
    def symbol(self) -> str:
        return "mask"

    @override
    def forward(self, x: Array) -> Array:
        return np.reshape(x, (x.size,))[self._kept()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        gradient = np.zeros_like(upstream, shape=(x.size,))
        gradient[self._kept()] = upstream
        return (np.reshape(gradient, x.shape)[()],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        size = math.prod(shapes[0])
        if size != len(self.mask):
            raise ShapeError(
                f"masked_select: shape {format_shape(shapes[0])} has {size} numbers, but the mask "
                f"has {len(self.mask)} flags; give one flag for each number, row by row"
            )
        return (sum(self.mask),)

    def _kept(self) -> npt.NDArray[np.bool_]:
        return np.array(self.mask, np.bool_)


@register
@final
@dataclass(frozen=True)
class Triu(Gate):
    """f = x on and above a diagonal of its last two axes, 0 below."""

    diagonal: int = parameter(
        0, INTEGER, "The lowest diagonal that stays: 0 the main one, 1 above, −1 below it."
    )

    name = "triu"
    group = Group.SHAPING
    summary = "The upper triangle of a matrix, or of a stack of them."
    aliases = ("upper triangle", "upper triangular")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\mathbf{1}[i \leq j] \, x_{ij}"
    derivatives = (r"\mathbf{1}[i \leq j]",)
    rule = "The gradient passes where the number stayed; below the diagonal it is 0."
    samples = ((((3.0, 1.0, 2.0), (0.5, -1.0, 4.0)),),)
    variants = (({"diagonal": 1}, (((1.0, 2.0), (0.5, 1.5)),)),)

    @property
    @override
    def symbol(self) -> str:
        return "triu"

    @override
    def forward(self, x: Floats) -> Array:
        return np.triu(x, self.diagonal)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        return (np.triu(upstream, self.diagonal),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return _matrices(self.name, shapes[0])


@register
@final
@dataclass(frozen=True)
class Tril(Gate):
    """f = x on and below a diagonal of its last two axes, 0 above."""

    diagonal: int = parameter(
        0, INTEGER, "The highest diagonal that stays: 0 the main one, 1 above, −1 below it."
    )

    name = "tril"
    group = Group.SHAPING
    summary = "The lower triangle of a matrix, or of a stack of them: a causal mask."
    aliases = ("lower triangle", "lower triangular", "causal mask")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\mathbf{1}[i \geq j] \, x_{ij}"
    derivatives = (r"\mathbf{1}[i \geq j]",)
    rule = "The gradient passes where the number stayed; above the diagonal it is 0."
    samples = ((((3.0, 1.0, 2.0), (0.5, -1.0, 4.0)),),)
    variants = (({"diagonal": -1}, (((1.0, 2.0), (0.5, 1.5)),)),)

    @property
    @override
    def symbol(self) -> str:
        return "tril"

    @override
    def forward(self, x: Floats) -> Array:
        return np.tril(x, self.diagonal)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        return (np.tril(upstream, self.diagonal),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return _matrices(self.name, shapes[0])


def _matrices(gate: str, shape: Shape) -> Shape:
    """Return `shape`; raise ShapeError if it is of no matrix nor of a stack of them."""
    if len(shape) < 2:
        raise ShapeError(
            f"{gate}: shape {format_shape(shape)} is no matrix; reshape it to rows and columns"
        )
    return shape
