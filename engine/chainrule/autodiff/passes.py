"""The forward and the backward pass: the value and the gradient of every node and wire."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, final

import numpy as np

from chainrule.arrays import Array, Shape
from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.execution.exchange import Exchange
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.machine.fast import loader
from chainrule.autodiff.planning.failures import to_blame
from chainrule.autodiff.planning.flat import as_list
from chainrule.autodiff.planning.plan import Plan, compile_plan
from chainrule.autodiff.reading import (
    downstream_at,
    gradient_at,
    rows_beside_infinities,
    value_at,
)
from chainrule.errors import RunError
from chainrule.graph.changes import EVERYTHING, Changes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import require_output

_NOTHING: Final[Mapping[int, str]] = {}


@final
class Passes:
    """The numbers of a graph, kept up to date as it changes.

    A node's gradient is the derivative of the output by the node's value, times the seed: the sum
    over its outgoing wires, plus the seed at the output. A number that can't be computed is None: a
    port is unwired or shapes misfit upstream, or, for a gradient, between the node and the output.
    Where nothing reaches the output the gradient is zero. Not-a-number and infinities are numbers;
    they travel on.
    """

    def __init__(self, graph: GateGraph) -> None:
        self._graph = graph
        self._broken: dict[NodeId, str] = {}
        self._dead_ends: dict[NodeId, str] = {}
        self._plan: Plan
        self._executor: Executor
        self._exchange: Exchange
        self._compiled = 0
        self.update(EVERYTHING)

    @property
    def output(self) -> NodeId | None:
        """The node that is differentiated; None while it isn't clear which."""
        return self._plan.output

    @property
    def faults(self) -> Mapping[NodeId, str]:
        """A sentence for each node whose inputs do not fit it, or whose gate failed."""
        return self._plan.faults

    @property
    def unfinished(self) -> Mapping[NodeId, str]:
        """A sentence for each composite gate inside which a port is not wired."""
        return self._plan.unfinished

    def update(self, changes: Changes) -> None:
        """Bring all numbers up to date after an edit that made `changes`."""
        if not changes.numbers:
            return
        # What failed may work with other values.
        failed = bool(self._broken or self._dead_ends)
        if changes.structure or changes.run or failed or not self._feed(changes):
            self._broken, self._dead_ends = {}, {}
            self._compile()
        self.run()

    def run(self) -> None:
        """Run both passes with the values as they are.

        Where gates fail, run once more without them, until none does.
        """
        faster = self._exchange.take(self._executor)
        if faster is not None:
            self._executor = faster
            self._compiled += 1
        while True:
            broken = self._executor.forward()
            flows = self._plan.runs_backward and not broken
            dead_ends = self._executor.backward(self.seed) if flows else _NOTHING
            if not broken and not dead_ends:
                return
            self._broken |= self._named(to_blame(self._plan, broken))
            self._dead_ends |= self._named(to_blame(self._plan, dead_ends, backward=True))
            self._compile()

    def value(self, node_id: NodeId) -> Array | None:
        """Return the value of a node, good until the next run; None if it can't be computed."""
        return value_at(self._plan, self._executor, self._slot(node_id))

    def gradient(self, node_id: NodeId) -> Array | None:
        """Return the gradient of a node, of its value's shape; None if it can't be computed."""
        return gradient_at(self._plan, self._executor, self._slot(node_id))

    def wire_gradient(self, wire: Wire) -> Array | None:
        """Return what flows back along a wire, of the shape of its source's value."""
        flat_wire = int(self._plan.flat.wires[self._graph.wire_number(wire)])
        return downstream_at(self._plan, self._executor, flat_wire)

    def shape(self, node_id: NodeId) -> Shape | None:
        """Return the shape of a node's value, None if it can't be computed."""
        return self._plan.shapes.of(self._slot(node_id))

    @property
    def seed(self) -> Array:
        """The upstream gradient at the output: the graph's own, or ones.

        Raises RunError while it isn't clear which node is the output, or if it has no value.
        """
        given = self._graph.header.seed
        if given is not None:
            return given
        output = self._plan.output or require_output(self._graph)
        shape = self.shape(output)
        if shape is None:
            raise RunError(f"the output {output!r} has no value; wire what is open before it")
        return np.ones(shape)[()]

    @property
    def all_finite(self) -> bool:
        """Whether no value and no gradient is infinite or not a number, as far as is quick to say.

        Sums are looked at, so that very large numbers may count as infinite; never the other way.
        """
        with np.errstate(all="ignore"):
            return all(math.isfinite(each.sum()) for each in self._executor.arrays())

    def beside_infinities(self) -> list[NodeId]:
        """Return the nodes among which those with a number that is not finite are, in order."""
        rows = as_list(rows_beside_infinities(self._plan, self._executor))
        return [self._graph.rows.node(row).id for row in rows]

    @property
    def compiled(self) -> int:
        """How often the graph has been compiled: while this stays, so do all shapes."""
        return self._compiled

    @property
    def plan(self) -> Plan:
        """What of the graph runs."""
        return self._plan

    @property
    def executor(self) -> Executor:
        """What runs the plan, for those who read many numbers at once."""
        return self._executor

    def _slot(self, node_id: NodeId) -> int:
        return int(self._plan.flat.slots[self._graph.row(node_id)])

    def _feed(self, changes: Changes) -> bool:
        """Give the leaves that changed their new values; say whether all have their old shapes."""
        for node_id in changes.values:
            value, slot = self._graph.node(node_id).value, self._slot(node_id)
            if value is None or value.shape != self._plan.shapes.of(slot):
                return False
            self._plan.set_value_of_leaf(slot, value)
            self._executor.set_value(slot, value)
        return True

    def _compile(self) -> None:
        self._plan = compile_plan(self._graph, self._broken, self._dead_ends)
        self._executor = executor_of(self._plan, loops=loader.loops)
        self._exchange = Exchange(self._plan, self._executor)
        self._compiled += 1

    def _named(self, failed: Mapping[int, str]) -> dict[NodeId, str]:
        return {self._graph.rows.node(row).id: sentence for row, sentence in failed.items()}
