"""Layered layout: every wire from left to right, few crossings, straight chains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chainrule.layout.columns import assign_columns, neighbours
from chainrule.layout.components import connected_components, part_of, stacked
from chainrule.layout.engine import ranked_heights
from chainrule.layout.figure import figure_of, joined
from chainrule.layout.heights import column_gap
from chainrule.layout.problem import LayeredProblem, Positions, on_grid
from chainrule.layout.quadratic import Vector
from chainrule.layout.strata import Strata, stratify, trunk_length
from chainrule.layout.twins import twins_in_port_order

CAREFUL_ITEMS = 400
"""Up to so many nodes and bends a part is drawn as a figure; beyond, as the library places it."""


def layered(problem: LayeredProblem) -> Positions:
    """Return where every node stands, shape (n, 2), the top left of the picture at (0, 0).

    The same problem gives the same positions; its places count for nothing, see `tidied`. Parts
    that no wire joins stand below each other in the order of their first nodes; nodes without wires
    stand in a block at the end. Beyond some 300 nodes it takes tenths of a second without letting
    other threads run: use `LayoutJob`.
    Raises graphlib.CycleError for a graph with a cycle.
    """
    parts = connected_components(len(problem.extents), problem.wires)
    bare = replace(problem, places=None)
    placed = [_one_part(part_of(bare, part)) for part in parts if len(part) > 1]
    return stacked(problem, parts, placed)


def strata_of(problem: LayeredProblem) -> Strata | None:
    """Return the columns and bends of a connected graph, None if it is too large for a figure."""
    sources, readers = neighbours(len(problem.extents), problem.wires)
    column = assign_columns(sources, readers)
    if len(column) + trunk_length(column, readers) > CAREFUL_ITEMS:
        return None
    return stratify(column, sources, readers)


def large(problem: LayeredProblem) -> Positions:
    """Return positions for a connected graph as the library places it."""
    sources, readers = neighbours(len(problem.extents), problem.wires)
    ranked = ranked_heights(problem.extents, readers, problem.spacing)
    heights = _separated(problem, ranked.column, on_grid(ranked.height))
    heights = twins_in_port_order(problem.extents, sources, readers, ranked.column, heights)
    return joined(problem, ranked.column, heights)


def _one_part(problem: LayeredProblem) -> Positions:
    """Return positions for a connected graph."""
    strata = strata_of(problem)
    return large(problem) if strata is None else figure_of(problem, strata)


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
