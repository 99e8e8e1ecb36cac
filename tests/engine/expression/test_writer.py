"""From a graph to a formula that, read again, has the same value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import as_array
from chainrule.autodiff.passes import Passes
from chainrule.expression import formula_of, graph_from_formula
from chainrule.gates.catalogue import get_kind
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Constant, Input
from chainrule.graph.composites import Composite
from chainrule.graph.edits import AddNodes, Disconnect, RemoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, Wire
from tests.helpers.formulas import gates_of


def graph_of(*nodes: Node, wires: tuple[Wire, ...] = ()) -> GateGraph:
    graph = GateGraph()
    AddNodes(nodes, wires).apply(graph)
    return graph


def leaf(name: str, value: float = 1.0, kind: Kind | None = None) -> Node:
    return Node(name, kind or Input(), value=as_array(value))


@pytest.mark.parametrize(
    "formula",
    [
        "f = (x + y)*z",
        "f = 1/(1 + exp(-(w0*x0 + w1*x1 + w2)))",
        "q = x + y; f = q*q",
        "f = x*x",
        "f = x - (y - z)",
        "f = x - y - z",
        "f = x/(y/z)",
        "f = (x + y)**2",
        "f = -x**2 + (-x)**2",
        "f = 2 - x",
        "f = x + (-2*y)",
        "f = -(x*y)",
        "f = 2*(3*x)",
        "f = max(0, x, y)",
        "f = (W @ x).T",
        "f = W.T @ x + b",
        "f = sum(x**2, axis=(0, 1))",
        "c = 2; f = c*x + c*y",
        "f = [1, -2, 0.5]*x",
        "x",
        "c = 2.5",
    ],
)
def test_a_formula_in_this_style_is_written_as_it_was_read(formula: str) -> None:
    assert formula_of(graph_from_formula(formula)) == formula


def test_a_node_in_the_middle_has_a_formula_of_its_own() -> None:
    graph = graph_from_formula("q = x + y; f = q*z")
    assert formula_of(graph, "q") == "q = x + y"


def test_unwired_ports_are_question_marks() -> None:
    graph = graph_from_formula("(x + y)*z")
    Disconnect("a", 1).apply(graph)
    Disconnect("f", 1).apply(graph)
    assert formula_of(graph) == "f = (x + ?)*?"


def test_several_ends_get_a_line_each() -> None:
    graph = graph_from_formula("q = x + y; f = x*y")
    RemoveNodes(("f",)).apply(graph)
    AddNodes((Node("g", get_kind("exp").create(), ports=1), leaf("u"))).apply(graph)
    assert formula_of(graph) == "q = x + y; g = exp(?)"


def test_a_graph_without_gates_and_output_has_an_empty_formula() -> None:
    assert formula_of(GateGraph()) == ""
    assert formula_of(graph_of(leaf("x"), leaf("y"))) == ""


def test_a_composite_gate_is_written_by_its_name() -> None:
    gate = Node("f", Composite("twice", ("u",)), ports=1)
    assert formula_of(graph_of(leaf("x"), gate, wires=(Wire("x", "f", 0),))) == "f = twice(x)"


def test_a_sum_of_three_stays_one_gate() -> None:
    graph = graph_from_formula("add(x, y, z)")
    assert formula_of(graph) == "f = add(x, y, z)"


def test_a_gate_between_numbers_is_not_folded() -> None:
    graph = graph_from_formula("c = 1; d = 0; f = c/d")
    assert formula_of(graph) == "c = 1; d = 0; f = c/d"


def test_a_deep_graph_is_cut_into_lines_that_can_be_read() -> None:
    graph = graph_from_formula("f = " + "exp(" * 50 + "x" + ")" * 50)
    text = formula_of(graph)
    assert text is not None
    assert len(gates_of(graph_from_formula(text))) == 50


def test_a_graph_that_is_too_large_has_no_formula() -> None:
    many = graph_from_formula("+".join(f"x{number}" for number in range(800)))
    assert formula_of(many) is None


def test_long_names_make_a_formula_too_long() -> None:
    graph = graph_from_formula("+".join(f"x{'y' * 150}{number}" for number in range(20)))
    assert formula_of(graph) is None


@pytest.mark.parametrize(("left", "right"), [("µ", "μ"), ("a·b", "x")])
def test_names_that_a_formula_can_not_tell_apart_have_none(left: str, right: str) -> None:
    gate = Node("f", get_kind("add").create(), ports=2)
    wires = (Wire(left, "f", 0), Wire(right, "f", 1))
    assert formula_of(graph_of(leaf(left), leaf(right), gate, wires=wires)) is None


KINDS: list[tuple[str, dict[str, object], int]] = [
    *((name, {}, 2) for name in ("add", "sub", "mul", "div", "max", "min", "pow")),
    *((name, {}, 3) for name in ("add", "mul", "max")),
    *((name, {}, 1) for name in ("neg", "reciprocal", "square", "exp", "tanh", "abs", "relu")),
    *(("mul_constant", {"c": c}, 1) for c in (-1.0, 2.0, -0.5, 0.1)),
    *(("mse_loss", {"reduction": word}, 2) for word in ("sum", "none")),
    *(("linear", {}, ports) for ports in (2, 3)),
    *(("add_constant", {"c": c}, 1) for c in (1.0, -2.0, 0.0, 0.1)),
    *(("power", {"exponent": each}, 1) for each in (-3.0, -1.0, 0.5, 2.0, 3.0)),
]


@st.composite
def graphs(draw: st.DrawFn) -> GateGraph:
    """Draw a graph of elementwise gates over inputs and constants, with shared values."""
    nodes = [leaf("x", -1.5), leaf("y", 2.0), leaf("z", 0.75)]
    for number, value in enumerate(draw(st.lists(st.sampled_from([-2.0, 0.0, 0.3]), max_size=3))):
        nodes.append(leaf(f"k{number}", value, Constant()))
    wires: list[Wire] = []
    for number in range(draw(st.integers(1, 10))):
        name, settings, ports = draw(st.sampled_from(KINDS))
        sources = st.sampled_from([node.id for node in nodes])
        wires += [Wire(draw(sources), f"g{number}", port) for port in range(ports)]
        nodes.append(Node(f"g{number}", get_kind(name).create(settings), ports=ports))
    return graph_of(*nodes, wires=tuple(wires))


@given(graphs())
def test_a_written_formula_read_again_has_the_same_value(graph: GateGraph) -> None:
    root = list(graph.ids())[-1]
    text = formula_of(graph, root)
    assert text is not None
    again = graph_from_formula(text)
    names = [name for name in ("x", "y", "z") if name in again]
    again = graph_from_formula(text, {name: graph.node(name).value for name in names})  # pyright: ignore[reportArgumentType] - leaves have values
    output = again.header.output
    assert output is not None
    np.testing.assert_array_equal(Passes(again).value(output), Passes(graph).value(root))
