"""What is found by solving linear equations: solutions, inverses and determinants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats, Shape, broadcast_shape, format_shape
from chainrule.errors import ShapeError, ValuesError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import values_of
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import Group
from chainrule.gates.lines import products_of_others

# Minors of more rows would cost too much; they are exact, and differentiable once more.
_MANY_ROWS: Final = 32

_SQUARE = ((2.0, 1.0), (-1.0, 3.0))
_STACK = (((2.0, 1.0), (-1.0, 3.0)), ((0.5, 4.0), (1.0, -1.0)))


@register
@final
@dataclass(frozen=True)
class Inverse(Gate):
    """f = x⁻¹ of a square matrix, or of each of a stack.

    Raises ValuesError for a singular matrix. To solve equations, `solve` is faster and exacter.
    """

    name = "inverse"
    group = Group.MATRICES
    summary = "The inverse of a square matrix."
    aliases = ("inv", "matrix inverse", "reciprocal matrix")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"x^{-1}"
    derivatives = (r"-f^{T} (\cdot) f^{T}",)
    rule = "As for 1/x it is minus the output twice: once on each side, transposed."
    samples = ((_SQUARE,), (_STACK,))

    @property
    @override
    def symbol(self) -> str:
        return "x⁻¹"

    @override
    def forward(self, x: Floats) -> Array:
        return _inverse(self.name, x)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        turned = np.swapaxes(output, -1, -2)
        return (-np.matmul(np.matmul(turned, upstream), turned),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return _square(self.name, shapes[0])


@register
@final
@dataclass(frozen=True)
class Solve(Gate):
    """f = the solution of A f = b for a square matrix A, as np.linalg.solve finds it.

    b is a vector if it has one axis and else a matrix whose columns are solved for; stacks
    broadcast. PyTorch takes b for a stack of vectors where its shape is that of A without the last
    axis; unsqueeze it here. Raises ValuesError for a singular matrix.
    """

    name = "solve"
    group = Group.MATRICES
    summary = "The solution of linear equations: a matrix times what gives b."
    aliases = ("linear equations", "linear system", "backslash")
    ports = ("A", "b")
    pattern = Pattern.MIXER
    formula = r"A^{-1} b"
    derivatives = (r"-A^{-T} (\cdot) f^{T}", r"A^{-T}")
    rule = "The gradient of b solves the transposed equations; A's is minus it times the output."
    samples = (
        (_SQUARE, (1.0, -2.0)),
        (_SQUARE, ((1.0, -2.0, 0.5), (0.25, 3.0, 1.0))),
        (_STACK, (1.0, -2.0)),
        (_SQUARE, _STACK),
    )

    @property
    @override
    def symbol(self) -> str:
        return "A⁻¹b"

    @override
    def forward(self, A: Floats, b: Floats) -> Array:
        return _solved(self.name, A, b)

    @override
    def backward(
        self,
        upstream: Array,
        output: Array,
        A: Floats,
        b: Floats,
    ) -> tuple[Array, ...]:
        is_vector = b.ndim == 1
        columns = np.expand_dims(upstream, -1) if is_vector else upstream
        solution = np.expand_dims(output, -1) if is_vector else output
        for_b = _solved(self.name, np.swapaxes(A, -1, -2), columns)
        for_a = -np.matmul(for_b, np.swapaxes(solution, -1, -2))
        return for_a, for_b[..., 0] if is_vector else for_b

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        matrix, b = shapes
        _square(self.name, matrix)
        size = matrix[-1]
        if not b or b[-2:][0] != size:
            rows = "" if b else "; feed a vector or a matrix"
            raise ShapeError(
                f"solve: {size} equations of {format_shape(matrix)} do not fit b of the shape "
                f"{format_shape(b)}; give it {size} rows{rows}"
            )
        if len(b) == 1:
            return (*matrix[:-2], size)
        return (*broadcast_shape(self.name, (matrix[:-2], b[:-2])), *b[-2:])


@register
@final
@dataclass(frozen=True)
class Det(Gate):
    """f = det x of a square matrix, or of each of a stack; 1 of a matrix without rows.

    The gradient is the matrix of cofactors, which a singular matrix has, too; PyTorch's is 0 there.
    """

    name = "det"
    group = Group.MATRICES
    summary = "The determinant of a square matrix: by how much it scales volumes."
    aliases = ("determinant", "volume")
    ports = ("x",)
    pattern = Pattern.SWITCHER
    formula = r"\det x"
    derivatives = (r"f \, x^{-T}",)
    rule = "A number's gradient is its cofactor: the determinant of what is in other rows, columns."
    samples = ((_SQUARE,), (_STACK,), (((1.0, 2.0), (2.0, 4.0)),))

    @property
    @override
    def symbol(self) -> str:
        return "det"

    @override
    def forward(self, x: Floats) -> Array:
        return np.linalg.det(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        return (np.expand_dims(upstream, (-1, -2)) * _cofactors(x),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return _square(self.name, shapes[0])[:-2]


@register
@final
@dataclass(frozen=True)
class LogDet(Gate):
    """f = ln det x of a square matrix, without overflow; nan where the determinant is negative.

    Raises ValuesError for a singular matrix, where PyTorch gives -inf.
    """

    name = "logdet"
    group = Group.MATRICES
    summary = "The logarithm of a determinant, also where that would overflow."
    aliases = ("log determinant", "slogdet")
    ports = ("x",)
    pattern = Pattern.MIXER
    formula = r"\log \det x"
    derivatives = (r"x^{-T}",)
    rule = "The logarithm divides the cofactors by the determinant: the inverse, transposed."
    samples = ((_SQUARE,), ((_STACK[0], ((4.0, 1.0), (1.0, 0.5))),))

    @property
    @override
    def symbol(self) -> str:
        return "log det"

    @override
    def forward(self, x: Floats) -> Array:
        _refuse_singular(self.name, x)
        sign, logarithm = np.linalg.slogdet(x)
        return np.where(sign < 0.0, np.nan, logarithm)[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Floats) -> tuple[Array, ...]:
        turned = np.swapaxes(_inverse(self.name, x), -1, -2)
        return (np.expand_dims(upstream, (-1, -2)) * turned,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return _square(self.name, shapes[0])[:-2]


def _square(gate: str, shape: Shape) -> Shape:
    """Return `shape`; raise ShapeError if it is of no square matrix nor of a stack of them."""
    if len(shape) < 2 or shape[-1] != shape[-2]:
        is_matrix = len(shape) > 1
        sizes = f"has {shape[-2]} rows and {shape[-1]} columns" if is_matrix else "is no matrix"
        raise ShapeError(
            f"{gate}: shape {format_shape(shape)} {sizes}; feed a square matrix, such as x xᵀ"
        )
    return shape


def _inverse(gate: str, x: Floats) -> Floats:
    try:
        inverse: Any = np.linalg.inv(x)
    except np.linalg.LinAlgError:
        raise _singular(gate, x) from None
    return inverse


def _solved(gate: str, matrix: Floats, b: Array) -> Floats:
    try:
        solution: Any = np.linalg.solve(matrix, b)
    except np.linalg.LinAlgError:
        raise _singular(gate, matrix) from None
    return solution


def _refuse_singular(gate: str, x: Floats) -> None:
    if np.any(np.linalg.slogdet(values_of(x))[0] == 0.0):
        raise _singular(gate, x)


def _singular(gate: str, x: Floats) -> ValuesError:
    """Return the error that says which matrix has no inverse, and what to do."""
    signs = np.reshape(np.linalg.slogdet(values_of(x))[0], -1)
    place = np.unravel_index(int(np.argmax(signs == 0.0)), x.shape[:-2])
    which = f"matrix {[int(each) for each in place]} of the stack" if place else "the matrix"
    return ValuesError(
        f"{gate}: {which} is singular, its determinant is 0; make its rows differ, "
        "or add a small multiple of the identity matrix"
    )


def _cofactors(x: Floats) -> Array:
    """Return det(x) x⁻ᵀ, and what it tends to where x is singular.

    Away from there the product of determinant and inverse is accurate even where both factors are
    not (Stewart, "On the adjugate matrix", 1998).
    """
    determinant = np.linalg.det(x)
    singular = np.expand_dims(values_of(determinant) == 0.0, (-1, -2))
    if not np.any(singular):
        turned: Any = np.swapaxes(np.linalg.inv(x), -1, -2)
        return np.expand_dims(determinant, (-1, -2)) * turned
    safe = np.where(singular, np.eye(x.shape[-1]), x)
    turned = np.swapaxes(np.linalg.inv(safe), -1, -2)
    regular = np.expand_dims(determinant, (-1, -2)) * turned
    limit = _by_minors(x) if x.shape[-1] <= _MANY_ROWS else _by_singular_values(x)
    return np.where(singular, limit, regular)[()]


def _by_minors(x: Floats) -> Array:
    """Return the cofactors as determinants of the matrices without one row and one column."""
    count = x.shape[-1]
    kept = ~np.eye(count, dtype=np.bool_)
    rest = np.reshape(np.nonzero(kept)[1], (count, count - 1))
    rows, columns = rest[:, None, :, None], rest[None, :, None, :]
    signs = np.where(np.sum(np.indices((count, count)), axis=0) % 2, -1.0, 1.0)
    minors: Floats = np.linalg.det(x[..., rows, columns])
    return signs * minors


def _by_singular_values(x: Floats) -> Array:
    """Return the cofactors of U Σ Vᵀ: those of Σ, turned by U and V."""
    left, sizes, right = np.linalg.svd(x)
    turn: Array = np.linalg.det(left) * np.linalg.det(right)
    others = np.expand_dims(turn, (-1, -2)) * np.expand_dims(products_of_others(sizes), -2)
    return np.matmul(left * others, right)
