"""What is a straight line on one side or on both, as kernels: relu, its relatives, shrinkage."""

from __future__ import annotations

from math import exp, expm1
from typing import Final

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.gates.foundations import bends
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.kernel import Kernel
from chainrule.gates.kernels.forms import (
    BOTH_COMPUTED,
    FIRST_COMPUTED,
    ONE_COMPUTED,
    Mask,
    Pair,
    Slopes,
    Triple,
    into,
    slope_is,
)

_ALPHA: Final = bends.SELU_ALPHA
_SCALE: Final = bends.SELU_SCALE


def _relu(x: float) -> Pair:
    return (0.0, 0.0) if x <= 0.0 else (x, 1.0)


def _rectified(x: Array, out: Floats) -> None:
    np.maximum(x, ZERO, out=out)


def _where_positive(f: Array, x: Array) -> tuple[Mask]:
    """Say where `relu` passes x on; nan comes through, too."""
    return (~(x <= 0.0),)


def _relu6(x: float) -> Pair:
    return (0.0, 0.0) if x <= 0.0 else (6.0, 0.0) if x >= 6.0 else (x, 1.0)


def _capped(x: Array, out: Floats) -> None:
    np.clip(x, 0.0, 6.0, out=out)


def _where_sloping(f: Array, x: Array) -> tuple[Mask]:
    return (~((x <= 0.0) | (x >= 6.0)),)


def _leaky_relu(x: float, negative_slope: float) -> Triple:
    return (x, 1.0, 0.0) if x > 0.0 else (x * negative_slope, negative_slope, 0.0)


def _leak(x: Array, negative_slope: Array) -> Array:
    return np.where(x > 0.0, x, x * negative_slope)


def _slope_of_leak(f: Array, x: Array, negative_slope: Array) -> Slopes:
    return (np.where(x > 0.0, ONE, negative_slope),)


def _prelu(x: float, weight: float) -> Triple:
    return (x, 1.0, 0.0) if x > 0.0 else (x * weight, weight, x)


def _slopes_of_prelu(f: Array, x: Array, weight: Array) -> Slopes:
    positive = x > 0.0
    return np.where(positive, ONE, weight), np.where(positive, ZERO, x)


def _elu(x: float, alpha: float) -> Triple:
    return (alpha * expm1(x), alpha * exp(x), 0.0) if x <= 0.0 else (x, 1.0, 0.0)


def _selu(x: float) -> Pair:
    if x <= 0.0:
        return _SCALE * (_ALPHA * expm1(x)), _SCALE * (_ALPHA * exp(x))
    return _SCALE * x, _SCALE


def _celu(x: float, alpha: float) -> Triple:
    return (alpha * expm1(x / alpha), exp(x / alpha), 0.0) if x <= 0.0 else (x, 1.0, 0.0)


def _hardsigmoid(x: float) -> Pair:
    if x <= -3.0:
        return 0.0, 0.0
    return (1.0, 0.0) if x >= 3.0 else ((x + 3.0) / 6.0, 1.0 / 6.0)


def _hardswish(x: float) -> Pair:
    if x <= -3.0:
        return -0.0, 0.0  # the product of a negative number and 0
    return (x, 1.0) if x >= 3.0 else (x * ((x + 3.0) / 6.0), x / 3.0 + 0.5)


def _hardshrink(x: float, lambd: float) -> Triple:
    return (0.0, 0.0, 0.0) if -lambd <= x <= lambd else (x, 1.0, 0.0)


def _cut(x: Array, lambd: Array) -> Array:
    return np.where((x >= -lambd) & (x <= lambd), ZERO, x)


def _softshrink(x: float, lambd: float) -> Triple:
    if -lambd <= x <= lambd:
        return 0.0, 0.0, 0.0
    return x - lambd if x > lambd else x + lambd, 1.0, 0.0


def _where_outside(f: Array, x: Array, lambd: Array) -> tuple[Mask]:
    return (~((x >= -lambd) & (x <= lambd)),)


RELU = Kernel("relu", _rectified, ONE_COMPUTED, _relu, _where_positive, routes=True)
RELU6 = Kernel("relu6", _capped, ONE_COMPUTED, _relu6, _where_sloping, routes=True)
LEAKY_RELU = Kernel("leaky_relu", into(_leak), FIRST_COMPUTED, _leaky_relu, _slope_of_leak)
PRELU = Kernel("prelu", into(_leak), BOTH_COMPUTED, _prelu, _slopes_of_prelu)
ELU = Kernel("elu", into(bends.elu), FIRST_COMPUTED, _elu, slope_is(bends.elu_slope))
SELU = Kernel("selu", into(bends.selu), ONE_COMPUTED, _selu, slope_is(bends.selu_slope))
CELU = Kernel("celu", into(bends.celu), FIRST_COMPUTED, _celu, slope_is(bends.celu_slope))
HARDSIGMOID = Kernel(
    *("hardsigmoid", into(bends.hardsigmoid), ONE_COMPUTED, _hardsigmoid),
    slope_is(bends.hardsigmoid_slope),
)
HARDSWISH = Kernel(
    *("hardswish", into(bends.hardswish), ONE_COMPUTED, _hardswish),
    slope_is(bends.hardswish_slope),
)
HARDSHRINK = Kernel(
    "hardshrink", into(_cut), FIRST_COMPUTED, _hardshrink, _where_outside, routes=True
)
SOFTSHRINK = Kernel(
    *("softshrink", into(bends.softshrink), FIRST_COMPUTED, _softshrink, _where_outside),
    routes=True,
)
