"""The forward and the backward pass: the value and the gradient of every node and wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, final

import numpy as np

from chainrule.arrays import Array, Shape, unbroadcast
from chainrule.autodiff.plan import Plan, Step, compile_plan
from chainrule.errors import GateError
from chainrule.graph.changes import EVERYTHING, Changes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire


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
        self._plan: Plan
        self.update(EVERYTHING)

    @property
    def output(self) -> NodeId | None:
        """The node that is differentiated; None while it isn't clear which."""
        return self._plan.output

    @property
    def faults(self) -> Mapping[NodeId, str]:
        """A sentence for each node whose inputs do not fit it."""
        return self._plan.faults

    def update(self, changes: Changes) -> None:
        """Bring all numbers up to date after an edit that made `changes`."""
        if not changes.numbers:
            return
        if changes.structure or changes.run or self._reshaped(changes):
            self._broken = {}
            self._plan = compile_plan(self._graph, self._broken)
        self._run()

    def value(self, node_id: NodeId) -> Array | None:
        """Return the value of a node, None if it can't be computed."""
        return self._values[self._plan.flat.slots[node_id]]

    def gradient(self, node_id: NodeId) -> Array | None:
        """Return the gradient of a node, of the shape of its value; None if it can't be computed."""
        slot = self._plan.flat.slots[node_id]
        return self._settled(self._gradients[slot], slot, reader=slot)

    def wire_gradient(self, wire: Wire) -> Array | None:
        """Return what flows back along a wire, of the shape of its source's value."""
        flat = self._plan.flat
        index = flat.wires[wire]
        reader = flat.readers[index]
        return self._settled(self._wire_gradients[index], flat.slots[wire.source], reader)

    def shape(self, node_id: NodeId) -> Shape | None:
        """Return the shape of a node's value, None if it can't be computed."""
        return self._plan.shapes[self._plan.flat.slots[node_id]]

    def _settled(self, gradient: Array | None, slot: int, reader: int) -> Array | None:
        """Tell a gradient that is zero from one that is unknown, where no pass wrote any.

        A blocked node may have a part of its sum already, which is not its gradient.
        """
        value, plan = self._values[slot], self._plan
        if value is None or plan.output is None or (plan.relevant[reader] and plan.blocked[reader]):
            return None
        return np.zeros(value.shape)[()] if gradient is None else gradient

    def _reshaped(self, changes: Changes) -> bool:
        return any(self._value_shape(node_id) != self.shape(node_id) for node_id in changes.values)

    def _value_shape(self, node_id: NodeId) -> Shape | None:
        value = self._graph.node(node_id).value
        return None if value is None else value.shape

    def _run(self) -> None:
        while True:
            with np.errstate(all="ignore"):
                failed = self._forward() or self._backward()
            if failed is None:
                return
            step, error = failed
            self._broken[step.owner] = _failure_sentence(step, error)
            self._plan = compile_plan(self._graph, self._broken)

    def _forward(self) -> tuple[Step, Exception] | None:
        flat = self._plan.flat
        values: list[Array | None] = [None] * len(flat.nodes)
        for slot, node in enumerate(flat.nodes):
            if node.gate is None:
                values[slot] = flat.leaf_value(self._graph, slot)
        self._values = values
        for step in self._plan.forward:
            try:
                values[step.output] = step.gate.forward(*[values[slot] for slot in step.inputs])
            except Exception as error:  # noqa: BLE001  a registered gate may raise anything
                return step, error
        return None

    def _backward(self) -> tuple[Step, Exception] | None:
        plan, values = self._plan, cast("list[Array]", self._values)
        gradients: list[Array | None] = [None] * len(values)
        along_wires: list[Array | None] = [None] * len(plan.flat.readers)
        self._gradients, self._wire_gradients = gradients, along_wires
        if plan.output is None or plan.blocked[plan.flat.slots[plan.output]]:
            return None
        top = plan.flat.slots[plan.output]
        gradients[top] = self._seed(values[top])
        for step in plan.backward:
            inputs = [values[slot] for slot in step.inputs]
            upstream = cast(Array, gradients[step.output])
            try:
                downstream = step.gate.backward(upstream, values[step.output], *inputs)
                for port, slot in enumerate(step.inputs):
                    gradient = unbroadcast(downstream[port], inputs[port].shape)
                    along_wires[step.wires + port] = gradient
                    total = gradients[slot]
                    gradients[slot] = gradient if total is None else total + gradient
            except Exception as error:  # noqa: BLE001  a registered gate may raise anything
                return step, error
        return None

    def _seed(self, output: Array) -> Array:
        seed = self._graph.header.seed
        return cast(Array, np.ones(output.shape)[()]) if seed is None else seed


def _failure_sentence(step: Step, error: Exception) -> str:
    if isinstance(error, GateError):
        return str(error)
    return f"the gate {step.gate.name} failed: {type(error).__name__}: {error}"
