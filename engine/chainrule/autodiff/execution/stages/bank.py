"""The numbers of stacked gates and their wires, in arrays that the passes write into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats, Shape
from chainrule.autodiff.execution.numbering import Group, Level, Numbering
from chainrule.autodiff.planning.flat import Numbers
from chainrule.gates.kernel import Kernel, Slope, Source


@final
class Bank:
    """Values and gradients by place, operands and downstream gradients by wire.

    Every number stands for an array of `shape`, mostly () for a single one. Behind the values,
    `numbers` holds the slopes that are not to be found among the values, so that one `take` brings
    the slopes of all wires of the `collected` levels.
    """

    def __init__(
        self,
        numbering: Numbering,
        collected: Sequence[Level],
        shape: Shape = (),
        keeps_wires: bool = True,
    ) -> None:
        self.numbering = numbering
        self.keeps_wires = keeps_wires
        self.slopes = SlopeTable(numbering, collected)
        wires = len(numbering.sources)
        self.numbers: Floats = np.zeros((self.slopes.stop, *shape))
        self.values: Floats = self.numbers[: numbering.count]
        self.gradients: Floats = np.zeros((numbering.count, *shape))
        self.operands: Floats = np.zeros((wires, *shape))
        kept = wires if keeps_wires else _widest(numbering.levels)
        self._downstream: Floats = np.zeros((kept, *shape))
        self._collected: Floats = np.empty((len(self.slopes.places), *shape))
        self.unsettled: list[Callable[[], None]] = []
        for place, constant in enumerate(numbering.constants, numbering.given):
            self.numbers[place] = constant
        for place, constant in self.slopes.constants():
            self.numbers[place] = constant

    @property
    def downstream(self) -> Floats:
        """What flowed back along each wire; nothing is there unless it is kept."""
        self.settle()
        return self._downstream

    def flowing(self, wires: slice) -> Floats:
        """Return where a stage writes what flows back along its wires; shared unless it is kept."""
        return self._downstream[wires if self.keeps_wires else slice(wires.stop - wires.start)]

    def settle(self) -> None:
        """Write what a stage has kept for itself, since only those who read gradients need it."""
        for write in self.unsettled:
            write()
        self.unsettled.clear()

    def gradient(self, place: int) -> Array:
        """Return the gradient at a place."""
        self.settle()
        return self.gradients[place]

    def clear(self) -> None:
        """Forget all gradients."""
        self.gradients.fill(0.0)
        self.unsettled.clear()

    def collect_slopes(self) -> None:
        """Bring the slopes of the collected levels up to date with the values."""
        for kernel, gates, operands, targets in self.slopes.jobs:
            inputs = (self.numbers.take(each, 0) for each in operands)
            assert kernel.compute is not None
            computed = kernel.compute(self.numbers.take(gates, 0), *inputs)
            for target, slopes in zip(targets, computed, strict=True):
                self.numbers[target] = slopes
        for run in self.slopes.runs:
            self.numbers.take(self.slopes.places[run], 0, self._collected[run], "clip")

    def collected(self, wires: slice) -> Floats:
        """Return where the slopes of these wires are collected."""
        base = self.slopes.base
        return self._collected[wires.start - base : wires.stop - base]


@final
class SlopeTable:
    """Where the slope of each wire of some levels stands: among the values, or behind them.

    `jobs` are the slopes to compute: the kernel, the places of its gates' outputs, those of their
    operands, and the stretches behind the values that receive the results. `places` begins with
    the wire `base`, the first of these levels; `runs` are stretches of it.
    """

    def __init__(self, numbering: Numbering, levels: Sequence[Level]) -> None:
        self._numbering = numbering
        self._constants: dict[float, int] = {}
        self.stop = numbering.count
        self.base = levels[0].wire if levels else 0
        count = levels[-1].wire_stop - self.base if levels else 0
        self.places: Numbers = np.zeros(count, np.int64)
        self.jobs: list[tuple[Kernel, Numbers, list[Numbers], list[slice]]] = []
        self.runs = list(_runs(levels, self.base))
        by_kernel: dict[Kernel, list[tuple[Level, Group]]] = {}
        for level in levels:
            for group in level.groups:
                by_kernel.setdefault(group.kernel, []).append((level, group))
        for kernel, groups in by_kernel.items():
            self._settle(kernel, groups)

    def constants(self) -> Iterator[tuple[int, float]]:
        """Yield the place of each slope that never changes, with the slope."""
        return ((place, constant) for constant, place in self._constants.items())

    def _settle(self, kernel: Kernel, groups: list[tuple[Level, Group]]) -> None:
        """Say where the slopes of all gates of one kernel stand."""
        gates = np.concatenate([np.arange(group.start, group.stop) for _, group in groups])
        wires = [
            np.concatenate([wires_of(level, group)[port] for level, group in groups])
            for port in range(kernel.arity)
        ]
        operands = [self._numbering.sources[each] for each in wires]
        targets: list[slice] = []
        for port, slope in enumerate(kernel.slopes):
            if slope is Source.COMPUTED:
                targets.append(slice(self.stop, self.stop + len(gates)))
                self.places[wires[port] - self.base] = np.arange(self.stop, self.stop + len(gates))
                self.stop += len(gates)
            else:
                self.places[wires[port] - self.base] = self._found(slope, gates, operands)
        if targets:
            self.jobs.append((kernel, gates, operands, targets))

    def _found(self, slope: Slope, gates: Numbers, operands: list[Numbers]) -> Numbers | int:
        if not isinstance(slope, Source):
            if slope not in self._constants:
                self._constants[slope] = self.stop
                self.stop += 1
            return self._constants[slope]
        return gates if slope is Source.OUTPUT else operands[slope.value]


def _widest(levels: Sequence[Level]) -> int:
    return max((level.wire_stop - level.wire for level in levels), default=0)


def wires_of(level: Level, group: Group) -> list[Numbers]:
    """Return the wire numbers of a group, by operand."""
    offset, size = group.start - level.start, group.stop - group.start
    firsts = level.wire + offset + np.arange(size)
    return [firsts, firsts + level.width][: group.kernel.arity]


def _runs(levels: Sequence[Level], base: int) -> Iterator[slice]:
    """Yield the stretches of wires, counted from `base`, that levels side by side have together."""
    start, stop = base, base
    for level in levels:
        if level.wire != stop:
            yield slice(start - base, stop - base)
            start = level.wire
        stop = level.wire_stop
    if stop > start:
        yield slice(start - base, stop - base)
