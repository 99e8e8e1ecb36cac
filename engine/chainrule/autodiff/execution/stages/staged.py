"""The executor of everything else: stages over banks of numbers and over single tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats
from chainrule.autodiff.execution.executor import Executor, feeder_into
from chainrule.autodiff.execution.stages.bank import Bank
from chainrule.autodiff.execution.stages.memory import Memory
from chainrule.autodiff.execution.stages.single import Single, SingleStage
from chainrule.autodiff.execution.stages.stage import Stage, Step
from chainrule.autodiff.planning.flat import Numbers, as_list
from chainrule.autodiff.planning.plan import Flags


@final
class StagedExecutor(Executor):
    """Runs stages in the order of their levels. `banks[0]` is that of single numbers."""

    def __init__(
        self, banks: Sequence[Bank], stages: Iterable[Stage], singles: Iterable[Single], top: int
    ) -> None:
        self._banks, self._top = banks, top
        self._memory = Memory(banks)
        self._failed: dict[int, str] = {}
        single = [SingleStage(each, self._memory, self._failed) for each in singles]
        self._stages = sorted([*stages, *single], key=lambda stage: stage.level)
        self._forward = [step for stage in self._stages for step in stage.forward()]
        self._backward = self._backward_steps(blocking=False)
        self._blocking: list[Step] | None = None

    @override
    def forward(self) -> Mapping[int, str]:
        return self._run_forward(self._forward)

    @override
    def forward_from(self, concerned: Callable[[], Flags]) -> Callable[[], Mapping[int, str]]:
        # Single gates may be heavy; to find out which stacks can be spared costs more than they do.
        if not any(isinstance(stage, SingleStage) for stage in self._stages):
            return self.forward
        flags = concerned()
        stages = (
            stage
            for stage in self._stages
            if not isinstance(stage, SingleStage) or flags[stage.single.slot]
        )
        return partial(self._run_forward, [step for stage in stages for step in stage.forward()])

    @override
    def backward(self, seed: Array) -> Mapping[int, str]:
        self._failed.clear()
        with np.errstate(all="ignore"):
            for bank in self._banks:
                bank.collect_slopes()
            self._run_backward(self._backward, seed)
            if not self._finite():
                if self._blocking is None:
                    self._blocking = self._backward_steps(blocking=True)
                self._failed.clear()
                self._run_backward(self._blocking, seed)
        return dict(self._failed)

    @override
    def set_value(self, slot: int, value: Array) -> None:
        self._memory.set_value(slot, value)

    @override
    def value(self, slot: int) -> Array | None:
        return self._memory.value(slot)

    @override
    def gradient(self, slot: int) -> Array | None:
        return self._memory.gradient(slot)

    @override
    def downstream(self, wire: int) -> Array | None:
        return self._memory.downstream(wire)

    @override
    def feeder(self, slots: Numbers) -> Callable[[Floats], None]:
        return feeder_into(self._banks[0].numbers, self._banks[0].numbering.places[slots])

    @override
    def numbers(self, slots: Numbers) -> Floats:
        return self._banks[0].numbers[self._banks[0].numbering.places[slots]]

    @override
    def number_gradients(self, slots: Numbers) -> Floats:
        self._banks[0].settle()
        return self._banks[0].gradients[self._banks[0].numbering.places[slots]]

    @override
    def number_downstream(self, wires: Numbers) -> Floats:
        bank = self._banks[0]
        bank.settle()
        numbers = bank.numbering.wires[wires]
        if (numbers >= 0).all():
            return bank.downstream[numbers]
        # Those into single gates are not in the bank.
        found = (self._memory.downstream(wire) for wire in as_list(wires))
        return np.array([0.0 if each is None else each for each in found], np.float64)

    @override
    def arrays(self) -> Iterable[Array]:
        return self._memory.arrays()

    def _run_forward(self, steps: list[Step]) -> Mapping[int, str]:
        self._failed.clear()
        with np.errstate(all="ignore"):
            for step in steps:
                step()
        return dict(self._failed)

    def _run_backward(self, steps: list[Step], seed: Array) -> None:
        self._memory.clear()
        self._memory.add_gradient(self._top, seed, 1)
        for step in steps:
            step()

    def _backward_steps(self, blocking: bool) -> list[Step]:
        return [step for stage in reversed(self._stages) for step in stage.backward(blocking)]

    def _finite(self) -> bool:
        """Say whether no gradient in a bank is infinite or nan; such ones end in the given ones."""
        given = [bank.gradients[: bank.numbering.given] for bank in self._banks]
        # Of finite numbers, too, the sum may be infinite.
        return all(np.isfinite(each.sum()) or np.isfinite(each).all() for each in given)
