"""The problems of a graph that are seen without running it."""

from __future__ import annotations

from chainrule.graph.checks import Problem, Severity, problems
from tests.helpers.random_graphs import build


def test_open_ports_are_counted_from_one() -> None:
    graph = build({"x": 1.0}, {"a": ("add", None, "x", None)})
    assert problems(graph, {}) == [Problem("a", "inputs 1, 3 not wired; drag a wire to it")]


def test_a_single_open_port_is_named() -> None:
    graph = build({"x": 1.0}, {"a": ("add", "x", None)})
    (problem,) = problems(graph, {})
    assert (problem.node, problem.port) == ("a", 1)


def test_a_misfit_is_a_problem_of_its_port() -> None:
    graph = build({"x": 1.0}, {"a": ("neg", "x")})
    (problem,) = problems(graph, {"a": "does not fit"}, {"a": 0})
    assert problem == Problem("a", "does not fit", port=0)


def test_a_fault_is_a_problem_of_its_node() -> None:
    graph = build({"x": 1.0}, {"a": ("neg", "x")})
    assert problems(graph, {"a": "does not fit", "gone": "?"}) == [Problem("a", "does not fit")]


def test_where_only_leaves_wait_the_hint_is_to_wire_them() -> None:
    graph = build({"x": 1.0, "y": 1.0}, {"a": ("neg", "x")})
    (problem,) = problems(graph, {})
    assert problem.sentence == "no gradients yet: wire y to a gate, or choose a as the output"


def test_an_unclear_output_is_a_hint_on_the_whole_graph() -> None:
    graph = build({"x": 1.0, "y": 1.0}, {})
    assert problems(graph, {}) == [
        Problem(None, "no gradients yet: choose which of x, y is the output", Severity.HINT)
    ]
