"""Layered layout: every wire from left to right, few crossings, straight chains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chainrule.layout.across import column_positions
from chainrule.layout.clearance import count_hits
from chainrule.layout.columns import assign_columns, neighbours
from chainrule.layout.components import connected_components, part_of, stacked
from chainrule.layout.crossings import count_crossings
from chainrule.layout.engine import ranked_heights
from chainrule.layout.heights import balanced_heights, column_gap
from chainrule.layout.ordering import candidate_orders
from chainrule.layout.problem import LayeredProblem, Positions, on_grid
from chainrule.layout.quadratic import Vector
from chainrule.layout.strata import Strata, stratify, trunk_length
from chainrule.layout.twins import twins_in_port_order

CAREFUL_ITEMS = 400
"""Up to so many nodes and bends a part is drawn as a figure; beyond, as the library places it."""

HIT_COST = 3
"""How many crossings are better than one wire that runs over a node."""


def layered(problem: LayeredProblem) -> Positions:
    """Return where every node stands, shape (n, 2), the top left of the picture at (0, 0).

    The same problem gives the same positions. Parts that no wire joins stand below each other in
    the order of their first nodes; nodes without wires stand in a block at the end. Beyond some
    300 nodes it takes tenths of a second without letting other threads run: use `LayoutJob`.
    Raises graphlib.CycleError for a graph with a cycle.
    """
    parts = connected_components(len(problem.extents), problem.wires)
    placed = [_one_part(part_of(problem, part)) for part in parts if len(part) > 1]
    return stacked(problem, parts, placed)


def _one_part(problem: LayeredProblem) -> Positions:
    """Return positions for a connected graph."""
    sources, readers = neighbours(len(problem.extents), problem.wires)
    column = assign_columns(sources, readers)
    if len(column) + trunk_length(column, readers) <= CAREFUL_ITEMS:
        return _figure(problem, stratify(column, sources, readers))
    ranked = ranked_heights(problem.extents, readers, problem.spacing)
    heights = _separated(problem, ranked.column, on_grid(ranked.height))
    heights = twins_in_port_order(problem.extents, sources, readers, ranked.column, heights)
    return _joined(problem, ranked.column, heights)


def _figure(problem: LayeredProblem, strata: Strata) -> Positions:
    """Return positions for a graph small enough to be balanced and to be tried in several orders.

    The order with the fewest crossings is taken unless its wires run over nodes.
    """
    best, least = np.zeros((0, 2)), float("inf")
    for order in candidate_orders(strata):
        heights = balanced_heights(strata, order, problem.extents, problem.spacing)
        positions = _joined(problem, strata.column[: strata.nodes], heights[: strata.nodes])
        hits = count_hits(problem, positions)
        cost = HIT_COST * hits + count_crossings(strata, order)
        if cost < least:
            best, least = positions, cost
        if hits == 0:
            break
    return best


def _joined(problem: LayeredProblem, column: Sequence[int], heights: Vector) -> Positions:
    return np.column_stack([column_positions(problem, column, heights), heights])


def _separated(problem: LayeredProblem, column: Sequence[int], heights: Vector) -> Vector:
    """Return the heights with nodes pushed down where a neighbour above needs the room."""
    apart = heights.copy()
    lowest: dict[int, int] = {}
    for node in sorted(range(len(heights)), key=lambda node: (float(heights[node]), node)):
        above = lowest.get(column[node])
        if above is not None:
            gap = column_gap(problem.extents[above], problem.extents[node], problem.spacing)
            apart[node] = max(apart[node], apart[above] + gap)
        lowest[column[node]] = node
    return apart
