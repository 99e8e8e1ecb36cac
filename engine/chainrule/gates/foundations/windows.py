"""Windows that slide over images, and the sums that bring their gradients back.

An image here is an array of four axes: batch, channels, rows, columns. A row of numbers is an image
of a single row. What is linear is written as loops over the places within a window, each step of
which treats all windows at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from chainrule.arrays import Array, Floats, Shape

Indices: TypeAlias = npt.NDArray[np.intp]


@final
@dataclass(frozen=True)
class Slide:
    """How `count` windows slide along one axis of `size` numbers.

    Window k begins at k · stride - before, and has `kernel` numbers, each `dilation` after the
    last. Where it reaches over an end of the axis there is padding.
    """

    size: int
    kernel: int
    stride: int = 1
    before: int = 0
    dilation: int = 1
    count: int = 1

    @property
    def reach(self) -> int:
        """How many numbers there are from the first to the last of a window."""
        return (self.kernel - 1) * self.dilation + 1

    @property
    def padded(self) -> int:
        """The size of the axis with the padding that the windows reach."""
        return max(self.before + self.size, (self.count - 1) * self.stride + self.reach)

    @property
    def inside(self) -> slice:
        """Where on the padded axis the numbers of the image stand."""
        return slice(self.before, self.before + self.size)

    def taps(self) -> Iterator[slice]:
        """Yield, for each place within a window, what all windows have there, when padded."""
        span = (self.count - 1) * self.stride + 1
        for place in range(self.kernel):
            start = place * self.dilation
            yield slice(start, start + span, self.stride)

    def starts(self) -> Indices:
        """Return where the windows begin, counted from the first number of the image."""
        return np.arange(self.count) * self.stride - self.before

    def populations(self, margin: int = 0) -> Indices:
        """Return how many numbers of the image, and of a margin around it, each window has."""
        places = self.starts()[:, None] + np.arange(self.kernel) * self.dilation
        return np.sum((places >= -margin) & (places < self.size + margin), axis=1)

    def nearest(self) -> Indices:
        """Return for each place of the padded axis the nearest of the image in the same windows.

        Windows have only every place in `dilation`, so the nearest is one of these.
        """
        places = np.arange(self.padded) - self.before
        low = np.maximum(places, places % self.dilation)
        last = self.size - 1
        high = last - (last - places) % self.dilation
        return np.clip(np.where(places > last, high, low), 0, last)


@final
@dataclass(frozen=True)
class Windows:
    """Windows that slide over the rows and the columns of images."""

    rows: Slide
    columns: Slide

    def padded(self, images: Floats, fill: float = 0.0) -> Floats:
        """Return the images with the padding that the windows reach, filled with one number."""
        height, width = self.rows.padded, self.columns.padded
        if (height, width) == images.shape[-2:]:
            return images
        padded = np.zeros_like(images, shape=(*images.shape[:-2], height, width))
        if fill != 0.0:
            padded[...] = fill
        padded[..., self.rows.inside, self.columns.inside] = images
        return padded

    def patches(self, images: Floats) -> Floats:
        """Return the numbers of each window: batch, channels, place within it, window.

        Place and window have two axes each. The result is a view of the padded images.
        """
        rows, columns = self.rows, self.columns
        reaches = (rows.reach, columns.reach)
        all_windows = sliding_window_view(self.padded(images), reaches, axis=(-2, -1))
        spans = (rows.count - 1) * rows.stride + 1, (columns.count - 1) * columns.stride + 1
        chosen = all_windows[
            ..., : spans[0] : rows.stride, : spans[1] : columns.stride, :: rows.dilation,
            :: columns.dilation
        ]  # fmt: skip
        return np.transpose(chosen, (0, 1, 4, 5, 2, 3))

    def sum_patches(self, patches: Floats) -> Floats:
        """Return images in which each number is the sum of what the windows have of it.

        This is the adjoint of `patches`, and so its backward pass.
        """
        shape = (*patches.shape[:2], self.rows.padded, self.columns.padded)
        images = np.zeros_like(patches, shape=shape)
        for i, row in enumerate(self.rows.taps()):
            for j, column in enumerate(self.columns.taps()):
                target = images[..., row, column]
                target += patches[:, :, i, j]
        return images[..., self.rows.inside, self.columns.inside]

    def sums(self, images: Floats) -> Floats:
        """Return the sum over each window: along the rows first, then along the columns."""
        padded = self.padded(images)
        wide = _total([padded[..., tap] for tap in self.columns.taps()])
        return _total([wide[..., tap, :] for tap in self.rows.taps()])

    def spread(self, sums: Floats) -> Floats:
        """Return images to which each window has added its number everywhere.

        This is the adjoint of `sums`, and so its backward pass.
        """
        tall = np.zeros_like(sums, shape=(*sums.shape[:2], self.rows.padded, self.columns.count))
        for tap in self.rows.taps():
            target = tall[..., tap, :]
            target += sums
        tall = tall[..., self.rows.inside, :]
        images = np.zeros_like(sums, shape=(*tall.shape[:3], self.columns.padded))
        for tap in self.columns.taps():
            target = images[..., tap]
            target += tall
        return images[..., self.columns.inside]

    def populations(self, *, with_padding: bool = False) -> Floats:
        """Return how many numbers of the image each window has, perhaps with those of the padding.

        What a window has beyond an equal padding at both ends never counts.
        """
        rows, columns = (
            slide.populations(slide.before if with_padding else 0)
            for slide in (self.rows, self.columns)
        )
        return np.outer(rows, columns).astype(np.float64)

    def maxima(self, images: Floats) -> Floats:
        """Return the largest number of each window; padding counts as -inf, and nan as largest."""
        best = self.padded(images, -np.inf)
        for slide, rest in ((self.columns, ()), (self.rows, (slice(None),))):
            first, *others = ((Ellipsis, tap, *rest) for tap in slide.taps())
            wide, best = best, best[first]
            for tap in others:
                best = np.maximum(best, wide[tap])
        return best

    def spread_to_maxima(
        self, upstream: Floats, maxima: Floats, images: Floats, out: Floats
    ) -> None:
        """Write images to `out` that have each window's number where it has its largest.

        Of equal ones it is the first, row by row; what overlaps adds up. This is what `largest`
        gives, but faster. It is only for finite numbers, since products with 0 blot out the rest.
        """
        padded = self.padded(images, -np.inf)
        result = out if padded is images else np.empty(padded.shape)
        result.fill(0.0)
        found, share = np.empty(maxima.shape, np.bool_), np.empty(maxima.shape)
        free = np.ones(maxima.shape, np.bool_)
        for row in self.rows.taps():
            for column in self.columns.taps():
                np.equal(padded[..., row, column], maxima, out=found)
                found &= free
                free ^= found
                np.multiply(found, upstream, out=share)
                target = result[..., row, column]
                target += share
        if result is not out:
            out[...] = result[..., self.rows.inside, self.columns.inside]

    def largest(self, images: Floats) -> Indices:
        """Return where, counted through all of `images`, each window has its largest number.

        Of equal ones it is the first, row by row, and of several nan the last, as in PyTorch.
        """
        best = self.padded(images, -np.inf)
        # A window of nothing but -inf may take one of the padding, which has the nearest's place.
        places = self.rows.nearest()[:, None] * self.columns.size + self.columns.nearest()
        for slide, axis in ((self.columns, -1), (self.rows, -2)):
            best, places = _first_largest(best, places, slide, axis)
        return places + plane_starts(images)


def plane_starts(images: Floats) -> Indices:
    """Return where, counted through all of `images`, the rows and columns of each plane begin."""
    batch, channels, height, width = images.shape
    planes: Indices = np.arange(batch * channels, dtype=np.intp)
    return np.reshape(planes * (height * width), (batch, channels, 1, 1))


def taken(numbers: Array, places: Indices) -> Floats:
    """Return the numbers at `places`, counted through all of `numbers`."""
    return np.reshape(numbers, (-1,))[places]


def scattered(numbers: Array, places: Indices, shape: Shape) -> Floats:
    """Return an array of `shape` that has `numbers` at `places`, counted through all of it.

    What comes to the same place adds up; everywhere else there are zeros.
    """
    flat = np.zeros_like(numbers, shape=(math.prod(shape),))
    np.add.at(flat, np.reshape(places, (-1,)), np.reshape(numbers, (-1,)))
    return np.reshape(flat, shape)


def _total(parts: list[Floats]) -> Floats:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _first_largest(
    numbers: Floats, places: Indices, slide: Slide, axis: int
) -> tuple[Floats, Indices]:
    """Return the largest number of each window along one axis, and which of `places` it has."""
    rest = (slice(None),) * (-1 - axis)
    taps = [(Ellipsis, tap, *rest) for tap in slide.taps()]
    best, found = numbers[taps[0]], places[taps[0]]
    for tap in taps[1:]:
        rival = numbers[tap]
        better = (rival > best) | (rival != rival)
        best, found = np.where(better, rival, best), np.where(better, places[tap], found)
    return best, found
