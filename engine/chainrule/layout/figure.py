"""A small graph as a figure: balanced, and tried in several orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import final

import numpy as np

from chainrule.layout.across import column_positions
from chainrule.layout.clearance import count_hits
from chainrule.layout.heights import balanced_heights
from chainrule.layout.ordering import candidate_orders, crossings_and_disorder, nearby_orders
from chainrule.layout.problem import LayeredProblem, Positions
from chainrule.layout.quadratic import Vector
from chainrule.layout.strata import Order, Strata

HIT_COST = 3
"""How many crossings are better than one wire that runs over a node."""


SEARCHED_ITEMS, SEARCH_ROUNDS, SEARCH_BREADTH, SEARCH_TRIES = 20, 2, 4, 40
"""Up to how many items better orders are sought when wires hit nodes; how often, how broadly, and
how many tries a round may take, which keeps the search to some tenths of a second."""


@final
@dataclass(frozen=True, slots=True)
class Drawing:
    """One try: an order, what comes of it, and how bad that is."""

    order: Order
    positions: Positions
    hits: int
    cost: tuple[int, int]


def figure_of(problem: LayeredProblem, strata: Strata) -> Positions:
    """Return positions for a graph small enough to be balanced and to be tried in several orders.

    The order with the fewest crossings is taken unless its wires run over nodes.
    """
    return good_drawings(problem, strata)[0].positions


def good_drawings(problem: LayeredProblem, strata: Strata) -> list[Drawing]:
    """Return drawings in the orders worth trying, the best first.

    They are as many as it took to find one whose wires run free of nodes.
    """
    drawings: list[Drawing] = []
    for order in candidate_orders(strata):
        drawings.append(drawn(problem, strata, order))
        if drawings[-1].hits == 0:
            break
    drawings.sort(key=lambda drawing: drawing.cost)
    if drawings[0].hits and len(strata.column) <= SEARCHED_ITEMS:
        drawings = _searched(problem, strata, drawings)
    return drawings


def _searched(problem: LayeredProblem, strata: Strata, drawings: list[Drawing]) -> list[Drawing]:
    """Return the best drawings found by moving single items, so that wires run free of nodes."""
    tried = {str(drawing.order) for drawing in drawings}
    for _ in range(SEARCH_ROUNDS):
        near = [order for drawing in drawings for order in nearby_orders(drawing.order)]
        fresh = {str(order): order for order in near if str(order) not in tried}
        tried.update(islice(fresh, SEARCH_TRIES))
        drawings = drawings + [
            drawn(problem, strata, order) for order in islice(fresh.values(), SEARCH_TRIES)
        ]
        drawings = sorted(drawings, key=lambda drawing: drawing.cost)[:SEARCH_BREADTH]
    return drawings


def drawn(problem: LayeredProblem, strata: Strata, order: Order) -> Drawing:
    """Draw a graph with its items in that order."""
    heights = balanced_heights(strata, order, problem.extents, problem.spacing)
    positions = joined(problem, strata.column[: strata.nodes], heights[: strata.nodes])
    hits = count_hits(problem, positions)
    crossings, disorder = crossings_and_disorder(strata, order)
    return Drawing(order, positions, hits, (HIT_COST * hits + crossings, disorder))


def joined(problem: LayeredProblem, column: Sequence[int], heights: Vector) -> Positions:
    """Return the positions of nodes in these columns at these heights."""
    return np.column_stack([column_positions(problem, column, heights), heights])
