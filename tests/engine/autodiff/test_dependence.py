"""What a number depends on: the cells at which its derivative is not 0."""

from __future__ import annotations

import numpy as np

from chainrule.autodiff.dependence import Dependence, dependences, part_before
from chainrule.expression import graph_from_formula


def found(formula: str, values: dict, node: str, index: tuple[int, ...]) -> dict[str, Dependence]:
    part = part_before(graph_from_formula(formula, values), node)
    return {each.node: each for each in dependences(part, node, index)}


def test_an_entry_of_a_product_depends_on_a_row_and_a_column() -> None:
    values = {"X": np.ones((4, 3)), "W": np.ones((3, 5))}
    both = found("S = X @ W", values, "S", (1, 2))
    assert np.argwhere(both["X"].marks).tolist() == [[1, 0], [1, 1], [1, 2]]
    assert np.argwhere(both["W"].marks).tolist() == [[0, 2], [1, 2], [2, 2]]
    assert both["X"].count == 3


def test_inputs_come_first_then_leaves_further_upstream() -> None:
    values = {"x": [1.0, -2.0], "w": [3.0, 4.0]}
    both = found("q = x * w; f = relu(q); g = sum(f)", values, "f", (1,))
    assert list(both) == ["q", "x", "w"]
    assert [each.feeds for each in both.values()] == [True, False, False]
    assert "g" not in both


def test_where_a_relu_is_flat_nothing_is_depended_on() -> None:
    both = found("f = relu(x)", {"x": [1.0, -2.0]}, "f", (1,))
    assert both["x"].marks.tolist() == [False, False]
    assert found("f = relu(x)", {"x": [1.0, -2.0]}, "f", (0,))["x"].marks.tolist() == [True, False]


def test_what_is_not_a_number_may_depend() -> None:
    both = found("f = log(x)", {"x": [np.nan, 1.0]}, "f", (0,))
    assert both["x"].marks.tolist() == [True, False]


def test_a_number_depends_on_numbers() -> None:
    both = found("f = x * y", {"x": 2.0, "y": 0.0}, "f", ())
    assert (both["x"].count, both["y"].count) == (0, 1)


def test_a_broadcast_number_is_depended_on_through_its_copies() -> None:
    both = found("f = x + b", {"x": np.zeros((2, 3)), "b": [0.0, 0.0, 0.0]}, "f", (1, 2))
    assert both["b"].marks.tolist() == [False, False, True]


def test_the_graph_itself_stays_as_it_is() -> None:
    graph = graph_from_formula("f = x * y")
    before = graph.header
    dependences(part_before(graph, "f"), "f", ())
    assert graph.header is before


def test_what_can_not_be_computed_depends_on_nothing() -> None:
    graph = graph_from_formula("f = x + y", {"x": [1.0, 2.0], "y": [1.0, 2.0, 3.0]})
    assert dependences(part_before(graph, "f"), "f", (0,)) == []
