"""The diagonals of matrices: their sum, themselves, and matrices made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import INTEGER, Group, parameter


@register
@final
@dataclass(frozen=True)
class Trace(Gate):
    """f = Σ x_ii of a matrix, or of each of a stack: the last two axes, as in np.linalg.trace."""

    name = "trace"
    group = Group.MATRICES
    summary = "The sum of a matrix's diagonal."
    aliases = ("sum of the diagonal", "tr")
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = r"\sum_{i} x_{ii}"
    derivatives = (r"\mathbf{1}[i = j]",)
    rule = "Like sum: every number of the diagonal gets the upstream gradient, all others 0."
    samples = ((((3.0, 1.0, 2.0), (0.0, -1.0, 4.0)),), ((((3.0, 1.0), (0.5, -1.0)),) * 2,))

    @property
    @override
    def symbol(self) -> str:
        return "tr"

    @override
    def forward(self, x: Floats) -> Array:
        return np.trace(x, axis1=-2, axis2=-1)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        return (np.expand_dims(upstream, (-1, -2)) * np.eye(*x.shape[-2:]),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return _matrix(self.name, shapes[0])[:-2]


@register
@final
@dataclass(frozen=True)
class Diagonal(Gate):
    """f_i = x_(i, i + offset) of a matrix, or of each of a stack: the last two axes.

    As in torch.linalg.diagonal; np.diagonal takes the first two axes of a stack.
    """

    offset: int = parameter(0, INTEGER, "Which diagonal: 0 the main one, 1 above, −1 below it.")

    name = "diagonal"
    group = Group.MATRICES
    summary = "A diagonal of a matrix, as a vector."
    aliases = ("diag", "main diagonal")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"x_{ii}"
    derivatives = (r"\mathbf{1}[i = j]",)
    rule = "The gradient goes back to the diagonal; all other numbers get 0."
    samples = ((((3.0, 1.0, 2.0), (0.0, -1.0, 4.0)),), ((((3.0, 1.0), (0.5, -1.0)),) * 2,))
    variants = (
        ({"offset": 1}, (((3.0, 1.0, 2.0), (0.0, -1.0, 4.0)),)),
        ({"offset": -1}, (((3.0, 1.0, 2.0), (0.0, -1.0, 4.0)),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "diag"

    @override
    def forward(self, x: Floats) -> Array:
        return x[(..., *_places(x.shape[-2:], self.offset))]

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        gradient = np.zeros_like(upstream, shape=x.shape)
        gradient[(..., *_places(x.shape[-2:], self.offset))] = upstream
        return (gradient,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        shape = _matrix(self.name, shapes[0])
        return (*shape[:-2], len(_places(shape[-2:], self.offset)[0]))


@register
@final
@dataclass(frozen=True)
class DiagEmbed(Gate):
    """f = a square matrix with x on a diagonal and 0 elsewhere: torch.diag_embed."""

    offset: int = parameter(0, INTEGER, "Which diagonal: 0 the main one, 1 above, −1 below it.")

    name = "diag_embed"
    group = Group.MATRICES
    summary = "A matrix with a vector on its diagonal, or a stack of such matrices."
    aliases = ("diag", "diagonal matrix", "diagflat")
    ports = ("x",)
    pattern = Pattern.RESHAPER
    formula = r"\mathrm{diag}(x)"
    derivatives = ("1",)
    rule = "A number gets the gradient of its place on the diagonal."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),))
    variants = (({"offset": -2}, ((1.0, -2.0),)), ({"offset": 1}, ((1.0, -2.0),)))

    @property
    @override
    def symbol(self) -> str:
        return "diag"

    @override
    def forward(self, x: Floats) -> Array:
        shape = self.infer_shape(x.shape)
        matrix = np.zeros_like(x, shape=shape)
        matrix[(..., *_places(shape[-2:], self.offset))] = x
        return matrix

    @override
    def backward(self, upstream: Floats, output: Array, x: Floats) -> tuple[Array, ...]:
        return (upstream[(..., *_places(upstream.shape[-2:], self.offset))],)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        if not shape:
            raise ShapeError("diag_embed: a scalar makes no diagonal; unsqueeze it to a vector")
        size = shape[-1] + abs(self.offset)
        return (*shape[:-1], size, size)


def _matrix(gate: str, shape: Shape) -> Shape:
    """Return `shape`; raise ShapeError if it is of no matrix nor of a stack of them."""
    if len(shape) < 2:
        raise ShapeError(
            f"{gate}: shape {format_shape(shape)} is no matrix; reshape it to rows and columns"
        )
    return shape


def _places(shape: Shape, offset: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the rows and the columns of a diagonal of a matrix of `shape`."""
    rows, columns = shape
    first_row, first_column = max(-offset, 0), max(offset, 0)
    ranks = np.arange(max(min(rows - first_row, columns - first_column), 0))
    return ranks + first_row, ranks + first_column
