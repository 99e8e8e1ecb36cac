"""What is right: loss and gradients of a scalar graph in plain Python, one gate after the other."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import final

import numpy as np

from tests.benchmarks.engine.scalar_graph import Kind, ScalarGraph, Vector, by_kind, trace


@final
@dataclass(frozen=True)
class Numbers:
    """What a contender has computed; None for what it does not keep.

    `leaves` are the gradients of the leaves in their order, or of the first of them; `wires` what
    flows back along each wire.
    """

    loss: float
    leaves: Vector | None = None
    wires: Vector | None = None


VALUES: Mapping[Kind, Callable[..., float]] = {
    Kind.ADD: lambda x, y: x + y,
    Kind.MUL: lambda x, y: x * y,
    Kind.MAX: lambda x, y: x if x >= y else y,
    Kind.EXP: math.exp,
    Kind.RECIPROCAL: lambda x: 1 / x,
    Kind.SIGMOID: lambda x: 1 / (1 + math.exp(-x)),
    Kind.RELU: lambda x: x if x > 0 else 0.0,
}
"""The value of each kind of gate at its inputs."""

SLOPES: Mapping[Kind, Callable[..., tuple[float, ...]]] = {
    Kind.ADD: lambda f, x, y: (1.0, 1.0),
    Kind.MUL: lambda f, x, y: (y, x),
    Kind.MAX: lambda f, x, y: (1.0, 0.0) if x >= y else (0.0, 1.0),
    Kind.EXP: lambda f, x: (f,),
    Kind.RECIPROCAL: lambda f, x: (-f * f,),
    Kind.SIGMOID: lambda f, x: (f * (1 - f),),
    Kind.RELU: lambda f, x: (1.0,) if x > 0 else (0.0,),
}
"""Its derivative by each input, given its value f; at a tie max hands all to its first input."""


def evaluate(graph: ScalarGraph) -> Numbers:
    """Return the loss and all gradients."""
    values = trace(graph.rows, graph.start[graph.leaves].tolist(), by_kind(VALUES))
    gradients, wires = [0.0] * graph.count, np.zeros((graph.count, 2))
    gradients[graph.root] = 1.0
    for row in range(graph.count - 1, -1, -1):
        kind, *sources = graph.rows[row]
        if kind == Kind.LEAF:
            continue
        inputs = [values[source] for source in sources if source >= 0]
        for port, slope in enumerate(SLOPES[Kind(kind)](values[row], *inputs)):
            wires[row, port] = gradients[row] * slope
            gradients[sources[port]] += gradients[row] * slope
    real = np.column_stack((graph.first, graph.second)) >= 0
    return Numbers(values[graph.root], np.array(gradients)[graph.leaves], wires[real])
