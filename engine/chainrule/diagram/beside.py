"""Two parts of a graph side by side, such as the forward and the backward one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import problem_of
from chainrule.diagram.parts import Display, Floats, build_parts
from chainrule.diagram.reach import with_readouts
from chainrule.graph.edits import MoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId

_GAP = 140.0
_USUAL = Display()


def place_beside(
    graph: GateGraph, passes: Passes, right: Collection[NodeId], display: Display = _USUAL
) -> MoveNodes:
    """Return the edit that lays the nodes `right` out anew, at the right of all others.

    The others stay where they are if all of them have a place; else they are laid out, too.
    """
    parts = build_parts(graph, passes, display)
    problem, reach = problem_of(parts), with_readouts(parts)
    is_right = np.isin(np.array(parts.ids, np.str_), [*right])
    first, second = np.flatnonzero(~is_right), np.flatnonzero(is_right)
    centers = np.zeros((len(parts.ids), 2))
    places = [graph.node(parts.ids[row]).position for row in first.tolist()]
    known = [each for each in places if each is not None]
    placed = len(known) == len(places)
    centers[first] = np.reshape(known, (-1, 2)) if placed else _laid_out(problem, first.tolist())
    centers[second] = _laid_out(problem, second.tolist())
    if len(first) and len(second):
        edge = float(np.max(centers[first, 0] + reach[first, 2]))
        start = float(np.min(centers[second, 0] - reach[second, 0]))
        middle = [float(np.mean(_ends(centers[each, 1]))) for each in (first, second)]
        centers[second] += (round(edge + _GAP - start), round(middle[0] - middle[1]))
    moved = second if placed else np.arange(len(centers))
    rows = moved.tolist()
    return MoveNodes(
        {parts.ids[row]: (float(centers[row, 0]), float(centers[row, 1])) for row in rows}
    )


def _ends(heights: Floats) -> tuple[float, float]:
    return float(np.min(heights)), float(np.max(heights))


def _laid_out(problem: Any, rows: list[int]) -> Floats:
    """Return the centres of some nodes by a layout of them alone; of very many, roughly."""
    from chainrule.layout import JOB_SIZE, layered, part_of, rough

    part = part_of(problem, rows)
    return rough(part) if len(rows) > JOB_SIZE else layered(part)
