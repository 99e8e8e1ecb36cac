"""Layered layout: every wire from left to right, few crossings, straight chains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import final

import numpy as np

from chainrule.layout.across import column_positions
from chainrule.layout.clearance import count_hits
from chainrule.layout.columns import assign_columns, neighbours
from chainrule.layout.components import connected_components, part_of, stacked
from chainrule.layout.engine import ranked_heights
from chainrule.layout.heights import balanced_heights, column_gap
from chainrule.layout.ordering import candidate_orders, crossings_and_disorder, nearby_orders
from chainrule.layout.problem import LayeredProblem, Positions, on_grid
from chainrule.layout.quadratic import Vector
from chainrule.layout.strata import Order, Strata, stratify, trunk_length
from chainrule.layout.twins import twins_in_port_order

CAREFUL_ITEMS = 400
"""Up to so many nodes and bends a part is drawn as a figure; beyond, as the library places it."""

HIT_COST = 3
"""How many crossings are better than one wire that runs over a node."""


SEARCHED_ITEMS, SEARCH_ROUNDS, SEARCH_BREADTH, SEARCH_TRIES = 20, 2, 4, 40
"""Up to how many items better orders are sought when wires hit nodes; how often, how broadly, and
how many tries a round may take, which keeps the search to some tenths of a second."""


@final
@dataclass(frozen=True, slots=True)
class _Drawing:
    """One try: an order, what comes of it, and how bad that is."""

    order: Order
    positions: Positions
    hits: int
    cost: tuple[int, int]


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
    drawings: list[_Drawing] = []
    for order in candidate_orders(strata):
        drawings.append(_drawn(problem, strata, order))
        if drawings[-1].hits == 0:
            break
    drawings.sort(key=lambda drawing: drawing.cost)
    if drawings[0].hits and len(strata.column) <= SEARCHED_ITEMS:
        drawings = _searched(problem, strata, drawings)
    return drawings[0].positions


def _searched(problem: LayeredProblem, strata: Strata, drawings: list[_Drawing]) -> list[_Drawing]:
    """Return the best drawings found by moving single items, so that wires run free of nodes."""
    tried = {str(drawing.order) for drawing in drawings}
    for _ in range(SEARCH_ROUNDS):
        near = [order for drawing in drawings for order in nearby_orders(drawing.order)]
        fresh = {str(order): order for order in near if str(order) not in tried}
        tried.update(islice(fresh, SEARCH_TRIES))
        drawings = drawings + [
            _drawn(problem, strata, order) for order in islice(fresh.values(), SEARCH_TRIES)
        ]
        drawings = sorted(drawings, key=lambda drawing: drawing.cost)[:SEARCH_BREADTH]
    return drawings


def _drawn(problem: LayeredProblem, strata: Strata, order: Order) -> _Drawing:
    heights = balanced_heights(strata, order, problem.extents, problem.spacing)
    positions = _joined(problem, strata.column[: strata.nodes], heights[: strata.nodes])
    hits = count_hits(problem, positions)
    crossings, disorder = crossings_and_disorder(strata, order)
    return _Drawing(order, positions, hits, (HIT_COST * hits + crossings, disorder))


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
