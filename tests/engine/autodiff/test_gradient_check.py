"""The gradient check: finds what is wrong, and tells kinks and poles from errors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.arrays import as_array
from chainrule.autodiff.gradient_check import Check, Verdict, check_gradients
from chainrule.errors import RunError
from chainrule.expression import graph_from_formula
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate
from chainrule.gates.leaf import Constant
from chainrule.graph.composites import Composite
from chainrule.graph.edits import AddNodes, SetDefinitions
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node
from tests.helpers import own_gates
from tests.helpers.lecture_graphs import LECTURE_NAMES, lecture_graph
from tests.helpers.random_graphs import build, definition_of, extend, kind_of

GATES = [kind for kind in all_kinds() if issubclass(kind, Gate)]


def check(formula: str, **values: Any) -> dict[str, Check]:
    """Check a formula of scalars; return the checks by node."""
    return by_node(graph_from_formula(formula, values))


def by_node(graph: GateGraph) -> dict[str, Check]:
    return {each.node: each for each in check_gradients(graph)}


@pytest.mark.parametrize("name", LECTURE_NAMES)
def test_the_worked_cases_agree(name: str) -> None:
    assert {each.verdict for each in check_gradients(lecture_graph(name))} == {Verdict.AGREES}


@pytest.mark.parametrize("kind", GATES, ids=lambda kind: kind.name)
def test_each_gate_agrees_at_its_samples(kind: type[Gate]) -> None:
    settings = {each.name: each.default for each in kind.parameters() if each.required}
    for sample in kind.samples:
        leaves = {f"x{port}": np.array(each) for port, each in enumerate(sample)}
        graph = build(leaves, {"f": (kind.create(settings), *leaves)})
        checks = check_gradients(graph)
        assert len(checks) == sum(each.size for each in leaves.values())
        expected = Verdict.AGREES if kind.differentiates else Verdict.DIFFERS_BY_DESIGN
        assert {each.verdict for each in checks} <= {expected}


def test_a_gradient_that_is_reversed_on_purpose_is_not_called_wrong() -> None:
    checks = check("gradient_reversal(x) * y", x=3.0, y=2.0)
    assert checks["x"].verdict is Verdict.DIFFERS_BY_DESIGN
    assert checks["x"].analytic == -2.0
    assert "on purpose" in checks["x"].says
    assert checks["y"].verdict is Verdict.AGREES


def test_a_wrong_derivative_is_found() -> None:
    graph = build(
        {"x": 3.0, "y": 2.0}, {"w": (own_gates.WrongSlope(), "x"), "f": ("mul", "w", "y")}
    )
    checks = by_node(graph)
    assert checks["x"].verdict is Verdict.DIFFERS
    assert checks["x"].analytic == 12.0
    assert checks["x"].numerical == pytest.approx(54.0)
    assert checks["x"].error == pytest.approx(42.0 / 54.0)
    assert checks["y"].verdict is Verdict.AGREES


@pytest.mark.parametrize("x", [1e-3, 0.01, -0.25, 3.0, 1e3, 1e6])
def test_a_wrong_derivative_is_found_at_every_scale(x: float) -> None:
    graph = build({"x": x}, {"f": (own_gates.WrongSlope(), "x")})
    assert by_node(graph)["x"].verdict is Verdict.DIFFERS


def test_a_wrong_derivative_inside_a_composite_is_found() -> None:
    inside = build({"a": 1.0}, {"w": (own_gates.WrongSlope(), "a")})
    graph = build({"x": 2.0}, {})
    SetDefinitions({"inner": definition_of("inner", ("a",), inside)}).apply(graph)
    extend(graph, {}, {"f": (Composite("inner", ("a",)), "x")})
    assert by_node(graph)["x"].verdict is Verdict.DIFFERS


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("1/x", {"x": 1e-4}),
        ("log(x)", {"x": 1e-6}),
        ("sqrt(x)", {"x": 1e-9}),
        ("x*y", {"x": 0.0, "y": 0.0}),
        ("power(x, 3)", {"x": 1e-9}),
        ("exp(x)", {"x": 100.0}),
        ("sigmoid(x)", {"x": -40.0}),
        ("square(x)", {"x": 1e10}),
        ("sin(x)", {"x": 720.0}),
        ("cos(x)", {"x": 1e6}),
        ("sin(x)", {"x": 1e12}),
        ("exp(x) + y", {"x": 600.0, "y": 1.0}),
        ("sin(1000*x)", {"x": 1.0}),
        ("sin(1000*x)", {"x": 0.0}),
        ("exp(exp(x))", {"x": 6.0}),
        ("relu(x) + abs(y)", {"x": 1e-7, "y": -1e-7}),
    ],
)
def test_small_and_large_numbers_raise_no_false_alarm(
    formula: str, values: dict[str, float]
) -> None:
    assert {each.verdict for each in check(formula, **values).values()} == {Verdict.AGREES}


@pytest.mark.parametrize("formula", ["relu(x)*3", "abs(x) + x", "max(x, 0*x)*2"])
def test_a_number_at_a_kink_is_no_error(formula: str) -> None:
    found = check(formula, x=0.0)["x"]
    assert found.verdict is Verdict.KINK
    assert found.says.endswith("is just at a kink or tie, where the slope jumps")


def test_a_tie_is_told_for_both_inputs() -> None:
    found = check("max(x, y)", x=3.0, y=3.0)
    assert [each.verdict for each in found.values()] == [Verdict.KINK, Verdict.KINK]
    assert found["x"].says.startswith("f is just at a kink or tie")


def test_a_kink_that_the_step_reaches_over_is_told() -> None:
    found = check("max(x, y)", x=3.0, y=3.0 + 1e-7)["x"]
    assert found.verdict is Verdict.KINK
    assert found.says == "a kink of f is so close that the difference reaches over it"


def test_many_kinks_are_not_all_listed() -> None:
    found = check("relu(x) + relu(2*x) + relu(3*x) + relu(4*x) + relu(5*x)", x=0.0)["x"]
    assert found.says == "a, c, h, n … is just at a kink or tie, where the slope jumps"


def test_a_value_compared_with_itself_is_no_tie() -> None:
    assert check("max(x, x)", x=2.0)["x"].verdict is Verdict.AGREES


def test_a_kink_of_one_number_leaves_its_neighbours_checked() -> None:
    graph = build({"x": [1.0, 0.0, -2.0]}, {"r": ("relu", "x"), "f": ("sum", "r")})
    verdicts = [each.verdict for each in check_gradients(graph)]
    assert verdicts == [Verdict.AGREES, Verdict.KINK, Verdict.AGREES]


def test_numbers_that_are_not_finite_are_told() -> None:
    assert check("sqrt(x)", x=0.0)["x"].says == "its gradient is inf"
    assert check("x*y", x=np.inf, y=1.0)["x"].says == "its value is inf"
    overflown = check("x*y", x=1e200, y=1e200)["x"]
    assert overflown.verdict is Verdict.NOT_FINITE
    assert overflown.error is None


def test_what_can_not_be_computed_is_told() -> None:
    graph = build({"x": [1.0, 2.0], "y": 3.0}, {"q": ("add", "x", None), "f": ("mul", "q", "y")})
    checks = check_gradients(graph)
    assert [(each.node, each.index) for each in checks] == [("x", (0,)), ("x", (1,)), ("y", ())]
    assert {each.verdict for each in checks} == {Verdict.NOT_COMPUTED}
    assert {each.analytic for each in checks} == {None}


def test_a_leaf_beside_an_output_without_value_is_not_computed() -> None:
    graph = build({"x": 1.0}, {"f": ("neg", None), "g": ("neg", "x")}, output="f")
    assert by_node(graph)["x"].verdict is Verdict.NOT_COMPUTED


def test_an_own_gate_that_fails_beside_the_point_is_told() -> None:
    graph = build({"x": 0.0}, {"f": (own_gates.RefusesNegative(), "x")})
    found = by_node(graph)["x"]
    assert found.verdict is Verdict.NOT_COMPUTED
    assert found.says.startswith("f: the gate refuses_negative failed: ArithmeticError")


def test_a_leaf_that_does_not_reach_the_output_has_a_gradient_of_zero() -> None:
    graph = build({"x": 1.0, "y": 2.0}, {"f": ("neg", "x"), "g": ("neg", "y")}, output="f")
    found = by_node(graph)["y"]
    assert (found.verdict, found.analytic, found.numerical) == (Verdict.AGREES, 0.0, 0.0)


def test_the_sum_of_the_output_times_the_seed_is_differentiated() -> None:
    seed = as_array([1.0, -2.0])
    graph = build({"x": [3.0, 4.0]}, {"f": ("square", "x")}, seed=seed)
    checks = check_gradients(graph)
    assert [each.numerical for each in checks] == pytest.approx([6.0, -16.0])
    assert {each.verdict for each in checks} == {Verdict.AGREES}


def test_outputs_that_share_memory_with_the_input_are_compared_rightly() -> None:
    graph = build({"x": [[1.0, 2.0], [3.0, 4.0]]}, {"f": ("transpose", "x")})
    numerical = [each.numerical for each in check_gradients(graph)]
    assert numerical == pytest.approx([1.0] * 4)


def test_constants_are_left_alone() -> None:
    graph = build({"x": 1.0}, {})
    AddNodes((Node("c", Constant(), value=as_array(2.0)),)).apply(graph)
    extend(graph, {}, {"f": ("mul", "x", "c")})
    assert [*by_node(graph)] == ["x"]


def test_progress_counts_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    check_gradients(lecture_graph("vector-scale"), lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_cancelled_check_returns_what_it_has() -> None:
    answers = iter([False, True])
    assert len(check_gradients(lecture_graph("linear-scores"), None, lambda: next(answers))) == 2


def test_without_an_output_there_is_nothing_to_check() -> None:
    graph = build({"x": 1.0}, {"a": ("neg", "x"), "b": ("square", "x")})
    with pytest.raises(RunError, match="no output is chosen; choose one of a, b"):
        check_gradients(graph)
    with pytest.raises(RunError, match="the graph is empty"):
        check_gradients(GateGraph())


def test_the_graph_is_as_before() -> None:
    graph = build({"x": [1.0, 2.0]}, {"f": (kind_of("sum"), "x")})
    before = graph.node("x")
    check_gradients(graph)
    assert graph.node("x") is before
    np.testing.assert_array_equal(before.value, [1.0, 2.0])
