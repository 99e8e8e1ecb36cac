"""The workloads are the same in every process, and what the contenders are promised."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.engine import generators, lenet, network, reference, workloads
from tests.benchmarks.engine.random_graphs import layered_graph, random_graph
from tests.benchmarks.engine.scalar_graph import (
    BINARY,
    Builder,
    Kind,
    ScalarGraph,
    by_kind,
    by_level,
    trace,
)

MAKERS = {
    "neuron": generators.neuron,
    "demo": lambda: generators.demo(samples=4),
    "chain": lambda: generators.chain(60),
    "random": lambda: random_graph(200),
    "layered": lambda: layered_graph(levels=12, width=5),
}
makers = pytest.mark.parametrize("name", MAKERS)


def columns(graph: ScalarGraph) -> list[list[float]]:
    return [np.asarray(getattr(graph, field.name)).tolist() for field in fields(graph)]


@makers
def test_a_workload_is_the_same_each_time(name: str) -> None:
    assert columns(MAKERS[name]()) == columns(MAKERS[name]())


@makers
def test_every_gate_reads_nodes_before_it_and_no_more_than_its_kind_asks(name: str) -> None:
    graph = MAKERS[name]()
    for row, (kind, first, second) in enumerate(graph.rows):
        assert max(first, second) < row
        assert (first >= 0) == (kind != Kind.LEAF)
        assert (second >= 0) == (kind in BINARY)


@makers
def test_values_stay_tame_so_that_nobody_needs_to_clamp(name: str) -> None:
    graph = MAKERS[name]()
    leaves = graph.start[graph.leaves].tolist()
    values = trace(graph.rows, leaves, by_kind(reference.VALUES))
    inputs = {
        kind: [abs(values[first]) for code, first, _ in graph.rows if code == kind]
        for kind in (Kind.EXP, Kind.SIGMOID)
    }
    assert max(inputs[Kind.EXP], default=0) < 4
    assert max(inputs[Kind.SIGMOID], default=0) <= 3


@makers
def test_gradients_are_finite_and_reach_many_wires(name: str) -> None:
    numbers = reference.evaluate(MAKERS[name]())
    assert numbers.wires is not None
    assert np.isfinite(numbers.wires).all()
    assert (numbers.wires != 0).mean() > 0.3


def test_a_neuron_has_eight_gates_and_the_output_of_the_lecture() -> None:
    graph = generators.neuron()
    assert graph.gates == 8
    assert reference.evaluate(graph).loss == pytest.approx(0.7310585786300049)


def test_the_demo_is_as_large_as_micrograd_makes_it() -> None:
    inputs, hidden, labels = 2, 16, 3
    a_point = 2 * (inputs * hidden + hidden * hidden + hidden) + 2 * hidden + labels
    parameters = (inputs + 1) * hidden + (hidden + 1) * hidden + hidden + 1
    rest = 1 + 1 + 2 * parameters + 1
    small, large = generators.demo(samples=4), generators.demo(samples=6)
    assert large.gates - small.gates == 2 * (a_point + 1)
    assert small.gates == 4 * (a_point + 1) + rest


def test_a_chain_is_as_deep_as_it_is_long_and_keeps_its_gradient() -> None:
    graph = generators.chain(600)
    wires = reference.evaluate(graph).wires
    assert wires is not None
    assert (graph.gates, depth(graph)) == (600, 600)
    assert np.abs(wires[wires != 0]).min() > 1e-3


@pytest.mark.parametrize("gates", [10, 200, 1000])
def test_a_random_graph_has_as_many_gates_as_asked_and_one_output(gates: int) -> None:
    graph = random_graph(gates)
    read = {source for _, *sources in graph.rows for source in sources}
    unread = [row for row in range(graph.count) if row not in read and graph.kinds[row]]
    assert abs(graph.gates - gates) <= 1
    assert unread == [graph.root]


def test_a_layered_graph_has_its_levels_and_a_sum_behind_them() -> None:
    assert 12 <= depth(layered_graph(levels=12, width=8)) <= 12 + 4


@makers
def test_a_graph_sorted_by_level_computes_the_same(name: str) -> None:
    graph = MAKERS[name]()
    ordered, place = by_level(graph)
    expected, got = reference.evaluate(graph), reference.evaluate(ordered)
    assert expected.leaves is not None
    assert got.leaves is not None
    assert got.loss == expected.loss
    assert got.leaves == pytest.approx(expected.leaves[np.argsort(place[graph.leaves])])
    assert all(kind == Kind.LEAF for kind in ordered.kinds[: len(graph.leaves)])


def test_the_reference_agrees_with_central_differences() -> None:
    graph = random_graph(60)
    leaves, step = reference.evaluate(graph).leaves, 1e-6
    assert leaves is not None
    for row, gradient in zip(graph.leaves, leaves, strict=True):
        above, below = shifted(graph, row, step), shifted(graph, row, -step)
        slope = (reference.evaluate(above).loss - reference.evaluate(below).loss) / (2 * step)
        assert gradient == pytest.approx(slope, rel=1e-5, abs=1e-6)


def test_a_max_at_a_tie_hands_the_gradient_to_its_first_input() -> None:
    made = Builder()
    numbers = reference.evaluate(made.finish(made.gate(Kind.MAX, made.leaf(2.0), made.leaf(2.0))))
    assert numbers.leaves is not None
    assert numbers.leaves.tolist() == [1.0, 0.0]


def test_a_workload_comes_out_of_its_file_as_it_went_in(tmp_path: Path) -> None:
    workloads.prepare("W0", tmp_path)
    problem = workloads.load("W0", tmp_path)
    expected = reference.evaluate(generators.neuron())
    assert columns(problem.task) == columns(generators.neuron())
    assert problem.expected.loss == expected.loss
    assert np.array_equal(problem.points[0], problem.task.start[problem.task.leaves])
    assert not np.array_equal(*problem.points)


BY_HAND = {
    "network": (network.make_network, network.by_hand),
    "lenet": (lenet.make_lenet, lenet.by_hand),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_network_by_hand_agrees_with_central_differences(name: str) -> None:
    make, by_hand = BY_HAND[name]
    task, weights = make()
    _, gradients = by_hand(task, weights)
    for weight, gradient in zip(weights, gradients, strict=True):
        place = np.unravel_index(np.argmax(np.abs(gradient)), gradient.shape)
        losses: list[float] = []
        for step in (1e-6, -1e-6):
            weight[place] += step
            losses.append(by_hand(task, weights)[0])
            weight[place] -= step
        assert gradient[place] == pytest.approx((losses[0] - losses[1]) / 2e-6, rel=1e-5)


def depth(graph: ScalarGraph) -> int:
    """Return the number of gates on the longest path."""
    levels = [0] * graph.count
    for row, (kind, *sources) in enumerate(graph.rows):
        if kind != Kind.LEAF:
            levels[row] = 1 + max(levels[source] for source in sources if source >= 0)
    return max(levels)


def shifted(graph: ScalarGraph, row: int, step: float) -> ScalarGraph:
    """Return the graph with another value of one leaf."""
    start = graph.start.copy()
    start[row] += step
    return replace(graph, start=start)
