"""Ways for wires around the nodes that stand between their ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias, final

import numpy as np

from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Floats, Parts
from chainrule.diagram.reach import reaches

_TURN = 64.0
_LATE = 0.92
_CLEARANCE = 1.0
_BERTH = 8.0
_EARLY = 0.15
_T = np.linspace(0.0, 1.0, 25)
_WEIGHTS = np.stack(((1 - _T) ** 3, 3 * (1 - _T) ** 2 * _T, 3 * (1 - _T) * _T**2, _T**3))
_MOST_IN_THE_WAY = 96

MOST_PAIRS = 8_000_000
"""Drawings with more pairs of a wire and a node are left alone."""

FARTHEST_SWING = 400.0
"""How far above or below its usual way a wire is led around nodes."""

Sampler: TypeAlias = Callable[[Floats, Floats], Floats]
"""From ways (n, 4, 2) and the ports that they lead to (n, 2): points along them, (n, t, 2)."""


@final
class Obstacles:
    """The nodes of a drawing as boxes, around which wires are led; each wire ignores its own."""

    def __init__(self, parts: Parts, centers: Floats) -> None:
        reach = reaches(parts)
        self.boxes: Floats = np.concatenate(
            (centers - reach[:, :2], centers + reach[:, 2:]), axis=1
        )
        self.ends = parts.ends

    def touched(self, points: Floats, rows: Indices) -> Floats:
        """Return how much of each of the wires `rows` runs over nodes, for points along them.

        One with too many nodes in its way, around which nothing leads, counts as free.
        """
        low = points.min(axis=1) - _CLEARANCE
        high = points.max(axis=1) + _CLEARANCE
        near = (low[:, None] < self.boxes[:, 2:]).all(axis=2)
        near &= (high[:, None] > self.boxes[:, :2]).all(axis=2)
        each = np.arange(len(rows))
        near[each, self.ends[rows, 0]] = near[each, self.ends[rows, 1]] = False
        near[near.sum(axis=1) > _MOST_IN_THE_WAY] = False
        wires, nodes = np.nonzero(near)
        along, boxes = points[wires], self.boxes[nodes, None]
        inside = (along > boxes[..., :2] - _CLEARANCE) & (along < boxes[..., 2:] + _CLEARANCE)
        return np.bincount(wires, inside.all(axis=2).sum(axis=1), len(rows)).astype(np.float64)

    def beyond(self, points: Floats) -> tuple[float, float] | None:
        """Return the free levels below and above what points (t, 2) run over, None for nothing."""
        there = points[:, None]
        over = ((there > self.boxes[:, :2]) & (there < self.boxes[:, 2:])).all(axis=2).any(axis=0)
        if not over.any():
            return None
        boxes = self.boxes
        left, right = boxes[over, 0].min(), boxes[over, 2].max()
        beside = boxes[(boxes[:, 0] < right) & (boxes[:, 2] > left)]
        below = _free_level(beside[:, 1], beside[:, 3], boxes[over, 3].max())
        above = -_free_level(-beside[:, 3], -beside[:, 1], -boxes[over, 1].min())
        return below, above


def is_routed(parts: Parts) -> bool:
    """Say whether the wires of a drawing are led around nodes: in large ones they are not."""
    return len(parts.wires) * len(parts.ids) <= MOST_PAIRS


def routed_curves(obstacles: Obstacles, curves: Floats, tips: Floats, rows: Indices) -> Floats:
    """Return curves (n, 4, 2) of the wires `rows`, of which those over a node are bent otherwise.

    A wire bends over all of its way; where that leads over a node it bends at once and then runs
    straight to its port, or it bends late, whichever touches fewer. Where all do it swings above or
    below what stands there.
    """
    far = np.flatnonzero(curves[:, 3, 0] - curves[:, 0, 0] > 1.5 * _TURN)
    routed = curves.copy()
    if len(far):
        others = (_early, _late)
        routed[far] = _led_around(
            obstacles, curves[far], others, _swung, along_curves, tips[far], rows[far]
        )
    return routed


def routed_lines(
    obstacles: Obstacles,
    lines: Floats,
    others: Sequence[Callable[[Floats], Floats]],
    sample: Sampler,
    tips: Floats,
    rows: Indices,
) -> Floats:
    """Return lines of four corners (n, 4, 2), of which those that run over a node run otherwise.

    `others` make lines that run otherwise of the usual ones.
    """
    far = np.flatnonzero(lines[:, 3, 0] - lines[:, 0, 0] > 1.5 * _TURN)
    routed = lines.copy()
    if len(far):
        routed[far] = _led_around(
            obstacles, lines[far], others, _stepped, sample, tips[far], rows[far]
        )
    return routed


def _led_around(
    obstacles: Obstacles,
    ways: Floats,
    others: Sequence[Callable[[Floats], Floats]],
    swing: Callable[[Floats, float], Floats],
    sample: Sampler,
    tips: Floats,
    rows: Indices,
) -> Floats:
    """Return for each way (n, 4, 2) the one of all that touches least; the usual one if equal."""
    touched = obstacles.touched(sample(ways, tips), rows)
    chosen = ways.copy()
    hit = np.flatnonzero(touched)
    for other in others:
        if len(hit) == 0:
            return chosen
        tried = other(ways[hit])
        touches = obstacles.touched(sample(tried, tips[hit]), rows[hit])
        better = hit[touches < touched[hit]]
        chosen[better] = tried[touches < touched[hit]]
        touched[better] = touches[touches < touched[hit]]
        hit = hit[touched[hit] > 0]
    for each in hit.tolist():
        one = slice(each, each + 1)
        for swung in _swings(obstacles, ways[each], tips[each], swing, sample):
            touches = obstacles.touched(sample(swung[None], tips[one]), rows[one])[0]
            if touches < touched[each]:
                touched[each], chosen[each] = touches, swung
    return chosen


def _swings(
    obstacles: Obstacles,
    way: Floats,
    tip: Floats,
    swing: Callable[[Floats, float], Floats],
    sample: Sampler,
) -> Iterator[Floats]:
    points = sample(way[None], tip[None])[0, : -len(_T)]
    for level in obstacles.beyond(points) or ():
        low, high = points[:, 1].min() - FARTHEST_SWING, points[:, 1].max() + FARTHEST_SWING
        if low < level < high:
            yield swing(way, level)


def _swung(curve: Floats, level: float) -> Floats:
    """Return a curve that passes a level in its middle."""
    start, end = curve[0], curve[3]
    swung = curve.copy()
    swung[1, 0], swung[2, 0] = start[0] + (end[0] - start[0]) * np.array((_EARLY, 1 - _EARLY))
    # In its middle a curve has gone three quarters of the way to its control points.
    swung[1:3, 1] = (level - (start[1] + end[1]) / 8) * 4 / 3
    return swung


def _stepped(line: Floats, level: float) -> Floats:
    """Return a line that goes to a level soon and leaves it late."""
    stepped = line.copy()
    room = min(_TURN, (line[3, 0] - line[0, 0]) / 3)
    stepped[1], stepped[2] = (line[0, 0] + room, level), (line[3, 0] - room, level)
    return stepped


def _early(curves: Floats) -> Floats:
    early = curves.copy()
    early[:, 3, 0] = curves[:, 0, 0] + _TURN
    early[:, 1, 0] = early[:, 2, 0] = curves[:, 0, 0] + _TURN / 2
    return early


def _late(curves: Floats) -> Floats:
    late = curves.copy()
    start, end = curves[:, 0, 0], curves[:, 3, 0]
    late[:, 1, 0] = late[:, 2, 0] = start + _LATE * (end - start)
    return late


def along_curves(curves: Floats, tips: Floats) -> Floats:
    """Return points along curves and the straight pieces behind them."""
    along = np.einsum("tk,nkd->ntd", _WEIGHTS.T, curves)
    return np.concatenate((along, _between(curves[:, 3], tips)), axis=1)


def along_lines(lines: Floats, tips: Floats) -> Floats:
    """Return points along lines with corners (n, v, 2) and the straight pieces behind them."""
    corners = (*np.moveaxis(lines, 1, 0), tips)
    return np.concatenate([_between(*pair) for pair in pairwise(corners)], axis=1)


def _between(starts: Floats, ends: Floats) -> Floats:
    return starts[:, None] + (ends - starts)[:, None] * _T[None, :, None]


def _free_level(tops: Floats, bottoms: Floats, level: float) -> float:
    """Return the first level from `level` downwards on which nothing stands."""
    while True:
        level += _BERTH
        there = bottoms[(tops < level) & (bottoms > level)]
        if len(there) == 0:
            return level
        level = float(there.max())
