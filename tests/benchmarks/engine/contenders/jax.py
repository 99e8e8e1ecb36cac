"""JAX: the whole graph as one compiled function; compiling is paid for once, and shown."""

from __future__ import annotations

import importlib
import operator
import time
from typing import Any, final

import numpy as np
from typing_extensions import override

from tests.benchmarks.engine.contender import Contender, compete
from tests.benchmarks.engine.network import Matrix, Network, numbers_of
from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import Kind, ScalarGraph, Vector, by_kind, trace

jax: Any = importlib.import_module("jax")
jnp: Any = importlib.import_module("jax.numpy")
lax: Any = importlib.import_module("jax.lax")
jax.config.update("jax_enable_x64", True)

OPERATIONS = by_kind(
    {
        Kind.ADD: operator.add,
        Kind.MUL: operator.mul,
        Kind.MAX: lax.max,
        Kind.EXP: lax.exp,
        Kind.RECIPROCAL: lambda x: 1.0 / x,
        Kind.SIGMOID: lax.logistic,
        Kind.RELU: lambda x: lax.max(x, 0.0),
    }
)


@final
class Compiled(Contender):
    """The workload's graph: a vector of leaves in, the loss and a vector of gradients out."""

    def __init__(self, graph: ScalarGraph) -> None:
        self._gradients: Any = None
        leaves = len(graph.leaves)

        def loss(numbers: list[Any]) -> Any:
            return trace(graph.rows, numbers, OPERATIONS)[graph.root]

        def both(point: Any) -> tuple[Any, Any]:
            value, gradients = jax.value_and_grad(loss)([point[i] for i in range(leaves)])
            return value, jnp.stack(gradients)

        start = time.process_time()
        lowered = jax.jit(both).lower(graph.start[graph.leaves])
        traced = time.process_time()
        self._program = lowered.compile()
        self._details = {
            "trace_ms": 1000 * (traced - start),
            "compile_ms": 1000 * (time.process_time() - traced),
        }

    @override
    def run(self, point: Vector) -> float:
        loss, self._gradients = self._program(point)
        return float(loss)

    @override
    def numbers(self, loss: float) -> Numbers:
        return Numbers(loss, np.asarray(self._gradients))

    @override
    def details(self) -> dict[str, float]:
        return self._details


@final
class CompiledNetwork(Contender):
    """The network."""

    def __init__(self, network: Network) -> None:
        self._gradients: list[Any] = []

        def loss(weights: list[Any]) -> Any:
            W1, b1, W2, b2 = weights
            hidden = jax.nn.relu(network.features @ W1 + b1)
            chances = jax.nn.log_softmax(hidden @ W2 + b2)
            return -(chances * network.targets).sum(axis=1).mean()

        self._program = jax.jit(jax.value_and_grad(loss))

    @override
    def run(self, point: list[Matrix]) -> float:
        loss, self._gradients = self._program(point)
        jax.block_until_ready(self._gradients)
        return float(loss)

    @override
    def numbers(self, loss: float) -> Numbers:
        return numbers_of(loss, [np.asarray(each) for each in self._gradients])


if __name__ == "__main__":
    compete({"graph": Compiled, "network": CompiledNetwork})
