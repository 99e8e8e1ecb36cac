"""Nodes brought level with each other, or set apart by equal gaps; axis 0 is across, 1 down."""

from __future__ import annotations

from enum import StrEnum
from typing import final

import numpy as np

from chainrule.layout.problem import Positions, on_grid


@final
class Edge(StrEnum):
    """Which line of nodes is brought to one place."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"

    @property
    def axis(self) -> int:
        """The axis along which nodes move."""
        return 0 if self in (Edge.LEFT, Edge.CENTRE, Edge.RIGHT) else 1


def aligned(positions: Positions, half: Positions, edge: Edge) -> Positions:
    """Return positions (n, 2) with one edge, or the middle, of all nodes on one line.

    `half` (n, 2) is half of the width and height of each. The line is the outermost edge on that
    side, or the middle of the room that all take together.
    """
    axis = edge.axis
    low, high = positions[:, axis] - half[:, axis], positions[:, axis] + half[:, axis]
    new = positions.copy()
    if edge in (Edge.LEFT, Edge.TOP):
        new[:, axis] = low.min(initial=np.inf) + half[:, axis]
    elif edge in (Edge.RIGHT, Edge.BOTTOM):
        new[:, axis] = high.max(initial=-np.inf) - half[:, axis]
    else:
        new[:, axis] = (low.min(initial=np.inf) + high.max(initial=-np.inf)) / 2
    return on_grid(new)


def distributed(positions: Positions, half: Positions, axis: int) -> Positions:
    """Return positions (n, 2) with equal gaps between neighbours along an axis.

    The outermost two stay where they are, and all keep their order.
    """
    if len(positions) < 3:
        return positions
    order = np.argsort(positions[:, axis], kind="stable")
    sizes = 2 * half[order, axis]
    start = positions[order[0], axis] - half[order[0], axis]
    end = positions[order[-1], axis] + half[order[-1], axis]
    gap = (end - start - sizes.sum()) / (len(order) - 1)
    before = np.concatenate(([0.0], np.cumsum(sizes + gap)[:-1]))
    new = positions.copy()
    new[order, axis] = start + before + sizes / 2
    new[order[[0, -1]], axis] = positions[order[[0, -1]], axis]
    return on_grid(new)
