"""Random scalar graphs, the same in every process, with values that stay tame."""

from __future__ import annotations

import math
import random
from typing import final

from tests.benchmarks.engine.scalar_graph import BINARY, Builder, Kind, ScalarGraph

LARGEST = 8.0
SMALLEST = 0.02
"""Values grow and shrink no further, so that no contender needs to clamp an exponent."""

STEEP = 3.0
"""A sigmoid reads nothing larger: f (1 − f), as most write its slope, loses digits where f is 1."""

_BINARY_SHARE = 0.7
_LEVEL_BEFORE_SHARE = 0.8


def random_graph(gates: int) -> ScalarGraph:
    """Return a graph of `gates` gates that read anything before them, and a tenth of leaves.

    Half of the wires come from nodes that nothing has read yet, so that few stay unread.
    """
    return _Growth(gates, leaves=max(2, gates // 10)).run()


def layered_graph(levels: int, width: int) -> ScalarGraph:
    """Return a graph in `levels` of `width` gates; each gate reads the level before its own.

    Its second input may be from the level before that one.
    """
    return _Growth(levels * width, leaves=width, width=width).run()


@final
class _Growth:
    """A graph while it grows: gates are added, and then what nothing reads is summed up."""

    def __init__(self, gates: int, *, leaves: int, width: int = 0) -> None:
        self._left = gates
        self._width = width
        self._dice = random.Random(0)
        self._made = Builder()
        self._values: list[float] = []
        self._read = bytearray()
        self._waiting: list[int] = []
        self._unread_gates = 0
        for _ in range(leaves):
            value = self._dice.uniform(-2, 2)
            self._note(self._made.leaf(value), value)

    def run(self) -> ScalarGraph:
        """Add all gates and return the graph."""
        while self._left > max(0, self._unread_gates - 1):
            self._left -= 1
            self._unread_gates += 1
            self._add_gate()
        return self._made.finish(self._sum_up())

    def _add_gate(self) -> None:
        first = self._pick(levels=1)
        if self._dice.random() < _BINARY_SHARE:
            second = self._pick(levels=1 if self._dice.random() < _LEVEL_BEFORE_SHARE else 2)
            kind, value = _combine(self._dice, self._values[first], self._values[second])
        else:
            second = -1
            kind, value = _transform(self._dice, self._values[first])
        inputs = (first, second) if kind in BINARY else (first,)
        for row in inputs:
            self._mark_read(row)
        self._note(self._made.gate(kind, *inputs), value)

    def _note(self, row: int, value: float) -> None:
        self._values.append(value)
        self._read.append(0)
        if not self._width:
            self._waiting.append(row)

    def _mark_read(self, row: int) -> None:
        if not self._read[row]:
            self._read[row] = 1
            self._unread_gates -= self._made.kinds[row] is not Kind.LEAF

    def _pick(self, levels: int) -> int:
        """Return the row of a node that the next gate may read, at most so many `levels` before."""
        count = len(self._values)
        if self._width:
            start = count - count % self._width
            return self._dice.randrange(max(0, start - levels * self._width), start)
        if self._dice.random() < 0.5:
            while self._waiting:
                row = self._pop_waiting()
                if not self._read[row]:
                    return row
        return self._dice.randrange(count)

    def _pop_waiting(self) -> int:
        place = self._dice.randrange(len(self._waiting))
        last = self._waiting[-1]
        row, self._waiting[place] = self._waiting[place], last
        self._waiting.pop()
        return row

    def _sum_up(self) -> int:
        """Add all gates that nothing reads in pairs, and the sums in pairs, and so on."""
        kinds = self._made.kinds
        rows = [row for row, read in enumerate(self._read) if not read and kinds[row] != Kind.LEAF]
        while len(rows) > 1:
            pairs = zip(rows[::2], rows[1::2], strict=False)
            rest = rows[len(rows) & ~1 :]
            rows = [self._made.gate(Kind.ADD, *pair) for pair in pairs] + rest
        return rows[0]


def _combine(dice: random.Random, x: float, y: float) -> tuple[Kind, float]:
    """Choose a gate that reads x and y and keeps within the limits; where none does, only x."""
    kind = dice.choice((Kind.ADD, Kind.MUL, Kind.MAX))
    value = {Kind.ADD: x + y, Kind.MUL: x * y, Kind.MAX: max(x, y)}[kind]
    if abs(value) > LARGEST:
        kind, value = Kind.MAX, max(x, y)
    if abs(value) < SMALLEST:
        return _squash(x)
    return kind, value


def _transform(dice: random.Random, x: float) -> tuple[Kind, float]:
    """Choose a gate that reads x and keeps within the limits."""
    kind = dice.choice((Kind.EXP, Kind.RECIPROCAL, Kind.SIGMOID))
    if kind is Kind.EXP and math.log(SMALLEST) < x < math.log(LARGEST):
        return kind, math.exp(x)
    if kind is Kind.RECIPROCAL and abs(x) > 1 / LARGEST:
        return kind, 1 / x
    return _squash(x)


def _squash(x: float) -> tuple[Kind, float]:
    """Return a gate that reads any x: whichever of sigmoid and 1/x suits it."""
    if abs(x) > STEEP:
        return Kind.RECIPROCAL, 1 / x
    return Kind.SIGMOID, 1 / (1 + math.exp(-x))
