"""Where the columns stand from left to right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chainrule.layout.problem import Extent, LayeredProblem, Spacing, on_grid
from chainrule.layout.quadratic import Vector

STEEPNESS = 0.2
"""How much wider the room between two columns is for each unit that a wire there climbs."""


def column_positions(problem: LayeredProblem, column: Sequence[int], heights: Vector) -> Vector:
    """Return the horizontal positions: anchors of a column stand on one vertical line."""
    count = 1 + max(column)
    left, right = _reach(problem.extents, column, count)
    climb = _climbs(problem, column, heights, count)
    at, places = 0.0, [0.0]
    for before in range(count - 1):
        at += right[before] + _gap(climb[before], problem.spacing) + left[before + 1]
        places.append(at)
    return np.ceil(on_grid(np.array(places)))[list(column)]


def _climbs(
    problem: LayeredProblem, column: Sequence[int], heights: Vector, count: int
) -> list[float]:
    """Return for the room right of each column how far the wires that end there climb."""
    climb = [0.0] * count
    for wire in problem.wires:
        rise = abs(float(heights[wire.source] - heights[wire.target]))
        last = column[wire.target] - 1
        climb[last] = max(climb[last], rise)
    return climb


def _reach(
    extents: Sequence[Extent], column: Sequence[int], count: int
) -> tuple[list[float], list[float]]:
    left, right = [0.0] * count, [0.0] * count
    for extent, at in zip(extents, column, strict=True):
        left[at] = max(left[at], extent.left)
        right[at] = max(right[at], extent.right)
    return left, right


def _gap(climb: float, spacing: Spacing) -> float:
    if climb == 0.0:
        return spacing.straight_gap
    return min(3 * spacing.column_gap, max(spacing.column_gap, STEEPNESS * climb))
