"""Programs: a graph that is run many times."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings

from chainrule import Graph, Program
from chainrule.arrays import as_array
from chainrule.autodiff.passes import Passes
from chainrule.errors import RunError
from chainrule.graph.edits import RemoveNodes, SetValue
from chainrule.graph.graph import GateGraph
from tests.helpers import own_gates
from tests.helpers.lecture_graphs import LECTURE_NAMES, lecture_graph
from tests.helpers.random_graphs import build, runnable_graphs


def neuron() -> Graph:
    return Graph.from_formula("sigmoid(w*x + b)", {"w": 2.0, "x": -1.0, "b": 0.5})


def test_a_program_runs_for_the_numbers_that_it_is_given() -> None:
    program = neuron().program()
    assert program.inputs == ("w", "x", "b")
    assert program.run([3.0, 0.5, -1.5]) == 0.5
    np.testing.assert_array_equal(program.gradients(), [0.125, 0.75, 0.25])
    assert program.run(np.array([0.0, 1.0, 0.0])) == 0.5
    np.testing.assert_array_equal(program.gradients(), [0.25, 0.0, 0.25])


def test_inputs_that_are_not_named_keep_their_values() -> None:
    program = neuron().program(["x"])
    assert program.run([-0.25]) == 0.5
    np.testing.assert_array_equal(program.gradients(), [0.5])


def test_a_program_does_not_change_the_graph() -> None:
    g = neuron()
    g.program().run([3.0, 0.5, -1.5])
    assert g.gates.node("w").value == 2.0


def test_a_later_change_of_the_graph_does_not_reach_a_program() -> None:
    g = neuron()
    program = g.program(["x"])
    g.apply(SetValue("w", np.float64(0.0)))
    g.relu(g["w"])
    assert program.run([-0.25]) == 0.5
    assert len(program.values()) == 6


def _same(ours: Any, expected: list[Any]) -> None:
    assert len(ours) == len(expected)
    for one, other in zip(ours, expected, strict=True):
        np.testing.assert_array_equal(one, other)


def _run(graph: GateGraph, program: Program) -> None:
    values: Any = [graph.node(name).value for name in program.inputs]
    program.run(values)


def _compared(graph: GateGraph) -> Program:
    passes = Passes(graph)
    program = Graph(graph).program()
    _run(graph, program)
    ids = [*graph.ids()]
    _same(program.values(), [passes.value(each) for each in ids])
    _same(program.node_gradients(), [passes.gradient(each) for each in ids])
    _same(program.wire_gradients(), [passes.wire_gradient(each) for each in graph.wires()])
    _same(program.gradients(), [passes.gradient(each) for each in program.inputs])
    return program


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_a_program_has_the_numbers_of_the_passes(name: str) -> None:
    graph = lecture_graph(name)
    assert _compared(graph).value().shape == ()


@settings(max_examples=100)
@given(graph=runnable_graphs())
def test_random_programs_have_the_numbers_of_the_passes(graph: GateGraph) -> None:
    passes = Passes(graph)
    assume(passes.output is not None and passes.value(passes.output) is not None)
    program = _compared(graph)
    once = np.array(program.value())
    _run(graph, program)
    np.testing.assert_array_equal(program.value(), once)


def test_wires_need_not_be_kept() -> None:
    wide = {f"r{each}": ("relu", "x") for each in range(500)}
    graph = build({"x": 3.0}, {**wide, "f": ("add", *wide)})
    program = Graph(graph).program(keep_wires=False)
    assert program.run([2.0]) == 1000.0
    np.testing.assert_array_equal(program.gradients(), [500.0])
    with pytest.raises(RunError, match="keeps no gradients of wires"):
        program.wire_gradients()


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ([1.0], "3 inputs want as many values, not 1"),
        ([1.0, [2.0, 3.0], 4.0], "the inputs of this graph are single numbers"),
        ([1.0, "x", 4.0], "the inputs of this graph are single numbers"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(numbers: Any, says: str) -> None:
    with pytest.raises(RunError, match=says):
        neuron().program().run(numbers)


def test_an_array_of_another_shape_is_refused() -> None:
    program = Graph(build({"x": [1.0, 2.0]}, {"f": ("sum", "x")})).program()
    assert program.run([[3.0, 4.0]]) == 7.0
    with pytest.raises(RunError, match=r"'x' has shape \(2,\) in the graph, and the value"):
        program.run([[1.0, 2.0, 3.0]])


def test_what_is_no_input_is_refused() -> None:
    with pytest.raises(RunError, match="'nothing' is no input or parameter of this graph"):
        neuron().program(["nothing"])


def test_a_graph_without_a_value_makes_no_program() -> None:
    with pytest.raises(RunError, match="input 2 not wired"):
        Graph(build({"x": 1.0}, {"f": ("add", "x", None)})).program()


def _read(program: Program) -> list[Any]:
    return [
        program.value,
        program.values,
        program.gradients,
        program.node_gradients,
        program.wire_gradients,
    ]


def test_before_the_first_run_there_are_no_numbers() -> None:
    for read in _read(neuron().program()):
        with pytest.raises(RunError, match="no numbers of this program yet; call run first"):
            read()


def test_after_a_run_that_failed_there_are_no_numbers_until_one_succeeds() -> None:
    graph = build({"x": 1.0}, {"a": (own_gates.RefusesNegative(), "x"), "f": ("square", "a")})
    program = Graph(graph).program()
    assert program.run([3.0]) == 9.0
    with pytest.raises(RunError, match="a: the gate refuses_negative failed"):
        program.run([-1.0])
    for read in _read(program):
        with pytest.raises(RunError, match="call run first"):
            read()
    assert program.run([2.0]) == 4.0
    np.testing.assert_array_equal(program.gradients(), [4.0])


def test_a_failure_names_the_node_as_it_was_when_the_program_was_made() -> None:
    graph = build({"x": 1.0}, {"a": (own_gates.RefusesNegative(), "x"), "f": ("square", "a")})
    program = Graph(graph).program()
    RemoveNodes(("a",)).apply(graph)
    with pytest.raises(RunError, match="a: the gate refuses_negative failed"):
        program.run([-1.0])


def test_a_gate_without_a_gradient_makes_no_program_instead_of_zeros() -> None:
    graph = build({"x": 2.0}, {"a": (own_gates.FailsBackward(), "x"), "f": ("neg", "a")})
    with pytest.raises(RunError, match="a: the gate fails_backward failed"):
        Graph(graph).program()


def test_a_seed_that_does_not_fit_makes_no_program() -> None:
    graph = build({"x": 2.0}, {"f": ("neg", "x")}, seed=as_array([1.0, 1.0]))
    with pytest.raises(RunError, match=r"f: the seed has shape \(2,\) and the output scalar"):
        Graph(graph).program()


def test_an_input_listed_twice_is_refused() -> None:
    with pytest.raises(RunError, match="listed twice"):
        neuron().program(["x", "w", "x"])


def test_a_tensor_that_is_none_is_refused_with_the_name_of_its_input() -> None:
    program = Graph(build({"x": [1.0, 2.0]}, {"f": ("sum", "x")})).program()
    with pytest.raises(RunError, match="the value of 'x' can't be used: a value must be"):
        program.run([[[1.0], [2.0, 3.0]]])
