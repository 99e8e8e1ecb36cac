"""How high each item of a small graph stands: gates between their inputs, chains straight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter
from itertools import pairwise

import numpy as np

from chainrule.layout.blocks import straight_blocks
from chainrule.layout.problem import GRID, Extent, Spacing, on_grid
from chainrule.layout.quadratic import Matrix, Vector, minimise
from chainrule.layout.strata import Order, Strata

Gap = tuple[int, int, float]
"""The upper block, the lower block, and the least difference of their heights."""

NEARNESS = 1e-4
"""How much short wires count against gates that stand midway between their inputs."""


def balanced_heights(
    strata: Strata, order: Order, extents: Sequence[Extent], spacing: Spacing
) -> Vector:
    """Return the height of every item, on the grid, without overlaps in any column.

    Minimised is the sum of (height of a gate − mean height of its inputs)², under the order
    and the room that the extents need.
    """
    block = straight_blocks(strata, order)
    count = 1 + max(block)
    gaps = _gaps(order, block, extents, spacing)
    bounds = np.zeros((len(gaps), count))
    for row, (upper, lower, _) in enumerate(gaps):
        bounds[row, upper], bounds[row, lower] = -1.0, 1.0
    least = np.array([gap for _, _, gap in gaps])
    heights = on_grid(minimise(_wishes(strata, block, count), bounds, least))
    return _pushed_apart(heights, gaps)[block]


def column_gap(upper: Extent | None, lower: Extent | None, spacing: Spacing) -> float:
    """Return the least distance of two neighbours in a column; a bend has no extent."""
    gap = spacing.wire_gap if upper is None or lower is None else spacing.row_gap
    room = (upper.down if upper else 0.0) + gap + (lower.up if lower else 0.0)
    return float(np.ceil(room / GRID) * GRID)


def _gaps(
    order: Order, block: Sequence[int], extents: Sequence[Extent], spacing: Spacing
) -> list[Gap]:
    widest: dict[tuple[int, int], float] = {}
    for column in order:
        for upper, lower in pairwise(column):
            reach = [extents[item] if item < len(extents) else None for item in (upper, lower)]
            pair = (block[upper], block[lower])
            widest[pair] = max(widest.get(pair, 0.0), column_gap(reach[0], reach[1], spacing))
    return [(upper, lower, gap) for (upper, lower), gap in widest.items()]


def _wishes(strata: Strata, block: Sequence[int], count: int) -> Matrix:
    """Return the matrix of the quadratic form that all wishes about heights sum to."""
    rows: list[Vector] = []
    for weight, target, sources in _weighted(strata):
        row = np.zeros(count)
        row[block[target]] += weight
        for source in sources:
            row[block[source]] -= weight / len(sources)
        rows.append(row)
    wishes = np.array(rows).reshape(-1, count)
    return wishes.T @ wishes + 1e-6 * np.eye(count)


def _weighted(strata: Strata) -> Iterator[tuple[float, int, Sequence[int]]]:
    for target, sources in enumerate(strata.sources):
        if sources:
            yield 1.0, target, sources
        for source in sources:
            yield NEARNESS**0.5, target, [source]


def _pushed_apart(heights: Vector, gaps: Sequence[Gap]) -> Vector:
    """Return the heights with blocks pushed down where rounding left less than their gap."""
    above: dict[int, list[tuple[int, float]]] = {block: [] for block in range(len(heights))}
    for upper, lower, gap in gaps:
        above[lower].append((upper, gap))
    for block in TopologicalSorter(
        {block: [upper for upper, _ in each] for block, each in above.items()}
    ).static_order():
        room = [heights[upper] + gap for upper, gap in above[block]]
        heights[block] = max([float(heights[block]), *room])
    return heights
