"""When an answer is right: as near as a number rounded to the decimals that are asked for."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array

Flags: TypeAlias = npt.NDArray[np.bool_]

# Halves are rounded up by some people and to even by others; both are half a unit away.
_SLACK = 1.0 + 1e-9


def rule_sentence(decimals: int) -> str:
    """Say the rule, as learners read it on their sheet."""
    half = f"{0.5 * 10.0**-decimals:.{decimals + 1}f}"
    several = "one decimal" if decimals == 1 else f"{decimals} decimals"
    places = several if decimals else "a whole one"
    return (
        f"An answer is right if it is the number rounded to {places}, or nearer; "
        f"numbers smaller than {half} need two digits that are not 0, as in 1.2e-5; "
        "0 is right for 0 alone."
    )


def agrees(answer: Array, number: Array, decimals: int) -> Flags:
    """Say for each number of an answer of the same shape whether it is right.

    It may be off by half a unit of the last decimal; from 100 on by as much more as the number is
    larger than 100, which leaves `decimals` + 2 digits. A number that would be rounded to 0 needs
    two digits, as the canvas writes it, and 0 is not near to anything. An infinity must be that
    one, and nan be nan.
    """
    given, right = np.asarray(answer), np.asarray(number)
    with np.errstate(all="ignore"):
        near = np.abs(given - right) <= _tolerance(right, decimals) * _SLACK
    near &= np.isfinite(right) & ((given != 0) | (right == 0))
    return near | (given == right) | (np.isnan(given) & np.isnan(right))


def rounded(number: Array, decimals: int) -> Array:
    """Return a number as a learner reads it on the canvas and works on with it."""
    nearest = np.round(number, decimals)
    # What would be rounded to 0 is written in powers of ten.
    return np.where((nearest == 0) & (number != 0), number, nearest)[()]


def _tolerance(right: npt.NDArray[np.float64], decimals: int) -> npt.NDArray[np.float64]:
    half = 0.5 * 10.0**-decimals
    size = np.abs(right)
    digits = 0.05 * 10.0 ** np.floor(np.log10(np.where(size > 0, size, 1.0)))
    usual = half * np.maximum(1.0, size / 100.0)
    return np.where((size > 0) & (size < half), digits, usual)
