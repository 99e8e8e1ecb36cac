"""One gate run by itself: its output, and what it sends back, for any inputs and upstream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeGuard, cast, final

import numpy as np

from chainrule.arrays import Array, unbroadcast
from chainrule.autodiff.passes import Passes
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Input
from chainrule.graph.edits import AddNodes, SetDefinitions, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, Wire


@final
class Ran(NamedTuple):
    """What a gate made of its inputs: its value, and the gradient for each port; None for none."""

    value: Array | None
    downstream: tuple[Array | None, ...]


def run_alone(
    graph: GateGraph,
    node: Node,
    inputs: Sequence[Array],
    upstream: Array | None = None,
    output: Array | None = None,
) -> Ran:
    """Run a gate of `graph` on `inputs`; `upstream` is ones if it is None.

    Where an `output` is given, the backward pass takes it for what the gate has computed, as in
    (1 − f) f. That goes for composite and for muted gates, too, which have no use for an output.
    What doesn't fit, or fails, gives None.
    """
    try:
        with np.errstate(all="ignore"):
            if _runs_itself(node.kind) and not node.passes_on:
                return _run_gate(node.kind, inputs, upstream, output)
            return run_in_graph(graph, node, inputs, upstream)
    except Exception:  # noqa: BLE001  a registered gate may raise anything
        return Ran(None, (None,) * node.ports)


def _runs_itself(kind: Kind) -> TypeGuard[Gate]:
    return isinstance(kind, Gate)


def _run_gate(
    gate: Gate, inputs: Sequence[Array], upstream: Array | None, output: Array | None
) -> Ran:
    value = gate.forward(*inputs)
    if upstream is None:
        upstream = cast(Array, np.ones(value.shape)[()])
    elif upstream.shape != value.shape:
        return Ran(value, (None,) * len(inputs))
    known = value if output is None or output.shape != value.shape else output
    sent = cast("tuple[Any, ...]", gate.backward(upstream, known, *inputs))
    pairs = zip(sent, inputs, strict=True)
    return Ran(value, tuple(unbroadcast(each, given.shape) for each, given in pairs))


def run_in_graph(
    graph: GateGraph, node: Node, inputs: Sequence[Array], upstream: Array | None
) -> Ran:
    """Run a gate of any sort between leaves that hold its inputs; raise what it raises."""
    alone = GateGraph()
    SetDefinitions(graph.definitions).apply(alone)
    leaves = tuple(Node(f"input_{port}", Input(), value=value) for port, value in enumerate(inputs))
    gate = Node("gate_", node.kind, node.ports, muted=node.muted)
    wires = tuple(Wire(leaf.id, gate.id, port) for port, leaf in enumerate(leaves))
    AddNodes((*leaves, gate), wires, gate.id).apply(alone)
    if upstream is not None:
        SetHeader(replace(alone.header, seed=upstream)).apply(alone)
    passes = Passes(alone)
    return Ran(passes.value(gate.id), tuple(passes.wire_gradient(wire) for wire in wires))
