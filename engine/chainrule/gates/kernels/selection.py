"""What selects one of several numbers, as kernels: the largest, the smallest, the nearest bound."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.gates.kernel import Kernel, KernelFamily
from chainrule.gates.kernels.forms import BOTH_COMPUTED, ONE_COMPUTED, Mask, Pair, Triple, into

_FLAT: Final = (0.0, 0.0)


def _max(x: float, y: float) -> Triple:
    # At a tie the slope is the first's and the value the second's: of 0 and -0, as in np.maximum.
    return (x, 1.0, 0.0) if x > y or x != x else (y, 0.0, 1.0) if x != y else (y, 1.0, 0.0)


def _min(x: float, y: float) -> Triple:
    return (x, 1.0, 0.0) if x < y or x != x else (y, 0.0, 1.0) if x != y else (y, 1.0, 0.0)


def _maximum(x: Array, y: Array, out: Floats) -> None:
    np.maximum(x, y, out=out)


def _minimum(x: Array, y: Array, out: Floats) -> None:
    np.minimum(x, y, out=out)


def _first_wins(f: Array, x: Array, y: Array) -> tuple[Mask, Mask]:
    """Say where `max` or `min` took x: at a tie, and where x is nan, too."""
    first = (x == f) | (x != x)
    return first, ~first


@lru_cache
def _clip(low: float, high: float) -> Kernel:
    def at(x: float) -> Pair:
        return (low, 0.0) if x < low else (high, 0.0) if x > high else (x, 1.0)

    def apply(x: Array, out: Floats) -> None:
        np.clip(x, low, high, out=out)

    def within(f: Array, x: Array) -> tuple[Mask]:
        return (~((x < low) | (x > high)),)

    return Kernel(f"clip {low!r} {high!r}", apply, ONE_COMPUTED, at, within, routes=True)


@lru_cache
def _hardtanh(low: float, high: float) -> Kernel:
    def at(x: float) -> Pair:
        return (low, 0.0) if x <= low else (high, 0.0) if x >= high else (x, 1.0)

    def apply(x: Array, out: Floats) -> None:
        np.clip(x, low, high, out=out)

    def between(f: Array, x: Array) -> tuple[Mask]:
        return (~((x <= low) | (x >= high)),)

    return Kernel(f"hardtanh {low!r} {high!r}", apply, ONE_COMPUTED, at, between, routes=True)


@lru_cache
def _threshold(threshold: float, value: float) -> Kernel:
    def at(x: float) -> Pair:
        return (value, 0.0) if x <= threshold else (x, 1.0)

    def apply(x: Array, out: Floats) -> None:
        out[...] = np.where(x <= threshold, value, x)

    def above(f: Array, x: Array) -> tuple[Mask]:
        return (~(x <= threshold),)

    name = f"threshold {threshold!r} {value!r}"
    return Kernel(name, apply, ONE_COMPUTED, at, above, routes=True)


def _greater(x: float, y: float) -> Triple:
    return (1.0 if x > y else 0.0), 0.0, 0.0


def _greater_equal(x: float, y: float) -> Triple:
    return (1.0 if x >= y else 0.0), 0.0, 0.0


def _equal(x: float, y: float) -> Triple:
    return (1.0 if x == y else 0.0), 0.0, 0.0


def _sign(x: float) -> Pair:
    return (1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0 if x == 0.0 else x), 0.0


MAX = Kernel("max", _maximum, BOTH_COMPUTED, _max, _first_wins, routes=True)
MIN = Kernel("min", _minimum, BOTH_COMPUTED, _min, _first_wins, routes=True)
# Flat on both sides of the jump: their slopes of 0 block even an infinity.
GREATER = Kernel("greater", into(np.greater), _FLAT, _greater, routes=True)
GREATER_EQUAL = Kernel("greater_equal", into(np.greater_equal), _FLAT, _greater_equal, routes=True)
EQUAL = Kernel("equal", into(np.equal), _FLAT, _equal, routes=True)
SIGN = Kernel("sign", into(np.sign), (0.0,), _sign, routes=True)
CLIP = KernelFamily(_clip)
HARDTANH = KernelFamily(_hardtanh)
THRESHOLD = KernelFamily(_threshold)
