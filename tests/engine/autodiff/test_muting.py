"""Muted gates in both passes: each is what an identity of its first input would be."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.arrays import Array
from chainrule.autodiff.diagnosis import diagnose
from chainrule.autodiff.gradient_check import Verdict, check_gradients
from chainrule.autodiff.jacobian import jacobian_between, local_jacobian
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.second_order import hessian
from chainrule.expression import formula_of
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.composites import Composite
from chainrule.graph.edits import Disconnect, SetDefinitions, SetHeader, SetKind
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, NodeId, Wire
from chainrule.graph.switches import SetMuted
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import build, definition_of, kind_of, runnable_graphs


def lecture() -> GateGraph:
    return build({"x": -2.0, "y": 5.0, "z": -4.0}, {"q": ("add", "x", "y"), "f": ("mul", "q", "z")})


def muted(graph: GateGraph, *ids: NodeId) -> GateGraph:
    SetMuted(dict.fromkeys(ids, True)).apply(graph)
    return graph


def gates_of(graph: GateGraph) -> list[NodeId]:
    return [node.id for node in graph if node.ports]


def replace_by_identity(graph: GateGraph, ids: list[NodeId]) -> None:
    for each in ids:
        for wire in graph.wires_into(each)[::-1]:
            if wire.port > 0:
                Disconnect(each, wire.port).apply(graph)
        SetKind(each, kind_of("identity"), 1).apply(graph)
        SetMuted({each: False}).apply(graph)


def exact(array: Array | None) -> object:
    return None if array is None else (array.shape, repr(array.tolist()))


def numbers(graph: GateGraph, passes: Passes) -> dict[NodeId, object]:
    return {each: (exact(passes.value(each)), exact(passes.gradient(each))) for each in graph.ids()}


@settings(max_examples=150)
@given(graph=runnable_graphs(), data=st.data())
def test_muting_is_replacing_by_the_identity_of_the_first_input(
    graph: GateGraph, data: st.DataObject
) -> None:
    output = data.draw(st.sampled_from([*graph.ids()]))
    SetHeader(Header(output=output)).apply(graph)
    chosen = data.draw(st.lists(st.sampled_from(gates_of(graph)), unique=True))
    muted(graph, *chosen)
    ours = Passes(graph)
    found = numbers(graph, ours)
    firsts = {wire: exact(ours.wire_gradient(wire)) for wire in graph.wires()}
    others = [wire for wire in graph.wires() if wire.target in chosen and wire.port > 0]
    zeros = [(ours.value(wire.source), ours.wire_gradient(wire)) for wire in others]
    replace_by_identity(graph, chosen)
    theirs = Passes(graph)
    assert numbers(graph, theirs) == found
    for wire in graph.wires():
        assert exact(theirs.wire_gradient(wire)) == firsts[wire]
    for value, gradient in zeros:
        assert value is None or exact(gradient) == exact(np.zeros(value.shape)[()])


@given(graph=runnable_graphs(), data=st.data())
def test_muting_and_unmuting_restores_everything(graph: GateGraph, data: st.DataObject) -> None:
    passes = Passes(graph)
    before, values = described(graph), numbers(graph, passes)
    edit = SetMuted(dict.fromkeys(data.draw(st.lists(st.sampled_from(gates_of(graph)))), True))
    inverse = edit.apply(graph)
    passes.update(edit.changes())
    back = inverse.apply(graph)
    passes.update(inverse.changes())
    assert described(graph) == before
    assert numbers(graph, passes) == values
    assert isinstance(back, SetMuted)


def test_a_muted_gate_hands_the_whole_gradient_to_its_first_input() -> None:
    passes = Passes(muted(lecture(), "q"))
    assert (passes.value("q"), passes.value("f")) == (-2.0, 8.0)
    assert (passes.gradient("x"), passes.gradient("y")) == (-4.0, 0.0)
    assert passes.wire_gradient(Wire("x", "q", 0)) == -4.0
    assert passes.wire_gradient(Wire("y", "q", 1)) == 0.0


def test_a_muted_gate_takes_inputs_whose_shapes_would_not_fit() -> None:
    graph = build({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0]}, {"s": ("add", "a", "b")})
    passes = Passes(muted(graph, "s"))
    assert passes.faults == {}
    assert exact(passes.value("s")) == exact(np.array([1.0, 2.0, 3.0]))
    assert exact(passes.gradient("b")) == exact(np.zeros(2))


def test_a_gate_with_three_inputs_of_which_two_are_open_runs_when_it_is_muted() -> None:
    graph = muted(build({"x": 3.0}, {"s": ("mul", "x", None, None), "f": ("exp", "s")}), "s")
    passes = Passes(graph)
    assert passes.value("s") == 3.0
    assert passes.gradient("x") == pytest.approx(np.exp(3.0))
    assert diagnose(graph, passes) == []


def test_a_muted_gate_without_its_first_input_has_no_value() -> None:
    graph = muted(build({"x": 3.0}, {"s": ("mul", None, "x")}), "s")
    passes = Passes(graph)
    assert passes.value("s") is None
    assert passes.wire_gradient(Wire("x", "s", 1)) == 0.0
    assert [each.port for each in diagnose(graph, passes)] == [0]


def composite(**leaves: Any) -> GateGraph:
    inside = build({"a": 1.0, "b": 1.0}, {"n": ("neg", "b"), "p": ("mul", "a", "n")})
    kind = Composite("scaled", ("a", "b"))
    graph = build({"x": 3.0, "y": 4.0, **leaves}, {"c": (kind, "x", "y"), "f": ("square", "c")})
    SetDefinitions({"scaled": definition_of("scaled", ("a", "b"), inside)}).apply(graph)
    return graph


def test_a_composite_gate_can_be_muted() -> None:
    passes = Passes(muted(composite(), "c"))
    assert (passes.value("c"), passes.value("f")) == (3.0, 9.0)
    assert (passes.gradient("x"), passes.gradient("y")) == (6.0, 0.0)


def test_a_muted_gate_inside_a_composite_passes_on() -> None:
    graph = composite()
    definition = graph.definitions["scaled"]
    inside = build({"a": 1.0, "b": 1.0}, {"n": ("neg", "b"), "p": ("mul", "a", "n")})
    muted(inside, "n")
    SetDefinitions({"scaled": definition_of("scaled", definition.inputs, inside)}).apply(graph)
    assert Passes(graph).value("c") == 12.0


def test_many_muted_gates_run_in_stages() -> None:
    gates: dict[NodeId, tuple[Any, ...]] = {
        f"s{row}": ("mul", f"x{row}", f"x{row}") for row in range(600)
    }
    leaves = {f"x{row}": float(row % 7) for row in range(600)}
    graph = build(leaves, {**gates, "f": ("add", *gates)})
    muted(graph, *list(gates)[::2])
    passes = Passes(graph)
    expected = sum(row % 7 if row % 2 == 0 else (row % 7) ** 2 for row in range(600))
    assert passes.value("f") == expected
    assert (passes.gradient("x4"), passes.gradient("x3")) == (1.0, 6.0)


def test_the_gradient_check_agrees_across_a_muted_gate() -> None:
    checks = [*check_gradients(muted(lecture(), "q"))]
    assert {each.verdict for each in checks} == {Verdict.AGREES}


def test_the_jacobian_of_a_muted_gate_is_the_identity() -> None:
    graph = build({"v": [1.0, 2.0, 3.0], "w": [4.0, 5.0, 6.0]}, {"s": ("mul", "v", "w")})
    passes = Passes(muted(graph, "s"))
    np.testing.assert_array_equal(jacobian_between(graph, passes, "s", "v").dense(), np.eye(3))
    np.testing.assert_array_equal(local_jacobian(graph, passes, "s", 0).dense(), np.eye(3))
    zeros = np.zeros((3, 3))
    np.testing.assert_array_equal(local_jacobian(graph, passes, "s", 1).dense(), zeros)


def test_second_derivatives_pass_through_a_muted_gate() -> None:
    cube = kind_of("power", exponent=3.0)
    graph = build({"x": 2.0}, {"e": ("exp", "x"), "f": (cube, "e")})
    muted(graph, "e")
    assert hessian(graph, Passes(graph), ["x"]).entry(0, 0) == pytest.approx(12.0)


def test_the_formula_of_a_muted_gate_is_that_of_its_first_input() -> None:
    assert formula_of(muted(lecture(), "q")) == "f = x*z"
    assert formula_of(muted(lecture(), "f")) == "q = x + y"


def test_a_muted_gate_of_a_leaf_is_the_leaf_and_of_nothing_a_question() -> None:
    assert formula_of(muted(build({"x": 2.0}, {"n": ("neg", "x")}), "n")) == "x"
    assert formula_of(muted(build({}, {"n": ("neg", None)}), "n")) == "?"


@given(graph=runnable_graphs(open_ports=False), data=st.data())
def test_a_formula_with_muted_gates_has_the_same_value(
    graph: GateGraph, data: st.DataObject
) -> None:
    output = data.draw(st.sampled_from(gates_of(graph)))
    SetHeader(Header(output=output)).apply(graph)
    muted(graph, *data.draw(st.lists(st.sampled_from(gates_of(graph)), unique=True)))
    text = formula_of(graph)
    if text is None:
        return
    names = set(re.findall(r"\w+", text))
    values = {node.id: node.value for node in graph if node.value is not None and node.id in names}
    again = graph_from_formula(text, values)
    passes = Passes(again)
    assert passes.output is not None
    ours, theirs = Passes(graph).value(output), passes.value(passes.output)
    assert ours is not None
    assert theirs is not None
    np.testing.assert_allclose(theirs, ours, rtol=1e-12)
