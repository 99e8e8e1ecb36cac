"""New nodes among old ones that stay where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from chainrule.layout.columns import neighbours
from chainrule.layout.components import part_of
from chainrule.layout.left_to_right import layered
from chainrule.layout.problem import LayeredProblem, Positions, on_grid


def place_among(problem: LayeredProblem, pinned: Mapping[int, tuple[float, float]]) -> Positions:
    """Return positions where the pinned nodes keep theirs and the others stand near their wires.

    A new node stands right of its placed sources, or left of its placed readers, at their mean
    height, moved up or down as far as needed to overlap nothing. What no wire joins to a pinned
    node is laid out by itself below the rest. Wires between pinned nodes run as these stand.
    """
    if not pinned:
        return layered(problem)
    positions = np.zeros((len(problem.extents), 2))
    for node, place in pinned.items():
        positions[node] = place
    placed = list(pinned)
    sources, readers = neighbours(len(problem.extents), problem.wires)
    while (node := _next_node(sources, readers, set(placed))) is not None:
        wish = _wished(problem, positions, sources[node], readers[node], set(placed))
        positions[node] = _free_place(problem, positions, placed, node, wish)
        placed.append(node)
    _put_rest_below(problem, positions, placed)
    return positions


def _next_node(
    sources: Sequence[Sequence[int]], readers: Sequence[Sequence[int]], placed: set[int]
) -> int | None:
    """Return the new node that can be placed best: all its sources are, or some neighbour is."""
    near = [
        node
        for node in range(len(sources))
        if node not in placed and not placed.isdisjoint([*sources[node], *readers[node]])
    ]
    ready = (node for node in near if sources[node] and placed.issuperset(sources[node]))
    return next(ready, near[0] if near else None)


def _wished(
    problem: LayeredProblem,
    positions: Positions,
    sources: Sequence[int],
    readers: Sequence[int],
    placed: set[int],
) -> tuple[float, float, bool]:
    """Return where a node would stand best: its left or right end, its height, and which end."""
    gap = problem.spacing.column_gap
    before = [source for source in sources if source in placed]
    if before:
        edge = max(positions[node, 0] + problem.extents[node].right for node in before) + gap
        return edge, float(np.mean(positions[before, 1])), True
    after = [reader for reader in readers if reader in placed]
    edge = min(positions[node, 0] - problem.extents[node].left for node in after) - gap
    return edge, float(np.mean(positions[after, 1])), False


def _free_place(
    problem: LayeredProblem,
    positions: Positions,
    placed: Sequence[int],
    node: int,
    wish: tuple[float, float, bool],
) -> Positions:
    """Return the place nearest to the wish, straight up or down from it, that is free."""
    edge, height, is_left = wish
    extent = problem.extents[node]
    x = edge + extent.left if is_left else edge - extent.right
    reach = np.array([(e.left, e.right, e.up, e.down) for e in problem.extents])[list(placed)]
    old = positions[list(placed)]
    beside = (old[:, 0] - reach[:, 0] < x + extent.right) & (
        old[:, 0] + reach[:, 1] > x - extent.left
    )
    highest = old[beside, 1] - reach[beside, 2] - problem.spacing.row_gap - extent.down
    lowest = old[beside, 1] + reach[beside, 3] + problem.spacing.row_gap + extent.up
    # The nearest free height is the wish or an end of a forbidden stretch.
    candidates = np.concatenate([[height], np.floor(highest), np.ceil(lowest)])
    candidates = candidates[np.argsort(np.abs(candidates - height), kind="stable")]
    for candidate in on_grid(candidates):
        if not np.any((candidate > highest) & (candidate < lowest)):
            height = float(candidate)
            break
    return on_grid(np.array([x, height]))


def _put_rest_below(problem: LayeredProblem, positions: Positions, placed: Sequence[int]) -> None:
    """Write the positions of the nodes that nothing joins to the placed ones."""
    done = set(placed)
    rest = [node for node in range(len(problem.extents)) if node not in done]
    if not rest:
        return
    left = min(positions[node, 0] - problem.extents[node].left for node in placed)
    bottom = max(positions[node, 1] + problem.extents[node].down for node in placed)
    corner = np.array([left, bottom + problem.spacing.component_gap])
    positions[rest] = on_grid(layered(part_of(problem, rest)) + np.ceil(corner))
