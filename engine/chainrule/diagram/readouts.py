"""Where the read-outs of pinned nodes stand: beside the node, where there is room."""

from __future__ import annotations

from collections.abc import Mapping
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
_SHARES = np.linspace(0.0, 1.0, 9)


@kept_with_arguments
def readout_boxes(parts: Parts, geometry: Geometry) -> ReadoutBoxes:
    """Return where the read-out of each pinned node stands, by its row.

    It stands below its node, or else above, at its left or at its right: wherever it covers the
    fewest nodes, other read-outs and wires.
    """
    if not parts.readouts:
        return {}
    reach, centers = reaches(parts), geometry.centers
    taken: Floats = np.concatenate((centers - reach[:, :2], centers + reach[:, 2:]), axis=1)
    found: dict[int, Rect] = {}
    for row, size in parts.readouts.items():
        spots = _spots(centers[row].tolist(), reach[row].tolist(), size)
        costs = [_cost(spot, np.delete(taken, row, axis=0), geometry) for spot in spots]
        found[row] = spots[int(np.argmin(costs))]
        taken = np.concatenate((taken, [found[row]]))
    return found


def _spots(
    center: list[float], reach: list[float], size: tuple[float, float]
) -> tuple[Rect, Rect, Rect, Rect]:
    (x, y), (left, up, right, down), (width, height) = center, reach, size
    below, above = y + down + READOUT_GAP, y - up - READOUT_GAP - height
    before, behind = x - left - READOUT_GAP - width, x + right + READOUT_GAP
    return (
        Rect(x - width / 2, below, x + width / 2, below + height),
        Rect(x - width / 2, above, x + width / 2, above + height),
        Rect(before, y - height / 2, before + width, y + height / 2),
        Rect(behind, y - height / 2, behind + width, y + height / 2),
    )


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
