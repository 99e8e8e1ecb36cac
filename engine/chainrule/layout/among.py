"""Some nodes laid out among themselves, where the others leave room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chainrule.layout.overlaps import boxes_of
from chainrule.layout.problem import LayeredProblem, Positions, on_grid

_MOST_PAIRS = 2_000_000


def put_among(problem: LayeredProblem, chosen: Sequence[int], inside: Positions) -> Positions:
    """Return positions for the chosen nodes (k, 2) that keep the middle of where they stood.

    `inside` is how they are laid out among themselves; the problem's places are where all stand.
    Where they would lie on others, they go as far up, down, left or right as needed; where that is
    further than they reach themselves, their middle counts more.
    """
    places = np.array(problem.places, np.float64).reshape(-1, 2)
    rows = list(chosen)
    new = inside + on_grid(_middle(places[rows]) - _middle(inside))
    others = np.ones(len(places), np.bool_)
    others[rows] = False
    own = boxes_of([problem.extents[row] for row in rows], new)
    rest = boxes_of(problem.extents, places)[others]
    return new + _way_out(own, rest, problem.spacing.wire_gap / 2)


def in_column(problem: LayeredProblem) -> Positions:
    """Return positions for nodes that no wire joins: below each other, in the order they stand in.

    Their anchors stand on one line, and between them is the room of a column.
    """
    heights = [y for _, y in problem.places or ()]
    column, below = np.zeros((len(heights), 2)), 0.0
    for row in sorted(range(len(heights)), key=lambda row: (heights[row], row)):
        extent = problem.extents[row]
        column[row, 1] = below + extent.up
        below = float(column[row, 1]) + extent.down + problem.spacing.row_gap
    return on_grid(column)


def _middle(positions: Positions) -> Positions:
    return (positions.min(axis=0) + positions.max(axis=0)) / 2


def _way_out(own: Positions, others: Positions, gap: float) -> Positions:
    """Return the shortest shift along an axis after which no two boxes overlap."""
    nowhere = np.zeros(2)
    size = own[:, 2:].max(axis=0) - own[:, :2].min(axis=0)
    # What lies further away than the boxes may go is not in their way.
    low, high = own[:, :2].min(axis=0) - size, own[:, 2:].max(axis=0) + size
    near = others[((others[:, :2] < high) & (others[:, 2:] > low)).all(axis=1)]
    if len(near) * len(own) > _MOST_PAIRS or len(near) == 0:
        return nowhere
    shifts = [_shift(own, near, axis, gap) for axis in (0, 1)]
    if shifts[0] == 0.0 or shifts[1] == 0.0:
        return nowhere
    axis = int(abs(shifts[1]) <= abs(shifts[0]))
    if abs(shifts[axis]) > size[axis]:
        return nowhere
    nowhere[axis] = shifts[axis]
    return nowhere


def _shift(own: Positions, others: Positions, axis: int, gap: float) -> float:
    """Return the shortest shift along one axis, 0 if none is needed."""
    low, high, beside = axis, axis + 2, 1 - axis
    facing = (own[:, None, beside] < others[:, beside + 2]) & (
        own[:, None, beside + 2] > others[:, beside]
    )
    # Between these shifts a box and another one overlap.
    least = (others[:, low] - own[:, None, high])[facing]
    most = (others[:, high] - own[:, None, low])[facing]
    if not ((least < 0) & (most > 0)).any():
        return 0.0
    least, most = least - gap, most + gap
    candidates = np.unique(np.concatenate((np.floor(least), np.ceil(most))))
    order = np.argsort(np.abs(candidates), kind="stable")
    merged = _merged(least, most)
    shifts: list[float] = candidates[order].tolist()
    for shift in shifts:
        row = int(np.searchsorted(merged[:, 0], shift)) - 1
        if row < 0 or shift >= merged[row, 1]:
            return shift
    return shifts[-1]


def _merged(least: Positions, most: Positions) -> Positions:
    """Return the intervals that cover the same numbers and do not overlap, in order."""
    order = np.argsort(least, kind="stable")
    least, reach = least[order], np.maximum.accumulate(most[order])
    begins = np.concatenate(([True], least[1:] >= reach[:-1]))
    ends = np.concatenate((reach[:-1][begins[1:]], reach[-1:]))
    return np.stack((least[begins], ends), axis=1)
