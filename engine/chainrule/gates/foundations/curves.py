"""Curves of one number with their slopes, free of overflow and cancellation.

Those that fade out are 0 at -inf, and their slopes have the limits at both ends: there the product
of an infinity and a 0 would be nan. So x is held within bounds beyond which nothing changes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from chainrule.arrays import Array, select
from chainrule.gates.foundations.numerics import ONE, ZERO, erfc, logistic

# Beyond these the normal distribution has no more, and neither has the exponential function.
NORMAL_END: Final = 40.0
EXPONENTIAL_END: Final = 1000.0
LARGE: Final = 1e300

SQRT_HALF: Final = math.sqrt(0.5)
NORMAL_PEAK: Final = 1.0 / math.sqrt(2.0 * math.pi)
# The argument of the logistic function in the approximate gelu: x (a + b x²).
GELU_LINEAR: Final = 2.0 * math.sqrt(2.0 / math.pi)
GELU_CUBIC: Final = 0.044715 * GELU_LINEAR

# Below `NEAR` differences are summed up as series, whose terms can't cancel; the coefficients are
# of powers of s = ±y², the highest first: of sin y / y, and of (sin y - y cos y) / y³.
NEAR: Final = 1.5
SINC_SERIES: Final = tuple(1.0 / math.factorial(2 * k + 1) for k in range(11, -1, -1))
BEND_SERIES: Final = tuple(2.0 * k / math.factorial(2 * k + 1) for k in range(12, 0, -1))


def _polynomial(coefficients: Sequence[float], s: Array) -> Array:
    total = s * 0.0
    for each in coefficients:
        total = total * s + each
    return total


def _held(x: Array, bound: float) -> Array:
    return np.minimum(np.maximum(x, -bound), bound)


def sinc(x: Array) -> Array:
    """Return sin(πx) / (πx), and 1 at 0."""
    y = x * np.pi
    near = abs(y) < NEAR
    close, far = select(near, y, ZERO), select(near, ONE, y)
    return select(near, _polynomial(SINC_SERIES, -(close * close)), np.sin(far) / far)


def sinc_slope(x: Array) -> Array:
    """Return (cos(πx) - sinc x) / x, and 0 at 0."""
    y = x * np.pi
    near = abs(y) < NEAR
    close, far = select(near, y, ZERO), select(near, ONE, y)
    bend = -(close * _polynomial(BEND_SERIES, -(close * close)))
    return select(near, bend, (np.cos(far) - np.sin(far) / far) / far) * np.pi


def tanhshrink(x: Array) -> Array:
    """Return x - tanh x; near 0 as (x cosh x - sinh x) / cosh x, where little of x is left."""
    near = abs(x) < NEAR
    close = select(near, x, ZERO)
    square = close * close
    bend = close * square * _polynomial(BEND_SERIES, square)
    return select(near, bend / np.cosh(close), x - np.tanh(x))


def softsign(x: Array) -> Array:
    """Return x / (1 + |x|), and ±1 at ±inf."""
    held = _held(x, LARGE)
    return held / (1.0 + abs(held))


def gelu(x: Array) -> Array:
    """Return x Φ(x), where Φ is the distribution function of the normal distribution."""
    return np.maximum(x, -NORMAL_END) * _normal(x)


def gelu_slope(x: Array) -> Array:
    """Return Φ(x) + x φ(x), where φ is the density."""
    held = _held(x, NORMAL_END)
    return _normal(x) + held * (NORMAL_PEAK * np.exp(-0.5 * (held * held)))


def _normal(x: Array) -> Array:
    return erfc(x * -SQRT_HALF) * 0.5


def gelu_tanh(x: Array) -> Array:
    """Return x (1 + tanh u) / 2 with u = √(2/π) (x + 0.044715 x³), as x σ(2u)."""
    held = _held(x, NORMAL_END)
    bent = held * (GELU_LINEAR + GELU_CUBIC * (held * held))
    return np.maximum(x, -NORMAL_END) * logistic(bent)


def gelu_tanh_slope(x: Array) -> Array:
    """Return σ(2u) (1 + x σ(-2u) 2u')."""
    held = _held(x, NORMAL_END)
    square = held * held
    bent, steepness = GELU_LINEAR + GELU_CUBIC * square, GELU_LINEAR + 3.0 * GELU_CUBIC * square
    return logistic(held * bent) * (1.0 + held * logistic(-held * bent) * steepness)


def silu(x: Array) -> Array:
    """Return x σ(x)."""
    return np.maximum(x, -EXPONENTIAL_END) * logistic(x)


def silu_slope(x: Array) -> Array:
    """Return σ(x) (1 + x σ(-x))."""
    held = _held(x, EXPONENTIAL_END)
    return logistic(held) * (1.0 + held * logistic(-held))


def mish(x: Array) -> Array:
    """Return x tanh(ln(1 + eˣ)), the hyperbolic tangent as a fraction of positive terms."""
    top, bottom, _ = _mish_terms(x)
    return np.maximum(x, -EXPONENTIAL_END) * (top / bottom)


def mish_slope(x: Array) -> Array:
    """Return tanh(ln(1 + eˣ)) and x times its derivative, 4eˣ(eˣ + 1) / (e²ˣ + 2eˣ + 2)²."""
    held = _held(x, EXPONENTIAL_END)
    top, bottom, derivative = _mish_terms(held)
    return top / bottom + held * (derivative / (bottom * bottom))


def _mish_terms(x: Array) -> tuple[Array, Array, Array]:
    """Return e²ˣ + 2eˣ, that + 2, and 4eˣ(eˣ + 1), for x > 0 the first two over e²ˣ."""
    fading = np.exp(-abs(x))
    square = fading * fading
    negative = x < 0
    top = select(negative, square + 2.0 * fading, 1.0 + 2.0 * fading)
    bottom = top + select(negative, ONE + ONE, 2.0 * square)
    slow = 4.0 * fading * (1.0 + fading)
    return top, bottom, select(negative, slow, slow * fading)
