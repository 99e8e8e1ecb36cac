"""The staged executor: many numbers given and read at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.planning.flat import Numbers
from chainrule.gates.gate import Gate
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from tests.helpers import own_gates
from tests.helpers.random_graphs import build, kind_of


def slots_of(graph: GateGraph, passes: Passes, names: Sequence[NodeId]) -> Numbers:
    return passes.plan.flat.slots[[graph.row(name) for name in names]]


@pytest.mark.parametrize("names", [(), ("x3",), ("x3", "x4"), ("x0", "x1"), ("x4", "x1")])
def test_some_leaves_are_given_numbers_and_the_others_keep_theirs(names: tuple[str, ...]) -> None:
    leaves = {f"x{index}": float(index) for index in range(5)}
    graph = build(leaves, {"f": ("add", *leaves)})
    passes = Passes(graph)
    executor = executor_of(passes.plan, small=0, narrow=0)
    executor.feeder(slots_of(graph, passes, names))(np.array([100.0, 1000.0][: len(names)]))
    executor.forward()
    expected = leaves | dict(zip(names, (100.0, 1000.0), strict=False))
    np.testing.assert_array_equal(
        executor.numbers(slots_of(graph, passes, [*leaves])), [*expected.values()]
    )
    assert executor.value(passes.plan.top) == sum(expected.values())


@pytest.mark.parametrize("gate", [own_gates.Cube(), kind_of("square")])
def test_wires_into_gates_without_a_kernel_have_their_gradients_among_many(gate: Gate) -> None:
    graph = build(
        {"x": 2.0, "y": 3.0},
        {"q": (gate, "x"), "f": ("mul", "q", "y"), "n": ("neg", "y")},
        output="f",
    )
    passes = Passes(graph)
    wires = [*graph.wires()]
    executor = executor_of(passes.plan, small=0, narrow=0)
    executor.forward()
    executor.backward(passes.seed)
    flat = passes.plan.flat.wires[[graph.wire_number(wire) for wire in wires]]
    expected = [passes.wire_gradient(wire) for wire in wires]
    np.testing.assert_array_equal(executor.number_downstream(flat), expected)
    np.testing.assert_array_equal(passes.executor.number_downstream(flat), expected)


def test_a_graph_of_gates_without_kernels_has_its_wires_gradients_among_many() -> None:
    graph = build({"x": 2.0}, {"f": (own_gates.Cube(), "x")})
    passes = Passes(graph)
    flat = passes.plan.flat.wires[[graph.wire_number(wire) for wire in graph.wires()]]
    np.testing.assert_array_equal(passes.executor.number_downstream(flat), [12.0])
