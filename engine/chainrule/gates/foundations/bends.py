"""Functions that are a straight line on one side or on both, with their slopes.

At a bend the slope is that of PyTorch. A nan comes through, and so does its gradient.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from chainrule.arrays import Array, select
from chainrule.gates.foundations.numerics import ONE, ZERO

# Klambauer et al., Self-Normalizing Neural Networks (2017), equation 14.
SELU_ALPHA: Final = 1.6732632423543772
SELU_SCALE: Final = 1.0507009873554805


def elu(x: Array, alpha: Array | float) -> Array:
    """Return x where it is positive, and α (eˣ - 1) elsewhere."""
    return select(x > 0, x, alpha * np.expm1(np.minimum(x, ZERO)))


def elu_slope(x: Array, alpha: Array | float) -> Array:
    """Return 1 where x is positive, and α eˣ elsewhere, at 0 too."""
    return select(x <= 0, alpha * np.exp(np.minimum(x, ZERO)), ONE)


def selu(x: Array) -> Array:
    """Return the elu of a certain α, times a certain factor."""
    return elu(x, SELU_ALPHA) * SELU_SCALE


def selu_slope(x: Array) -> Array:
    """Return the slope of `selu`."""
    return elu_slope(x, SELU_ALPHA) * SELU_SCALE


def celu(x: Array, alpha: Array | float) -> Array:
    """Return x where it is positive, and α (e^(x/α) - 1) elsewhere."""
    return select(x > 0, x, alpha * np.expm1(np.minimum(x, ZERO) / alpha))


def celu_slope(x: Array, alpha: Array | float) -> Array:
    """Return 1 where x is positive, and e^(x/α) elsewhere; there is no kink."""
    return select(x <= 0, np.exp(np.minimum(x, ZERO) / alpha), ONE)


def hardsigmoid(x: Array) -> Array:
    """Return (x + 3) / 6, between 0 and 1."""
    return np.minimum(np.maximum(x + 3.0, 0.0), 6.0) / 6.0


def hardsigmoid_slope(x: Array) -> Array:
    """Return 1/6 between -3 and 3, and 0 elsewhere."""
    return select((x <= -3) | (x >= 3), ZERO, ONE / 6.0)


def hardswish(x: Array) -> Array:
    """Return x times its `hardsigmoid`, and 0 at -inf."""
    return np.maximum(x, -3.0) * hardsigmoid(x)


def hardswish_slope(x: Array) -> Array:
    """Return x/3 + 1/2 between -3 and 3, 0 up to there and 1 from there."""
    return select(x <= -3, ZERO, select(x >= 3, ONE, x / 3.0 + 0.5))


def softshrink(x: Array, lambd: Array | float) -> Array:
    """Return x moved towards 0 by λ, and 0 where it gets there."""
    inside = (x >= -lambd) & (x <= lambd)
    return select(inside, ZERO, select(x > lambd, x - lambd, x + lambd))
