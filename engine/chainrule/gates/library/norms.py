"""The sizes of vectors and of matrices, and vectors scaled to size 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.errors import ParameterError, ShapeError, ValuesError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.axes import (
    Axes,
    reduced_shape,
    refuse_repeated,
    resolve_axes,
    restore_axes,
)
from chainrule.gates.foundations.lengths import ORDER, length, length_gradient, piece_of_length
from chainrule.gates.foundations.numerics import values_of
from chainrule.gates.foundations.reducing import refuse_nothing
from chainrule.gates.gate import Gate, Pattern, Piecewise
from chainrule.gates.kind import AXES, BOOLEAN, NUMBER, SIZES, Group, ParameterType, parameter


@register
@final
@dataclass(frozen=True)
class Norm(Gate, Piecewise):
    """f = (Σ |x|ᵖ)^(1/p), the p-norm of vectors along any axes: torch.linalg.vector_norm.

    ord 0 counts what is not 0; "inf" and "-inf" take the largest and the smallest size. At a kink
    (a number that is 0 for ord 1, all 0 for ord 2) the gradient is 0. At a tie for "inf" the first
    number takes the whole gradient, as in `amax`; PyTorch splits it.
    """

    ord: float | str = parameter(2.0, ORDER, "The p: 1 sums sizes, 2 is Euclid's length.")
    axis: Axes = parameter(None, AXES, "The axes that make a vector; null for all.")
    keepdims: bool = parameter(False, BOOLEAN, "Whether they stay, with size 1.")

    name = "norm"
    group = Group.MATRICES
    summary = "The length of vectors, by the sum of their numbers' powers."
    aliases = ("length", "vector_norm", "magnitude", "Euclidean norm", "L1 norm", "L2 norm")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\left( \sum |x|^{p} \right)^{1/p}"
    derivatives = (r"\mathrm{sign}(x) \left( \frac{|x|}{f} \right)^{p - 1}",)
    rule = "The gradient points along the vector: for p = 2 it is the vector, scaled to length 1."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.25, -1.0)),), (-2.0,))
    variants = (
        ({"ord": 1.0, "axis": 1}, (((3.0, 1.0), (0.25, -1.0)),)),
        ({"ord": 3.5, "axis": [0], "keepdims": True}, (((3.0, 1.0), (0.25, -1.0)),)),
        ({"ord": "inf"}, (((3.0, 1.0), (0.25, -4.0)),)),
        ({"ord": "-inf", "axis": 0}, (((3.0, 1.0), (0.25, -4.0)),)),
        ({"ord": 0.5}, ((1.0, -2.0, 0.5),)),
        ({"ord": -1.0}, ((1.0, -2.0, 0.5),)),
        ({"ord": 0.0}, ((1.0, -2.0, 0.5),)),
    )

    def __post_init__(self) -> None:
        refuse_repeated(self.name, self.axis)

    @property
    @override
    def symbol(self) -> str:
        return "‖x‖"

    @override
    def forward(self, x: Floats) -> Array:
        kept = length(x, float(self.ord), self._axes(x))
        return np.reshape(kept, self.infer_shape(x.shape))[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        wide, norm = (
            restore_axes(self.name, self.axis, each, x.shape) for each in (upstream, output)
        )
        return (length_gradient(wide, norm, x, float(self.ord), self._axes(x)),)

    @override
    def branch(self, x: Floats) -> Array:
        kept = piece_of_length(x, float(self.ord), self._axes(x))
        return np.reshape(kept, self.infer_shape(x.shape))[()]

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        if np.isinf(float(self.ord)):
            refuse_nothing(self.name, shape, resolve_axes(self.name, self.axis, shape))
        return reduced_shape(self.name, self.axis, self.keepdims, shape)

    def _axes(self, x: Floats) -> tuple[int, ...]:
        return resolve_axes(self.name, self.axis, x.shape)


def _matrix_order(value: object) -> float | str:
    if value in ("fro", "nuc", "inf", "-inf"):
        return str(value)
    if isinstance(value, bool) or value not in (1, -1, 2, -2):
        raise ValueError
    return float(str(value))


MATRIX_ORDER = ParameterType(
    "order of a matrix norm", '"fro", "nuc", "inf", "-inf", 1, -1, 2 or -2', _matrix_order
)


@register
@final
@dataclass(frozen=True)
class MatrixNorm(Gate):
    """f = the size of matrices: torch.linalg.matrix_norm.

    "fro" is the root of the sum of squares; 1 the largest sum of sizes in a column, "inf" in a row
    (−1 and "-inf" the smallest); 2 the largest singular value (−2 the smallest), "nuc" their sum.
    At a tie the first column, row or singular value takes the whole gradient; PyTorch splits it.
    """

    ord: float | str = parameter("fro", MATRIX_ORDER, "Which norm.")
    axis: tuple[int, ...] = parameter((-2, -1), SIZES, "The axes of rows and columns.")
    keepdims: bool = parameter(False, BOOLEAN, "Whether they stay, with size 1.")

    name = "matrix_norm"
    group = Group.MATRICES
    summary = "The size of a matrix: Frobenius, nuclear, spectral, or by rows or columns."
    aliases = ("Frobenius norm", "nuclear norm", "spectral norm", "operator norm")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\| x \|"
    derivatives = (r"\frac{x}{f}",)
    rule = "For Frobenius the matrix, scaled to size 1; else that of its singular vectors or sums."
    samples = ((((3.0, 1.0), (0.25, -1.0)),), (((3.0, 1.0, 2.0), (0.25, -1.0, 0.5)),))
    variants = (
        *(
            ({"ord": each}, (((3.0, 1.0, 2.0), (0.25, -1.0, 0.5)),))
            for each in ("nuc", "inf", "-inf", 1.0, -1.0, 2.0, -2.0)
        ),
        (
            {"ord": 1.0, "axis": [2, 0], "keepdims": True},
            ((((1.0, 2.0), (0.5, 3.0)), ((0.75, -1.0), (2.5, 0.25))),),
        ),
    )

    def __post_init__(self) -> None:
        if len(self.axis) != 2:
            raise ParameterError(
                f"matrix_norm: axis {list(self.axis)} must name two axes; "
                "choose those of rows and columns"
            )
        refuse_repeated(self.name, self.axis)

    @property
    @override
    def symbol(self) -> str:
        return "‖X‖"

    @override
    def forward(self, x: Floats) -> Array:
        order: Any = float(self.ord) if self.ord in _WORDS_OF_INFINITY else self.ord
        try:
            return np.linalg.norm(x, order, self.axis, self.keepdims)
        except np.linalg.LinAlgError:
            raise ValuesError(
                "matrix_norm: singular values of what is not finite can't be computed; "
                "keep the numbers finite"
            ) from None

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        wide, norm = (
            restore_axes(self.name, self.axis, each, x.shape) for each in (upstream, output)
        )
        axes = resolve_axes(self.name, self.axis, x.shape)
        if self.ord == "fro":
            return (length_gradient(wide, norm, x, 2.0, axes),)
        matrices = np.moveaxis(x, axes, (-2, -1))
        slopes: Floats = self._by_sums(matrices) if self._is_of_sums else self._by_vectors(matrices)
        return (wide * np.moveaxis(slopes, (-2, -1), axes),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        if len(shape) < 2:
            raise ShapeError(
                f"matrix_norm: shape {format_shape(shape)} is no matrix; use norm for vectors"
            )
        axes = resolve_axes(self.name, self.axis, shape)
        if self.ord not in ("fro", "nuc"):
            # An empty row has the sum 0, which can be chosen; no row at all leaves nothing.
            refuse_nothing(
                self.name, shape, (axes[self._chosen_along],) if self._is_of_sums else axes
            )
        return reduced_shape(self.name, self.axis, self.keepdims, shape)

    @property
    def _chosen_along(self) -> int:
        """Return which of the two axes the sums are chosen along: columns, -1, or rows, -2."""
        return -1 if self.ord in (1.0, -1.0) else -2

    @property
    def _is_of_sums(self) -> bool:
        return self.ord in (1.0, -1.0, "inf", "-inf")

    def _by_sums(self, matrices: Floats) -> Floats:
        """Return the signs in the row or column whose sum of sizes was chosen, 0 elsewhere."""
        along = self._chosen_along
        sums = np.sum(np.abs(values_of(matrices)), axis=-3 - along, keepdims=True)
        choose = np.argmax if float(self.ord) > 0.0 else np.argmin
        chosen = np.zeros_like(sums)
        np.put_along_axis(chosen, np.expand_dims(choose(sums, axis=along), along), 1.0, axis=along)
        return np.sign(matrices) * chosen

    def _by_vectors(self, matrices: Floats) -> Floats:
        """Return the product of the singular vectors, of all or of the first or last value."""
        left, _, right = np.linalg.svd(matrices, full_matrices=False)
        if self.ord == "nuc":
            return np.matmul(left, right)
        which = slice(0, 1) if self.ord == 2.0 else slice(-1, None)
        return np.matmul(left[..., :, which], right[..., which, :])


_WORDS_OF_INFINITY: Final = ("inf", "-inf")


@register
@final
@dataclass(frozen=True)
class Normalize(Gate, Piecewise):
    """f = x / max(‖x‖ₚ, ε) along axes: torch.nn.functional.normalize.

    The default axis is the last, so that a batch is scaled row by row; PyTorch's is 1.
    """

    p: float | str = parameter(2.0, ORDER, "The p of the norm; 2 is Euclid's length.")
    axis: Axes = parameter(-1, AXES, "The axes that make a vector; null for all.")
    eps: float = parameter(1e-12, NUMBER, "The least that is divided by.")

    name = "normalize"
    group = Group.MATRICES
    summary = "Scales vectors to length 1."
    aliases = ("unit vector", "l2_normalize", "Normalize")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\frac{x}{\max(\| x \|_{p}, \epsilon)}"
    derivatives = (r"\frac{1}{\| x \|} \left( 1 - f f^{T} \right)",)
    rule = "What points along the vector is taken out of the gradient, as the length can't change."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.25, -1.0)),))
    variants = (
        ({"p": 1.0, "axis": 0}, (((3.0, 1.0), (0.25, -1.0)),)),
        ({"p": 3.0, "axis": None}, (((3.0, 1.0), (0.25, -1.0)),)),
        ({"p": "inf"}, (((3.0, 1.0), (0.25, -1.0)),)),
        ({"eps": 10.0}, (((3.0, 1.0), (0.25, -1.0)),)),
    )

    def __post_init__(self) -> None:
        refuse_repeated(self.name, self.axis)
        if self.eps < 0.0:
            raise ParameterError(f"normalize: eps {self.eps} is negative; use a number from 0")

    @property
    @override
    def symbol(self) -> str:
        return "x/‖x‖"

    @override
    def forward(self, x: Floats) -> Array:
        return x / np.maximum(length(x, float(self.p), self._axes(x)), self.eps)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        axes, p = self._axes(x), float(self.p)
        norm = length(x, p, axes)
        divisor = np.maximum(norm, self.eps)
        along = np.sum(upstream * output, axis=axes, keepdims=True) * (norm >= self.eps)
        return ((upstream - length_gradient(along, norm, x, p, axes)) / divisor,)

    @override
    def branch(self, x: Floats) -> Array:
        return np.broadcast_to(piece_of_length(x, float(self.p), self._axes(x)), x.shape)[()]

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        (shape,) = shapes
        axes = resolve_axes(self.name, self.axis, shape)
        if np.isinf(float(self.p)):
            refuse_nothing(self.name, shape, axes)
        return shape

    def _axes(self, x: Floats) -> tuple[int, ...]:
        return resolve_axes(self.name, self.axis, x.shape)
