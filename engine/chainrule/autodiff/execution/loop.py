"""A run of gates as one loop over Python's floats: fastest for few gates and for narrow levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import TypeAlias, final

import numpy as np

from chainrule.autodiff.execution.numbering import Level, Numbering
from chainrule.autodiff.planning.flat import Numbers
from chainrule.gates import kernels
from chainrule.gates.kernel import Kernel

At: TypeAlias = Callable[..., tuple[float, ...]]
Instruction: TypeAlias = tuple[int, int, int, At]

# What an instruction does; sums and products are so frequent that they are spared the call.
_ADD, _MUL, _UNARY, _BINARY = range(4)


@final
class Loop:
    """The gates of some levels that follow each other, as instructions.

    Numbers are counted locally: first those at the `outside` places, in their order, then the
    gates' own; unless it is told otherwise, outside are those that the gates read. `wires` are the
    numbers of the wires in the order in which the backward pass meets them: the same as in stacks,
    so that sums agree to the last digit. `blocks` says whether any gate routes.
    """

    def __init__(
        self, numbering: Numbering, levels: Sequence[Level], outside: Numbers | None = None
    ) -> None:
        self.start, self.stop = numbering.first, numbering.first
        first, last = 0, 0
        if levels:
            self.start, self.stop = levels[0].start, levels[-1].stop
            first, last = levels[0].wire, levels[-1].wire_stop
        sources = numbering.sources[first:last]
        if outside is None:
            outside = np.unique(sources[sources < self.start])
        self.outside = outside
        local = _localised(sources, self.outside, self.start).tolist()
        # Of each wire: the gate that reads it, and the place of its slope among all slopes.
        gates, slopes = [0] * len(local), [0] * len(local)
        routes = [False] * len(local)
        self._program: list[Instruction] = []
        count = 0
        for level, index, kernel in _gates(levels):
            wires = [level.wire - first + index, level.wire - first + level.width + index]
            wires = wires[: kernel.arity]
            for wire in wires:
                gates[wire] = level.start + index - self.start + len(self.outside)
                slopes[wire], routes[wire] = count, kernel.routes
                count += 1
            operands = [local[wire] for wire in wires]
            self._program.append((_what(kernel), operands[0], operands[-1], kernel.at))
        self._kernels = [kernel for _, _, kernel in _gates(levels)]
        self._careful: list[Instruction] | None = None
        order = [
            wire - first for level in reversed(levels) for wire in _order(level, sources, first)
        ]
        self.wires: Numbers = first + np.array(order, np.int64)
        self._sources = [local[wire] for wire in order]
        self._gates = [gates[wire] for wire in order]
        self._routes = [routes[wire] for wire in order]
        self.blocks = any(self._routes)
        self._in_order = _picker([slopes[wire] for wire in order], count)

    def forward(self, numbers: list[float]) -> list[float]:
        """Append the values of the gates to the outside `numbers`; return the slopes."""
        count = len(numbers)
        try:
            return _run(self._program, numbers)
        except (ArithmeticError, ValueError):
            # Python refuses 1/0 and exp(710), where NumPy has infinities.
            del numbers[count:]
            return _run(self._carefully(), numbers)

    def backward(self, slopes: list[float], gradients: list[float]) -> list[float]:
        """Add to `gradients`, counted like the numbers; return the downstream ones of `wires`."""
        downstream: list[float] = []
        append = downstream.append
        for source, gate, slope in zip(  # noqa: B905  a check of the lengths takes its time
            self._sources, self._gates, self._in_order(slopes)
        ):
            flowing = slope * gradients[gate]
            append(flowing)
            gradients[source] += flowing
        return downstream

    def backward_blocking(self, slopes: list[float], gradients: list[float]) -> list[float]:
        """Do as `backward`, but let a slope of 0 block infinities, too, where the gate routes."""
        downstream: list[float] = []
        wires = zip(self._sources, self._gates, self._in_order(slopes), self._routes, strict=True)
        for source, gate, slope, routes in wires:
            flowing = 0.0 if routes and slope == 0.0 else slope * gradients[gate]
            downstream.append(flowing)
            gradients[source] += flowing
        return downstream

    def _carefully(self) -> list[Instruction]:
        """Return the program with the arithmetic of NumPy for all that can raise."""
        if self._careful is None:
            self._careful = [
                (what, first, second, kernel.safely_at)
                for (what, first, second, _), kernel in zip(
                    self._program, self._kernels, strict=True
                )
            ]
        return self._careful


def _run(program: Sequence[Instruction], numbers: list[float]) -> list[float]:
    slopes: list[float] = []
    number, slope = numbers.append, slopes.append
    for what, first, second, at in program:
        if what == _ADD:
            number(numbers[first] + numbers[second])
            slope(1.0)
            slope(1.0)
        elif what == _MUL:
            x, y = numbers[first], numbers[second]
            number(x * y)
            slope(y)
            slope(x)
        elif what == _UNARY:
            value, x = at(numbers[first])
            number(value)
            slope(x)
        else:
            value, x, y = at(numbers[first], numbers[second])
            number(value)
            slope(x)
            slope(y)
    return slopes


def _localised(sources: Numbers, outside: Numbers, start: int) -> Numbers:
    """Return places as local numbers."""
    here = sources - start + len(outside)
    return np.where(sources < start, np.searchsorted(outside, sources), here)


def _gates(levels: Sequence[Level]) -> Iterator[tuple[Level, int, Kernel]]:
    """Yield each gate with its level and its index there."""
    for level in levels:
        for group in level.groups:
            for place in range(group.start, group.stop):
                yield level, place - level.start, group.kernel


def _order(level: Level, sources: Numbers, first: int) -> range:
    """Return the wires of a level in the order in which their gradients are added up.

    That is their own order. Where it makes no difference, for a gate alone that reads two sources,
    it is the opposite: in a chain of such gates all slopes are then met from last to first.
    """
    wires = range(level.wire, level.wire_stop) if level.active else range(0)
    if (
        level.width == 1
        and len(wires) == 2
        and len(set(sources[wires[0] - first :][:2].tolist())) == 2
    ):
        return wires[::-1]
    return wires


def _what(kernel: Kernel) -> int:
    known = {kernels.ADD: _ADD, kernels.MUL: _MUL}
    return known.get(kernel, _UNARY if kernel.arity == 1 else _BINARY)


def _picker(indices: list[int], count: int) -> Callable[[list[float]], Sequence[float]]:
    """Return what picks the numbers at `indices`, in their order, from a list of `count`."""
    if indices == list(range(count))[::-1]:
        return lambda numbers: numbers[::-1]
    if len(indices) == 1:
        return lambda numbers: [numbers[indices[0]]]
    return itemgetter(*indices) if indices else lambda numbers: ()
