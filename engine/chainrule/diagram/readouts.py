"""Where the read-outs of pinned nodes stand: beside the node, where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.boxes import Rect
from chainrule.diagram.geometry import Geometry
from chainrule.diagram.memory import kept_with_arguments
from chainrule.diagram.parts import Parts
from chainrule.diagram.reach import reaches
from chainrule.diagram.readings import READOUT_GAP

ReadoutBoxes: TypeAlias = Mapping[int, Rect]

# A node under a read-out is worse than a wire.
_NODE_COST, _WIRE_COST = 20.0, 1.0
_SHARES = np.linspace(0.0, 1.0, 17)
_AWAY = (0.0, 16.0, 36.0, 64.0, 100.0, 150.0)


@kept_with_arguments
def readout_boxes(parts: Parts, geometry: Geometry) -> ReadoutBoxes:
    """Return where the read-out of each pinned node stands, by its row.

    It stands below its node, or else above, at its left or at its right, near if it can and further
    away if it must: where it covers no node, no other read-out and no wire.
    """
    if not parts.readouts:
        return {}
    reach, centers = reaches(parts), geometry.centers
    taken: Floats = np.concatenate((centers - reach[:, :2], centers + reach[:, 2:]), axis=1)
    found: dict[int, Rect] = {}
    for row, size in parts.readouts.items():
        spots = _spots(centers[row].tolist(), reach[row].tolist(), size)
        found[row] = _best(spots, np.delete(taken, row, axis=0), geometry)
        taken = np.concatenate((taken, [found[row]]))
    return found


def _spots(center: list[float], reach: list[float], size: tuple[float, float]) -> Iterator[Rect]:
    """Yield places for a read-out, the best first: nearer ones, and below before above."""
    (x, y), (left, up, right, down), (width, height) = center, reach, size
    for away in _AWAY:
        below, above = y + down + READOUT_GAP + away, y - up - READOUT_GAP - away - height
        before, behind = x - left - READOUT_GAP - away - width, x + right + READOUT_GAP + away
        for top in (below, above):
            for middle in (x, x - width / 2, x + width / 2):
                yield Rect(middle - width / 2, top, middle + width / 2, top + height)
        for start in (before, behind):
            yield Rect(start, y - height / 2, start + width, y + height / 2)


def _best(spots: Iterator[Rect], taken: Floats, geometry: Geometry) -> Rect:
    """Return the first spot that covers nothing, else the one that covers least."""
    best, least = Rect(0.0, 0.0, 0.0, 0.0), np.inf
    for spot in spots:
        cost = _cost(spot, taken, geometry)
        if cost == 0.0:
            return spot
        if cost < least:
            best, least = spot, cost
    return best


def _cost(spot: Rect, taken: Floats, geometry: Geometry) -> float:
    """Return how much a read-out would cover at a spot."""
    nodes = (taken[:, 0] < spot.right) & (taken[:, 2] > spot.left)
    nodes &= (taken[:, 1] < spot.bottom) & (taken[:, 3] > spot.top)
    return _NODE_COST * int(nodes.sum()) + _WIRE_COST * _wires_through(spot, geometry)


def _wires_through(spot: Rect, geometry: Geometry) -> int:
    """Return how many pieces of wires run through a rectangle."""
    curves = geometry.ways.curves
    low, high = curves.min(axis=1), curves.max(axis=1)
    near = (low < (spot.right, spot.bottom)) & (high > (spot.left, spot.top))
    chosen = curves[near.all(axis=1)]
    t, u = _SHARES[:, None, None], 1 - _SHARES[:, None, None]
    along = u**3 * chosen[:, 0] + 3 * u * u * t * chosen[:, 1]
    along += 3 * u * t * t * chosen[:, 2] + t**3 * chosen[:, 3]
    inside = (along > (spot.left, spot.top)) & (along < (spot.right, spot.bottom))
    return int(inside.all(axis=2).any(axis=0).sum())
