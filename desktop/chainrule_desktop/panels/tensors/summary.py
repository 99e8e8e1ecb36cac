"""What the numbers of a tensor are like, and how often they are how large; no widgets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats, Shape
from chainrule.diagram.numbers import format_dimensions, format_number
from chainrule_desktop.messages import count

MOST_BINS = 41

_LARGEST_WHOLE = 1e9
_LEAST_SPREAD = 1e-12


@final
@dataclass(frozen=True, slots=True)
class Summary:
    """The statistics of a tensor's finite numbers, and what of it is not finite.

    `largest` is the largest magnitude, `are_whole` says whether all are whole numbers; where no
    number is finite, all statistics are nan.
    """

    shape: Shape
    low: float
    mean: float
    high: float
    deviation: float
    largest: float
    are_whole: bool
    zeros: int
    nans: int
    infinities: int

    def sentence(self, decimals: int) -> str:
        """Return everything in one line."""
        total = math.prod(self.shape)
        parts = [format_dimensions(self.shape) if self.shape else "one number"]
        if len(self.shape) > 1:
            parts.append(count(total, "number"))
        if not math.isnan(self.low) and total > 1:
            named = (
                ("min", self.low),
                ("mean", self.mean),
                ("max", self.high),
                ("std", self.deviation),
            )
            parts += [f"{name} {format_number(each, decimals)}" for name, each in named]
        odd = ((self.zeros, "zero"), (self.nans, "nan"), (self.infinities, "infinite"))
        parts += [_counted(number, noun) for number, noun in odd if number]
        return "  ·  ".join(each.replace(" ", "\u00a0") for each in parts)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How many numbers lie between each two neighbouring edges."""

    edges: Floats
    counts: np.ndarray

    def bar(self, at: int, decimals: int) -> str:
        """Say what one bar stands for."""
        low, high = (format_number(float(each), decimals) for each in self.edges[at : at + 2])
        return f"{count(int(self.counts[at]), 'number')} from {low} to {high}"


def summarise(tensor: Array) -> Summary:
    """Return the statistics of a tensor."""
    numbers = np.ravel(tensor)
    finite = numbers[np.isfinite(numbers)] if not np.isfinite(numbers).all() else numbers
    nans = int(np.count_nonzero(np.isnan(numbers)))
    nowhere = math.nan
    with np.errstate(all="ignore"):
        known = finite.size > 0
        low, high = (float(finite.min()), float(finite.max())) if known else (nowhere, nowhere)
        return Summary(
            tensor.shape,
            low,
            float(finite.mean()) if known else nowhere,
            high,
            float(finite.std()) if known else nowhere,
            max(abs(low), abs(high)) if known else 0.0,
            bool((finite == np.rint(finite)).all()),
            int(np.count_nonzero(finite == 0)),
            nans,
            int(numbers.size - finite.size - nans),
        )


def histogram(tensor: Array) -> Histogram | None:
    """Return how often numbers are how large; None where no number is finite.

    Whole numbers in a small range have a bar each; otherwise there are about as many bars as the
    square root of the numbers.
    """
    numbers = np.ravel(tensor)
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return None
    low, high = float(finite.min()), float(finite.max())
    edges = _edges(finite, low, high)
    places = np.clip(np.searchsorted(edges, finite, "right") - 1, 0, len(edges) - 2)
    return Histogram(edges, np.bincount(places, minlength=len(edges) - 1))


def _edges(numbers: Floats, low: float, high: float) -> Floats:
    """Return the edges of the bars for finite numbers between `low` and `high`."""
    small = max(-low, high) < _LARGEST_WHOLE and high - low < MOST_BINS
    if small and (numbers == np.rint(numbers)).all():
        return np.arange(low - 0.5, high + 1)
    bins = int(np.clip(math.isqrt(numbers.size) + 1, 5, MOST_BINS))
    # Halved, since the difference and the sum of two large numbers may be infinite.
    middle = low / 2 + high / 2
    half = max(high / 2 - low / 2, abs(middle) * _LEAST_SPREAD) or 0.5
    with np.errstate(over="ignore"):
        return middle + half * np.linspace(-1, 1, bins + 1)


def _counted(number: int, noun: str) -> str:
    return count(number, noun) if noun == "zero" else f"{number:,} {noun}"
