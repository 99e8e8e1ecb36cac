"""The kernels of the gates that ship; the functions of plain floats compile with Numba, too."""

from __future__ import annotations

from math import cos, cosh, exp, log, log1p, pow, sin, sqrt, tanh
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array, Floats
from chainrule.gates.kernel import Kernel, Source
from chainrule.gates.numerics import ZERO, logistic, sigmoid_into

Pair: TypeAlias = tuple[float, float]
Triple: TypeAlias = tuple[float, float, float]
Mask: TypeAlias = npt.NDArray[np.bool_] | np.bool_
Slopes: TypeAlias = tuple[Array | float, ...]


def _add(x: float, y: float) -> Triple:
    return x + y, 1.0, 1.0


def _sub(x: float, y: float) -> Triple:
    return x - y, 1.0, -1.0


def _mul(x: float, y: float) -> Triple:
    return x * y, y, x


def _div(x: float, y: float) -> Triple:
    f = x / y
    return f, 1.0 / y, -(f / y)


def _neg(x: float) -> Pair:
    return -x, -1.0


def _reciprocal(x: float) -> Pair:
    f = 1.0 / x
    return f, -(f * f)


def _max(x: float, y: float) -> Triple:
    # At a tie the slope is the first's and the value the second's: of 0 and -0, as in np.maximum.
    return (x, 1.0, 0.0) if x > y or x != x else (y, 0.0, 1.0) if x != y else (y, 1.0, 0.0)


def _min(x: float, y: float) -> Triple:
    return (x, 1.0, 0.0) if x < y or x != x else (y, 0.0, 1.0) if x != y else (y, 1.0, 0.0)


def _exp(x: float) -> Pair:
    f = exp(x)
    return f, f


def _log(x: float) -> Pair:
    return log(x), 1.0 / x


def _sqrt(x: float) -> Pair:
    f = sqrt(x)
    return f, 0.5 / f


def _square(x: float) -> Pair:
    return x * x, 2.0 * x


def _power(x: float, p: float) -> Triple:
    return pow(x, p), p * pow(x, p - 1.0) if p else 0.0, 0.0


def _abs(x: float) -> Pair:
    return abs(x), 1.0 if x > 0.0 else 0.0 if x == 0.0 else -1.0 if x < 0.0 else x


def _sin(x: float) -> Pair:
    return sin(x), cos(x)


def _cos(x: float) -> Pair:
    return cos(x), -sin(x)


def _sigmoid(x: float) -> Pair:
    opposite = exp(-x)
    fading = opposite if x >= 0.0 else exp(x)
    whole = 1.0 + fading
    return 1.0 / (1.0 + opposite), fading / (whole * whole)


def _tanh(x: float) -> Pair:
    steepness = 1.0 / cosh(x)
    return tanh(x), steepness * steepness


def _relu(x: float) -> Pair:
    return (0.0, 0.0) if x <= 0.0 else (x, 1.0)


def _softplus(x: float) -> Pair:
    fading = exp(-abs(x))
    return max(x, 0.0) + log1p(fading), (fading if x < 0.0 else 1.0) / (1.0 + fading)


def _maximum(x: Array, y: Array, out: Floats) -> None:
    np.maximum(x, y, out=out)


def _minimum(x: Array, y: Array, out: Floats) -> None:
    np.minimum(x, y, out=out)


def _rectified(x: Array, out: Floats) -> None:
    np.maximum(x, ZERO, out=out)


def _softened(x: Array, out: Floats) -> None:
    np.logaddexp(ZERO, x, out)


def _slopes_of_div(f: Array, x: Array, y: Array) -> Slopes:
    return 1.0 / y, -(f / y)


def _slope_of_reciprocal(f: Array, x: Array) -> Slopes:
    return (-(f * f),)


def _first_wins(f: Array, x: Array, y: Array) -> tuple[Mask, Mask]:
    """Say where `max` or `min` took x: at a tie, and where x is nan, too."""
    first = (x == f) | (x != x)
    return first, ~first


def _slope_of_log(f: Array, x: Array) -> Slopes:
    return (1.0 / x,)


def _slope_of_sqrt(f: Array, x: Array) -> Slopes:
    return (0.5 / f,)


def _slope_of_square(f: Array, x: Array) -> Slopes:
    return (2.0 * x,)


def _slope_of_power(f: Array, x: Array, p: Array) -> Slopes:
    return (np.where(p == 0.0, ZERO, p * np.power(x, p - 1.0)),)


def _slope_of_abs(f: Array, x: Array) -> Slopes:
    return (np.sign(x),)


def _slope_of_sin(f: Array, x: Array) -> Slopes:
    return (np.cos(x),)


def _slope_of_cos(f: Array, x: Array) -> Slopes:
    return (-np.sin(x),)


def _slope_of_sigmoid(f: Array, x: Array) -> Slopes:
    # (1 - f) f as σ(-x) σ(x), which keeps its digits where f rounds to 1.
    fading: Any = np.abs(x)
    np.negative(fading, fading)
    np.exp(fading, fading)
    whole = 1.0 + fading
    np.multiply(whole, whole, whole)
    return (np.divide(fading, whole, fading),)


def _slope_of_tanh(f: Array, x: Array) -> Slopes:
    # 1 - f² as 1 / cosh² x, which keeps its digits where f rounds to ±1.
    steepness = 1.0 / np.cosh(x)
    return (steepness * steepness,)


def _where_positive(f: Array, x: Array) -> tuple[Mask]:
    """Say where `relu` passes x on; nan comes through, too."""
    return (~(x <= 0.0),)


def _slope_of_softplus(f: Array, x: Array) -> Slopes:
    return (logistic(x),)


_ONE = (Source.COMPUTED,)
_TWO = (Source.COMPUTED, Source.COMPUTED)

ADD = Kernel("add", np.add, (1.0, 1.0), _add)
SUB = Kernel("sub", np.subtract, (1.0, -1.0), _sub)
MUL = Kernel("mul", np.multiply, (Source.SECOND, Source.FIRST), _mul)
DIV = Kernel("div", np.divide, _TWO, _div, _slopes_of_div)
NEG = Kernel("neg", np.negative, (-1.0,), _neg)
RECIPROCAL = Kernel("reciprocal", np.reciprocal, _ONE, _reciprocal, _slope_of_reciprocal)
MAX = Kernel("max", _maximum, _TWO, _max, _first_wins, routes=True)
MIN = Kernel("min", _minimum, _TWO, _min, _first_wins, routes=True)
EXP = Kernel("exp", np.exp, (Source.OUTPUT,), _exp)
LOG = Kernel("log", np.log, _ONE, _log, _slope_of_log)
SQRT = Kernel("sqrt", np.sqrt, _ONE, _sqrt, _slope_of_sqrt)
SQUARE = Kernel("square", np.square, _ONE, _square, _slope_of_square)
POWER = Kernel("power", np.power, (Source.COMPUTED, 0.0), _power, _slope_of_power)
ABS = Kernel("abs", np.absolute, _ONE, _abs, _slope_of_abs)
SIN = Kernel("sin", np.sin, _ONE, _sin, _slope_of_sin)
COS = Kernel("cos", np.cos, _ONE, _cos, _slope_of_cos)
SIGMOID = Kernel("sigmoid", sigmoid_into, _ONE, _sigmoid, _slope_of_sigmoid)
TANH = Kernel("tanh", np.tanh, _ONE, _tanh, _slope_of_tanh)
RELU = Kernel("relu", _rectified, _ONE, _relu, _where_positive, routes=True)
SOFTPLUS = Kernel("softplus", _softened, _ONE, _softplus, _slope_of_softplus)
