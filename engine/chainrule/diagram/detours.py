"""The shortest ways around nodes, with right angles and never back to the left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.obstacles import Area, Obstacles
from chainrule.diagram.parts import Flags
from chainrule.diagram.turns import Turns, turns_in_order

_TURN_COST: Final = 60.0
"""How much longer a way may be that saves a turn up or down."""

_CLOSE: Final = 1.0
_BERTHS: Final = ((8.0, 4.0), (2.0, _CLOSE))
"""How far from nodes wires run where there is room, and how near they may come."""

# Costs are far below what can't be reached, and that far below what tells one run from another.
_NEVER, _APART, _SLACK = 1e7, 1e9, 1e-3
# Numbers in the tables of those ways that are sought together.
_TOGETHER = 3_000_000
# A way among many nodes takes long to find; where so many are near, none looks calm.
_FEW_NODES = 48


@final
@dataclass(frozen=True, slots=True, eq=False)
class Detours:
    """The ways of n wires around nodes: where they turn, and which have one at all, (n,)."""

    turns: Turns
    found: Flags


def detours(obstacles: Obstacles, starts: Floats, ends: Floats, rows: Indices) -> Detours:
    """Return ways from `starts` (n, 2) to `ends` (n, 2) for the wires `rows`, to the right.

    A way is the best of those that turn beside nodes: it has the least length, with a surcharge
    for each turn. It is sought with a berth from all nodes first, and then close to them.
    """
    found = np.zeros(len(rows), np.bool_)
    turns: list[Turns] = []
    for berth, clearance in _BERTHS:
        left = np.flatnonzero(~found & (ends[:, 0] > starts[:, 0]))
        if len(left) == 0:
            break
        for some, grid in _grids(obstacles, starts, ends, rows, left, berth):
            new, reached = _Search(grid, clearance).ways()
            turns.append(Turns(some[new.owners], new.at, new.level))
            found[some[reached]] = True
    return Detours(turns_in_order(turns), found)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """The lines between nodes on which w ways may run, from left to right and from top to bottom.

    `x` (w, m) are where a way may turn but at its ends, `y` (w, n) the levels; `boxes` are the
    sides (w, k) of what stands in the way; `first` and `last` (w,) are the levels of the ends.
    """

    x: Floats
    y: Floats
    boxes: Area
    first: Floats
    last: Floats


def _grids(
    obstacles: Obstacles,
    starts: Floats,
    ends: Floats,
    rows: Indices,
    which: Indices,
    berth: float,
) -> Iterator[tuple[Indices, _Grid]]:
    """Yield grids for the wires `which`, those with about as many nodes around them together."""
    begin, end = starts[which], ends[which]
    low = np.minimum(begin[:, 1], end[:, 1]) - obstacles.swing
    high = np.maximum(begin[:, 1], end[:, 1]) + obstacles.swing
    area = (begin[:, 0], low, end[:, 0], high)
    (ways, boxes), few = obstacles.in_the_way(area, rows[which], _FEW_NODES)
    counts = np.bincount(ways, minlength=len(which))
    sizes = np.ceil(np.log2(np.maximum(counts, 16))).astype(np.intp)
    firsts = np.cumsum(counts) - counts
    order = np.argsort(ways, kind="stable")
    for size in np.unique(sizes[few]).tolist():
        alike = np.flatnonzero((sizes == size) & few)
        wide = int(counts[alike].max())
        step = max(1, _TOGETHER // (12 * (wide + 2) ** 2))
        for first in range(0, len(alike), step):
            some = alike[first : first + step]
            places = firsts[some, None] + np.arange(wide)
            here = np.arange(wide) < counts[some, None]
            chosen = boxes[order[np.where(here, places, 0)]] if len(boxes) else places
            sides = _padded(obstacles, chosen, here)
            lines = _lines(sides, here, begin[some], end[some], (low[some], high[some]), berth)
            yield which[some], _Grid(*lines, sides, begin[some, 1], end[some, 1])


def _padded(obstacles: Obstacles, chosen: Indices, here: Flags) -> Area:
    """Return the sides of boxes; those that are not `here` are nowhere."""
    if not here.any():
        return (np.full(here.shape, np.nan),) * 4
    return tuple(np.where(here, side, np.nan) for side in obstacles.sides(chosen))


def _lines(
    sides: Area,
    here: Flags,
    begin: Floats,
    end: Floats,
    region: tuple[Floats, Floats],
    berth: float,
) -> tuple[Floats, Floats]:
    """Return the lines of a grid: those at a berth from the sides of boxes, and those at ends."""
    left, top, right, bottom = sides
    out = np.minimum(berth, (end[:, 0] - begin[:, 0]) / 2)
    after, before = (begin[:, 0] + out)[:, None], (end[:, 0] - out)[:, None]
    across = np.concatenate((left - berth, right + berth), axis=1)
    both = np.tile(here, 2)
    across = np.clip(np.where(both, across, before), after, before)
    x = np.sort(np.concatenate((after, across, before), axis=1), axis=1)
    down = np.concatenate((top - berth, bottom + berth), axis=1)
    down = np.where(both, down, begin[:, 1:])
    down = np.clip(down, region[0][:, None], region[1][:, None])
    y = np.sort(np.concatenate((begin[:, 1:], end[:, 1:], down), axis=1), axis=1)
    return np.concatenate((begin[:, :1], x, end[:, :1]), axis=1), y


@final
class _Search:
    """Finds the best ways on a grid, for all wires at once, from one line of it to the next."""

    def __init__(self, grid: _Grid, clearance: float) -> None:
        self._grid = grid
        left, top, right, bottom = (side[:, None] for side in grid.boxes)
        x, y = grid.x[:, :, None], grid.y[:, :, None]
        # On the levels of its ends a wire passes closer by rather than step aside a little.
        is_end = (y == grid.first[:, None, None]) | (y == grid.last[:, None, None])
        near = np.where(is_end, _CLOSE, clearance)
        # What is nowhere (nan) compares as False, and so is in nobody's way.
        on_level = _numbers((top - near < y) & (bottom + near > y))
        left, top = left - clearance, top - clearance
        right, bottom = right + clearance, bottom + clearance
        beside = _numbers((left < x[:, 1:]) & (right > x[:, :-1]))
        self._along_shut = _by_lines(_shared(on_level, beside))
        on_line = _numbers((left < x) & (right > x))
        between = _numbers((top < y[:, 1:]) & (bottom > y[:, :-1]))
        self._keys = _both_ways(grid.y, _by_lines(_shared(between, on_line)))

    def ways(self) -> tuple[Turns, Indices]:
        """Return where ways turn, each by its place in the grid, and which there are."""
        y = self._grid.y
        ways, steps = np.arange(len(y)), self._grid.x.shape[1]
        costs: Floats = np.full(y.shape, _NEVER)
        costs[ways, _nearest(y, self._grid.first)] = 0.0
        came: list[Indices] = []
        for step in range(steps - 1):
            if step > 0:
                costs, before = self._turned(costs, step)
                came.append(before)
            costs[self._along_shut[step]] = _NEVER
        level = _nearest(y, self._grid.last)
        reached = np.flatnonzero(costs[ways, level] < _NEVER / 2)
        return self._traced(came, level[reached], reached), reached

    def _turned(self, costs: Floats, step: int) -> tuple[Floats, Indices]:
        """Return the costs after a turn, or none, on a line, and from which level one came."""
        count, keys = int(costs.shape[1]), self._keys[step]
        levels = np.arange(count)
        reached = keys + np.stack((costs, costs[:, ::-1]))
        least: Floats = np.minimum.accumulate(reached, axis=2)
        which: Indices = np.maximum.accumulate(np.where(reached == least, levels, 0), axis=2)
        least += _TURN_COST - keys
        turned: Floats = costs.copy()
        came: Indices = np.broadcast_to(levels, costs.shape).copy()
        down, up = least[0], least[1, :, ::-1]
        for other, source in ((down, which[0]), (up, count - 1 - which[1, :, ::-1])):
            better = other < turned - _SLACK
            np.copyto(turned, other, where=better)
            np.copyto(came, source, where=better)
        return turned, came

    def _traced(self, came: list[Indices], level: Indices, reached: Indices) -> Turns:
        """Return the turns of the ways that are `reached`, found backwards from their ends."""
        levels: list[Indices] = [level]
        for before in reversed(came):
            levels.append(before[reached, levels[-1]])
        on = np.stack(levels[::-1], axis=1)
        which, step = np.nonzero(np.diff(on, axis=1))
        rows = reached[which]
        return Turns(rows, self._grid.x[rows, step + 1], self._grid.y[rows, on[which, step + 1]])


def _both_ways(y: Floats, shut: Flags) -> Floats:
    """Return what costs are to be raised by to compare them along each line, (m, 2, w, n).

    Of the two, the first are for what comes down, from lower levels; the second, in the opposite
    order, for what comes up. `shut` (m, w, n - 1) says between which levels something stands: the
    numbers fall by _APART from one such run of levels to the next, so that the least one so far is
    of the same run.
    """
    runs = np.zeros((len(shut), *y.shape))
    np.cumsum(shut, axis=2, out=runs[:, :, 1:])
    runs *= _APART
    return np.stack((-y - runs, (y + runs)[:, :, ::-1]), axis=1)


def _nearest(levels: Floats, wanted: Floats) -> Indices:
    return np.argmin(np.abs(levels - wanted[:, None]), axis=1)


def _numbers(flags: Flags) -> np.ndarray:
    return flags.astype(np.float32)


def _by_lines(table: Flags) -> Flags:
    """Return a table (w, n, m) as (m, w, n), that of each line in a row."""
    return np.ascontiguousarray(np.moveaxis(table, 2, 0))


def _shared(one: np.ndarray, other: np.ndarray) -> Flags:
    """Return for arrays (w, n, k) and (w, m, k) whether any of k is in both, (w, n, m)."""
    return np.matmul(one, other.swapaxes(1, 2)) > 0.5
