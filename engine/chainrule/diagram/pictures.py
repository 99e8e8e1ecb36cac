"""Small pictures of tensors, as plain data: cells in shades of one scale, or a histogram."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats, Shape
from chainrule.diagram.numbers import is_short_vector
from chainrule.diagram.shades import AXIS, MINUS_INFINITY, NAN, PLUS_INFINITY, ZERO, codes_of

LONGEST_STRIP = 32
MOST_TILES = 4
BINS = 15
_TILE_GAP = 2.0
_MARKER = 4.0
# Of a block, rows and columns; more than its numbers are; and of a vector, numbers.
_LOOKED_AT = 16
_ENOUGH = 4.0 * _LOOKED_AT**2
_MOST_BINNED = 2**16


@final
@dataclass(frozen=True, slots=True)
class Format:
    """How large pictures are: at most so wide and high, of so many rows and columns of cells.

    A vector of up to LONGEST_STRIP numbers is a strip that may be `strip` wide; a longer one is a
    histogram. `cell` is the largest side of a cell.
    """

    width: float
    height: float
    strip: float
    cell: float
    cells: int


USUAL = Format(width=48, height=32, strip=64, cell=8, cells=16)
SMALL = Format(width=24, height=12, strip=32, cell=4, cells=6)


@final
@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one size, row by row; `shades` has the code of each, `left` and `top` its place."""

    left: float
    top: float
    cell: tuple[float, float]
    columns: int
    shades: bytes

    @property
    def rows(self) -> int:
        """How many rows of cells there are."""
        return len(self.shades) // self.columns

    @property
    def size(self) -> tuple[float, float]:
        """The width and the height of all cells."""
        return self.columns * self.cell[0], self.rows * self.cell[1]


@final
@dataclass(frozen=True, slots=True)
class Picture:
    """A tensor as it is drawn: grids, with a thin frame around each if they are `framed`.

    `scale` says which number the strongest shade stands for, as `±2.3`.
    """

    size: tuple[float, float]
    grids: tuple[Grid, ...]
    framed: bool
    scale: str


@final
@dataclass(frozen=True, slots=True)
class _Layout:
    """How a shape is laid out: `tiles` grids beside and below each other, of equal cells."""

    rows: int
    columns: int
    cell: tuple[float, float]
    tiles: int = 1

    @property
    def across(self) -> int:
        return min(self.tiles, 2)

    @property
    def size(self) -> tuple[float, float]:
        return (
            self.across * self.step[0] - _TILE_GAP,
            (1 if self.tiles <= 2 else 2) * self.step[1] - _TILE_GAP,
        )

    @property
    def step(self) -> tuple[float, float]:
        """How far apart the corners of neighbouring tiles are."""
        width, height = self.cell
        return self.columns * width + _TILE_GAP, self.rows * height + _TILE_GAP


def picture_size(shape: Shape | None, format_: Format) -> tuple[float, float] | None:
    """Return width and height of the picture of a tensor; they depend on its shape alone.

    None for what has no picture: numbers, vectors that are written out, and tensors of nothing.
    """
    if not shape or is_short_vector(shape) or 0 in shape:
        return None
    return _histogram_size(format_) if _is_long(shape) else _layout(shape, format_).size


