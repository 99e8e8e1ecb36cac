"""How many wires read each node's output, and which nodes nothing reads."""

from __future__ import annotations

from typing import final

import numpy as np

from chainrule.graph.column import Column, Integers


@final
class Readers:
    """The number of readers by row, with the unread rows counted and summed up.

    The sum is there for the most frequent question, which is the output of a graph: when only one
    row is unread, the sum is that row.
    """

    def __init__(self) -> None:
        self.counts = Column(np.int32)
        self._unread = self._sum = 0

    @property
    def only_unread(self) -> int | None:
        """The only unread row; None if there is none, or more than one."""
        return self._sum if self._unread == 1 else None

    def open(self, row: int) -> None:
        """Let a node in, which nothing reads yet."""
        self._unread += 1
        self._sum += row

    def close(self, row: int) -> None:
        """Let a node go, which nothing reads any more."""
        self._unread -= 1
        self._sum -= row

    def gain(self, row: int) -> None:
        """Count one reader more."""
        if self.counts.cells[row] == 0:
            self.close(row)
        self.counts.cells[row] += 1

    def lose(self, row: int) -> None:
        """Count one reader less."""
        self.counts.cells[row] -= 1
        if self.counts.cells[row] == 0:
            self.open(row)

    def gain_all(self, rows: Integers, count: int) -> None:
        """Count one reader more of each of `rows`, which may repeat; `count` rows are there."""
        counts = self.counts.writeable(count)
        gained = np.bincount(rows, minlength=count).astype(counts.dtype)
        read = np.flatnonzero((counts == 0) & (gained > 0))
        self._unread -= len(read)
        self._sum -= int(read.sum())
        counts += gained
