"""The diagnosis: what is amiss, told where it arises."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.arrays import as_array
from chainrule.autodiff.diagnosis import diagnose
from chainrule.autodiff.passes import Passes
from chainrule.expression import graph_from_formula
from chainrule.graph.checks import Severity
from chainrule.graph.graph import GateGraph
from tests.helpers.random_graphs import build


def told(graph: GateGraph) -> list[tuple[str | None, str]]:
    return [(each.node, each.sentence) for each in diagnose(graph, Passes(graph))]


def told_of(formula: str, **values: Any) -> list[tuple[str | None, str]]:
    return told(graph_from_formula(formula, values))


def test_a_sound_graph_has_no_problems() -> None:
    assert told_of("exp(x)*y", x=1.0, y=2.0) == []


@pytest.mark.parametrize(
    ("formula", "x", "says"),
    [
        ("log(x)", -1.0, "log of a negative number is not a number"),
        ("log(x)", 0.0, "log of 0 is −inf"),
        ("sqrt(x)", -1.0, "the root of a negative number is not a number"),
        ("1/x", 0.0, "1/0 is infinite"),
        ("x/x", 0.0, "0/0 is not a number"),
        ("3/x", 0.0, "a division by 0 is infinite"),
        ("exp(x)", 1000.0, "overflow: exp goes beyond float64 (1.8e308)"),
        ("power(x, -2)", 0.0, "0 to the -2 is infinite"),
        ("power(x, 1.5)", -1.0, "a negative number to the 1.5 is not a number"),
        ("power(x, 400)", -10.0, "overflow: power goes beyond float64 (1.8e308)"),
        ("sqrt(x)*1", 0.0, "the slope of √ at 0 is infinite"),
    ],
)
def test_a_number_that_is_not_finite_has_a_reason(formula: str, x: float, says: str) -> None:
    assert [sentence for _, sentence in told_of(formula, x=x)] == [f"{says}; change what comes in"]


def test_only_the_origin_of_an_infinity_is_told() -> None:
    graph = build({"x": 0.0}, {"r": ("reciprocal", "x"), "e": ("neg", "r"), "f": ("square", "e")})
    assert [node for node, _ in told(graph)] == ["r"]


def test_a_leaf_that_is_not_finite_is_told_with_its_number() -> None:
    assert told_of("x + y", x=np.nan, y=1.0) == [
        ("x", "its value is not a number; give it a finite one")
    ]
    graph = build({"x": [1.0, -np.inf, np.inf]}, {"f": ("sum", "x")})
    assert told(graph) == [("x", "its value is −inf in 2 of 3 places; give it a finite one")]


def test_origins_stand_in_topological_order() -> None:
    graph = build({"x": 0.0}, {})
    late = build(
        {"x": 0.0, "y": -1.0},
        {"f": ("add", "a", "b"), "b": ("log", "y"), "a": ("reciprocal", "x")},
    )
    assert told(graph) == []
    assert [node for node, _ in told(late)] == ["a", "b"]


def test_a_slope_that_is_infinite_is_told_at_its_gate() -> None:
    graph = build({"x": 0.0, "y": 0.0}, {"r": ("sqrt", "x"), "f": ("mul", "r", "y")})
    assert told(graph) == [("r", "the slope of √ at 0 is infinite; change what comes in")]


def test_a_seed_that_is_not_finite_is_told_at_the_output() -> None:
    graph = build({"x": 1.0}, {"f": ("neg", "x")}, seed=as_array(np.inf))
    assert told(graph) == [("f", "the seed is inf, and so are gradients; choose a finite seed")]


def test_gradients_that_overflow_as_they_add_up_are_told() -> None:
    graph = build(
        {"x": 1e-300, "y": 1.5e308},
        {"a": ("mul", "x", "y"), "b": ("mul", "x", "y"), "f": ("add", "a", "b")},
    )
    assert told(graph) == [("x", "overflow: its gradients add up to inf; make them smaller")]


def test_open_ports_and_faults_are_errors_and_numbers_are_warnings() -> None:
    graph = build(
        {"x": [1.0, 2.0], "y": [1.0, 2.0, 3.0], "z": -1.0},
        {"a": ("add", "x", "y"), "b": ("add", "a", None), "l": ("log", "z")},
        output="b",
    )
    found = {each.node: each.severity for each in diagnose(graph, Passes(graph))}
    assert found == {"b": Severity.ERROR, "a": Severity.ERROR, "l": Severity.WARNING}


def test_several_possible_outputs_are_a_hint() -> None:
    graph = build({"x": 1.0}, {"a": ("neg", "x"), "b": ("square", "x")})
    (problem,) = diagnose(graph, Passes(graph))
    assert problem.severity is Severity.HINT
    assert problem.sentence == "no gradients yet: choose which of a, b is the output"
