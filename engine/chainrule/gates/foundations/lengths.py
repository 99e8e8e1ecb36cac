"""The p-norm of vectors, Σ |x|ᵖ to the power 1/p, and its gradient."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array, select
from chainrule.gates.foundations.numerics import ONE, ZERO, magnitude, values_of
from chainrule.gates.kind import ParameterType
from chainrule.gates.lines import lines_along, unlined

INFINITE = np.float64(np.inf)


def length(x: Array, p: float, axes: tuple[int, ...]) -> Array:
    """Return the p-norm along `axes`, kept as axes of size 1.

    p = 0 counts what is not 0; ±inf takes the largest or the smallest size.
    """
    if math.isinf(p):
        return _extreme(x, p, axes)
    if p == 0.0:
        return np.sum(values_of(x) != 0.0, axis=axes, keepdims=True, dtype=np.float64)
    sizes = magnitude(x)
    if p == 1.0:
        return np.sum(sizes, axis=axes, keepdims=True)
    powers = np.square(x) if p == 2.0 else raised(sizes, p)
    return raised(np.sum(powers, axis=axes, keepdims=True), 1.0 / p)


def length_gradient(
    upstream: Array, norm: Array, x: Array, p: float, axes: tuple[int, ...]
) -> Array:
    """Return the gradient of the p-norm; `upstream` and `norm` have kept axes of size 1.

    Where a norm has a kink, at 0, the gradient is 0, as in PyTorch. The largest size takes the
    whole gradient for p = inf, at a tie the first; PyTorch splits it among them.
    """
    if math.isinf(p):
        lines = lines_along(x, axes)
        places = _places(lines, p)
        gradient = np.zeros_like(upstream, shape=lines.shape)
        signs = np.sign(np.take_along_axis(values_of(lines), places, axis=-1))
        np.put_along_axis(gradient, places, np.reshape(upstream, places.shape) * signs, axis=-1)
        return unlined(gradient, axes, x.shape)
    if p == 0.0:
        return np.zeros_like(upstream, shape=x.shape)[()]
    if p == 1.0:
        return upstream * np.sign(x)
    still = norm == 0.0
    safe = select(still, ONE, norm)
    if p == 2.0:
        return select(still, ZERO, upstream / safe) * x
    still = still | (x == 0.0)
    steepness = np.power(select(still, ONE, np.abs(x)) / safe, p - 1.0)
    return select(still, ZERO, upstream * steepness * np.sign(x))


def piece_of_length(x: Array, p: float, axes: tuple[int, ...]) -> Array:
    """Return a number for the piece of the p-norm that `x` is on, as kept axes of size 1."""
    if math.isinf(p):
        lines = lines_along(x, axes)
        places = _places(lines, p)
        signs = np.sign(np.take_along_axis(lines, places, axis=-1))
        kept = tuple(1 if axis in axes else size for axis, size in enumerate(x.shape))
        return np.reshape((places + ONE) * signs, kept)
    return np.sum(np.sign(x) if p <= 1.0 else x * 0.0, axis=axes, keepdims=True)


def raised(sizes: Array, p: float) -> Array:
    """Return the sizes to the power p; 0 for 0 (inf if p < 0), and flat there.

    The slope of the power at 0 is passed by, so that dual numbers have tangent 0 there.
    """
    zero = sizes == 0.0
    safe = select(zero, ONE, sizes)
    powers = np.sqrt(safe) if p == 0.5 else np.power(safe, p)
    return select(zero, ZERO if p > 0.0 else INFINITE, powers)


def _extreme(x: Array, p: float, axes: tuple[int, ...]) -> Array:
    lines = magnitude(lines_along(x, axes))
    chosen = np.take_along_axis(lines, _places(lines, p), axis=-1)
    kept = tuple(1 if axis in axes else size for axis, size in enumerate(x.shape))
    return np.reshape(chosen, kept)


def _places(lines: Array, p: float) -> npt.NDArray[np.intp]:
    """Return where in each line the largest size is, or for p = -inf the smallest."""
    sizes = np.abs(values_of(lines))
    return np.expand_dims((np.argmax if p > 0.0 else np.argmin)(sizes, axis=-1), -1)


def _order(value: object) -> float | str:
    if value in ("inf", "-inf"):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise ValueError
    return float(value) if math.isfinite(value) else "inf" if value > 0.0 else "-inf"


ORDER = ParameterType("order", 'a number, "inf" or "-inf"', _order)
