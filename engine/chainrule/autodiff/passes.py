"""The forward and the backward pass: the value and the gradient of every node and wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, final

import numpy as np

from chainrule.arrays import Array, Shape
from chainrule.autodiff.plan import Plan, compile_plan, failure_sentence
from chainrule.autodiff.probe import Probe
from chainrule.autodiff.steps import run_backward, run_forward
from chainrule.errors import RunError
from chainrule.graph.changes import EVERYTHING, Changes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import require_output


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
        self._values: list[Array | None] = []
        self._gradients: list[Array | None] = []
        self._wire_gradients: list[Array | None] = []
        self._broken: dict[NodeId, str] = {}
        self._dead_ends: dict[NodeId, str] = {}
        self._plan: Plan
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
        if changes.structure or changes.run or failed or self._reshaped(changes):
            self._broken, self._dead_ends = {}, {}
            self._compile()
        self._run()

    def value(self, node_id: NodeId) -> Array | None:
        """Return the value of a node, None if it can't be computed."""
        return self._values[self._plan.flat.slots[node_id]]

    def gradient(self, node_id: NodeId) -> Array | None:
        """Return the gradient of a node, of its value's shape; None if it can't be computed."""
        slot = self._plan.flat.slots[node_id]
        known = not (self._plan.relevant[slot] and self._plan.blocked[slot])
        return self._settled(self._gradients[slot], slot, known=known)

    def wire_gradient(self, wire: Wire) -> Array | None:
        """Return what flows back along a wire, of the shape of its source's value."""
        flat = self._plan.flat
        index = flat.wires[wire]
        known = not self._plan.stops(flat.readers[index])
        return self._settled(self._wire_gradients[index], flat.slots[wire.source], known=known)

    def shape(self, node_id: NodeId) -> Shape | None:
        """Return the shape of a node's value, None if it can't be computed."""
        return self._plan.shapes[self._plan.flat.slots[node_id]]

    @property
    def seed(self) -> Array:
        """The upstream gradient at the output: the graph's own, or ones.

        Raises RunError while it isn't clear which node is the output, or if it has no value.
        """
        given = self._graph.header.seed
        return np.ones(self._output_value().shape)[()] if given is None else given

    @property
    def all_finite(self) -> bool:
        """Whether no value and no gradient is infinite or not a number, as far as is quick to say.

        Sums are looked at, so that very large numbers may count as infinite; never the other way.
        """
        with np.errstate(all="ignore"):
            total = _sum(self._values) + _sum(self._gradients) + _sum(self._wire_gradients)
        return bool(np.isfinite(total))

    @property
    def compiled(self) -> int:
        """How often the graph has been compiled: while this stays, so do all shapes."""
        return self._compiled

    def probe(self, leaf: NodeId) -> Probe:
        """Return the output as a function of `leaf`; RunError if there is no output value."""
        self._output_value()
        return Probe(self._plan, self._values, leaf)

    def _output_value(self) -> Array:
        output = self._plan.output or require_output(self._graph)
        value = self.value(output)
        if value is None:
            raise RunError(f"the output {output!r} has no value; wire what is open before it")
        return value

    def _settled(self, gradient: Array | None, slot: int, *, known: bool) -> Array | None:
        """Tell a gradient that is zero from one that is unknown, where no pass wrote any.

        A blocked node may have a part of its sum already, which is not its gradient.
        """
        value = self._values[slot]
        if value is None or self._plan.output is None or not known:
            return None
        return cast(Array, np.zeros(value.shape)[()]) if gradient is None else gradient

    def _reshaped(self, changes: Changes) -> bool:
        return any(
            _shape_of(self._graph.node(node_id).value) != self.shape(node_id)
            for node_id in changes.values
        )

    def _run(self) -> None:
        """Run both passes, and once more without the gates that failed, until none does."""
        while True:
            with np.errstate(all="ignore"):
                broken = self._forward()
                dead_ends = {} if broken else self._backward()
            if not broken and not dead_ends:
                return
            self._broken |= broken
            self._dead_ends |= dead_ends
            self._compile()

    def _compile(self) -> None:
        self._plan = compile_plan(self._graph, self._broken, self._dead_ends)
        self._compiled += 1

    def _forward(self) -> dict[NodeId, str]:
        """Compute all values; return a sentence for each node that failed."""
        plan, failed = self._plan, dict[NodeId, str]()
        values: list[Array | None] = [None] * len(plan.flat.nodes)
        for slot, node in enumerate(plan.flat.nodes):
            if node.gate is None:
                values[slot] = plan.flat.leaf_value(self._graph, slot)
        self._values = values
        for step in plan.forward:
            inputs = [values[slot] for slot in step.inputs]
            try:
                values[step.output] = run_forward(step.gate, inputs, plan.shapes[step.output])
            except Exception as error:  # noqa: BLE001  a registered gate may raise anything
                if not any(each is None for each in inputs):
                    failed[step.owner] = failure_sentence(step.gate, error)
        return failed

    def _backward(self) -> dict[NodeId, str]:
        """Compute all gradients; return a sentence for each node that failed."""
        plan, values, failed = self._plan, cast("list[Array]", self._values), dict[NodeId, str]()
        gradients: list[Array | None] = [None] * len(values)
        along_wires: list[Array | None] = [None] * len(plan.flat.readers)
        self._gradients, self._wire_gradients = gradients, along_wires
        if plan.output is None or plan.blocked[plan.flat.slots[plan.output]]:
            return failed
        top = plan.flat.slots[plan.output]
        gradients[top] = self.seed
        for step in plan.backward:
            inputs = [values[slot] for slot in step.inputs]
            upstream = gradients[step.output]
            if upstream is None:  # what read it has failed
                continue
            try:
                downstream = run_backward(step.gate, upstream, values[step.output], inputs)
            except Exception as error:  # noqa: BLE001  a registered gate may raise anything
                failed[step.owner] = failure_sentence(step.gate, error)
                continue
            for port, slot in enumerate(step.inputs):
                gradient = downstream[port]
                along_wires[step.wires + port] = gradient
                total = gradients[slot]
                gradients[slot] = gradient if total is None else total + gradient
        return failed


def _shape_of(value: Array | None) -> Shape | None:
    return None if value is None else value.shape


def _sum(numbers: list[Array | None]) -> float:
    return sum(
        float(each.sum()) if each.ndim else float(each) for each in numbers if each is not None
    )
