"""A graph of scalar gates as four plain arrays: what every contender builds its own graph from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


class Kind(IntEnum):
    """What a node computes from its first input x and its second y."""

    LEAF = 0
    ADD = 1
    MUL = 2
    MAX = 3
    EXP = 4
    RECIPROCAL = 5
    SIGMOID = 6
    RELU = 7


BINARY = frozenset({Kind.ADD, Kind.MUL, Kind.MAX})


@final
@dataclass(frozen=True)
class ScalarGraph:
    """Nodes in an order in which inputs come first; the loss is the node `root`.

    `first` and `second` are the rows of a node's inputs, -1 where it has none; `start` holds the
    leaves' values. Wires are counted by node, then by input.
    """

    kinds: NDArray[np.uint8]
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    start: Vector
    root: int

    @property
    def count(self) -> int:
        """The number of nodes, leaves included."""
        return len(self.kinds)

    @cached_property
    def leaves(self) -> NDArray[np.intp]:
        """The rows of the leaves."""
        return np.flatnonzero(self.kinds == Kind.LEAF)

    @property
    def gates(self) -> int:
        """The number of nodes that compute something."""
        return self.count - len(self.leaves)

    @cached_property
    def rows(self) -> list[tuple[int, int, int]]:
        """Kind, first and second input of each node as Python's own numbers."""
        columns = self.kinds.tolist(), self.first.tolist(), self.second.tolist()
        return list(zip(*columns, strict=True))


def by_level(graph: ScalarGraph) -> tuple[ScalarGraph, NDArray[np.intp]]:
    """Return the graph with like gates of a level side by side, and each old row's new one."""
    levels = [0] * graph.count
    for row, (_, first, second) in enumerate(graph.rows):
        if first >= 0:
            below = levels[first] if second < 0 else max(levels[first], levels[second])
            levels[row] = below + 1
    order = np.lexsort((graph.kinds, np.array(levels)))
    place = np.empty_like(order)
    place[order] = np.arange(graph.count)
    first, second = (
        np.where(old >= 0, place[old], -1).astype(np.int32)[order]
        for old in (graph.first, graph.second)
    )
    kinds, start = graph.kinds[order], graph.start[order]
    return ScalarGraph(kinds, first, second, start, int(place[graph.root])), place


Operations = list[Callable[..., Any] | None]


def by_kind(operations: Mapping[Kind, Callable[..., Any]]) -> Operations:
    """Return a library's operations by the number of their kind; leaves have none."""
    return [operations.get(kind) for kind in Kind]


def trace(
    rows: Iterable[tuple[int, int, int]], leaves: Iterable[Any], operations: Operations
) -> list[Any]:
    """Compute all nodes with a library's operations, given the leaves as it wants them.

    This is the loop that all libraries are driven by that build their graph while they compute.
    """
    made: list[Any] = []
    leaf = iter(leaves)
    for kind, first, second in rows:
        operation = operations[kind]
        if operation is None:
            made.append(next(leaf))
        elif second < 0:
            made.append(operation(made[first]))
        else:
            made.append(operation(made[first], made[second]))
    return made


@final
class Builder:
    """Collects nodes one by one."""

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self.first: list[int] = []
        self.second: list[int] = []
        self.start: list[float] = []

    def leaf(self, value: float) -> int:
        """Add a leaf and return its row."""
        return self._add(Kind.LEAF, -1, -1, value)

    def gate(self, kind: Kind, first: int, second: int = -1) -> int:
        """Add a gate and return its row."""
        return self._add(kind, first, second, 0.0)

    def finish(self, root: int) -> ScalarGraph:
        """Return the graph whose loss is `root`."""
        return ScalarGraph(
            np.array(self.kinds, np.uint8),
            np.array(self.first, np.int32),
            np.array(self.second, np.int32),
            np.array(self.start, np.float64),
            root,
        )

    def _add(self, kind: Kind, first: int, second: int, value: float) -> int:
        self.kinds.append(kind)
        self.first.append(first)
        self.second.append(second)
        self.start.append(value)
        return len(self.kinds) - 1
