"""A small graph as a figure that looks as the reader knows it, where that is good."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from chainrule.layout.across import column_positions
from chainrule.layout.clearance import count_hits
from chainrule.layout.crossings import improve
from chainrule.layout.figure import HIT_COST, Drawing, drawn, good_drawings
from chainrule.layout.heights import column_gap
from chainrule.layout.ordering import order_by_height
from chainrule.layout.problem import LayeredProblem, Positions, on_grid
from chainrule.layout.strata import Strata

KEPT = 1.2
"""How much worse than the best drawing one may be that is nearer to how the nodes stand."""

_ROUNDS, _SMALL = 6, 150
_AS_BALANCED = 1.02
_ROUNDED = 1.0


def familiar_figure(problem: LayeredProblem, strata: Strata, old: Positions) -> Positions:
    """Return positions for a graph whose nodes stand at `old` (n, 2).

    They stay if they are as tidy as a figure; otherwise, of the good drawings, the one is taken
    that moves the nodes least. That is done again until nothing moves, or until it goes round in a
    circle, whose best drawing is taken: so what was tidied is tidy.
    """
    fresh, seen = good_drawings(problem, strata), [old]
    rounds = _ROUNDS if len(strata.column) <= _SMALL else 1
    for _ in range(rounds):
        new = _nearest(problem, strata, fresh, seen[-1])
        if _is_as_tidy(problem, strata, seen[-1], new):
            break
        again = [at for at, each in enumerate(seen) if np.abs(each - new).max() <= _ROUNDED]
        if again:
            return min(seen[again[0] :], key=lambda each: _badness(problem, each))
        seen.append(new)
    return seen[-1]


def _nearest(
    problem: LayeredProblem, strata: Strata, fresh: list[Drawing], old: Positions
) -> Positions:
    """Return the good drawing that moves the nodes least."""
    as_seen = order_by_height(strata, old[:, 1].tolist())
    known = [drawing.order for drawing in fresh]
    near = [order for order in (as_seen, improve(strata, as_seen)) if order not in known]
    drawings = [*fresh, *(drawn(problem, strata, order) for order in near)]
    least = min(_tangle(drawing) for drawing in drawings)
    good = [drawing for drawing in drawings if _tangle(drawing) <= KEPT * least]
    placed = [anchored(drawing.positions, old) for drawing in good]
    return min(placed, key=lambda each: float(np.hypot(*(each - old).T).mean()))


def _tangle(drawing: Drawing) -> float:
    """Return how many wires cross; two that do so right before their gate are easy to follow."""
    crossings, disorder = drawing.cost
    return crossings + disorder / 2


def anchored(new: Positions, old: Positions) -> Positions:
    """Return `new` moved as a whole so that as many nodes as can be stay where they were."""
    return new + on_grid(np.median(old - new, axis=0))


def count_crossings_seen(problem: LayeredProblem, positions: Positions) -> int:
    """Return how many pairs of wires cross, drawn straight from node to port."""
    if not problem.wires:
        return 0
    ends = np.array([(wire.source, wire.target) for wire in problem.wires])
    ports = np.array([wire.port for wire in problem.wires])
    reach = np.array([(each.left, each.right) for each in problem.extents])
    start, end = positions[ends[:, 0]], positions[ends[:, 1]]
    start[:, 0] += reach[ends[:, 0], 1]
    end[:, 0] -= reach[ends[:, 1], 0]
    # How far apart ports are does not matter, only that they stand one below the other.
    end[:, 1] += ports
    along = end - start

    def side(points: Positions) -> Positions:
        away = points[None] - start[:, None]
        return along[:, None, 0] * away[..., 1] - along[:, None, 1] * away[..., 0]

    parted = side(start) * side(end) < 0
    return int((parted & parted.T).sum()) // 2


def _is_as_tidy(problem: LayeredProblem, strata: Strata, old: Positions, new: Positions) -> bool:
    """Say whether nodes at `old` stand in columns, apart, and as well as at `new`."""
    column = strata.column[: strata.nodes]
    across = column_positions(problem, column, old[:, 1])
    across += np.median(old[:, 0] - across)
    if np.abs(across - old[:, 0]).max() > _ROUNDED or not _is_apart(problem, strata, old):
        return False
    if _badness(problem, old) > KEPT * _badness(problem, new):
        return False
    wished = _imbalance(strata, new) * _AS_BALANCED + _ROUNDED * len(old)
    return _imbalance(strata, old) <= wished


def _is_apart(problem: LayeredProblem, strata: Strata, positions: Positions) -> bool:
    """Say whether the nodes of each column have the room between them that they need."""
    heights = positions[:, 1]
    for column in range(strata.width):
        nodes = [node for node in range(strata.nodes) if strata.column[node] == column]
        nodes.sort(key=lambda node: float(heights[node]))
        for upper, lower in pairwise(nodes):
            gap = column_gap(problem.extents[upper], problem.extents[lower], problem.spacing)
            if heights[lower] - heights[upper] < gap - _ROUNDED:
                return False
    return True


def _badness(problem: LayeredProblem, positions: Positions) -> int:
    return HIT_COST * count_hits(problem, positions) + count_crossings_seen(problem, positions)


def _imbalance(strata: Strata, positions: Positions) -> float:
    """Return the sum of the squares of how far gates are from midway between their inputs."""
    gates = [node for node in range(strata.nodes) if strata.sources[node]]
    return sum((positions[g, 1] - _input_height(strata, positions, g)) ** 2 for g in gates)


def _input_height(strata: Strata, positions: Positions, gate: int) -> float:
    """Return the mean height of the nodes that feed a gate."""
    heights: list[float] = []
    for each in strata.sources[gate]:
        source = each
        while source >= strata.nodes:
            source = strata.sources[source][0]
        heights.append(float(positions[source, 1]))
    return sum(heights) / len(heights)
