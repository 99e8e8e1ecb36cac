"""Which column each node stands in: sources before readers, leaves at the left or near by."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter

from chainrule.layout.problem import WireEnds

REACH = 4
"""No node stands more columns than this to the left of its nearest reader.

Leaves of a small graph so stand together in column 0, as in the lecture's figures, while a leaf
that is first read far to the right stands just before its reader and has a short wire.
"""


def neighbours(count: int, wires: Sequence[WireEnds]) -> tuple[list[list[int]], list[list[int]]]:
    """Return the sources in port order and the readers by index of every node, each named once."""
    sources: list[dict[int, None]] = [{} for _ in range(count)]
    readers: list[set[int]] = [set() for _ in range(count)]
    for wire in sorted(wires, key=lambda wire: (wire.target, wire.port, wire.source)):
        sources[wire.target][wire.source] = None
        readers[wire.source].add(wire.target)
    return [list(each) for each in sources], [sorted(each) for each in readers]


def assign_columns(sources: Sequence[Sequence[int]], readers: Sequence[Sequence[int]]) -> list[int]:
    """Return a column for each node: as far left as its inputs allow, but within REACH.

    Raises graphlib.CycleError for a graph with a cycle.
    """
    order = tuple(TopologicalSorter(dict(enumerate(sources))).static_order())
    column = [0] * len(sources)
    for node in order:
        column[node] = 1 + max((column[source] for source in sources[node]), default=-1)
    for node in reversed(order):
        nearest = min((column[reader] for reader in readers[node]), default=column[node])
        if nearest - column[node] > REACH:
            column[node] = nearest - 1
    return column
