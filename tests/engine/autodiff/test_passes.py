"""The passes: values and gradients against a reference, where there are none, and updates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chainrule.arrays import Array, as_array
from chainrule.autodiff.passes import Passes
from chainrule.errors import GraphError
from chainrule.files import loads
from chainrule.gates.gate import Gate
from chainrule.graph.edits import SetHeader, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Wire
from tests.helpers import own_gates, reference
from tests.helpers.random_graphs import EDITS, build, edits, runnable_graphs

CASES = json.loads((Path(__file__).parents[2] / "cases" / "lecture.json").read_text("utf-8"))


def lecture(**header: Any) -> GateGraph:
    return build(
        {"x": -2.0, "y": 5.0, "z": -4.0},
        {"q": ("add", "x", "y"), "f": ("mul", "q", "z")},
        **header,
    )


def numbers(graph: GateGraph, passes: Passes) -> dict[object, object]:
    """Return all numbers, to the last digit."""
    found: dict[object, object] = {"output": passes.output, "faults": dict(passes.faults)}
    for node_id in graph.ids():
        found[node_id] = _exact(passes.value(node_id)), _exact(passes.gradient(node_id))
    for wire in graph.wires():
        found[wire] = _exact(passes.wire_gradient(wire))
    return found


def _exact(array: Array | None) -> object:
    return None if array is None else (array.shape, repr(array.tolist()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_worked_case_of_the_lecture_has_its_numbers(case: dict[str, Any]) -> None:
    graph = loads(json.dumps(case["graph"]).encode())
    passes = Passes(graph)
    for name, expected in case["expected"]["nodes"].items():
        _agrees(passes.value(name), expected["value"])
        _agrees(passes.gradient(name), expected["grad"])
    edges = case["expected"]["edges"]
    assert len(edges) == len([*graph.wires()])
    for edge in edges:
        wire = Wire(edge["source"], edge["target"], edge["port"])
        _agrees(passes.wire_gradient(wire), edge["grad"])


def _agrees(ours: Array | None, expected: Any) -> None:
    assert ours is not None
    assert ours.shape == np.shape(expected)
    np.testing.assert_allclose(ours, expected, rtol=1e-9)


@settings(max_examples=200)
@given(graph=runnable_graphs(open_ports=False), data=st.data())
def test_random_graphs_agree_with_forward_mode(graph: GateGraph, data: st.DataObject) -> None:
    passes = Passes(graph)
    output = data.draw(st.sampled_from([*graph.ids()])) if passes.output is None else passes.output
    SetHeader(Header(output=output)).apply(graph)
    passes = Passes(graph)
    by = data.draw(st.sampled_from([*graph.ids()]))
    try:
        top = reference.value(graph, output)
        seed = np.ones(top.shape)
        expected = reference.derivative(graph, output, by, seed)
    except reference.OutOfDomainError:
        assume(False)
    assume(np.all(abs(expected) < 1e12) and np.all(abs(top) < 1e12))
    ours = passes.gradient(by)
    assert ours is not None
    assert ours.shape == expected.shape
    _close(passes.value(output), top, 1e-9)
    _close(ours, expected, 1e-7)


def _close(ours: Array | None, expected: Array, relative: float) -> None:
    assert ours is not None
    floor = 1e-9 * float(np.max(abs(expected), initial=1.0))
    np.testing.assert_allclose(ours, expected, rtol=relative, atol=floor)


@given(graph=runnable_graphs())
def test_a_node_s_gradient_is_the_sum_over_its_wires_and_the_seed(graph: GateGraph) -> None:
    passes = Passes(graph)
    for node_id in graph.ids():
        gradient, value = passes.gradient(node_id), passes.value(node_id)
        along = [passes.wire_gradient(wire) for wire in graph.wires_from(node_id)]
        if gradient is None or value is None:
            continue
        seed = np.ones(value.shape) if node_id == passes.output else np.zeros(value.shape)
        assert all(each is not None for each in along)
        total = sum((each for each in along if each is not None), seed)
        np.testing.assert_allclose(gradient, total, rtol=1e-12)


@pytest.mark.parametrize("name", EDITS)
@settings(max_examples=40)
@given(data=st.data())
def test_updated_passes_are_fresh_passes(name: str, data: st.DataObject) -> None:
    graph = data.draw(runnable_graphs())
    passes = Passes(graph)
    edit = data.draw(st.composite(EDITS[name])(graph))
    try:
        inverse = edit.apply(graph)
    except GraphError:
        return
    passes.update(edit.changes())
    assert numbers(graph, passes) == numbers(graph, Passes(graph))
    inverse.apply(graph)
    passes.update(inverse.changes())
    assert numbers(graph, passes) == numbers(graph, Passes(graph))


@settings(max_examples=60)
@given(data=st.data())
def test_the_last_digits_do_not_depend_on_the_history(data: st.DataObject) -> None:
    graph = data.draw(runnable_graphs())
    before = numbers(graph, Passes(graph))
    inverses = []
    for _ in range(4):
        try:
            inverses.append(data.draw(edits(graph)).apply(graph))
        except GraphError:
            continue
        if len(graph) == 0:
            break
    for inverse in reversed(inverses):
        inverse.apply(graph)
    assert numbers(graph, Passes(graph)) == before


def test_a_value_read_twice_by_one_gate_gets_both_gradients() -> None:
    graph = build({"x": 3.0}, {"f": ("mul", "x", "x")})
    passes = Passes(graph)
    assert passes.wire_gradient(Wire("x", "f", 0)) == 3.0
    assert passes.wire_gradient(Wire("x", "f", 1)) == 3.0
    assert passes.gradient("x") == 6.0


def test_a_source_on_three_ports_adds_up() -> None:
    graph = build({"x": 2.0, "y": 5.0}, {"f": ("mul", "x", "y", "x")})
    assert Passes(graph).gradient("x") == 20.0


def test_a_broadcast_input_gets_the_sum_over_its_copies() -> None:
    graph = build({"x": [1.0, 2.0, 3.0], "b": 10.0}, {"s": ("mul", "x", "b"), "f": ("sum", "s")})
    passes = Passes(graph)
    assert passes.gradient("b") == 6.0
    assert passes.wire_gradient(Wire("b", "s", 1)) == 6.0


def test_an_open_port_upstream_leaves_value_and_gradient_unknown() -> None:
    graph = build({"x": 1.0}, {"q": ("add", "x", None), "f": ("neg", "q")})
    passes = Passes(graph)
    assert passes.value("q") is None
    assert passes.gradient("q") is None
    assert passes.value("f") is None
    assert passes.gradient("f") is None


def test_an_open_port_in_between_leaves_the_gradient_unknown() -> None:
    graph = build({"x": 1.0}, {"q": ("square", "x"), "f": ("add", "q", None)})
    passes = Passes(graph)
    assert passes.value("q") == 1.0
    assert passes.gradient("q") is None
    assert passes.gradient("x") is None
    assert passes.wire_gradient(Wire("x", "q", 0)) is None


def test_one_open_branch_leaves_the_sum_unknown_and_the_other_branch_known() -> None:
    graph = build(
        {"x": 3.0}, {"a": ("square", "x"), "b": ("mul", "x", None), "f": ("add", "a", "b")}
    )
    SetHeader(Header(output="f")).apply(graph)
    passes = Passes(graph)
    assert passes.gradient("x") is None
    assert passes.gradient("a") is None


def test_a_branch_that_does_not_reach_the_output_adds_zero() -> None:
    graph = lecture(output="q")
    passes = Passes(graph)
    assert passes.gradient("f") == 0.0
    assert passes.gradient("z") == 0.0
    assert passes.wire_gradient(Wire("q", "f", 0)) == 0.0
    assert passes.gradient("q") == 1.0
    assert passes.gradient("x") == 1.0


def test_an_open_gate_beside_the_output_blocks_nothing() -> None:
    graph = build({"x": 3.0}, {"f": ("square", "x"), "open_": ("add", "x", None)}, output="f")
    passes = Passes(graph)
    assert passes.gradient("x") == 6.0
    assert passes.gradient("open_") is None
    assert passes.wire_gradient(Wire("x", "open_", 0)) == 0.0


def test_zeros_have_the_shape_of_the_value() -> None:
    graph = build({"x": [1.0, 2.0], "y": 1.0}, {"a": ("neg", "x"), "f": ("neg", "y")}, output="f")
    np.testing.assert_array_equal(Passes(graph).gradient("x"), [0.0, 0.0])


def test_without_an_output_there_are_values_and_no_gradients() -> None:
    graph = build({"x": 3.0}, {"a": ("neg", "x"), "b": ("square", "x")})
    passes = Passes(graph)
    assert passes.output is None
    assert passes.value("b") == 9.0
    assert passes.gradient("b") is None
    assert passes.wire_gradient(Wire("x", "a", 0)) is None


def test_an_empty_graph_runs() -> None:
    assert Passes(GateGraph()).output is None


def test_the_seed_scales_all_gradients() -> None:
    passes = Passes(lecture(seed=as_array(-2.0)))
    assert passes.gradient("f") == -2.0
    assert passes.gradient("z") == -6.0


def test_a_seed_of_another_shape_is_a_fault_and_leaves_the_values() -> None:
    passes = Passes(lecture(seed=as_array([1.0, 2.0])))
    assert passes.value("f") == -12.0
    assert passes.gradient("f") is None
    assert passes.gradient("x") is None
    assert passes.faults == {
        "f": "the seed has shape (2,) and the output scalar; make them equal or remove the seed"
    }


def test_shapes_that_do_not_fit_are_a_fault_of_their_gate() -> None:
    graph = build(
        {"x": [1.0, 2.0], "y": [1.0, 2.0, 3.0]}, {"s": ("add", "x", "y"), "f": ("neg", "s")}
    )
    passes = Passes(graph)
    assert list(passes.faults) == ["s"]
    assert passes.value("f") is None
    assert passes.gradient("x") is None


def test_infinities_and_not_a_number_travel_on_without_warnings() -> None:
    graph = build(
        {"x": -1.0, "y": 0.0, "z": 1000.0},
        {
            "a": ("log", "x"),
            "b": ("reciprocal", "y"),
            "c": ("exp", "z"),
            "f": ("add", "a", "b", "c"),
        },
    )
    passes = Passes(graph)
    assert np.isnan(passes.value("f") or 0.0)
    assert passes.value("b") == np.inf
    assert passes.gradient("y") == -np.inf


@pytest.mark.parametrize(
    ("gate", "says"),
    [
        (own_gates.RefusesNegative, "failed: ArithmeticError: no negative numbers here"),
        (own_gates.WrongShape, r"forward returned shape \(2, 2\), but infer_shape says scalar"),
        (own_gates.FailsInferring, "failed: IndexError: tuple index out of range"),
    ],
)
def test_an_own_gate_that_fails_forward_is_a_fault_of_its_node(gate: type[Gate], says: str) -> None:
    passes = Passes(build({"x": -2.0}, {"own": (gate(), "x"), "f": ("neg", "own")}))
    assert list(passes.faults) == ["own"]
    assert passes.value("f") is None
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(passes.faults["own"])


@pytest.mark.parametrize(
    ("gate", "says"),
    [
        (own_gates.FailsBackward, "the gate fails_backward failed: ZeroDivisionError"),
        (
            own_gates.ForgetsTuple,
            "backward must return a tuple with one gradient for each",
        ),
        (own_gates.WrongGradientShape, "a gradient of shape (7,) for an input of shape (2,)"),
    ],
)
def test_an_own_gate_that_fails_backward_keeps_its_value(gate: type[Gate], says: str) -> None:
    graph = build({"x": [3.0, 1.0]}, {"a": ("neg", "x"), "own": (gate(), "a"), "f": ("neg", "own")})
    passes = Passes(graph)
    assert says in passes.faults["own"]
    np.testing.assert_array_equal(passes.value("f"), [3.0, 1.0])
    np.testing.assert_array_equal(passes.gradient("own"), [-1.0, -1.0])
    assert passes.gradient("a") is None
    assert passes.wire_gradient(Wire("a", "own", 0)) is None
    assert passes.gradient("x") is None


def test_a_gradient_of_surplus_axes_is_not_summed_up_for_a_number() -> None:
    passes = Passes(build({"x": 3.0}, {"own": (own_gates.WrongGradientShape(), "x")}))
    assert "a gradient of shape (7,) for an input of shape scalar" in passes.faults["own"]
    assert passes.gradient("x") is None


def test_all_gates_that_fail_are_found_and_the_rest_runs() -> None:
    bad = own_gates.RefusesNegative()
    graph = build(
        {"x": -2.0, "y": 3.0},
        {
            "a": (bad, "x"),
            "b": (bad, "x"),
            "c": (bad, "y"),
            "f": ("add", "a", "b"),
            "g": ("neg", "c"),
        },
        output="g",
    )
    passes = Passes(graph)
    assert set(passes.faults) == {"a", "b"}
    assert passes.gradient("y") == -1.0


def test_a_gate_that_failed_works_again_with_another_value() -> None:
    graph = build({"x": -2.0}, {"f": (own_gates.RefusesNegative(), "x")})
    passes = Passes(graph)
    edit = SetValue("x", as_array(2.0))
    edit.apply(graph)
    passes.update(edit.changes())
    assert passes.value("f") == 2.0
    assert not passes.faults


def test_plain_numbers_of_an_own_gate_become_arrays() -> None:
    passes = Passes(build({"x": 3.0}, {"f": (own_gates.ReturnsPlainNumbers(), "x")}))
    assert isinstance(passes.value("f"), np.float64)
    assert passes.gradient("x") == 2.0
