"""On which piece of its function each gate with kinks is, all over a graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.numbering import kernel_of
from chainrule.autodiff.planning.flat import Numbers
from chainrule.autodiff.planning.plan import NUMBER, UNKNOWN, Plan
from chainrule.gates.gate import Gate, Piecewise


@final
class Kinks:
    """The gates with kinks between the leaves and the output of a plan.

    `branches` reads the values that an executor has now; `changed` compares two such readings.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._stacks: list[tuple[Gate, Numbers, list[Numbers]]] = []
        self._singles: list[tuple[Gate, int, list[int]]] = []
        runs = plan.relevant & (plan.shapes.codes != UNKNOWN)
        for code, kind in enumerate(plan.flat.kinds):
            if isinstance(kind, Gate) and isinstance(kind, Piecewise):
                self._sort(kind, np.flatnonzero(runs & (plan.flat.codes == code)))

    def branches(self, executor: Executor) -> tuple[Array, ...]:
        """Return the piece that each number is on: for stacks of gates, then for single ones."""
        return (*self._of_stacks(executor), *self._of_singles(executor))

    def changed(self, before: Sequence[Array], after: Sequence[Array]) -> list[int]:
        """Return the rows of the nodes that are on another piece, each once, in their order."""
        slots: list[int] = []
        for kinked, one, other in zip(self._kinked(), before, after, strict=True):
            differs = (one != other) & ~((one != one) & (other != other))
            if isinstance(kinked, int):
                slots.extend([kinked] if np.any(differs) else [])
            else:
                slots.extend(kinked[differs].tolist())
        return list(dict.fromkeys(self._plan.flat.owners[np.sort(slots)].tolist())) if slots else []

    def _sort(self, gate: Gate, slots: Numbers) -> None:
        """Stack the gates that read single numbers by a kernel; keep the others apart."""
        flat, codes = self._plan.flat, self._plan.shapes.codes
        stacked = np.zeros(len(slots), np.bool_)
        if kernel_of(gate) is not None and len(slots):
            # A gate of two shapes broadcasts; one of many inputs has been folded into such of two.
            wires = [flat.starts[slots] + port for port in range(len(gate.ports))]
            sources = [flat.sources[each] for each in wires]
            stacked = np.all([codes[each] == NUMBER for each in sources], axis=0)
            if stacked.any():
                operands = [each[stacked] for each in sources]
                self._stacks.append((gate, slots[stacked], operands))
        self._singles.extend((gate, slot, flat.inputs(slot)) for slot in slots[~stacked].tolist())

    def _of_stacks(self, executor: Executor) -> Iterator[Array]:
        for gate, _, operands in self._stacks:
            assert isinstance(gate, Piecewise)
            yield gate.branch(*(executor.numbers(each) for each in operands))

    def _of_singles(self, executor: Executor) -> Iterator[Array]:
        for gate, _, sources in self._singles:
            assert isinstance(gate, Piecewise)
            yield gate.branch(*(executor.value(each) for each in sources))

    def _kinked(self) -> Iterator[Numbers | int]:
        yield from (slots for _, slots, _ in self._stacks)
        yield from (slot for _, slot, _ in self._singles)
