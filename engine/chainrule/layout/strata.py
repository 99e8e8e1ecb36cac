"""The columns of a small graph with bends: one item for each node and each column a wire passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import final

Order = list[list[int]]
"""For each column its items from top to bottom."""


@final
@dataclass(frozen=True, slots=True)
class Strata:
    """A layered graph whose links join neighbouring columns only.

    Items below `nodes` are the nodes themselves; the others are bends. All wires of a node that
    go beyond the next column share one trunk of bends. `sources` is in port order.
    """

    nodes: int
    column: Sequence[int]
    sources: Sequence[Sequence[int]]
    readers: Sequence[Sequence[int]]

    @property
    def width(self) -> int:
        """The number of columns."""
        return 1 + max(self.column, default=-1)


def trunk_length(column: Sequence[int], readers: Sequence[Sequence[int]]) -> int:
    """Return how many bends the wires need, so that a caller can refuse before making them."""
    return sum(
        max((column[reader] for reader in each), default=column[node] + 1) - column[node] - 1
        for node, each in enumerate(readers)
    )


def stratify(
    column: Sequence[int], sources: Sequence[Sequence[int]], readers: Sequence[Sequence[int]]
) -> Strata:
    """Return the strata of a graph whose nodes have their columns."""
    columns = list(column)
    trunks: list[list[int]] = []
    for node, each in enumerate(readers):
        last = max((column[reader] for reader in each), default=0)
        passed = range(column[node] + 1, last)
        trunks.append([node, *range(len(columns), len(columns) + len(passed))])
        columns.extend(passed)
    inputs: list[list[int]] = [[] for _ in columns]
    outputs: list[list[int]] = [[] for _ in columns]
    for target, each in enumerate(sources):
        inputs[target] = [trunks[s][column[target] - column[s] - 1] for s in each]
    for trunk in trunks:
        for before, after in pairwise(trunk):
            inputs[after] = [before]
    for target, each in enumerate(inputs):
        for source in each:
            outputs[source].append(target)
    return Strata(len(column), columns, inputs, outputs)
