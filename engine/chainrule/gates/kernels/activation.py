"""The smooth non-linearities of neural networks, as kernels."""

from __future__ import annotations

from functools import cache
from math import cosh, erfc, exp, log1p, tanh
from typing import Any, Final

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.gates.foundations import curves
from chainrule.gates.foundations.numerics import ZERO, logistic, sigmoid_into
from chainrule.gates.kernel import Kernel, KernelFamily
from chainrule.gates.kernels.forms import ONE_COMPUTED, Pair, Slopes, into, slope_is

_NORMAL_END: Final = curves.NORMAL_END
_NORMAL_PEAK: Final = curves.NORMAL_PEAK
_SQRT_HALF: Final = curves.SQRT_HALF
_LINEAR: Final = curves.GELU_LINEAR
_CUBIC: Final = curves.GELU_CUBIC
_END: Final = curves.EXPONENTIAL_END
_LARGE: Final = curves.LARGE
_NEAR: Final = curves.NEAR
_BEND: Final = curves.BEND_SERIES


def _sigmoid(x: float) -> Pair:
    opposite = exp(-x)
    fading = opposite if x >= 0.0 else exp(x)
    whole = 1.0 + fading
    return 1.0 / (1.0 + opposite), fading / (whole * whole)


def _slope_of_sigmoid(f: Array, x: Array) -> Slopes:
    # (1 - f) f as σ(-x) σ(x), which keeps its digits where f rounds to 1.
    fading: Any = np.abs(x)
    np.negative(fading, fading)
    np.exp(fading, fading)
    whole = 1.0 + fading
    np.multiply(whole, whole, whole)
    return (np.divide(fading, whole, fading),)


def _softplus(x: float) -> Pair:
    fading = exp(-abs(x))
    return max(x, 0.0) + log1p(fading), (fading if x < 0.0 else 1.0) / (1.0 + fading)


def _softplus_into(x: Array, out: Floats) -> None:
    np.logaddexp(ZERO, x, out)


def _logsigmoid(x: float) -> Pair:
    fading = exp(-abs(x))
    return min(x, 0.0) - log1p(fading), (1.0 if x < 0.0 else fading) / (1.0 + fading)


def _logsigmoid_into(x: Array, out: Floats) -> None:
    np.negative(x, out)
    np.logaddexp(ZERO, out, out)
    np.negative(out, out)


def _slope_of_logsigmoid(f: Array, x: Array) -> Slopes:
    return (logistic(-x),)


def _softsign(x: float) -> Pair:
    held = -_LARGE if x < -_LARGE else _LARGE if x > _LARGE else x
    steepness = 1.0 / (1.0 + abs(x))
    return held / (1.0 + abs(held)), steepness * steepness


def _slope_of_softsign(f: Array, x: Array) -> Slopes:
    steepness = 1.0 / (1.0 + abs(x))
    return (steepness * steepness,)


def _tanhshrink(x: float) -> Pair:
    flat = tanh(x)
    if abs(x) < _NEAR:
        square, bend = x * x, 0.0
        for each in _BEND:
            bend = bend * square + each
        return x * square * bend / cosh(x), flat * flat
    return x - flat, flat * flat


def _slope_of_tanhshrink(f: Array, x: Array) -> Slopes:
    flat = np.tanh(x)
    return (flat * flat,)


def _gelu(x: float) -> Pair:
    held = -_NORMAL_END if x < -_NORMAL_END else _NORMAL_END if x > _NORMAL_END else x
    share = 0.5 * erfc(-_SQRT_HALF * x)
    slope = share + held * (_NORMAL_PEAK * exp(-0.5 * (held * held)))
    return (x if x > held else held) * share, slope


def _gelu_tanh(x: float) -> Pair:
    held = -_NORMAL_END if x < -_NORMAL_END else _NORMAL_END if x > _NORMAL_END else x
    square = held * held
    bent = held * (_LINEAR + _CUBIC * square)
    fading = exp(-abs(bent))
    share = (fading if bent < 0.0 else 1.0) / (1.0 + fading)
    rest = (1.0 if bent < 0.0 else fading) / (1.0 + fading)
    slope = share * (1.0 + held * rest * (_LINEAR + 3.0 * _CUBIC * square))
    return (x if x > held else held) * share, slope


def _silu(x: float) -> Pair:
    held = -_END if x < -_END else _END if x > _END else x
    fading = exp(-abs(held))
    share = (fading if x < 0.0 else 1.0) / (1.0 + fading)
    rest = (1.0 if x < 0.0 else fading) / (1.0 + fading)
    return (x if x > held else held) * share, share * (1.0 + held * rest)


def _mish(x: float) -> Pair:
    held = -_END if x < -_END else _END if x > _END else x
    fading = exp(-abs(held))
    square, slow = fading * fading, 4.0 * fading * (1.0 + fading)
    if x < 0.0:
        top = square + 2.0 * fading
        bottom = top + 2.0
    else:
        top = 1.0 + 2.0 * fading
        bottom = top + 2.0 * square
        slow *= fading
    share = top / bottom
    return (x if x > held else held) * share, share + held * (slow / (bottom * bottom))


SIGMOID = Kernel("sigmoid", sigmoid_into, ONE_COMPUTED, _sigmoid, _slope_of_sigmoid)
SOFTPLUS = Kernel("softplus", _softplus_into, ONE_COMPUTED, _softplus, slope_is(logistic))
LOGSIGMOID = Kernel("logsigmoid", _logsigmoid_into, ONE_COMPUTED, _logsigmoid, _slope_of_logsigmoid)
SOFTSIGN = Kernel("softsign", into(curves.softsign), ONE_COMPUTED, _softsign, _slope_of_softsign)
TANHSHRINK = Kernel(
    "tanhshrink", into(curves.tanhshrink), ONE_COMPUTED, _tanhshrink, _slope_of_tanhshrink
)
GELU_EXACT = Kernel("gelu", into(curves.gelu), ONE_COMPUTED, _gelu, slope_is(curves.gelu_slope))
GELU_TANH = Kernel(
    "gelu_tanh", into(curves.gelu_tanh), ONE_COMPUTED, _gelu_tanh, slope_is(curves.gelu_tanh_slope)
)
SILU = Kernel("silu", into(curves.silu), ONE_COMPUTED, _silu, slope_is(curves.silu_slope))
MISH = Kernel("mish", into(curves.mish), ONE_COMPUTED, _mish, slope_is(curves.mish_slope))


@cache
def _gelu_of(approximate: str) -> Kernel:
    return GELU_TANH if approximate == "tanh" else GELU_EXACT


GELU = KernelFamily(_gelu_of)
