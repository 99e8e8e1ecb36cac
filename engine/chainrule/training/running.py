"""A graph compiled for training: values of leaves in, the output and gradients out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats, Shape, format_shape
from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.execution.exchange import Exchange
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.machine.fast import loader
from chainrule.autodiff.planning.flat import Numbers, as_list
from chainrule.autodiff.planning.plan import NUMBER, compile_plan
from chainrule.errors import TrainingError
from chainrule.gates.gate import Elementwise, Gate
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import require_output


@final
class Evaluator:
    """Runs a graph for given values of some leaves, forward alone or back, too.

    It keeps nothing of wires. The graph may change afterwards; what runs is what it was.
    """

    def __init__(self, graph: GateGraph, leaves: Sequence[NodeId]) -> None:
        output = require_output(graph)
        plan = self._plan = compile_plan(graph, {}, {})
        for node, sentence in {**plan.unfinished, **plan.faults}.items():
            raise TrainingError(f"{node}: {sentence}")
        shape = plan.shapes.of(plan.top)
        if shape is None:
            raise TrainingError(f"{output!r} has no value; wire what is open before it")
        self.shape: Shape = shape
        self._owners = graph.rows.nodes.copy()
        self._seed: Array = np.ones(shape)[()] if graph.header.seed is None else graph.header.seed
        self._leaves: Numbers = plan.flat.slots[[graph.row(each) for each in leaves]]
        self._is_plain = bool((plan.shapes.codes == NUMBER).all())
        self._adopt(executor_of(plan, keeps_wires=False, loops=loader.loops))
        self._exchange = Exchange(plan, self._executor)

    @property
    def stacks(self) -> bool:
        """Whether the graph is of gates that work number by number, on single numbers.

        Such a graph computes many examples at once where its inputs are vectors.
        """
        kinds = self._plan.flat.kinds
        gates = [kind for kind in kinds if isinstance(kind, Gate)]
        return self._is_plain and all(isinstance(kind, Elementwise) for kind in gates)

    @property
    def is_plain(self) -> bool:
        """Whether all of the graph are single numbers; values are then handed over as a vector."""
        return self._is_plain

    def forward(self, values: Sequence[Array] | Floats) -> Array:
        """Return the output for values of the leaves, in their order; raise TrainingError."""
        faster = self._exchange.take(self._executor)
        if faster is not None:
            self._adopt(faster)
        if self._feed is not None:
            self._feed(np.asarray(values))
        else:
            for slot, value in zip(as_list(self._leaves), values, strict=True):
                self._executor.set_value(slot, value)
        self._check(self._executor.forward())
        found = self._executor.value(self._plan.top)
        assert found is not None
        return found

    def backward(self, count: int) -> Sequence[Array | None] | Floats:
        """Return the gradients of the first `count` leaves after a run forward."""
        self._check(self._executor.backward(self._seed))
        leaves = self._leaves[:count]
        if self._is_plain:
            return self._executor.number_gradients(leaves)
        return [self._executor.gradient(slot) for slot in as_list(leaves)]

    def _adopt(self, executor: Executor) -> None:
        self._executor = executor
        self._feed: Callable[[Floats], None] | None = None
        if self._is_plain:
            self._feed = executor.feeder(self._leaves)

    def _check(self, failed: Mapping[int, str]) -> None:
        for row, sentence in failed.items():
            node = self._owners[row]
            raise TrainingError(f"{'a gate' if node is None else node.id}: {sentence}")


def require_scalar(runner: Evaluator, output: NodeId) -> None:
    """Raise TrainingError unless the output is one number, as a loss is."""
    if runner.shape:
        raise TrainingError(
            f"{output!r} has shape {format_shape(runner.shape)}, and a loss is one number; add a "
            "mean or a sum behind it"
        )
