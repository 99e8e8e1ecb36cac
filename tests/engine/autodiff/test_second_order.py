"""Second derivatives: laws on random graphs, closed forms, and PyTorch's values."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule import Graph
from chainrule.arrays import Floats
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.second_order import Hessian, hessian
from chainrule.errors import RunError
from chainrule.graph.edits import AddNodes, SetHeader, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, Wire
from tests.engine.autodiff.second_order_cases import CASES, RECORDED, Case
from tests.helpers.random_graphs import kind_of
from tests.helpers.tensor_graphs import many_small, tensor_graph

TORCH: dict[str, dict[str, Any]] = json.loads(RECORDED.read_text())


def flat(by_leaf: dict[str, Any]) -> Floats:
    """Return the arrays of all leaves as one vector."""
    return np.concatenate([np.ravel(each) for each in by_leaf.values()])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hessians_agree_with_pytorch(case: Case) -> None:
    g, torch = case.graph(), TORCH[case.name]
    assert g.output is not None
    assert float(g.output.value) == pytest.approx(torch["value"], rel=1e-12)
    found, expected = g.hessian(), np.array(torch["hessian"])
    size = float(np.abs(expected).max())
    np.testing.assert_allclose(found.dense(), expected, rtol=1e-9, atol=1e-12 * (1.0 + size))
    product = flat(found.times(case.vectors()))
    np.testing.assert_allclose(product, torch["product"], rtol=1e-9, atol=1e-11 * (1.0 + size))
    assert found.asymmetry < 1e-12


def test_every_case_is_recorded() -> None:
    assert {case.name for case in CASES} == set(TORCH)


def summed_up(graph: GateGraph) -> GateGraph:
    """Let the output be one number: the mean of a bounded function of what it was."""
    output = graph.header.output
    assert output is not None
    nodes = (Node("bounded", kind_of("tanh"), 1), Node("single", kind_of("mean"), 1))
    wires = (Wire(output, "bounded", 0), Wire("bounded", "single", 0))
    AddNodes(nodes, wires).apply(graph)
    SetHeader(Header(output="single")).apply(graph)
    return graph


def small_hessian(graph: GateGraph) -> Hessian | None:
    """Return the Hessian of a graph whose numbers are finite and not too large."""
    passes = Passes(graph)
    if not passes.all_finite or passes.value("single") is None:
        return None
    found = hessian(graph, passes)
    return found if found.size <= 60 and np.isfinite(found.dense()).all() else None


@given(seed=st.integers(0, 2**32 - 1))
def test_hessians_are_symmetric_and_their_products_are_their_columns(seed: int) -> None:
    found = small_hessian(summed_up(tensor_graph(seed, 12)))
    if found is None:
        return
    assert found.asymmetry < 1e-8
    rng = np.random.default_rng(seed)
    vector = {
        name: rng.normal(size=shape)[()]
        for name, shape in zip(found.names, found.shapes, strict=True)
    }
    formed = found.dense()
    size = float(np.abs(formed).max(initial=0.0))
    expected = formed @ flat(vector)
    np.testing.assert_allclose(
        flat(found.times(vector)), expected, rtol=1e-8, atol=1e-10 * (1.0 + size)
    )


@given(seed=st.integers(0, 2**32 - 1))
def test_the_gradient_that_comes_along_is_the_one_of_the_passes(seed: int) -> None:
    graph = summed_up(tensor_graph(seed, 12))
    passes = Passes(graph)
    if passes.value("single") is None or not passes.all_finite:
        return
    for name, gradient in hessian(graph, passes).gradient.items():
        expected = passes.gradient(name)
        assert expected is not None
        np.testing.assert_allclose(gradient, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_products_agree_with_differences_of_gradients(seed: int) -> None:
    graph = many_small(seed, 40, (3,))
    found = hessian(graph, Passes(graph))
    rng = np.random.default_rng(seed)
    vector = {name: rng.normal(size=(3,)) for name in found.names}
    sides: list[Floats] = []
    for step in (1e-6, -1e-6):
        for name in found.names:
            value = graph.node(name).value
            assert value is not None
            SetValue(name, value + step * vector[name]).apply(graph)
        sides.append(flat(hessian(graph, Passes(graph)).gradient))
        for name in found.names:
            value = graph.node(name).value
            assert value is not None
            SetValue(name, value - step * vector[name]).apply(graph)
    difference = (sides[0] - sides[1]) / 2e-6
    np.testing.assert_allclose(flat(found.times(vector)), difference, rtol=1e-5, atol=1e-7)


def test_a_quadratic_form_has_the_matrix_plus_its_transpose() -> None:
    matrix = np.array([[1.0, 2.0], [5.0, -3.0]])
    g = Graph()
    x = g.parameter("x", [0.3, -0.7])
    g.matmul(x, g.matmul(g.constant(matrix), x), name="f")
    g.forward()
    np.testing.assert_allclose(g.hessian("x").dense(), matrix + matrix.T, rtol=1e-14)


def test_blocks_are_named_by_leaves_and_have_their_shapes() -> None:
    g = Graph()
    W, x = g.parameter("W", np.ones((2, 3))), g.input("x", [1.0, 2.0, 3.0])
    g.sum(g.matmul(W, x), name="f")
    g.forward()
    found = g.hessian(W, x)
    assert found.block("W", "x").shape == (2, 3, 3)
    np.testing.assert_array_equal(found.block("W", "x"), [np.eye(3)] * 2)
    np.testing.assert_array_equal(found.block("x", "x"), np.zeros((3, 3)))
    with pytest.raises(RunError, match="'y' is none of W, x"):
        found.block("W", "y")


def test_newtons_step_solves_a_quadratic_problem_at_once() -> None:
    g = Graph.from_formula("(x - 3)**2 + 10*(y + 1)**2 + x*y", {"x": 5.0, "y": 2.0})
    g.forward()
    direction = g.hessian().newton_direction()
    assert direction.says.startswith("The Hessian is positive definite")
    assert direction.slope < 0.0
    g.forward({name: g.value(name) + step for name, step in direction.steps.items()})
    for gradient in g.backward().values():
        assert gradient == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    ("formula", "values", "says"),
    [
        ("x*y", {"x": 1.0, "y": 2.0}, "indefinite: 1 of 2 eigenvalues are negative"),
        ("(x + y)**2", {"x": 1.0, "y": 2.0}, "singular: 1 of 2 eigenvalues vanish"),
        ("-(x**2) - y**2", {"x": 1.0, "y": 2.0}, "negative definite"),
        ("x + y", {"x": 1.0, "y": 2.0}, "singular: 2 of 2"),
    ],
)
def test_newtons_direction_says_what_the_hessian_is(
    formula: str, values: dict[str, float], says: str
) -> None:
    g = Graph.from_formula(formula, values)
    g.forward()
    direction = g.hessian().newton_direction()
    assert says in direction.says
    assert np.isfinite(flat(dict(direction.steps))).all()


def test_a_leaf_that_is_the_output_has_a_gradient_of_one_and_no_curvature() -> None:
    g = Graph()
    g.parameter("x", 2.0)
    g.forward()
    found = g.hessian("x")
    assert found.gradient == {"x": 1.0}
    assert found.dense() == [[0.0]]


def test_leaves_that_do_not_reach_the_output_have_zeros() -> None:
    g = Graph()
    x, y = g.parameter("x", 2.0), g.parameter("y", [1.0, 2.0])
    g.exp(y)
    g.output = g.square(x)
    g.forward()
    np.testing.assert_array_equal(g.hessian().dense(), np.diag([2.0, 0.0, 0.0]))


def test_an_output_of_several_numbers_is_refused() -> None:
    g = Graph()
    g.exp(g.parameter("x", [1.0, 2.0]), name="y")
    g.forward()
    with pytest.raises(RunError, match=r"'y' has shape \(2,\).*sum it up first"):
        g.hessian()


def test_what_is_no_leaf_is_refused() -> None:
    g = Graph()
    g.exp(g.exp(g.parameter("x", 1.0), name="q"), name="y")
    g.forward()
    with pytest.raises(RunError, match="'q' is no leaf with a value"):
        g.hessian("q")
    with pytest.raises(RunError, match=r"shape \(2,\) and its value scalar"):
        g.hessian("x").times({"x": [1.0, 2.0]})


def test_a_hessian_of_too_many_numbers_is_not_formed_but_multiplies() -> None:
    g = Graph()
    g.sum(g.square(g.parameter("x", np.arange(3000.0))), name="f")
    g.forward()
    found = g.hessian()
    with pytest.raises(RunError, match="3,000 numbers would have 9,000,000 entries"):
        found.dense()
    np.testing.assert_array_equal(found.times({"x": np.ones(3000)})["x"], np.full(3000, 2.0))
