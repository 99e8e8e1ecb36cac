"""Exponentials, logarithms, roots, powers, magnitudes and error functions, as kernels."""

from __future__ import annotations

from math import erf as error_function
from math import erfc, exp, exp2, expm1, hypot, log, log1p, log2, log10, pow, sqrt
from typing import Final

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.gates.foundations import numerics
from chainrule.gates.foundations.numerics import ZERO, bell, logistic, slope_by_exponent
from chainrule.gates.kernel import Kernel, Source
from chainrule.gates.kernels.forms import (
    BOTH_COMPUTED,
    FIRST_COMPUTED,
    ONE_COMPUTED,
    Pair,
    Slopes,
    Triple,
    into,
    slope_is,
)

_LN_2: Final = numerics.LN_2
_LOG2_E: Final = numerics.LOG2_E
_LOG10_E: Final = numerics.LOG10_E
_PEAK: Final = numerics.BELL_PEAK


def _exp(x: float) -> Pair:
    f = exp(x)
    return f, f


def _exp2(x: float) -> Pair:
    f = exp2(x)
    return f, f * _LN_2


def _slope_of_exp2(f: Array, x: Array) -> Slopes:
    return (f * _LN_2,)


def _expm1(x: float) -> Pair:
    return expm1(x), exp(x)


def _log(x: float) -> Pair:
    return log(x), 1.0 / x


def _slope_of_log(f: Array, x: Array) -> Slopes:
    return (1.0 / x,)


def _log1p(x: float) -> Pair:
    return log1p(x), 1.0 / (1.0 + x)


def _slope_of_log1p(f: Array, x: Array) -> Slopes:
    return (1.0 / (1.0 + x),)


def _log2(x: float) -> Pair:
    return log2(x), _LOG2_E / x


def _slope_of_log2(f: Array, x: Array) -> Slopes:
    return (_LOG2_E / x,)


def _log10(x: float) -> Pair:
    return log10(x), _LOG10_E / x


def _slope_of_log10(f: Array, x: Array) -> Slopes:
    return (_LOG10_E / x,)


def _logaddexp(x: float, y: float) -> Triple:
    ahead = x - y
    fading = exp(-abs(ahead))
    whole = 1.0 + fading
    major, minor = 1.0 / whole, fading / whole
    # At a tie x - y may be the nan of two infinities; the value is one of them then.
    f = x + _LN_2 if x == y else (x if ahead > 0.0 else y) + log1p(fading)
    return (f, minor, major) if ahead < 0.0 else (f, major, minor)


def _slopes_of_logaddexp(f: Array, x: Array, y: Array) -> Slopes:
    return logistic(x - y), logistic(y - x)


def _sqrt(x: float) -> Pair:
    f = sqrt(x)
    return f, 0.5 / f


def _slope_of_sqrt(f: Array, x: Array) -> Slopes:
    return (0.5 / f,)


def _cbrt(x: float) -> Pair:
    size = abs(x)
    f = pow(size, 1.0 / 3.0)
    if 0.0 < size < 1.8e308:
        # A third isn't a float64: one step of Newton's brings the last digit.
        f -= (f - size / (f * f)) / 3.0
    slope = 1.0 / (3.0 * f * f)
    return (-f if x < 0.0 else x if x == 0.0 else f), slope


def _slope_of_cbrt(f: Array, x: Array) -> Slopes:
    return (1.0 / (3.0 * f * f),)


def _rsqrt(x: float) -> Pair:
    f = 1.0 / sqrt(x)
    return f, -0.5 * (f * f * f)


def _rsqrt_into(x: Array, out: Floats) -> None:
    np.sqrt(x, out)
    np.reciprocal(out, out)


def _slope_of_rsqrt(f: Array, x: Array) -> Slopes:
    return (-0.5 * (f * f * f),)


def _square(x: float) -> Pair:
    return x * x, 2.0 * x


def _slope_of_square(f: Array, x: Array) -> Slopes:
    return (2.0 * x,)


def _power(x: float, p: float) -> Triple:
    return pow(x, p), p * pow(x, p - 1.0) if p else 0.0, 0.0


def _slope_by_base(x: Array, p: Array) -> Array:
    return np.where(p == 0.0, ZERO, p * np.power(x, p - 1.0))


def _pow(x: float, y: float) -> Triple:
    f = pow(x, y)
    by_base = y * pow(x, y - 1.0) if y else 0.0
    return f, by_base, 0.0 if x == 0.0 and y >= 0.0 else f * log(x)


def _slopes_of_pow(f: Array, x: Array, y: Array) -> Slopes:
    return _slope_by_base(x, y), slope_by_exponent(f, x, y)


def _abs(x: float) -> Pair:
    return abs(x), 1.0 if x > 0.0 else 0.0 if x == 0.0 else -1.0 if x < 0.0 else x


def _slope_of_abs(f: Array, x: Array) -> Slopes:
    return (np.sign(x),)


def _hypot(x: float, y: float) -> Triple:
    f = hypot(x, y)
    return f, x / f, y / f


def _slopes_of_hypot(f: Array, x: Array, y: Array) -> Slopes:
    return x / f, y / f


def _erf(x: float) -> Pair:
    return error_function(x), _PEAK * exp(-(x * x))


def _erfc(x: float) -> Pair:
    return erfc(x), -(_PEAK * exp(-(x * x)))


def _slope_of_erfc(f: Array, x: Array) -> Slopes:
    return (-bell(x),)


EXP = Kernel("exp", np.exp, (Source.OUTPUT,), _exp)
EXP2 = Kernel("exp2", np.exp2, ONE_COMPUTED, _exp2, _slope_of_exp2)
EXPM1 = Kernel("expm1", np.expm1, ONE_COMPUTED, _expm1, slope_is(np.exp))
LOG = Kernel("log", np.log, ONE_COMPUTED, _log, _slope_of_log)
LOG1P = Kernel("log1p", np.log1p, ONE_COMPUTED, _log1p, _slope_of_log1p)
LOG2 = Kernel("log2", np.log2, ONE_COMPUTED, _log2, _slope_of_log2)
LOG10 = Kernel("log10", np.log10, ONE_COMPUTED, _log10, _slope_of_log10)
LOGADDEXP = Kernel("logaddexp", np.logaddexp, BOTH_COMPUTED, _logaddexp, _slopes_of_logaddexp)
SQRT = Kernel("sqrt", np.sqrt, ONE_COMPUTED, _sqrt, _slope_of_sqrt)
CBRT = Kernel("cbrt", np.cbrt, ONE_COMPUTED, _cbrt, _slope_of_cbrt)
RSQRT = Kernel("rsqrt", _rsqrt_into, ONE_COMPUTED, _rsqrt, _slope_of_rsqrt)
SQUARE = Kernel("square", np.square, ONE_COMPUTED, _square, _slope_of_square)
POWER = Kernel("power", np.power, FIRST_COMPUTED, _power, slope_is(_slope_by_base))
POW = Kernel("pow", np.power, BOTH_COMPUTED, _pow, _slopes_of_pow)
ABS = Kernel("abs", np.absolute, ONE_COMPUTED, _abs, _slope_of_abs)
HYPOT = Kernel("hypot", np.hypot, BOTH_COMPUTED, _hypot, _slopes_of_hypot)
ERF = Kernel("erf", into(numerics.erf), ONE_COMPUTED, _erf, slope_is(bell))
ERFC = Kernel("erfc", into(numerics.erfc), ONE_COMPUTED, _erfc, _slope_of_erfc)
