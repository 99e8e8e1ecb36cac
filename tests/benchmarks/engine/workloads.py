"""The workloads by name: what there is to compute, where, and what is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.engine import generators, lenet, network, reference
from tests.benchmarks.engine.random_graphs import layered_graph, random_graph
from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.scalar_graph import ScalarGraph

NETWORK, LENET = "W4", "W6"

_SCALAR: dict[str, Callable[[], ScalarGraph]] = {
    "W0": generators.neuron,
    "W1": generators.demo,
    "W2": partial(generators.chain, 10_000),
    "W3-1000": partial(random_graph, 1_000),
    "W3-10000": partial(random_graph, 10_000),
    "W3-100000": partial(random_graph, 100_000),
    "W3-1000000": partial(random_graph, 1_000_000),
    "W3L": partial(layered_graph, 1_000, 100),
}

SUMMARIES = {
    "W0": "a sigmoid neuron, gate by gate",
    "W1": "micrograd's demo as one scalar graph",
    "W2": "a chain of 10,000 gates",
    "W3-1000": "a random graph of 1,000 gates",
    "W3-10000": "a random graph of 10,000 gates",
    "W3-100000": "a random graph of 100,000 gates",
    "W3-1000000": "a random graph of 1,000,000 gates",
    "W3L": "1,000 levels of 100 gates",
    NETWORK: "a 784–256–10 network, batch 128, softmax loss, float64",
    LENET: "a network like LeNet-5, batch 32, 28 × 28, softmax loss, float64",
}

NUDGE = 1e-6

_GRAPH = tuple(field.name for field in fields(ScalarGraph))
_NUMBERS = tuple(field.name for field in fields(Numbers))


@final
@dataclass(frozen=True)
class Problem:
    """What is computed, and two points to do it at by turns, so that nothing can be remembered.

    `expected` are the numbers at the first of them. A point is a vector of the leaves' values, or
    a list of the network's weights.
    """

    task: Any
    points: tuple[Any, Any]
    expected: Numbers


def make_graph(name: str) -> ScalarGraph:
    """Return the scalar graph of a workload."""
    return _SCALAR[name]()


def prepare(name: str, folder: Path) -> None:
    """Write a scalar graph and its right numbers to `folder`, for the contenders' processes."""
    if name in _TENSORS:
        return
    graph = make_graph(name)
    expected = reference.evaluate(graph)
    columns: dict[str, Any] = vars(graph) | vars(expected)
    np.savez(folder / f"{name}.npz", **{key: columns[key] for key in (*_GRAPH, *_NUMBERS)})


def load(name: str, folder: Path) -> Problem:
    """Return the problem that `prepare` has written."""
    if name in _TENSORS:
        return _TENSORS[name]()
    with np.load(folder / f"{name}.npz") as data:
        graph = ScalarGraph(**{key: _plain(data[key]) for key in _GRAPH})
        expected = Numbers(**{key: _plain(data[key]) for key in _NUMBERS})
    start = graph.start[graph.leaves]
    return Problem(graph, (start, start * (1 + NUDGE)), expected)


def _plain(column: NDArray[Any]) -> Any:
    """Return a single number as one of Python's own, and an array as it is."""
    return column if column.ndim else column.item()


def _network_problem() -> Problem:
    task, weights = network.make_network()
    return _at_weights(task, weights, *network.by_hand(task, weights))


def _lenet_problem() -> Problem:
    task, weights = lenet.make_lenet()
    return _at_weights(task, weights, *lenet.by_hand(task, weights))


def _at_weights(
    task: Any, weights: list[network.Matrix], loss: float, gradients: list[network.Matrix]
) -> Problem:
    points = weights, [each * (1 + NUDGE) for each in weights]
    return Problem(task, points, network.numbers_of(loss, gradients))


_TENSORS = {NETWORK: _network_problem, LENET: _lenet_problem}
