"""From a plan to its executor: which gates are stacked, looped over, or run singly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import prod
from typing import Final, final

import numpy as np

from chainrule.arrays import Shape
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.loop import Loop
from chainrule.autodiff.execution.looped import LoopExecutor
from chainrule.autodiff.execution.machine.compiled import CompiledExecutor, gates_to_compile
from chainrule.autodiff.execution.machine.opcodes import Loops
from chainrule.autodiff.execution.numbering import Level, Numberer, Numbering, kernel_of
from chainrule.autodiff.execution.stages.bank import Bank
from chainrule.autodiff.execution.stages.single import Single
from chainrule.autodiff.execution.stages.stage import LoopStage, StackStage, Stage
from chainrule.autodiff.execution.stages.staged import StagedExecutor
from chainrule.autodiff.planning.flat import Numbers
from chainrule.autodiff.planning.levels import levels_of
from chainrule.autodiff.planning.plan import NUMBER, UNKNOWN, Flags, Plan
from chainrule.gates.gate import Gate, InPlace
from chainrule.gates.leaf import Leaf
from chainrule.threads import settle_threads

# Up to so many gates, in a whole graph and in one level, a loop over floats beats calls on arrays.
SMALL: Final = 400
NARROW: Final = 14
# From so many gates a kernel on, a level's slopes are not worth collecting.
WIDE: Final = 128
# Tensors of up to so many numbers are stacked, where there are so many gates of one shape.
SMALL_TENSOR: Final = 16
MANY_TENSORS: Final = 64


def executor_of(
    plan: Plan,
    *,
    small: int = SMALL,
    narrow: int = NARROW,
    keeps_wires: bool = True,
    loops: Loops | None = None,
) -> Executor:
    """Return what runs `plan`, with the values of its leaves.

    Compiled `loops`, where they are given, run what they can. Without them, graphs of up to `small`
    gates, and levels of up to `narrow`, run as a loop over floats. Without `keeps_wires`, stacks
    forget what flows back along a wire as soon as it is added up.
    """
    assembly = _Assembly(plan, narrow, keeps_wires)
    numbers = assembly.numbering(NUMBER)
    is_small = numbers.count - numbers.first <= small
    is_narrow = all(level.width <= narrow for level in numbers.levels)
    if loops is not None and gates_to_compile(plan):
        executor: Executor = CompiledExecutor(loops, numbers, plan.top)
    elif assembly.is_all(NUMBER) and (is_small or is_narrow):
        executor = LoopExecutor(numbers, plan.top)
    else:
        executor = assembly.staged(numbers)
    _feed(executor, plan)
    return executor


def _feed(executor: Executor, plan: Plan) -> None:
    """Give all leaves their values."""
    leaves, values = plan.flat.leaves, plan.leaf_values
    if set(map(type, values)) <= {np.float64}:
        executor.feeder(leaves)(np.array(values, np.float64))
        return
    for slot, value in zip(leaves.tolist(), values, strict=True):
        if value is not None:
            executor.set_value(slot, value)


@final
class _Assembly:
    """Sorts the slots of a plan into banks and single gates."""

    def __init__(self, plan: Plan, narrow: int, keeps_wires: bool) -> None:
        self._plan, self._narrow, self._keeps_wires = plan, narrow, keeps_wires
        flat, codes = plan.flat, plan.flat.codes
        self._levels = levels_of(flat)
        self._numberer = Numberer(flat, self._levels)
        self._readers: Numbers = np.repeat(np.arange(flat.size), np.diff(flat.starts))
        gates = np.array([isinstance(kind, Gate) for kind in flat.kinds], np.bool_)
        kernels = np.array([kernel_of(kind) is not None for kind in flat.kinds], np.bool_)
        self._gates: Flags = gates[codes] & plan.shapes.known
        # A gradient that stops at a dead end is to be among the given ones, like those of leaves.
        dead_ends = plan.stops & ~plan.blocked
        self._uniform: Flags = kernels[codes] & self._gates & self._has_one_shape() & ~dead_ends
        flows = plan.relevant & ~plan.stops & plan.shapes.known
        self._active: Flags = flows if plan.runs_backward else np.zeros_like(flows)
        self._stacked: Flags = np.zeros(flat.size, np.bool_)

    def is_all(self, code: int) -> bool:
        """Say whether every gate that can be computed was numbered with this shape."""
        known = self._plan.shapes.codes
        return bool(np.isin(known, (code, UNKNOWN)).all() and (self._stacked == self._gates).all())

    def numbering(self, code: int) -> Numbering:
        """Number the gates that work on one shape, given by its code."""
        of_shape = self._plan.shapes.codes == code
        stacked = self._uniform & of_shape
        self._stacked |= stacked
        return self._numberer.number(stacked, of_shape & ~stacked, self._active)

    def staged(self, numbers: Numbering) -> Executor:
        """Return the executor over stages; `numbers` has the places of single numbers."""
        shapes = self._plan.shapes
        tensors = [(self.numbering(code), shapes.table[code] or ()) for code in self._many()]
        singles = self._singles([numbers, *(numbering for numbering, _ in tensors)])
        foreign = {level.number for numbering, _ in tensors for level in numbering.levels}
        foreign |= {single.level for single in singles}
        runs = _runs(numbers.levels, self._narrow, sorted(foreign))
        built = [_bank(numbers, (), runs, self._keeps_wires)]
        for each, shape in tensors:
            built.append(_bank(each, shape, [[level] for level in each.levels], self._keeps_wires))
        if singles:
            settle_threads()
        banks = [bank for bank, _ in built]
        stages = [stage for _, of_bank in built for stage in of_bank]
        return StagedExecutor(banks, stages, singles, self._plan.top)

    def _has_one_shape(self) -> Flags:
        """Return which slots have the shape of all their inputs."""
        flat, codes = self._plan.flat, self._plan.shapes.codes
        differs = codes[flat.sources] != codes[self._readers]
        uniform = np.ones(flat.size, np.bool_)
        uniform[self._readers[differs]] = False
        return uniform

    def _many(self) -> list[int]:
        """Return the codes of the small shapes that many gates work on."""
        shapes = self._plan.shapes
        counts = np.bincount(shapes.codes[self._uniform], minlength=len(shapes.table)).tolist()
        return [
            code
            for code, shape in enumerate(shapes.table)
            if shape and prod(shape) <= SMALL_TENSOR and counts[code] >= MANY_TENSORS
        ]

    def _singles(self, numberings: Sequence[Numbering]) -> list[Single]:
        """Return the gates that run by themselves."""
        flat = self._plan.flat
        slots = np.flatnonzero(self._gates & ~self._stacked).tolist()
        if not slots:
            return []
        flowing = self._active[self._readers]
        readers = np.bincount(flat.sources[flowing], minlength=flat.size)
        at_home = np.zeros(flat.size, np.bool_)
        for numbering in numberings:
            at_home |= numbering.places >= 0
        data = {slot for slot in flat.leaves.tolist() if self._is_data(slot) and not at_home[slot]}
        return [self._single(slot, readers, data) for slot in slots]

    def _is_data(self, slot: int) -> bool:
        kind = self._plan.flat.kind(slot)
        return isinstance(kind, Leaf) and not kind.trained and slot != self._plan.top

    def _single(self, slot: int, readers: Numbers, data: set[int]) -> Single:
        flat, shapes = self._plan.flat, self._plan.shapes
        gate = flat.kind(slot)
        assert isinstance(gate, Gate)
        sources = tuple(flat.inputs(slot))
        ports = range(len(sources)) if self._active[slot] else range(0)
        is_delayed = [_can_wait(gate) and source in data for source in sources]
        return Single(
            slot=slot,
            owner=int(flat.owners[slot]),
            gate=gate,
            level=int(self._levels[slot]),
            shape=shapes.of(slot) or (),
            input_shapes=tuple(shapes.of(source) or () for source in sources),
            sources=sources,
            wire=int(flat.starts[slot]),
            readers=tuple(int(readers[source]) for source in sources),
            eager=tuple(port for port in ports if not is_delayed[port]),
            delayed=tuple(port for port in ports if is_delayed[port]),
            data=tuple(source in data for source in sources),
        )


def _can_wait(gate: Gate) -> bool:
    """Say whether a gate computes one gradient without the others, surely, and finite from finite.

    Were it to fail, or infinite where all else is finite, nobody would notice until it is read.
    """
    if isinstance(gate, InPlace):
        return gate.can_wait
    kernel = kernel_of(gate)
    return kernel is not None and kernel.compute is None


def _bank(
    numbering: Numbering, shape: Shape, runs: Sequence[Sequence[Level]], keeps_wires: bool
) -> tuple[Bank, list[Stage]]:
    """Return the bank of a numbering and its stages: a loop for each run of several levels."""
    collected = [run[0] for run in runs if len(run) == 1 and run[0].active and not _is_wide(run[0])]
    bank = Bank(numbering, collected, shape, keeps_wires)
    return bank, [
        StackStage(bank, run[0], not _is_wide(run[0]))
        if len(run) == 1
        else LoopStage(bank, run[0].number, Loop(numbering, run))
        for run in runs
    ]


def _is_wide(level: Level) -> bool:
    return level.width >= WIDE * len(level.groups)


def _runs(levels: Sequence[Level], narrow: int, foreign: Sequence[int]) -> list[list[Level]]:
    """Return the levels, with narrow ones that follow each other joined.

    They can't be joined over `foreign` levels, at which something else computes what they may read.
    """
    runs: list[list[Level]] = []
    for level in levels:
        last = runs[-1] if runs else []
        joins = last and max(last[-1].width, level.width) <= narrow
        if joins and _between(foreign, last[0].number, level.number) == 0:
            last.append(level)
        else:
            runs.append([level])
    return runs


def _between(sorted_numbers: Sequence[int], start: int, stop: int) -> int:
    """Return how many numbers lie from `start` up to `stop`, which doesn't count."""
    return bisect_left(sorted_numbers, stop) - bisect_left(sorted_numbers, start)
