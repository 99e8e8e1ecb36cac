"""Ports that hold positions: class numbers, rows of a table, places along an axis."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array
from chainrule.errors import ValuesError
from chainrule.gates.foundations.numerics import values_of

Positions: TypeAlias = npt.NDArray[np.intp]


def positions_of(gate: str, given: Array, count: int, port: str) -> Positions:
    """Return the whole numbers nearest to `given`, which must be from 0 to `count` - 1.

    The choice jumps from one number to the next, so the gradient of a port that is read like this
    is 0. Raises ValuesError that names the first number out of range.
    """
    rounded = np.rint(values_of(given))
    outside = ~((rounded >= 0) & (rounded < count))
    if np.any(outside):
        wrong = float(np.reshape(rounded, -1)[np.argmax(outside)])
        raise ValuesError(
            f"{gate}: {port} holds {wrong:g}, but positions count from 0 to {count - 1}; "
            f"give it one of these"
        )
    return rounded.astype(np.intp)


def no_gradient(upstream: Array, given: Array) -> Array:
    """Return the gradient of a port that is not differentiated: zeros of its shape."""
    return np.zeros_like(upstream, shape=given.shape)[()]
