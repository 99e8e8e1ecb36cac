"""What one node does to a gradient: its local gradients, and what it sends back to its inputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

import numpy as np

from chainrule.arrays import Array, unbroadcast
from chainrule.autodiff.alone import run_in_graph
from chainrule.gates.gate import Gate
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire


class Known(Protocol):
    """What is known of a graph's numbers: all that the passes made, or less during playback."""

    @property
    def output(self) -> NodeId | None:
        """The node that is differentiated."""
        ...

    def value(self, node_id: NodeId, /) -> Array | None:
        """Return a node's value, if it is known."""
        ...

    def gradient(self, node_id: NodeId, /) -> Array | None:
        """Return a node's gradient, if it is known."""
        ...

    def wire_gradient(self, wire: Wire, /) -> Array | None:
        """Return what came back along a wire, if it is known."""
        ...


def local_gradients(graph: GateGraph, known: Known, node: Node) -> list[Array | None]:
    """Return the derivative of a node's value by each input; None where it isn't one number."""
    output = known.value(node.id)
    if output is None or output.ndim:
        return [None] * node.ports
    found = sent_back(graph, known, node, np.float64(1.0))
    return [None if each is None or each.ndim else each for each in found]


def sent_back(graph: GateGraph, known: Known, node: Node, upstream: Array) -> list[Array | None]:
    """Return the vector-Jacobian product for each input: what comes back for an `upstream`.

    Each has the shape of its input. None where a value is missing or the gate fails.
    """
    inputs = [None if each is None else known.value(each) for each in graph.inputs(node.id)]
    output = known.value(node.id)
    if node.passes_on:
        return _passed_on(inputs, upstream)
    if output is None or any(each is None for each in inputs):
        return [None] * node.ports
    values = cast("list[Array]", inputs)
    try:
        with np.errstate(all="ignore"):
            if isinstance(node.kind, Gate):
                results = cast("Sequence[Any]", node.kind.backward(upstream, output, *values))
            else:
                results = run_in_graph(graph, node, values, upstream).downstream
            return [
                unbroadcast(each, value.shape) for each, value in zip(results, values, strict=True)
            ]
    except Exception:  # noqa: BLE001  a registered gate may raise anything
        return [None] * node.ports


def _passed_on(inputs: Sequence[Array | None], upstream: Array) -> list[Array | None]:
    """Return what a muted gate sends back: everything to its first input."""
    others: list[Array | None] = [
        None if each is None else cast(Array, np.zeros(each.shape)[()]) for each in inputs[1:]
    ]
    return [None if inputs[0] is None else upstream, *others]
