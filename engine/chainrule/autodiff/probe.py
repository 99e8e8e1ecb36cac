"""The output of a graph as a function of one leaf, for numerical gradients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.plan import Plan, Step, failure_sentence
from chainrule.autodiff.steps import run_forward
from chainrule.errors import RunError
from chainrule.gates.gate import Piecewise
from chainrule.graph.node import NodeId


@final
@dataclass(frozen=True, slots=True)
class Reading:
    """The output at one point, and which piece each gate with kinks was on, by its node."""

    output: Array
    branches: tuple[tuple[NodeId, Array], ...]


@final
class Probe:
    """Runs what lies between a leaf and the output, and nothing else.

    The plan is not compiled anew and all other values stay as they are. The output of `plan` must
    be one that can be computed.
    """

    def __init__(self, plan: Plan, values: Sequence[Array | None], leaf: NodeId) -> None:
        assert plan.output is not None
        self._slot = plan.flat.slots[leaf]
        self._top = plan.flat.slots[plan.output]
        self._shapes = plan.shapes
        self._values: list[Array | None] = list(values)
        self._steps = _steps_between(plan, self._slot)

    def read(self, value: Array) -> Reading:
        """Return the output for a `value` of the leaf, which must have the leaf's shape.

        Raises RunError if a gate fails there.
        """
        # Each step between is run each time, so no value of the last reading is left.
        self._values[self._slot] = value
        with np.errstate(all="ignore"):
            branches = [branch for step in self._steps for branch in self._run(step)]
        output = self._values[self._top]
        assert output is not None
        return Reading(output, tuple(branches))

    def _run(self, step: Step) -> list[tuple[NodeId, Array]]:
        inputs = [self._values[slot] for slot in step.inputs]
        try:
            self._values[step.output] = run_forward(step.gate, inputs, self._shapes[step.output])
            if isinstance(step.gate, Piecewise):
                return [(step.owner, step.gate.branch(*inputs))]
        except Exception as error:  # a registered gate may raise anything
            sentence = failure_sentence(step.gate, error)
            raise RunError(f"{step.owner}: {sentence}") from error
        return []


def _steps_between(plan: Plan, slot: int) -> list[Step]:
    reached = {slot}
    between: list[Step] = []
    for step in plan.forward:
        if plan.relevant[step.output] and not reached.isdisjoint(step.inputs):
            reached.add(step.output)
            between.append(step)
    return between
