"""Trigonometric and hyperbolic functions and their inverses, as kernels."""

from __future__ import annotations

from math import (
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    cos,
    cosh,
    hypot,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)
from typing import Final

import numpy as np

from chainrule.arrays import Array
from chainrule.gates.foundations import curves
from chainrule.gates.foundations.numerics import ONE
from chainrule.gates.kernel import Kernel
from chainrule.gates.kernels.forms import (
    BOTH_COMPUTED,
    ONE_COMPUTED,
    Pair,
    Slopes,
    Triple,
    into,
    slope_is,
)

_PI: Final = np.pi
_NEAR: Final = curves.NEAR
_SINC: Final = curves.SINC_SERIES
_BEND: Final = curves.BEND_SERIES


def _sin(x: float) -> Pair:
    return sin(x), cos(x)


def _cos(x: float) -> Pair:
    return cos(x), -sin(x)


def _slope_of_cos(f: Array, x: Array) -> Slopes:
    return (-np.sin(x),)


def _tan(x: float) -> Pair:
    f = tan(x)
    return f, 1.0 + f * f


def _slope_of_tan(f: Array, x: Array) -> Slopes:
    return (1.0 + f * f,)


def _asin(x: float) -> Pair:
    return asin(x), 1.0 / sqrt((1.0 - x) * (1.0 + x))


def _slope_of_asin(f: Array, x: Array) -> Slopes:
    return (1.0 / np.sqrt((1.0 - x) * (1.0 + x)),)


def _acos(x: float) -> Pair:
    return acos(x), -1.0 / sqrt((1.0 - x) * (1.0 + x))


def _slope_of_acos(f: Array, x: Array) -> Slopes:
    return (-1.0 / np.sqrt((1.0 - x) * (1.0 + x)),)


def _atan(x: float) -> Pair:
    return atan(x), 1.0 / (1.0 + x * x)


def _slope_of_atan(f: Array, x: Array) -> Slopes:
    return (1.0 / (1.0 + x * x),)


def _atan2(y: float, x: float) -> Triple:
    radius = hypot(x, y)
    return atan2(y, x), x / radius / radius, -(y / radius / radius)


def _slopes_of_atan2(f: Array, y: Array, x: Array) -> Slopes:
    radius = np.hypot(x, y)
    return x / radius / radius, -(y / radius / radius)


def _sinc(x: float) -> Pair:
    y = _PI * x
    square = -(y * y)
    if abs(y) < _NEAR:
        f, bend = 0.0, 0.0
        for each in _SINC:
            f = f * square + each
        for each in _BEND:
            bend = bend * square + each
        return f, _PI * -(y * bend)
    f = sin(y) / y
    return f, _PI * ((cos(y) - f) / y)


def _sinh(x: float) -> Pair:
    return sinh(x), cosh(x)


def _cosh(x: float) -> Pair:
    return cosh(x), sinh(x)


def _tanh(x: float) -> Pair:
    steepness = 1.0 / cosh(x)
    return tanh(x), steepness * steepness


def _slope_of_tanh(f: Array, x: Array) -> Slopes:
    # 1 - f² as 1 / cosh² x, which keeps its digits where f rounds to ±1.
    steepness = 1.0 / np.cosh(x)
    return (steepness * steepness,)


def _asinh(x: float) -> Pair:
    return asinh(x), 1.0 / hypot(1.0, x)


def _slope_of_asinh(f: Array, x: Array) -> Slopes:
    return (1.0 / np.hypot(ONE, x),)


def _acosh(x: float) -> Pair:
    return acosh(x), 1.0 / (sqrt(x - 1.0) * sqrt(x + 1.0))


def _slope_of_acosh(f: Array, x: Array) -> Slopes:
    return (1.0 / (np.sqrt(x - 1.0) * np.sqrt(x + 1.0)),)


def _atanh(x: float) -> Pair:
    return atanh(x), 1.0 / ((1.0 - x) * (1.0 + x))


def _slope_of_atanh(f: Array, x: Array) -> Slopes:
    return (1.0 / ((1.0 - x) * (1.0 + x)),)


SIN = Kernel("sin", np.sin, ONE_COMPUTED, _sin, slope_is(np.cos))
COS = Kernel("cos", np.cos, ONE_COMPUTED, _cos, _slope_of_cos)
TAN = Kernel("tan", np.tan, ONE_COMPUTED, _tan, _slope_of_tan)
ASIN = Kernel("asin", np.arcsin, ONE_COMPUTED, _asin, _slope_of_asin)
ACOS = Kernel("acos", np.arccos, ONE_COMPUTED, _acos, _slope_of_acos)
ATAN = Kernel("atan", np.arctan, ONE_COMPUTED, _atan, _slope_of_atan)
ATAN2 = Kernel("atan2", np.arctan2, BOTH_COMPUTED, _atan2, _slopes_of_atan2)
SINC = Kernel("sinc", into(curves.sinc), ONE_COMPUTED, _sinc, slope_is(curves.sinc_slope))
SINH = Kernel("sinh", np.sinh, ONE_COMPUTED, _sinh, slope_is(np.cosh))
COSH = Kernel("cosh", np.cosh, ONE_COMPUTED, _cosh, slope_is(np.sinh))
TANH = Kernel("tanh", np.tanh, ONE_COMPUTED, _tanh, _slope_of_tanh)
ASINH = Kernel("asinh", np.arcsinh, ONE_COMPUTED, _asinh, _slope_of_asinh)
ACOSH = Kernel("acosh", np.arccosh, ONE_COMPUTED, _acosh, _slope_of_acosh)
ATANH = Kernel("atanh", np.arctanh, ONE_COMPUTED, _atanh, _slope_of_atanh)
