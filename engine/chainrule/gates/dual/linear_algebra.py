"""Forward mode of inverses, solutions, determinants and norms."""

from __future__ import annotations

import functools
from typing import Any, cast

import numpy as np

from chainrule.errors import GateError
from chainrule.gates.dual.number import FUNCTION_RULES, Dual, tangent_in, value_in

# Its stubs leave the type of most results open.
linalg: Any = np.linalg


def _inv(x: Any) -> Dual:
    value = linalg.inv(x.value)
    return Dual(value, -(value @ x.tangent @ value))


def _solve(a: Any, b: Any) -> Dual:
    """Return x of A x = b, whose tangent solves A ẋ = ḃ − Ȧ x."""
    matrix = value_in(a)
    value: Any = linalg.solve(matrix, value_in(b))
    moved = tangent_in(a)
    # As in NumPy, only a b of one axis is a vector; all others are stacks of columns.
    is_vector = len(np.shape(value_in(b))) == 1
    product = np.matvec(moved, value) if is_vector else moved @ value
    change: Any = tangent_in(b) - product
    if is_vector and change.ndim > 1:
        return Dual(value, linalg.solve(matrix, change[..., None])[..., 0])
    return Dual(value, linalg.solve(matrix, change))


def _det(x: Any) -> Dual:
    cofactors = np.swapaxes(_adjugate(x.value), -1, -2)
    tangent = np.sum(cofactors * x.tangent, axis=(-2, -1))
    return Dual(linalg.det(x.value), tangent)


def _adjugate(matrix: Any) -> Any:
    """Return det(A) A⁻¹ from the singular values, which works for singular matrices, too."""
    left, sizes, right = linalg.svd(matrix)
    count = sizes.shape[-1]
    rows = np.broadcast_to(sizes[..., None, :], (*sizes.shape, count))
    others = np.prod(np.where(np.eye(count, dtype=bool), 1.0, rows), axis=-1)
    turn = linalg.det(left) * linalg.det(right)
    scaled = np.swapaxes(right, -1, -2) * others[..., None, :]
    return turn[..., None, None] * (scaled @ np.swapaxes(left, -1, -2))


def _svd(x: Any, full_matrices: bool = True, compute_uv: bool = True, **_: Any) -> Any:
    """Return the thin U, S and Vᴴ; their tangents exist where the singular values differ.

    From dA = dU S Vᵀ + U dS Vᵀ + U S dVᵀ, as in "Estimating the Jacobian of the singular value
    decomposition" by Papadopoulo and Lourakis (2000).
    """
    if full_matrices and compute_uv:
        raise GateError("np.linalg.svd of dual numbers needs full_matrices=False; set it")
    left, sizes, right = linalg.svd(x.value, full_matrices=False)
    u, v = left, np.swapaxes(right, -1, -2)
    turned = np.swapaxes(u, -1, -2) @ x.tangent @ v
    stretches = Dual(sizes, np.diagonal(turned, axis1=-2, axis2=-1))
    if not compute_uv:
        return stretches
    row, column = sizes[..., None, :], sizes[..., :, None]
    own = np.eye(sizes.shape[-1], dtype=bool)
    gaps = np.where(own, 1.0, row * row - column * column)
    turned_back = np.swapaxes(turned, -1, -2)
    by_u = np.where(own, 0.0, (turned * row + column * turned_back) / gaps)
    by_v = np.where(own, 0.0, (column * turned + turned_back * row) / gaps)
    # What leaves the spaces that U and V span, where they are not square.
    out_u = (x.tangent @ v - u @ turned) / row
    out_v = (np.swapaxes(x.tangent, -1, -2) @ u - v @ turned_back) / row
    moved_v = np.swapaxes(v @ by_v + out_v, -1, -2)
    return Dual(u, u @ by_u + out_u), stretches, Dual(right, moved_v)


def _slogdet(x: Any) -> Any:
    sign, logarithm = linalg.slogdet(x.value)
    turned = np.swapaxes(linalg.inv(x.value), -1, -2)
    return sign, Dual(logarithm, np.sum(turned * x.tangent, axis=(-2, -1)))


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """Return a vector's or matrix's norm, as the sums, roots and extremes that it is made of."""
    axes = cast(Any, tuple(range(int(x.ndim)))) if axis is None else axis
    if np.size(axes) == 2 and ord not in (None, "fro"):
        return _matrix_norm(x, ord, axes, keepdims)
    return _vector_norm(x, ord, axes, keepdims)


def _vector_norm(x: Any, order: Any, axes: Any, keepdims: bool) -> Any:
    if order in (None, 2, "fro"):
        value = np.sqrt(np.sum(x * x, axis=axes, keepdims=keepdims))
        return _still_at_zero(value)
    sizes = np.abs(x)
    if order == np.inf:
        return np.max(sizes, axis=axes, keepdims=keepdims)
    if order == -np.inf:
        return np.min(sizes, axis=axes, keepdims=keepdims)
    return np.power(np.sum(np.power(sizes, order), axis=axes, keepdims=keepdims), 1.0 / order)


def _still_at_zero(x: Dual) -> Dual:
    """Return `x` with tangent 0 where it is 0: the middle of the slopes of a norm there."""
    return Dual(x.value, np.where(x.value == 0.0, 0.0, x.tangent)[()])


def _matrix_norm(x: Any, order: Any, axes: tuple[int, int], keepdims: bool) -> Any:
    row, column = (int(each % x.ndim) for each in axes)
    matrices: Any = np.moveaxis(x, (row, column), (-2, -1))
    result: Any
    if order in (1, -1, np.inf, -np.inf):
        sums = np.sum(np.abs(matrices), axis=-2 if abs(order) == 1 else -1)
        result = np.max(sums, axis=-1) if order > 0 else np.min(sums, axis=-1)
    else:
        left, sizes, right = linalg.svd(matrices.value, full_matrices=False)
        turned = np.einsum("...ki,...kl,...il->...i", left, matrices.tangent, right)
        stretches = Dual(sizes, turned)
        result = np.sum(stretches, -1) if order == "nuc" else stretches[..., 0 if order > 0 else -1]
    return np.expand_dims(result, tuple(sorted((row, column)))) if keepdims else result


def _matrix_power(x: Any, n: int) -> Any:
    base: Any = linalg.inv(x) if n < 0 else x
    result: Any = np.broadcast_to(np.eye(x.shape[-1]), x.shape)
    for _ in range(abs(n)):
        result = np.matmul(result, base)
    return result


def _multi_dot(arrays: Any, **_: Any) -> Any:
    return functools.reduce(np.matmul, arrays)


FUNCTION_RULES.update(
    {
        linalg.inv: _inv,
        linalg.solve: _solve,
        linalg.det: _det,
        linalg.slogdet: _slogdet,
        linalg.svd: _svd,
        linalg.norm: _norm,
        linalg.matrix_power: _matrix_power,
        linalg.multi_dot: _multi_dot,
    }
)
