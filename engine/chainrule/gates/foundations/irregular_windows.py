"""Windows of which each begins where it likes: those of adaptive and of fractional pooling.

Such windows are a table for each axis: window by place within it, what stands there.
"""

from __future__ import annotations

import math

import numpy as np

from chainrule.arrays import Floats
from chainrule.gates.foundations.windows import Indices, plane_starts


def adaptive_places(size: int, count: int) -> Indices:
    """Return the table of `count` windows that cover `size` numbers as evenly as can be.

    Window i has the numbers from ⌊i · size / count⌋ to ⌈(i + 1) · size / count⌉, as in PyTorch. A
    window that is shorter than the longest repeats its last number.
    """
    starts, ends = _adaptive_bounds(size, count)
    longest = int(np.max(ends - starts))
    return np.minimum(starts[:, None] + np.arange(longest), ends[:, None] - 1)


def adaptive_means(size: int, count: int) -> Floats:
    """Return the matrix that takes `size` numbers to the means over those windows."""
    starts, ends = _adaptive_bounds(size, count)
    places = np.arange(size)
    inside = (places >= starts[:, None]) & (places < ends[:, None])
    return inside / np.sum(inside, axis=1, keepdims=True)


def fractional_places(samples: Floats, size: int, count: int, kernel: int) -> Indices:
    """Return a table of `count` windows of `kernel` numbers for each of `samples` in [0, 1).

    Their distances are ⌊α⌋ and ⌈α⌉ in an order that the sample chooses, for the mean distance α:
    window i begins at ⌊(i + sample) α⌋ - ⌊sample α⌋, the last one at the end, as in PyTorch
    (Graham: Fractional max-pooling, 2014).
    """
    distance = (size - kernel) / max(count - 1, 1)
    sample = samples[..., None]
    starts = np.floor((np.arange(count) + sample) * distance) - np.floor(sample * distance)
    starts[..., -1] = size - kernel
    return starts.astype(np.intp)[..., None] + np.arange(kernel)


def largest_of(images: Floats, rows: Indices, columns: Indices) -> Indices:
    """Return where, counted through all of `images`, each window has its largest number.

    A table may be one for all planes or one for each: batch, channels, window, place. Of equal
    numbers it is the first, row by row.
    """
    planes, width = images.shape[:2], images.shape[3]
    inside = rows[..., :, None, :, None] * width + columns[..., None, :, None, :]
    windows, size = inside.shape[:-2], math.prod(inside.shape[-2:])
    places = np.reshape(inside, (*windows, size)) + plane_starts(images)[..., None]
    best = np.argmax(np.reshape(images, -1)[places], axis=-1, keepdims=True)
    return np.reshape(np.take_along_axis(places, best, axis=-1), (*planes, *windows[-2:]))


def _adaptive_bounds(size: int, count: int) -> tuple[Indices, Indices]:
    windows = np.arange(count, dtype=np.intp)
    return windows * size // count, -(-(windows + 1) * size // count)
