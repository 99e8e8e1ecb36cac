"""The nodes of a drawing as boxes in the way of its wires, found among those that stand near."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, final

import numpy as np

from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Flags, Floats, Parts
from chainrule.diagram.reach import reaches

_CLEARANCE = 1.0
_BERTH = 8.0
_MOST_IN_THE_WAY = 96
_FEW_PAIRS = 20_000
_FARTHEST, _FARTHEST_OF_FEW = 400.0, 160.0
# Pairs of a way and a box whose points are looked at together: they stay in the processor's cache.
_TOGETHER = 2048

Area: TypeAlias = tuple[Floats, ...]
"""The left, top, right and bottom of n rectangles, each (n,)."""

Pairs: TypeAlias = tuple[Indices, Indices]
"""Rows of ways and of boxes that belong together."""


def are_few(parts: Parts) -> bool:
    """Say whether a drawing is small, so that there is time to seek a way for each of its wires."""
    return len(parts.wires) * len(parts.ids) <= _FEW_PAIRS


def farthest_swing(parts: Parts) -> float:
    """Return how far above or below its usual way a wire is led around the nodes of a drawing.

    In a small one it is less: more wires are led around nodes there, and each move of a node leads
    all of them anew that could pass it.
    """
    return _FARTHEST_OF_FEW if are_few(parts) else _FARTHEST


@final
class Obstacles:
    """The nodes of a drawing as boxes, around which wires are led; each wire ignores its own.

    They are taken with all that is written at them, or as their `bodies` alone. Up to `most` in the
    way of a wire are looked at, up to `swing` above and below it.
    """

    def __init__(self, parts: Parts, centers: Floats, *, bodies: bool = False) -> None:
        reach = np.tile(parts.half, 2) if bodies else reaches(parts)
        boxes: Floats = np.concatenate((centers - reach[:, :2], centers + reach[:, 2:]), axis=1)
        self._ends = parts.ends
        self.are_few: bool = are_few(parts)
        self.most: int = len(boxes) if self.are_few else _MOST_IN_THE_WAY
        self.swing: float = farthest_swing(parts)
        # By their left sides, so that those beside an area stand in a row.
        self._nodes: Indices = np.argsort(boxes[:, 0])
        self._boxes: tuple[Floats, ...] = (*boxes[self._nodes].T.copy(),)
        self._widest = float((boxes[:, 2] - boxes[:, 0]).max(initial=0.0))

    def touched(self, points: Floats, rows: Indices) -> Floats:
        """Return how much of each of the wires `rows` runs over nodes, for points (n, t, 2).

        That is how many of the pieces between two points meet how many nodes; in a large drawing,
        to save time, how many of the points are in nodes. A way with too many nodes near it, around
        which nothing leads, counts as free.
        """
        x, y = _columns(points)
        (wires, boxes), _ = self.in_the_way(_area_of(x, y, _CLEARANCE), rows, self.most)
        touched = np.zeros(len(rows))
        for ways, _, inside in self._inside(x, y, (wires, boxes), _CLEARANCE):
            touched += np.bincount(ways, np.count_nonzero(inside, axis=1), len(rows))
        return touched

    def in_the_way(self, area: Area, rows: Indices, most: int) -> tuple[Pairs, Flags]:
        """Return all pairs of an area and a box in it but at the ends of the wires `rows`.

        A wire with more than `most` boxes in its area has none; the flags say which are others.
        """
        wires, boxes = self.beside(area)
        nodes, own = self._nodes[boxes], self._ends[rows]
        others = (nodes != own[wires, 0]) & (nodes != own[wires, 1])
        wires, boxes = wires[others], boxes[others]
        few = np.bincount(wires, minlength=len(rows)) <= most
        kept = few[wires]
        return (wires[kept], boxes[kept]), few

    def sides(self, boxes: Indices) -> Area:
        """Return the left, top, right and bottom of boxes."""
        left, top, right, bottom = self._boxes
        return left[boxes], top[boxes], right[boxes], bottom[boxes]

    def levels(self, points: Floats) -> Floats:
        """Return the free levels below and above what points (n, t, 2) run over, (n, 2).

        They are nan for those that run over nothing; one that is too far away may be any such.
        """
        x, y = _columns(points)
        area = _area_of(x, y, 0.0)
        levels = np.full((len(x), 2), np.nan)
        over = [*self._run_over(x, y, area)]
        if not over:
            return levels
        ways, boxes = (np.concatenate(each) for each in zip(*over, strict=True))
        left, top, right, bottom = self._around(len(x), ways, boxes)
        _, low, _, high = area
        low, high = low - self.swing, high + self.swing
        rows = np.unique(ways)
        which, beside = self.beside((left[rows], low[rows], right[rows], high[rows]))
        tops, bottoms = self._boxes[1][beside], self._boxes[3][beside]
        levels[rows, 0] = _free_levels(bottom[rows], high[rows], which, tops, bottoms)
        levels[rows, 1] = -_free_levels(-top[rows], -low[rows], which, -bottoms, -tops)
        return levels

    def beside(self, area: Area) -> Pairs:
        """Return all pairs of an area and a box that touches it."""
        left, top, right, bottom = area
        lefts, tops, rights, bottoms = self._boxes
        first = np.searchsorted(lefts, left - self._widest)
        counts = np.searchsorted(lefts, right) - first
        which = np.repeat(np.arange(len(left)), counts)
        begin = np.cumsum(counts) - counts
        boxes = np.arange(len(which)) + (first - begin)[which]
        near = (tops[boxes] < bottom[which]) & (bottoms[boxes] > top[which])
        which, boxes = which[near], boxes[near]
        near = rights[boxes] > left[which]
        return which[near], boxes[near]

    def _run_over(self, x: Floats, y: Floats, area: Area) -> Iterator[Pairs]:
        """Yield the pairs of a way and a box over which it runs."""
        for ways, boxes, inside in self._inside(x, y, self.beside(area), 0.0):
            runs = np.logical_or.reduce(inside, axis=1)
            yield ways[runs], boxes[runs]

    def _inside(
        self, x: Floats, y: Floats, pairs: Pairs, margin: float
    ) -> Iterator[tuple[Indices, Indices, Flags]]:
        """Yield some of the pairs after another, and which pieces of the way meet the box.

        In a large drawing the pieces are points.
        """
        left, top, right, bottom = self._boxes
        (x_low, x_high), (y_low, y_high) = (x, x), (y, y)
        if self.are_few:
            (x_low, x_high), (y_low, y_high) = _extents(x), _extents(y)
        for begin in range(0, len(pairs[0]), _TOGETHER):
            ways, boxes = (each[begin : begin + _TOGETHER] for each in pairs)
            sides = left[boxes] - margin, top[boxes] - margin
            sides += right[boxes] + margin, bottom[boxes] + margin
            # What the rectangle around a piece does not meet, the piece does not meet.
            inside = x_high[ways] > sides[0][:, None]
            inside &= x_low[ways] < sides[2][:, None]
            inside &= y_high[ways] > sides[1][:, None]
            inside &= y_low[ways] < sides[3][:, None]
            if self.are_few:
                near, piece = np.nonzero(inside)
                around = (*(side[near] for side in sides),)
                inside[near, piece] = _meet(x, y, (ways[near], piece), around)
            yield ways, boxes, inside

    def _around(self, count: int, ways: Indices, boxes: Indices) -> Area:
        """Return the areas around all boxes of each of `count` ways."""
        low, high = np.full((2, count), np.inf), np.full((2, count), -np.inf)
        for axis in range(2):
            np.minimum.at(low[axis], ways, self._boxes[axis][boxes])
            np.maximum.at(high[axis], ways, self._boxes[axis + 2][boxes])
        return *low, *high


def _columns(points: Floats) -> tuple[Floats, Floats]:
    """Return the x and the y of points (n, t, 2), each (n, t) in a row."""
    return np.ascontiguousarray(points[:, :, 0]), np.ascontiguousarray(points[:, :, 1])


def _extents(values: Floats) -> tuple[Floats, Floats]:
    """Return the lower and the higher of each two numbers in a row (n, t), each (n, t - 1)."""
    return np.minimum(values[:, :-1], values[:, 1:]), np.maximum(values[:, :-1], values[:, 1:])


def _meet(x: Floats, y: Floats, pieces: Pairs, sides: Area) -> Flags:
    """Return which pieces of ways meet the box each that the rectangles around them meet.

    A piece passes by where all corners of the box are on one side of it.
    """
    left, top, right, bottom = sides
    ways, places = pieces
    start_x, start_y = x[ways, places], y[ways, places]
    along_x, along_y = x[ways, places + 1] - start_x, y[ways, places + 1] - start_y
    away = along_x * ((top + bottom) / 2 - start_y) - along_y * ((left + right) / 2 - start_x)
    seen = (np.abs(along_x) * (bottom - top) + np.abs(along_y) * (right - left)) / 2
    return np.abs(away) <= seen


def _area_of(x: Floats, y: Floats, margin: float) -> Area:
    """Return the areas that ways take, and a margin around."""
    low, high = (x.min(axis=1), y.min(axis=1)), (x.max(axis=1), y.max(axis=1))
    return *(each - margin for each in low), *(each + margin for each in high)


def _free_levels(
    levels: Floats, farthest: Floats, which: Indices, tops: Floats, bottoms: Floats
) -> Floats:
    """Return the first levels from `levels` (n,) downwards on which nothing stands.

    For each row in `which` something stands from a top to a bottom. Beyond `farthest` nobody asks.
    """
    free = levels + _BERTH
    while True:
        here = free[which]
        there = (tops < here) & (bottoms > here) & (here < farthest[which])
        if not there.any():
            return free
        blocked = np.full(len(free), -np.inf)
        np.maximum.at(blocked, which[there], bottoms[there])
        free = np.where(np.isfinite(blocked), blocked + _BERTH, free)
