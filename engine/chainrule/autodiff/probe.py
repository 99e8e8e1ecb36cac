"""The output of a graph as a function of one leaf, for numerical gradients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.execution.machine.fast import loader
from chainrule.autodiff.kinks import Kinks
from chainrule.autodiff.planning.plan import Plan
from chainrule.errors import RunError
from chainrule.gates.gate import Gate
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId


@final
@dataclass(frozen=True, slots=True)
class Reading:
    """The output at one point, and which piece each gate with kinks was on."""

    output: Array
    branches: tuple[Array, ...]


@final
class Probe:
    """Runs a plan, whose output has a value, with other values of one leaf at a time.

    It works in arrays of its own. Each reading computes what depends on the leaf.
    """

    def __init__(self, graph: GateGraph, plan: Plan) -> None:
        self._graph, self._plan = graph, plan
        self._kinks = Kinks(plan)
        self._executor = executor_of(plan, loops=loader.loops)
        self._executor.forward()
        self._leaf: int | None = None
        self._run = self._executor.forward

    def vary(self, leaf: NodeId) -> None:
        """Let `read` vary this leaf from now on; the last one has its own value again."""
        if self._leaf is not None:
            value = self._plan.value_of_leaf(self._leaf)
            assert value is not None
            self._executor.set_value(self._leaf, value)
            self._run()
        self._leaf = int(self._plan.flat.slots[self._graph.row(leaf)])
        concerned = partial(self._plan.downstream_of, self._leaf)
        self._run = self._executor.forward_from(concerned)

    def read(self, value: Array) -> Reading:
        """Return the output for a `value` of the leaf, which must have the leaf's shape.

        Raises RunError if a gate fails there.
        """
        assert self._leaf is not None
        self._executor.set_value(self._leaf, value)
        for row, sentence in self._run().items():
            raise RunError(f"{self._graph.rows.node(row).id}: {sentence}")
        output = self._executor.value(self._plan.top)
        assert output is not None
        return Reading(np.array(output)[()], self._kinks.branches(self._executor))

    def no_derivatives(self) -> tuple[NodeId, ...]:
        """Return the nodes on the way from the leaf whose backward is no derivative, on purpose."""
        flat = self._plan.flat
        kinds = [isinstance(kind, Gate) and not kind.differentiates for kind in flat.kinds]
        if self._leaf is None or not any(kinds):
            return ()
        slots = np.array(kinds)[flat.codes] & self._plan.downstream_of(self._leaf)
        rows = dict.fromkeys(flat.owners[slots].tolist())
        return tuple(self._graph.rows.node(row).id for row in rows)

    def changed(self, one: Reading, other: Reading) -> tuple[NodeId, ...]:
        """Return the nodes that were on another piece of their function, each once."""
        rows = self._kinks.changed(one.branches, other.branches)
        return tuple(self._graph.rows.node(row).id for row in rows)
