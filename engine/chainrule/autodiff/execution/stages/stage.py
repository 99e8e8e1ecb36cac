"""What runs at one point of a pass: a level of stacked gates, or a loop over narrow levels."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeAlias, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.autodiff.execution.loop import Loop
from chainrule.autodiff.execution.numbering import Group, Level
from chainrule.autodiff.execution.stages.bank import Bank
from chainrule.gates.kernel import Source

Step: TypeAlias = Callable[[], Any]


class Stage(ABC):
    """Gates that run together; `level` orders stages.

    A stage is compiled into steps, calls with all their arguments bound to the arrays of a bank.
    """

    level: int

    @abstractmethod
    def forward(self) -> Iterator[Step]:
        """Yield what computes the values."""

    @abstractmethod
    def backward(self, blocking: bool) -> Iterator[Step]:
        """Yield what computes the downstream gradients and adds them to their sources.

        A `blocking` pass holds also infinities back where a gate routes with slope 0.
        """


@final
class StackStage(Stage):
    """One level: one call fetches the operands of all wires, one a kernel computes the values.

    In the backward pass the collected slopes of all wires are multiplied at once with the upstream
    gradients. Where the groups are wide, it is quicker to go group by group without collecting.
    """

    def __init__(self, bank: Bank, level: Level, collects: bool) -> None:
        self.level = level.number
        self._bank, self._level, self._collects = bank, level, collects

    @override
    def forward(self) -> Iterator[Step]:
        bank, level = self._bank, self._level
        wires = slice(level.wire, level.wire_stop)
        sources = bank.numbering.sources[wires]
        yield partial(bank.numbers.take, sources, 0, bank.operands[wires], "clip")
        for group in level.groups:
            yield partial(group.kernel.apply, *self._operands(group), self._outputs(group))

    @override
    def backward(self, blocking: bool) -> Iterator[Step]:
        bank, level = self._bank, self._level
        if not level.active:
            return
        if self._collects:
            yield from self._multiply_all()
        else:
            for group in level.groups:
                yield from self._multiply(group)
        if blocking:
            yield from (self._block(group) for group in level.groups if group.kernel.routes)
        wires = slice(level.wire, level.wire_stop)
        sources = bank.numbering.sources[wires]
        yield partial(np.add.at, bank.gradients, sources, self._flowing(wires))

    def _multiply_all(self) -> Iterator[Step]:
        bank, level = self._bank, self._level
        second = level.wire + level.width
        for wire, count in ((level.wire, level.width), (second, level.binary)):
            wires, gates = slice(wire, wire + count), slice(level.start, level.start + count)
            if count:
                slopes, upstream = bank.collected(wires), bank.gradients[gates]
                yield partial(np.multiply, slopes, upstream, self._flowing(wires))

    def _multiply(self, group: Group) -> Iterator[Step]:
        upstream = self._bank.gradients[group.start : group.stop]
        operands, output = self._operands(group), self._outputs(group)
        downstream = [self._flowing(wires) for wires in self._wires(group)]
        known = {Source.FIRST: operands[0], Source.SECOND: operands[-1], Source.OUTPUT: output}
        for slope, target in zip(group.kernel.slopes, downstream, strict=True):
            if slope == 1.0:
                yield partial(np.copyto, target, upstream)
            elif slope is not Source.COMPUTED:
                factor = known[slope] if isinstance(slope, Source) else np.float64(slope)
                yield partial(np.multiply, factor, upstream, target)
        compute = group.kernel.compute
        if compute is not None:
            targets = [
                target
                for slope, target in zip(group.kernel.slopes, downstream, strict=True)
                if slope is Source.COMPUTED
            ]
            yield partial(_multiply_computed, compute, (output, *operands), upstream, targets)

    def _block(self, group: Group) -> Step:
        downstream = [self._flowing(wires) for wires in self._wires(group)]
        arrays = (self._outputs(group), *self._operands(group))

        def block() -> None:
            for slopes, target in zip(group.kernel.slopes_of(*arrays), downstream, strict=True):
                np.copyto(target, 0.0, where=np.equal(slopes, 0.0))

        return block

    def _flowing(self, wires: slice) -> Floats:
        first, last = self._level.wire, self._level.wire_stop
        return self._bank.flowing(slice(first, last))[wires.start - first : wires.stop - first]

    def _wires(self, group: Group) -> list[slice]:
        first = self._level.wire + group.start - self._level.start
        second, size = first + self._level.width, group.stop - group.start
        return [slice(each, each + size) for each in (first, second)][: group.kernel.arity]

    def _operands(self, group: Group) -> list[Floats]:
        return [self._bank.operands[wires] for wires in self._wires(group)]

    def _outputs(self, group: Group) -> Floats:
        return self._bank.values[group.start : group.stop]


def _multiply_computed(
    compute: Callable[..., tuple[Any, ...]],
    arrays: tuple[Floats, ...],
    upstream: Floats,
    targets: list[Floats],
) -> None:
    for slopes, target in zip(compute(*arrays), targets, strict=True):
        np.multiply(slopes, upstream, target)


@final
class LoopStage(Stage):
    """Levels so narrow that a loop over plain floats beats calls on arrays."""

    def __init__(self, bank: Bank, level: int, loop: Loop) -> None:
        self.level = level
        self._bank, self._loop = bank, loop
        self._slopes: list[float] = []

    @override
    def forward(self) -> Iterator[Step]:
        yield self._run_forward

    @override
    def backward(self, blocking: bool) -> Iterator[Step]:
        yield partial(self._run_backward, blocking)

    def _run_forward(self) -> None:
        numbers, loop = self._bank.numbers, self._loop
        local: list[float] = numbers.take(loop.outside).tolist()
        self._slopes = loop.forward(local)
        numbers[loop.start : loop.stop] = local[len(loop.outside) :]

    def _run_backward(self, blocking: bool) -> None:
        gradients, loop = self._bank.gradients, self._loop
        local: list[float] = gradients.take(loop.outside).tolist()
        local += gradients[loop.start : loop.stop].tolist()
        run = loop.backward_blocking if blocking else loop.backward
        downstream = run(self._slopes, local)
        gradients[loop.outside] = local[: len(loop.outside)]
        self._bank.unsettled.append(partial(self._write, local, downstream))

    def _write(self, gradients: list[float], downstream: list[float]) -> None:
        loop = self._loop
        self._bank.gradients[loop.start : loop.stop] = gradients[len(loop.outside) :]
        if self._bank.keeps_wires:
            self._bank.flowing(slice(None))[loop.wires] = downstream
