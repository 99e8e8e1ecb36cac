"""The parts of a graph that no wire joins, and how their pictures are put together."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

import numpy as np

from chainrule.layout.problem import LayeredProblem, Positions, WireEnds, on_grid


def connected_components(count: int, wires: Sequence[WireEnds]) -> list[list[int]]:
    """Return the parts as ascending lists of nodes, ordered by their first node."""
    near: list[list[int]] = [[] for _ in range(count)]
    for wire in wires:
        near[wire.source].append(wire.target)
        near[wire.target].append(wire.source)
    part = [-1] * count
    parts: list[list[int]] = []
    for first in range(count):
        if part[first] < 0:
            _flood(first, len(parts), near, part)
            parts.append([])
        parts[part[first]].append(first)
    return parts


def _flood(first: int, number: int, near: Sequence[Sequence[int]], part: list[int]) -> None:
    waiting = [first]
    while waiting:
        node = waiting.pop()
        if part[node] < 0:
            part[node] = number
            waiting.extend(near[node])


def part_of(problem: LayeredProblem, nodes: Sequence[int]) -> LayeredProblem:
    """Return the problem of some nodes alone, numbered by their place in `nodes`."""
    if len(nodes) == len(problem.extents):
        return problem
    index = {node: at for at, node in enumerate(nodes)}
    wires = [
        WireEnds(index[wire.source], index[wire.target], wire.port)
        for wire in problem.wires
        if wire.source in index and wire.target in index
    ]
    places = problem.places
    return LayeredProblem(
        [problem.extents[node] for node in nodes],
        wires,
        problem.spacing,
        None if places is None else [places[node] for node in nodes],
    )


def stacked(
    problem: LayeredProblem, parts: Sequence[Sequence[int]], placed: Sequence[Positions]
) -> Positions:
    """Return all positions: the placed parts below each other, then the single nodes as a block."""
    positions = np.zeros((len(problem.extents), 2))
    joined = [part for part in parts if len(part) > 1]
    single = [part[0] for part in parts if len(part) == 1]
    top = 0.0
    for part, inside in zip(joined, placed, strict=True):
        top = _put(problem, positions, part, inside, top)
    if single:
        _put(problem, positions, single, _in_rows(problem, single), top)
    return on_grid(positions)


def _put(
    problem: LayeredProblem,
    positions: Positions,
    part: Sequence[int],
    inside: Positions,
    top: float,
) -> float:
    """Write a part's positions with its top left at (0, top); return the top for the next one."""
    extents = [problem.extents[node] for node in part]
    low = inside - [[extent.left, extent.up] for extent in extents]
    high = inside[:, 1] + [extent.down for extent in extents]
    corner = low.min(axis=0)
    positions[list(part)] = inside - corner + [0.0, top]
    return float(np.ceil(high.max() - corner[1] + top + problem.spacing.component_gap))


def _in_rows(problem: LayeredProblem, nodes: Sequence[int]) -> Positions:
    """Return positions for nodes without wires, row by row in a block about as wide as high."""
    extents = [problem.extents[node] for node in nodes]
    per_row = ceil(sqrt(len(nodes)))
    across = max(each.left + each.right for each in extents) + problem.spacing.column_gap
    down = max(each.up + each.down for each in extents) + problem.spacing.row_gap
    at = np.arange(len(nodes))
    columns = [(at % per_row) * across, (at // per_row) * down]
    return np.column_stack(columns).astype(np.float64)
