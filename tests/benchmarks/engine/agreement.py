"""Whether a contender has computed the same as the reference, number by number."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import Vector

TOLERANCE = 1e-9
"""Relative to each number."""

FLOOR = 1e-12
"""Relative to the median of those that are not zero.

What flows into a node may cancel, in one order of summing to 0 and in another to 2e-16.
"""


def disagreement(got: Numbers, expected: Numbers) -> str | None:
    """Return a phrase for the first number that is not as expected, None where all are."""
    first = _first_difference(np.array([got.loss]), np.array([expected.loss]))
    if first is not None:
        return f"the loss is {got.loss!r} instead of {expected.loss!r}"
    for name, ours, right in (
        ("leaf", got.leaves, expected.leaves),
        ("wire", got.wires, expected.wires),
    ):
        if ours is None:
            continue
        if right is None or len(ours) > len(right):
            return f"there are {len(ours)} gradients of each {name}"
        first = _first_difference(ours, right[: len(ours)])
        if first is not None:
            values = f"{float(ours[first])!r} instead of {float(right[first])!r}"
            return f"the gradient of {name} {first} is {values}"
    return None


def extent(got: Numbers) -> str:
    """Say how much of a contender's work was compared."""
    if got.wires is not None:
        return "loss, leaves, wires"
    return "loss, leaves" if got.leaves is not None else "loss"


def _first_difference(ours: Vector, right: Vector) -> int | None:
    sizes = np.abs(right)
    floor = FLOOR * np.median(sizes[sizes > 0]) if sizes.any() else 0.0
    differs = ~(np.abs(ours - right) <= TOLERANCE * sizes + floor)
    return int(np.argmax(differs)) if differs.any() else None
