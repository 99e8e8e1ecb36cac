"""A Jacobian, or a region of it, in few pixels: the entry farthest from 0 for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.autodiff.jacobian.matrices import Places, places_of
from chainrule.autodiff.planning.flat import Numbers

# So many entries are looked at one by one, and so many rows or columns computed by passes.
MOST_ENTRIES: Final = 2**18
MOST_PASSES: Final = 96
_BLOCK: Final = 2**16


@final
@dataclass(frozen=True, slots=True)
class Overview:
    """A picture of a region; `seen` says what part of it was looked at, "" for all of it."""

    picture: Floats
    seen: str = ""


def overview(jacobian: Jacobian, rows: range, columns: range, height: int, width: int) -> Overview:
    """Return the region where `rows` and `columns` cross in at most height × width pixels.

    What is known to be 0 costs nothing, so the picture of a diagonal of any length is exact. Where
    the entries are too many to look at each, some rows and columns stand for their neighbours.
    """
    height, width = min(height, len(rows)), min(width, len(columns))
    if not height or not width:
        return Overview(np.zeros((height, width)))
    known = None if jacobian.matrix is None else places_of(jacobian.matrix)
    if known is not None:
        return Overview(_of_places(known, rows, columns, height, width))
    passes = jacobian.matrix is None
    if len(rows) * len(columns) <= MOST_ENTRIES and not (
        passes and min(len(rows), len(columns)) > MOST_PASSES
    ):
        return Overview(_reduced_by_bands(jacobian, rows, columns, height, width))
    return _sampled(jacobian, rows, columns, height, width)


def _of_places(places: Places, rows: range, columns: range, height: int, width: int) -> Floats:
    i, j, weights = places
    inside = (i >= rows.start) & (i < rows.stop) & (j >= columns.start) & (j < columns.stop)
    i, j, weights = i[inside], j[inside], weights[inside]
    order = np.argsort(np.abs(weights), kind="stable")
    i, j = (i[order] - rows.start) * height // len(rows), j[order] - columns.start
    picture = np.zeros((height, width))
    picture[i, j * width // len(columns)] = weights[order]
    return picture


def _reduced_by_bands(
    jacobian: Jacobian, rows: range, columns: range, height: int, width: int
) -> Floats:
    """Look at every entry, but never hold more than a band of rows."""
    picture = np.zeros((height, width))
    band = max(1, _BLOCK // max(1, len(columns)) * height // len(rows))
    for top in range(0, height, band):
        bottom = min(top + band, height)
        part = rows[_edge(top, len(rows), height) : _edge(bottom, len(rows), height)]
        picture[top:bottom] = reduced(jacobian.block(part, columns), bottom - top, width)
    return picture


def _sampled(jacobian: Jacobian, rows: range, columns: range, height: int, width: int) -> Overview:
    most = MOST_PASSES if jacobian.matrix is None else max(height, width)
    if len(rows) <= len(columns) or jacobian.matrix is not None:
        chosen = _spread_over(rows, min(most, height))
        others = columns if jacobian.matrix is None else _spread_over(columns, width)
        found = reduced(jacobian.block(chosen, others), len(chosen), width)
        seen = f"{len(chosen):,} of {len(rows):,} rows"
        return Overview(np.repeat(found, _shares(height, len(chosen)), axis=0), seen)
    chosen = _spread_over(columns, min(most, width))
    found = reduced(jacobian.block(rows, chosen), height, len(chosen))
    seen = f"{len(chosen):,} of {len(columns):,} columns"
    return Overview(np.repeat(found, _shares(width, len(chosen)), axis=1), seen)


def reduced(block: Floats, height: int, width: int) -> Floats:
    """Return the number farthest from 0 of each of height × width bins of a matrix.

    There must be at least as many rows and columns as bins.
    """
    tops = np.array([_edge(each, block.shape[0], height) for each in range(height)])
    lefts = np.array([_edge(each, block.shape[1], width) for each in range(width)])
    high = np.maximum.reduceat(np.maximum.reduceat(block, tops, axis=0), lefts, axis=1)
    low = np.minimum.reduceat(np.minimum.reduceat(block, tops, axis=0), lefts, axis=1)
    extremes: Any = np.where(high >= -low, high, low)
    return extremes


def _edge(bin_number: int, count: int, bins: int) -> int:
    """Return the first of `count` numbers that falls into a bin, as `_of_places` counts them."""
    return -(-bin_number * count // bins)


def _spread_over(numbers: range, count: int) -> list[int]:
    return [numbers[_edge(each, len(numbers), count)] for each in range(count)]


def _shares(pixels: int, chosen: int) -> Numbers:
    """Return how many pixels each of the chosen stands for."""
    edges = np.array([_edge(each, pixels, chosen) for each in range(chosen + 1)])
    return np.diff(edges)
