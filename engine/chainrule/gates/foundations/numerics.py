"""Numerically sound building blocks that several gates share."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numpy import add, exp, negative, reciprocal

from chainrule.arrays import Array, select
from chainrule.gates.dual.number import UFUNC_RULES, Dual, value_in
from chainrule.gates.foundations.axes import Axes

ZERO = np.float64(0.0)
ONE = np.float64(1.0)

LN_2: Final = math.log(2.0)
LOG2_E: Final = 1.0 / LN_2
LOG10_E: Final = math.log10(math.e)

# NumPy has no error function. These are ufuncs, so that dual numbers can have a rule for them.
ERF: Final = np.frompyfunc(math.erf, 1, 1)
ERFC: Final = np.frompyfunc(math.erfc, 1, 1)
# The slope of erf at 0, where it is steepest.
BELL_PEAK: Final = 2.0 / math.sqrt(math.pi)


def values_of(x: Array) -> Array:
    """Return the plain numbers of `x`, for what is chosen by them and not differentiated."""
    return value_in(x)


def magnitude(x: Array) -> Array:
    """Return |x| with the slope 0 at 0 in forward mode, too, for gates that have a kink there.

    The magnitude of a dual number is that just right of 0, as smooth functions made of it need.
    """
    return x * np.sign(x)


def logistic(x: Array) -> Array:
    """Return 1 / (1 + e⁻ˣ) without overflow and with all digits down to the tiniest result.

    Only e⁻|ˣ|, which is at most 1, is formed; for x < 0 the fraction is expanded by eˣ.
    """
    fading = np.exp(-abs(x))
    return select(x < 0, fading, ONE) / (1.0 + fading)


def sigmoid_into(x: Array, out: npt.NDArray[np.float64]) -> None:
    """Write 1 / (1 + e⁻ˣ) into `out`, in four calls; exact but below -709, where it is 0."""
    negative(x, out)
    exp(out, out)
    add(out, ONE, out)
    reciprocal(out, out)


def erf(x: Array) -> Array:
    """Return the error function, 2/√π ∫ e^(-t²) dt from 0 to x, by the standard library's."""
    return _as_floats(ERF(x))


def erfc(x: Array) -> Array:
    """Return 1 - erf x, with all its digits where that is tiny."""
    return _as_floats(ERFC(x))


def _as_floats(found: Any) -> Array:
    """Return what a function from `np.frompyfunc` gave, a float or objects, as float64."""
    return np.float64(found) if isinstance(found, float) else found.astype(np.float64)


def bell(x: Array) -> Array:
    """Return 2/√π e^(-x²), the derivative of erf."""
    return BELL_PEAK * np.exp(-(x * x))


def _dual_erf(x: Dual) -> Dual:
    return Dual(erf(x.value), bell(x.value) * x.tangent)


def _dual_erfc(x: Dual) -> Dual:
    return Dual(erfc(x.value), -bell(x.value) * x.tangent)


UFUNC_RULES.update({(ERF, "__call__"): _dual_erf, (ERFC, "__call__"): _dual_erfc})


def slope_by_exponent(f: Array, x: Array, y: Array) -> Array:
    """Return the derivative of f = xʸ by y, which is f ln x, and 0 for a power of 0 (y ≥ 0)."""
    return select((x == 0) & (y >= 0), ZERO, f * np.log(x))


def softmax(x: Array, axes: Axes) -> Array:
    """Return eˣ over its sum along `axes`.

    The largest number is taken off first, so that no exponential overflows. A slice whose largest
    number is infinite gives nan, as in PyTorch.
    """
    weights = np.exp(x - peak(x, axes))
    return weights / np.sum(weights, axis=axes, keepdims=True)


def peak(x: Array, axes: Axes) -> Array:
    """Return the largest number along `axes`, kept as axes of size 1; -inf where there is none."""
    return np.max(x, axis=axes, keepdims=True, initial=-np.inf)


def log_sum_above_peak(x: Array, axes: Axes) -> Array:
    """Return log Σ e^(x - peak), at least 0, along `axes`, kept as axes of size 1.

    The numbers that attain the peak are counted, not summed, and the rest goes through log1p: a
    rest of 1e-18 beside a 1 would be lost otherwise. It is nan where the peak is infinite.
    """
    highest = peak(x, axes)
    attains = x == highest
    count = np.sum(attains, axis=axes, keepdims=True, dtype=np.float64)
    # What attains the peak lies 0 above it, and moves against it in forward mode; at an infinite
    # peak it is nan, where nothing can be said of the rest.
    above = x - highest
    others = select(attains, above, np.exp(above))
    rest = np.sum(others, axis=axes, keepdims=True)
    return np.log(count) + np.log1p(rest / count)
