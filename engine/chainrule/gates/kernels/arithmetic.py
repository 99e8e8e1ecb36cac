"""Sums, products and their inverses, as kernels."""

from __future__ import annotations

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.gates.kernel import Kernel, Source
from chainrule.gates.kernels.forms import (
    BOTH_COMPUTED,
    FIRST_COMPUTED,
    ONE_COMPUTED,
    Pair,
    Slopes,
    Triple,
)


def _add(x: float, y: float) -> Triple:
    return x + y, 1.0, 1.0


def _sub(x: float, y: float) -> Triple:
    return x - y, 1.0, -1.0


def _mul(x: float, y: float) -> Triple:
    return x * y, y, x


def _div(x: float, y: float) -> Triple:
    f = x / y
    return f, 1.0 / y, -(f / y)


def _slopes_of_div(f: Array, x: Array, y: Array) -> Slopes:
    return 1.0 / y, -(f / y)


def _neg(x: float) -> Pair:
    return -x, -1.0


def _reciprocal(x: float) -> Pair:
    f = 1.0 / x
    return f, -(f * f)


def _slope_of_reciprocal(f: Array, x: Array) -> Slopes:
    return (-(f * f),)


def _gradient_reversal(x: float, scale: float) -> Triple:
    return x, -scale, 0.0


def _unchanged(x: Array, scale: Array, out: Floats) -> None:
    np.copyto(out, x)


def _reversed(f: Array, x: Array, scale: Array) -> Slopes:
    return (-scale,)


ADD = Kernel("add", np.add, (1.0, 1.0), _add)
SUB = Kernel("sub", np.subtract, (1.0, -1.0), _sub)
MUL = Kernel("mul", np.multiply, (Source.SECOND, Source.FIRST), _mul)
DIV = Kernel("div", np.divide, BOTH_COMPUTED, _div, _slopes_of_div)
NEG = Kernel("neg", np.negative, (-1.0,), _neg)
RECIPROCAL = Kernel("reciprocal", np.reciprocal, ONE_COMPUTED, _reciprocal, _slope_of_reciprocal)
GRADIENT_REVERSAL = Kernel(
    "gradient_reversal", _unchanged, FIRST_COMPUTED, _gradient_reversal, _reversed
)
