"""Lines of equal height over a grid, by marching squares (Lorensen & Cline 1987, in the plane)."""

from __future__ import annotations

import numpy as np

from chainrule.arrays import Floats
from chainrule.autodiff.planning.plan import Flags
from chainrule.training.splitting import Indices

# The two corners of each edge of a cell, as (down, across): bottom, right, top, left.
_EDGES = (((0, 0), (0, 1)), ((0, 1), (1, 1)), ((1, 0), (1, 1)), ((0, 0), (1, 0)))


def contour(xs: Floats, ys: Floats, heights: Floats, level: float) -> Floats:
    """Return the line at which `heights` (rows, columns) cross `level`, as pieces (n, 4).

    A piece is x1, y1, x2, y2, straight within one cell of the grid. Cells at a corner of which the
    height is not finite have none.
    """
    above = heights > level
    crossed: list[Flags] = []
    points: list[Floats] = []
    for first, second in _EDGES:
        crossed.append(above[_at(above, first)] != above[_at(above, second)])
        points.append(_between(xs, ys, heights, level, first, second))
    sound = np.isfinite(heights)
    corners = ((0, 0), (0, 1), (1, 0), (1, 1))
    whole: Flags = np.logical_and.reduce([sound[_at(sound, each)] for each in corners])
    crosses: Flags = np.stack(crossed) & whole
    places: Floats = np.stack(points)
    count: Indices = np.count_nonzero(crosses, axis=0)
    return np.concatenate((_single(crosses, places, count == 2), _saddles(places, count == 4)))


def levels_of(heights: Floats, count: int) -> Floats:
    """Return levels for a landscape: closer together where it is low, as valleys want it."""
    finite = heights[np.isfinite(heights)]
    if finite.size == 0 or finite.min() == finite.max():
        return np.empty(0)
    low, high = float(finite.min()), float(finite.max())
    return low + (high - low) * np.linspace(0, 1, count + 2)[1:-1] ** 2


def _single(crosses: Flags, places: Floats, cells: Flags) -> Floats:
    """Return the pieces of cells that the line enters and leaves once."""
    where = crosses[:, cells]
    order: Indices = np.argsort(~where, axis=0, kind="stable")[:2]
    chosen = places[:, cells]
    columns: Indices = np.arange(int(where.shape[1]))
    return np.concatenate((chosen[order[0], columns], chosen[order[1], columns]), axis=1)


def _saddles(places: Floats, cells: Flags) -> Floats:
    """Return two pieces for each cell that the line enters and leaves twice."""
    chosen = places[:, cells]
    pairs = ((0, 3), (1, 2))
    return np.concatenate([np.concatenate((chosen[a], chosen[b]), axis=1) for a, b in pairs])


def _at(grid: Floats | Flags, corner: tuple[int, int]) -> tuple[slice, slice]:
    """Return the part of a grid that has one corner of each cell."""
    down, across = corner
    rows, columns = grid.shape
    return slice(down, rows - 1 + down), slice(across, columns - 1 + across)


def _between(
    xs: Floats,
    ys: Floats,
    heights: Floats,
    level: float,
    first: tuple[int, int],
    second: tuple[int, int],
) -> Floats:
    """Return where on an edge of each cell the level is reached, were the height linear on it."""
    one, other = heights[_at(heights, first)], heights[_at(heights, second)]
    with np.errstate(all="ignore"):
        share = np.clip((level - one) / (other - one), 0, 1)
    across, down = np.meshgrid(xs, ys)
    x = across[_at(across, first)] + share * (
        across[_at(across, second)] - across[_at(across, first)]
    )
    y = down[_at(down, first)] + share * (down[_at(down, second)] - down[_at(down, first)])
    return np.stack((x, y), axis=-1)