def picture_of(value: Array, format_: Format) -> Picture:
    """Return the picture of a tensor that has one.

    Up to 16 × 16 numbers have a cell each; of larger matrices a cell is the mean of a block, of
    more than two axes the first four slices are tiles; a long vector is a histogram.
    """
    if _is_long(value.shape):
        return _histogram(np.ravel(value), format_)
    layout = _layout(value.shape, format_)
    slices = np.reshape(value, (-1, *_last_two(value.shape)))[: layout.tiles]
    means = np.stack([_block_means(each, layout.rows, layout.columns) for each in slices])
    largest = _largest(means)
    across, down = layout.step
    grids = tuple(
        Grid(place % 2 * across, place // 2 * down, layout.cell, layout.columns, codes.tobytes())
        for place, codes in enumerate(codes_of(means, largest))
    )
    return Picture(layout.size, grids, True, _scale(largest, means))


def _is_long(shape: Shape) -> bool:
    """Say whether a tensor is a vector, perhaps one that stands or lies, too long for a strip."""
    return math.prod(shape) == max(shape) > LONGEST_STRIP


def _last_two(shape: Shape) -> tuple[int, int]:
    return (1, shape[0]) if len(shape) == 1 else (shape[-2], shape[-1])


def _layout(shape: Shape, format_: Format) -> _Layout:
    rows, columns = _last_two(shape)
    if rows == 1 and math.prod(shape) == columns:
        kept = min(columns, 2 * format_.cells)
        side = _side(format_.strip / kept, format_.cell)
        return _Layout(1, kept, (side, format_.cell))
    tiles = min(math.prod(shape) // (rows * columns), MOST_TILES)
    across, down = min(tiles, 2), (1 if tiles <= 2 else 2)
    rows, columns = min(rows, format_.cells // down), min(columns, format_.cells // across)
    wide = _side((format_.width - (across - 1) * _TILE_GAP) / (across * columns), format_.cell)
    high = _side((format_.height - (down - 1) * _TILE_GAP) / (down * rows), format_.cell)
    # Cells may be oblong, but not slats.
    return _Layout(rows, columns, (min(wide, 2 * high), min(high, 2 * wide)), tiles)


def _side(room: float, largest: float) -> float:
    """Return the side of a cell: halves of a unit, so that cells are equally wide on a screen."""
    return min(largest, max(1.0, math.floor(2 * room)) / 2)


def _block_means(matrix: Floats, rows: int, columns: int) -> Floats:
    """Return the means of rows × columns blocks, which keep what is below and what is above 0.

    Of very large blocks, rows and columns at equal distances are looked at.
    """
    seen = matrix[:: _stride(matrix.shape[0], rows), :: _stride(matrix.shape[1], columns)]
    if seen.shape == (rows, columns):
        return seen
    tops, lefts = _starts(seen.shape[0], rows), _starts(seen.shape[1], columns)
    counts = np.diff(tops, append=seen.shape[0])[:, None] * np.diff(lefts, append=seen.shape[1])
    with np.errstate(all="ignore"):
        sums = np.add.reduceat(np.add.reduceat(seen, tops, axis=0), lefts, axis=1)
        if np.isfinite(sums).all():
            return sums / counts
        # The sum may be too large where its numbers are not.
        parts = np.add.reduceat(seen / _ENOUGH, tops, axis=0)
        return np.add.reduceat(parts, lefts, axis=1) / counts * _ENOUGH


def _stride(size: int, blocks: int) -> int:
    return max(1, size // (_LOOKED_AT * blocks))


def _starts(count: int, blocks: int) -> np.ndarray:
    return np.arange(blocks) * count // blocks


def _histogram_size(format_: Format) -> tuple[float, float]:
    return BINS * _bin_width(format_), format_.height * 3 / 4


def _bin_width(format_: Format) -> float:
    return math.floor(5 * format_.width / BINS) / 5


def _histogram(numbers: Floats, format_: Format) -> Picture:
    """Return how often numbers are how large; signs at the top stand for what is not finite.

    Of very long vectors, numbers at equal distances are counted.
    """
    (width, height), wide = _histogram_size(format_), _bin_width(format_)
    seen = numbers[:: max(1, len(numbers) // _MOST_BINNED)]
    finite = seen[np.isfinite(seen)]
    largest = _largest(finite)
    shares = finite / (largest or 1.0)
    counts = np.bincount(np.minimum((shares + 1) * BINS / 2, BINS - 1).astype(int), minlength=BINS)
    middles = np.arange(BINS) - BINS // 2
    codes = codes_of(middles.astype(np.float64), BINS // 2)
    codes[codes == ZERO] = AXIS
    heights = (height - 1 - _MARKER) * counts / max(1, counts.max())
    bars = [
        Grid(at * wide, height - 1 - high, (wide, high), 1, bytes([code]))
        for at, (high, code) in enumerate(zip(heights.tolist(), codes.tolist(), strict=True))
        if high > 0
    ]
    axis = Grid(0.0, height - 1, (width, 1.0), 1, bytes([AXIS]))
    grids = (axis, *bars, *_odd_ones(numbers, width))
    return Picture((width, height), grids, False, _scale(largest, seen))


def _odd_ones(numbers: Floats, width: float) -> list[Grid]:
    """Return a sign at the top for each kind of number that no bar can stand for."""
    with np.errstate(all="ignore"):
        if math.isfinite(numbers.sum()):
            return []
    places = (
        ((numbers == -np.inf).any(), 0.0, MINUS_INFINITY),
        (np.isnan(numbers).any(), (width - _MARKER) / 2, NAN),
        ((numbers == np.inf).any(), width - _MARKER, PLUS_INFINITY),
    )
    return [
        Grid(left, 0.0, (_MARKER, _MARKER), 1, bytes([code]))
        for found, left, code in places
        if found
    ]


def _largest(numbers: Floats) -> float:
    """Return the largest magnitude of the finite ones."""
    largest = float(np.abs(numbers).max(initial=0.0))
    if math.isfinite(largest):
        return largest
    return float(np.abs(numbers[np.isfinite(numbers)]).max(initial=0.0))


def _scale(largest: float, numbers: Floats) -> str:
    if largest == 0.0:
        return "all 0" if not np.any(numbers) else ""
    return f"±{_two_digits(largest)}"


def _two_digits(number: float) -> str:
    if 1e-3 <= number < 1e4:
        return f"{number:.2g}" if number < 99.5 else f"{number:.0f}"
    mantissa, exponent = f"{number:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")
