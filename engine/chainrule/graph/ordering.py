"""A topological order that follows a graph's changes, walking no more of it than it must."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias, final

import numpy as np

from chainrule.graph.column import Column

Neighbours: TypeAlias = Callable[[int], Iterable[int]]

GAP: Final = 1 << 36
LIMIT: Final = 1 << 61


@final
class Ordering:
    """Labels of rows such that every wire leads from a smaller label to a larger one.

    A wire that agrees with the labels costs a comparison. For any other, two searches take turns,
    wire by wire: from its target along the wires and from its source against them, both among the
    labels between the two ends. If they meet, the wire would close a cycle. The search that ends
    first knows all that has to move, and only that gets new labels: a new gate put in front of half
    the graph costs as little as the gate itself. (After M. Bender, J. Fineman, S. Gilbert and R.
    Tarjan, "A new approach to incremental cycle detection and related problems", 2016.)

    Labels have gaps, so that there is room for what moves; if there isn't, all are spread anew.
    Rows between which no path leads may share a label. Taking wires away needs no work.
    """

    def __init__(self, labels: Column, successors: Neighbours, predecessors: Neighbours) -> None:
        self._labels = labels
        self._successors = successors
        self._predecessors = predecessors
        self._count = 0
        self._last = 0

    def extend(self, rows: range) -> None:
        """Label new rows, the next by number, behind all others."""
        self._count = rows.stop
        self.arrange(rows)

    def arrange(self, rows: Sequence[int]) -> None:
        """Label `rows`, which have no wires yet, behind all others in the order given."""
        if self._last + GAP * len(rows) > LIMIT:
            self._spread()
        labels = self._labels.cells
        for row in rows:
            self._last += GAP
            labels[row] = self._last

    def place(self, source: int, target: int) -> bool:
        """Make the labels agree with a new wire; say no, and change none, if it closes a cycle."""
        labels = self._labels.cells
        low, high = labels[target], labels[source]
        if high < low:
            return True
        if source == target:
            return False
        ahead = _Search(target, self._successors, labels, low, high)
        behind = _Search(source, self._predecessors, labels, low, high)
        for down, up in zip(ahead, behind, strict=False):
            if down in behind.reached or up in ahead.reached:
                return False
        if ahead.is_done:
            found = self._move(ahead.reached, high, min(ahead.border, default=None))
        else:
            found = self._move(behind.reached, max(behind.border, default=None), low)
        return found or self._place_anew(source, target)

    def leads(self, source: int, target: int) -> bool:
        """Say whether a path of wires leads from a row to another; a row leads to itself.

        It is looked for among the labels between the two only.
        """
        labels = self._labels.cells
        low, high = labels[source], labels[target]
        if source == target or low >= high:
            return source == target
        ahead = _Search(source, self._successors, labels, low, high)
        behind = _Search(target, self._predecessors, labels, low, high)
        for down, up in zip(ahead, behind, strict=False):
            if down in behind.reached or up in ahead.reached:
                return True
        return False

    def _move(self, rows: Iterable[int], low: int | None, high: int | None) -> bool:
        """Label `rows` between `low` and `high`, of which one may be open, if there is room."""
        labels = self._labels.cells
        ordered = sorted(rows, key=labels.__getitem__)
        parts = len(ordered) + 1
        if low is None:
            assert high is not None
            low = high - GAP * parts
        if high is None:
            high = low + GAP * parts
        if high - low < parts or low < -LIMIT or high > LIMIT:
            return False
        step = (high - low) // parts
        for index, row in enumerate(ordered, 1):
            labels[row] = low + index * step
        self._last = max(self._last, low + len(ordered) * step)
        return True

    def _place_anew(self, source: int, target: int) -> bool:
        self._spread()
        return self.place(source, target)

    def _spread(self) -> None:
        """Give all labels equal gaps, those of rows without a node too: they may come back."""
        labels = self._labels.writeable(self._count)
        labels[np.argsort(labels, kind="stable")] = np.arange(1, self._count + 1) * GAP
        self._last = self._count * GAP


@final
class _Search:
    """The rows that a walk from `start` has `reached` with labels from `low` to `high`.

    It is a generator's loop, so that two searches can take turns; `border` are the labels outside
    that it came upon.
    """

    __slots__ = (
        "_high",
        "_labels",
        "_low",
        "_neighbours",
        "_start",
        "border",
        "is_done",
        "reached",
    )

    def __init__(
        self, start: int, neighbours: Neighbours, labels: memoryview[int], low: int, high: int
    ) -> None:
        self._start = start
        self._neighbours = neighbours
        self._labels = labels
        self._low, self._high = low, high
        self.reached = {start}
        self.border: list[int] = []
        self.is_done = False

    def __iter__(self) -> Iterator[int]:
        """Yield the far end of every wire that is looked at."""
        labels, low, high, reached = self._labels, self._low, self._high, self.reached
        waiting = [self._start]
        while waiting:
            for row in self._neighbours(waiting.pop()):
                label = labels[row]
                if not low <= label <= high:
                    self.border.append(label)
                elif row not in reached:
                    reached.add(row)
                    waiting.append(row)
                yield row
        self.is_done = True
