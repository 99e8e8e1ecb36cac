"""Ways for wires around the nodes that stand between their ends."""

from __future__ import annotations

from collections.abc import Iterator

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

MOST_PAIRS = 10_000
"""Up to so many (wire, node) pairs are looked at: it takes a millisecond or two."""


def route(parts: Parts, centers: Floats, curves: Floats, port_ends: Floats) -> Floats:
    """Return `curves` (m, 4, 2), of which those that run over a node are bent otherwise.

    A wire bends over all of its way; where that leads over a node it bends at once and then runs
    straight to its port, or it bends late, whichever touches fewer. Where all do it swings above or
    below what stands there. Large drawings are left alone.
    """
    far = np.flatnonzero(curves[:, 3, 0] - curves[:, 0, 0] > 1.5 * _TURN)
    if len(far) == 0 or len(far) * len(centers) > MOST_PAIRS:
        return curves
    reach = reaches(parts)
    boxes = np.concatenate((centers - reach[:, :2], centers + reach[:, 2:]), axis=1)
    ends, tips = parts.ends[far], port_ends[far]
    ways = np.stack((curves[far], _early(curves[far]), _late(curves[far])))
    touched = np.stack([_touched(way, tips, boxes, ends) for way in ways])
    routed = curves.copy()
    routed[far] = ways[touched.argmin(axis=0), np.arange(len(far))]
    for row in np.flatnonzero(touched.min(axis=0)).tolist():
        least, tip, end = touched[:, row].min(), tips[row : row + 1], ends[row : row + 1]
        for swung in _swung(curves[far[row]], boxes):
            touches = _touched(swung[None], tip, boxes, end)[0]
            if touches < least:
                least, routed[far[row]] = touches, swung
    return routed


def _swung(curve: Floats, boxes: Floats) -> Iterator[Floats]:
    """Yield a curve that passes below, and one that passes above, what a curve runs over."""
    points = (_WEIGHTS.T @ curve)[:, None]
    over = ((points > boxes[:, :2]) & (points < boxes[:, 2:])).all(axis=2).any(axis=0)
    if not over.any():
        return
    start, end = curve[0], curve[3]
    left, right = boxes[over, 0].min(), boxes[over, 2].max()
    beside = boxes[(boxes[:, 0] < right) & (boxes[:, 2] > left)]
    below = _free_level(beside[:, 1], beside[:, 3], boxes[over, 3].max())
    above = -_free_level(-beside[:, 3], -beside[:, 1], -boxes[over, 1].min())
    for beyond in (below, above):
        swung = curve.copy()
        swung[1, 0], swung[2, 0] = start[0] + (end[0] - start[0]) * np.array((_EARLY, 1 - _EARLY))
        # In its middle a curve has gone three quarters of the way to its control points.
        swung[1:3, 1] = (beyond - (start[1] + end[1]) / 8) * 4 / 3
        yield swung


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


def _touched(curves: Floats, tips: Floats, boxes: Floats, ends: Indices) -> Floats:
    """Return how much of each wire runs over nodes that are not its own, an array (m,)."""
    along = np.einsum("tk,mkd->mtd", _WEIGHTS.T, curves)
    straight = curves[:, 3, None] + (tips - curves[:, 3])[:, None] * _T[None, :, None]
    points = np.concatenate((along, straight), axis=1)[:, :, None]
    inside = (points > boxes[:, :2] - _CLEARANCE) & (points < boxes[:, 2:] + _CLEARANCE)
    over = inside.all(axis=3).sum(axis=1).astype(np.float64)
    rows = np.arange(len(curves))
    over[rows, ends[:, 0]] = over[rows, ends[:, 1]] = 0.0
    return over.sum(axis=1)


def _free_level(tops: Floats, bottoms: Floats, level: float) -> float:
    """Return the first level from `level` downwards on which nothing stands."""
    while True:
        level += _BERTH
        there = bottoms[(tops < level) & (bottoms > level)]
        if len(there) == 0:
            return level
        level = float(there.max())
