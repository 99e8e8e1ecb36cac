"""Gradients by forward-mode differentiation, an implementation that shares no code with ours.

Each quantity carries its value and its Jacobian by the flattened leaf that is asked for: a dual
number with a matrix of tangents. There are no plans, no wires and no reverse accumulation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId

Floats = npt.NDArray[np.float64]

# The value and the slope of each gate of one number, from a formula collection.
SLOPES: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "neg": (lambda x: -x, lambda x: -1.0),
    "exp": (math.exp, math.exp),
    "square": (lambda x: x**2, lambda x: 2 * x),
    "sin": (math.sin, math.cos),
    "cos": (math.cos, lambda x: -math.sin(x)),
    "tanh": (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "sigmoid": (lambda x: 1 / (1 + math.exp(-x)), lambda x: 1 / (2 + math.exp(x) + math.exp(-x))),
    "softplus": (lambda x: math.log1p(math.exp(x)), lambda x: 1 / (1 + math.exp(-x))),
    "relu": (lambda x: max(x, 0.0), lambda x: 1.0 if x > 0 else 0.0),
    "abs": (abs, lambda x: float(x > 0) - float(x < 0)),
    "log": (math.log, lambda x: 1 / x),
    "sqrt": (math.sqrt, lambda x: 0.5 / math.sqrt(x)),
    "reciprocal": (lambda x: 1 / x, lambda x: -1 / x**2),
    "power": (lambda x, exponent: x**exponent, lambda x, exponent: exponent * x ** (exponent - 1)),
    "mul_constant": (lambda x, c: c * x, lambda x, c: c),
    "add_constant": (lambda x, c: x + c, lambda x, c: 1.0),
}

# The partial derivatives of each gate of several numbers.
PARTIALS: dict[str, tuple[Callable[..., Any], Callable[..., list[Any]]]] = {
    "sub": (lambda x, y: x - y, lambda x, y: [1.0, -1.0]),
    "div": (lambda x, y: x / y, lambda x, y: [1 / y, -x / y**2]),
    "add": (lambda *xs: math.fsum(xs), lambda *xs: [1.0] * len(xs)),
    "mul": (
        lambda *xs: math.prod(xs),
        lambda *xs: [math.prod(xs[:i] + xs[i + 1 :]) for i in range(len(xs))],
    ),
    "max": (
        lambda *xs: max(xs),
        lambda *xs: [float(i == xs.index(max(xs))) for i in range(len(xs))],
    ),
    "min": (
        lambda *xs: min(xs),
        lambda *xs: [float(i == xs.index(min(xs))) for i in range(len(xs))],
    ),
}


class OutOfDomainError(Exception):
    """A number at which the formulas above have no value."""


def derivative(graph: GateGraph, output: NodeId, by: NodeId, seed: Floats) -> Floats:
    """Return the derivative of Σ seed · output by a node, as if the node were free.

    Raises OutOfDomainError where a formula can't be evaluated.
    """
    start = value(graph, by)
    tangents = np.eye(start.size).reshape(*start.shape, start.size)
    _, jacobian = _run(graph, output, {by: (start, tangents)})
    if jacobian is None:
        return np.zeros(start.shape)
    return np.asarray(np.tensordot(seed, jacobian, seed.ndim), np.float64).reshape(start.shape)


def value(graph: GateGraph, node_id: NodeId) -> Floats:
    """Return the value of a node."""
    return _run(graph, node_id, {})[0]


def _run(graph: GateGraph, node_id: NodeId, known: dict[NodeId, Any]) -> tuple[Floats, Any]:
    if node_id not in known:
        node = graph.node(node_id)
        if node.value is not None:
            known[node_id] = np.asarray(node.value), None
        else:
            inputs = [_run(graph, str(each), known) for each in graph.inputs(node_id)]
            known[node_id] = _apply(node.kind.name, node.kind.settings(), inputs)
    return known[node_id]


def _apply(gate: str, settings: dict[str, Any], inputs: list[Any]) -> tuple[Floats, Any]:
    shape = np.broadcast_shapes(*[numbers.shape for numbers, _ in inputs])
    columns = [np.broadcast_to(numbers, shape) for numbers, _ in inputs]
    count = next((jacobian.shape[-1] for _, jacobian in inputs if jacobian is not None), None)
    result = np.zeros(shape)
    total = None if count is None else np.zeros((*shape, count))
    for place in np.ndindex(shape):
        number, slopes = _differentiated(gate, settings, [float(each[place]) for each in columns])
        result[place] = number
        for (numbers, jacobian), slope in zip(inputs, slopes, strict=True):
            if total is not None and jacobian is not None:
                tangents = np.broadcast_to(jacobian, (*shape, *jacobian.shape[numbers.ndim :]))
                total[place] += slope * tangents[place]
    return result, total


def _differentiated(
    gate: str, settings: dict[str, Any], numbers: list[float]
) -> tuple[float, list[float]]:
    try:
        if gate in SLOPES:
            forward, slope = SLOPES[gate]
            return forward(*numbers, **settings), [slope(*numbers, **settings)]
        forward, partials = PARTIALS[gate]
        return forward(*numbers), partials(*numbers)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise OutOfDomainError from None
