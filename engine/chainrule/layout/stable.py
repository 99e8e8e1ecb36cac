"""A tidy layout of what stands somewhere already: what is tidy stays where it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chainrule.layout.components import connected_components, part_of
from chainrule.layout.familiar import anchored, familiar_figure
from chainrule.layout.left_to_right import large, layered, strata_of
from chainrule.layout.overlaps import boxes_of, collisions
from chainrule.layout.placing import place_among
from chainrule.layout.problem import LayeredProblem, Positions, on_grid

_FEW = 0.05
"""Which share of a large graph may be out of place for only that to be placed anew."""


def tidied(problem: LayeredProblem) -> Positions:
    """Return where every node stands in a layered layout that keeps to the problem's places.

    Without places it is `layered`. With them, the order of the nodes stays unless another has
    fewer crossings, and each part that wires join stays where most of it stood. Parts that would
    overlap are moved down, the smaller ones first. Of a large part, only what is out of place is
    placed anew if that is little.
    """
    if problem.places is None:
        return layered(problem)
    old = np.array(problem.places, np.float64).reshape(-1, 2)
    new = old.copy()
    parts = connected_components(len(problem.extents), problem.wires)
    for part in parts:
        if len(part) > 1:
            new[part] = _one_part(part_of(problem, part), old[part])
    return _moved_apart(problem, parts, new)


def _one_part(problem: LayeredProblem, old: Positions) -> Positions:
    """Return positions for a connected graph, most of them as they were."""
    strata = strata_of(problem)
    if strata is not None:
        return familiar_figure(problem, strata, old)
    kept = _repaired(problem)
    return anchored(large(problem), old) if kept is None else kept


def _repaired(problem: LayeredProblem) -> Positions | None:
    """Return places where only nodes have moved that were out of place; None if these are many."""
    places = problem.places or ()
    old = np.array(places, np.float64)
    amiss = _out_of_place(problem, old)
    if len(amiss) == 0:
        return old
    if len(amiss) > _FEW * len(old):
        return None
    kept = {node: places[node] for node in range(len(old)) if node not in amiss}
    new = place_among(problem, kept)
    return None if _out_of_place(problem, new) else new


def _out_of_place(problem: LayeredProblem, positions: Positions) -> set[int]:
    """Return nodes without which no wire would run backwards and no two would overlap."""
    boxes = boxes_of(problem.extents, positions)
    ends = np.array([(wire.source, wire.target) for wire in problem.wires])
    backwards = boxes[ends[:, 0], 2] > boxes[ends[:, 1], 0]
    pairs = np.concatenate((ends[backwards], collisions(boxes)))
    amiss: set[int] = set()
    # Who is in the way most often is most likely the one that was put there.
    often = np.bincount(pairs.ravel(), minlength=len(positions))
    for one, other in pairs.tolist():
        if one not in amiss and other not in amiss:
            amiss.add(max(one, other, key=lambda node: (often[node], node)))
    return amiss


def _moved_apart(
    problem: LayeredProblem, parts: Sequence[Sequence[int]], positions: Positions
) -> Positions:
    """Return the positions with parts moved down that lie on others."""
    boxes = boxes_of(problem.extents, positions)
    part_of_node = np.zeros(len(positions), np.intp)
    for number, part in enumerate(parts):
        part_of_node[part] = number
    clash = part_of_node[collisions(boxes)]
    if not (clash[:, 0] != clash[:, 1]).any():
        return positions
    apart, settled = positions.copy(), np.zeros(len(positions), np.bool_)
    for part in sorted(parts, key=lambda part: (-len(part), part[0])):
        while (down := _way_down(boxes[part], boxes[settled])) > 0.0:
            down += problem.spacing.row_gap
            boxes[part] += [0.0, down, 0.0, down]
            apart[part, 1] += down
        settled[part] = True
    return on_grid(apart)


def _way_down(boxes: Positions, others: Positions) -> float:
    """Return how far boxes must go down at least to clear what they lie on now, 0 if nothing."""
    if len(boxes) > 1:
        left, top = boxes[:, :2].min(axis=0)
        right, bottom = boxes[:, 2:].max(axis=0)
        boxes = np.array([(left, top, right, bottom)])
    one = boxes[0]
    beside = (others[:, 0] < one[2]) & (others[:, 2] > one[0])
    on = beside & (others[:, 1] < one[3]) & (others[:, 3] > one[1])
    return float((others[on, 3] - one[1]).max()) if on.any() else 0.0
