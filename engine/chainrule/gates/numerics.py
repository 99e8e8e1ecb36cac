"""Numerically sound building blocks that several gates share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numpy import add, exp, negative, reciprocal

from chainrule.arrays import Array, select
from chainrule.gates.axes import Axes
from chainrule.gates.dual.number import value_in

ZERO = np.float64(0.0)
ONE = np.float64(1.0)


def values_of(x: Array) -> Array:
    """Return the plain numbers of `x`, for what is chosen by them and not differentiated."""
    return value_in(x)


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
    # x - x is 0, and nan at an infinite peak, where nothing can be said of the rest.
    others = select(attains, x - x, np.exp(x - highest))
    rest = np.sum(others, axis=axes, keepdims=True)
    return np.log(count) + np.log1p(rest / count)


def products_of_others(lines: Array) -> Array:
    """Return for each number the product of all others along the last axis, without division.

    It is the product of those before it times the product of those behind it.
    """
    ones = np.ones((*lines.shape[:-1], 1))
    before = np.concatenate((ones, lines[..., :-1]), axis=-1)[..., : lines.shape[-1]]
    behind = np.concatenate((lines[..., 1:], ones), axis=-1)[..., : lines.shape[-1]]
    return np.cumprod(before, axis=-1) * np.cumprod(behind[..., ::-1], axis=-1)[..., ::-1]
