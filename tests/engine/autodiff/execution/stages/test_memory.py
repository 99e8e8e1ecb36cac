"""Gradients of tensors: shared, summed, and, for data, computed when they are read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.arrays import as_array
from chainrule.autodiff.passes import Passes
from chainrule.graph.edits import AddNodes, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from tests.helpers import own_gates
from tests.helpers.random_graphs import build, extend, kind_of, leaf


def product(x: Any, w: Any, *, factor: float = 1.0) -> GateGraph:
    """Return Σ factor · x w, with data x and w."""
    return build(
        {"x": x, "w": w},
        {
            "y": ("matmul", "x", "w"),
            "z": (kind_of("mul_constant", c=factor), "y"),
            "f": ("sum", "z"),
        },
    )


def set_value(graph: GateGraph, passes: Passes, name: str, value: Any) -> None:
    edit = SetValue(name, as_array(value))
    edit.apply(graph)
    passes.update(edit.changes())


def test_a_gradient_of_data_is_the_same_each_time_that_it_is_read() -> None:
    passes = Passes(product([[1.0, 2.0]], [[3.0], [4.0]]))
    for _ in range(3):
        np.testing.assert_array_equal(passes.gradient("x"), [[3.0, 4.0]])
        np.testing.assert_array_equal(passes.wire_gradient(Wire("x", "y", 0)), [[3.0, 4.0]])
        np.testing.assert_array_equal(passes.gradient("w"), [[1.0], [2.0]])


@pytest.mark.parametrize("read_before", [True, False])
def test_a_gradient_of_data_belongs_to_the_latest_run(read_before: bool) -> None:
    graph = product([[1.0, 2.0]], [[3.0], [4.0]])
    passes = Passes(graph)
    if read_before:
        passes.gradient("x")
    set_value(graph, passes, "w", [[5.0], [-6.0]])
    np.testing.assert_array_equal(passes.gradient("x"), [[5.0, -6.0]])
    np.testing.assert_array_equal(passes.wire_gradient(Wire("x", "y", 0)), [[5.0, -6.0]])


def test_reading_a_gradient_of_data_changes_no_other_number() -> None:
    graph = build(
        {"x": [[1.0, 2.0], [3.0, 4.0]]},
        {
            "p": ("matmul", "x", "x"),
            "q": ("matmul", "p", "x"),
            "s": ("add", "p", "q", "x"),
            "f": ("sum", "s"),
        },
    )
    passes, other = Passes(graph), Passes(graph)
    other.gradient("x")
    for name in ("s", "q", "p", "x"):
        np.testing.assert_array_equal(passes.gradient(name), other.gradient(name))
        for wire in graph.wires_from(name):
            np.testing.assert_array_equal(passes.wire_gradient(wire), other.wire_gradient(wire))


def test_data_read_by_a_matmul_and_by_other_gates_gets_the_sum() -> None:
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    graph = build({"x": x}, {"p": ("matmul", "x", "x"), "s": ("add", "p", "x"), "f": ("sum", "s")})
    ones = np.ones((2, 2))
    np.testing.assert_array_equal(Passes(graph).gradient("x"), ones @ x.T + x.T @ ones + ones)


def test_data_that_is_the_output_gets_the_seed() -> None:
    graph = build({"x": [[1.0, 2.0]], "w": [[3.0], [4.0]]}, {"y": ("matmul", "x", "w")}, output="x")
    passes = Passes(graph)
    np.testing.assert_array_equal(passes.gradient("x"), [[1.0, 1.0]])
    np.testing.assert_array_equal(passes.gradient("w"), [[0.0], [0.0]])
    np.testing.assert_array_equal(passes.wire_gradient(Wire("x", "y", 0)), [[0.0, 0.0]])


@pytest.mark.parametrize(("x", "w"), [([[0.0]], [[1e308]]), ([[0.0]], [[np.inf, -np.inf]])])
def test_infinities_in_gradients_of_data_raise_no_warnings(x: Any, w: Any) -> None:
    gradient = Passes(product(x, w, factor=1e200)).gradient("x")
    assert gradient is not None
    assert not np.isfinite(gradient).any()


def test_infinities_in_gradients_of_data_are_seen_before_they_are_read() -> None:
    passes = Passes(product([[1e-300]], [[1e200]], factor=1e200))
    assert not passes.all_finite
    np.testing.assert_array_equal(passes.gradient("x"), [[np.inf]])


def test_infinities_that_arise_in_the_sum_at_data_are_seen() -> None:
    graph = build(
        {"x": [1e-300, 0.0], "y": [1.5e308, 1.0]},
        {"a": ("mul", "x", "y"), "b": ("mul", "x", "y"), "s": ("add", "a", "b"), "f": ("sum", "s")},
    )
    passes = Passes(graph)
    assert not passes.all_finite
    np.testing.assert_array_equal(passes.gradient("x"), [np.inf, 2.0])


@pytest.mark.parametrize("trained", [True, False])
def test_gradients_that_pass_a_sum_unchanged_are_not_added_up_in_one_array(trained: bool) -> None:
    # Each add hands its upstream gradient on as it is; u, v and x then each have several readers.
    graph = build({"y": [[1.0, 2.0], [3.0, 4.0]]}, {})
    AddNodes((leaf("x", [[1.0, -1.0], [0.5, 2.0]], trained=trained),), ()).apply(graph)
    extend(
        graph,
        {},
        {
            "u": ("add", "x", "x", "y"),
            "v": ("add", "u", "y", "u"),
            "w": ("add", "v", "x"),
            "s": ("add", "w", "v", "w"),
            "f": ("sum", "s"),
        },
    )
    passes = Passes(graph)
    expected = {"s": 1.0, "w": 2.0, "v": 3.0, "u": 6.0, "y": 9.0, "x": 14.0}
    for name, number in expected.items():
        np.testing.assert_array_equal(passes.gradient(name), np.full((2, 2), number))
    along = {"s": 1.0, "w": 2.0, "v": 3.0, "u": 6.0}
    for wire in graph.wires():
        if wire.target in along:
            wanted = np.full((2, 2), along[wire.target])
            np.testing.assert_array_equal(passes.wire_gradient(wire), wanted)


def test_a_gradient_of_data_that_fails_is_a_fault_of_its_gate_before_it_is_read() -> None:
    graph = build({"x": [1.0, 2.0]}, {"own": (own_gates.FailsBackwardInPlace(), "x")})
    passes = Passes(graph)
    assert "no gradient here" in passes.faults["own"]
    np.testing.assert_array_equal(passes.value("own"), [1.0, 2.0])
    assert passes.gradient("x") is None
    assert passes.wire_gradient(Wire("x", "own", 0)) is None
