"""A placement in no time for graphs whose layout takes a while: columns by depth, no ordering."""

from __future__ import annotations

import numpy as np

from chainrule.layout.columns import assign_columns, neighbours
from chainrule.layout.problem import LayeredProblem, Positions, on_grid


def rough(problem: LayeredProblem) -> Positions:
    """Return positions (n, 2) in linear time: every wire from left to right, no node on another.

    Nodes stand below each other in the order in which they were given, so wires cross as they may.
    """
    count = len(problem.extents)
    positions = np.zeros((count, 2))
    if count == 0:
        return positions
    sources, readers = neighbours(count, problem.wires)
    column = np.array(assign_columns(sources, readers))
    reach = np.array([(e.left, e.right, e.up, e.down) for e in problem.extents])
    left = 0.0
    for each in range(int(column.max()) + 1):
        rows = np.flatnonzero(column == each)
        if len(rows) == 0:
            continue
        positions[rows, 0] = left + reach[rows, 0].max()
        left += reach[rows, 0].max() + reach[rows, 1].max() + problem.spacing.column_gap
        heights = reach[rows, 2] + reach[rows, 3] + problem.spacing.row_gap
        tops = np.concatenate(([0.0], np.cumsum(heights)[:-1])) - heights.sum() / 2
        positions[rows, 1] = tops + reach[rows, 2]
    positions[:, 1] -= (positions[:, 1] - reach[:, 2]).min()
    return on_grid(positions)
