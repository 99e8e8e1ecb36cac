"""Operators on quantities: the same gates as in a formula, and the same numbers as in NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from chainrule import Graph, Quantity
from chainrule.errors import ExpressionError, NodeNameError, ShapeError, UnknownNodeError
from chainrule.expression import graph_from_formula
from chainrule.gates.leaf import Leaf
from chainrule.graph.graph import GateGraph
from chainrule.graph.queries import output_of, topological_order

FORMULAS: dict[str, Callable[[Any, Any], Any]] = {
    "(x + y) * x": lambda x, y: (x + y) * x,
    "x - y": lambda x, y: x - y,
    "x / y": lambda x, y: x / y,
    "-x": lambda x, y: -x,
    "+x * 2": lambda x, y: +x * 2,
    "abs(x)": lambda x, y: abs(x),
    "x + 1": lambda x, y: x + 1,
    "1 + x": lambda x, y: 1 + x,
    "x - 1": lambda x, y: x - 1,
    "1 - x": lambda x, y: 1 - x,
    "2 * x": lambda x, y: 2 * x,
    "x * 2.5": lambda x, y: x * 2.5,
    "x / 4": lambda x, y: x / 4,
    "x / 3": lambda x, y: x / 3,
    "1 / x": lambda x, y: 1 / x,
    "3 / x": lambda x, y: 3 / x,
    "x ** 2": lambda x, y: x**2,
    "x ** 0.5": lambda x, y: x**0.5,
    "x ** -1": lambda x, y: x**-1,
    "x ** 3": lambda x, y: x**3,
    "1/(1 + abs(-(2*x + y)))": lambda x, y: 1 / (1 + abs(-(2 * x + y))),
}


def structure(graph: GateGraph) -> list[object]:
    """Return kinds, wiring and values in topological order: all but the names."""
    order = topological_order(graph)
    place = {node_id: index for index, node_id in enumerate(order)}
    return [
        (graph.node(each).kind, [place[str(source)] for source in graph.inputs(each)])
        if not isinstance(graph.node(each).kind, Leaf)
        else (graph.node(each).kind, np.asarray(graph.node(each).value).tolist())
        for each in order
    ]


@pytest.mark.parametrize("formula", FORMULAS)
def test_operators_make_the_gates_of_the_formula(formula: str) -> None:
    values = {"x": 1.5, "y": -0.5} if "y" in formula else {"x": 1.5}
    g = Graph()
    x = g.input("x", 1.5)
    y = g.input("y", -0.5) if "y" in formula else x
    g.output = FORMULAS[formula](x, y)
    typed = graph_from_formula(formula, values)
    assert output_of(typed) is not None
    assert structure(g.gates) == structure(typed)


@pytest.mark.parametrize("formula", FORMULAS)
def test_operators_give_python_s_numbers(formula: str) -> None:
    g = Graph()
    function = FORMULAS[formula]
    g.output = function(g.input("x", 1.5), g.input("y", -0.5))
    assert g.forward() == pytest.approx(function(1.5, -0.5), rel=1e-15)


def test_matrices_multiply_and_transpose() -> None:
    g = Graph()
    weights = g.parameter("W", [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    f = g.input("x", [1.0, -1.0, 2.0]) @ weights @ weights.T
    np.testing.assert_allclose(g.forward(), [28.0, 64.0, 100.0])
    assert f.name == "matmul2"


@pytest.mark.parametrize(
    "combine",
    [
        lambda x: np.float64(2.0) * x,
        lambda x: x * np.float64(2.0),
        lambda x: np.array(2.0) * x,
        lambda x: 2 * x,
        lambda x: True * x + x,
    ],
)
def test_numpy_s_numbers_are_numbers(combine: Callable[[Quantity], Quantity]) -> None:
    g = Graph()
    combine(g.input("x", 3.0))
    assert g.forward() == 6.0
    assert "constant1" not in g


def test_arrays_on_either_side_become_constants() -> None:
    g = Graph()
    x = g.input("x", [1.0, 2.0])
    g.output = np.array([[1.0, 0.0], [0.0, 2.0]]) @ x + [10.0, 20.0]
    np.testing.assert_array_equal(g.forward(), [11.0, 24.0])
    assert g.value("constant1").shape == (2, 2)


def test_a_quantity_can_be_named_after_it_is_made() -> None:
    g = Graph()
    x = g.input("x", 2.0)
    q = (x + 3).named("q")
    f = q * x
    assert q.name == "q"
    assert g.forward() == 10.0
    assert g.value("q") == q.value == 5.0
    assert f.gradient == 1.0


def test_a_name_that_is_taken_leaves_the_quantity_as_it_is() -> None:
    g = Graph()
    q = g.input("x", 2.0) + 3
    with pytest.raises(NodeNameError):
        q.named("x")
    assert q.name == "add_constant1"


def test_exponents_may_be_quantities() -> None:
    g = Graph()
    x = g.input("x", 3.0)
    of_two, of_itself = 2**x, x**x
    (of_two + of_itself).named("f")
    g.forward()
    assert (of_two.value, of_itself.value) == (8.0, 27.0)


def test_what_has_no_gate_leaves_the_graph_as_it_is() -> None:
    g = Graph()
    x = g.input("x", 2.0)
    with pytest.raises(TypeError, match="unsupported operand"):
        _ = x ** [1.0, 2.0]  # pyright: ignore[reportOperatorIssue]  # refused when run, too
    with pytest.raises(ShapeError, match="a value must be a number"):
        _ = x + [[1.0], [2.0, 3.0]]  # noqa: RUF005  an array, no list to be joined
    with pytest.raises(ExpressionError, match="@ multiplies vectors and matrices"):
        _ = x @ 2.0
    assert [each.name for each in g] == ["x"]


def test_a_stale_name_is_unknown() -> None:
    g = Graph()
    q = g.input("x", 2.0) + 3
    other = g[q.name]
    q.named("q")
    g.forward()
    with pytest.raises(UnknownNodeError, match="there is no node 'add_constant1'"):
        _ = other.value
