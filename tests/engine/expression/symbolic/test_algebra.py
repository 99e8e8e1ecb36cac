"""Local gradients by algebra: the forms that people write, and right wherever they are tried."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.expression.formula import graph_from_formula
from chainrule.expression.symbolic.algebra import Derivatives, Effort
from chainrule.expression.symbolic.checking import output_and_slopes
from chainrule.expression.symbolic.recipe import MOST_LINES, Line, Recipe, recipe_of
from chainrule.expression.symbolic.table import FORMS
from chainrule.expression.symbolic.template import OUTPUT, Template, port_token
from chainrule.expression.symbolic.worker import answer
from chainrule.gates.catalogue import all_kinds, get_kind
from chainrule.gates.gate import Elementwise
from chainrule.gates.leaf import Constant, Input
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.edits import AddNodes, SetHeader, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, Wire
from chainrule.graph.queries import output_of
from chainrule.graph.switches import SetMuted
from tests.helpers.latex_values import latex_value
from tests.helpers.random_graphs import build, definition_of, kind_of, runnable_graphs

FORMULAS = [
    ("1/(1 + exp(-x))", ["(1 − f)f"]),
    ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", ["1 − f²"]),
    ("exp(x)/(exp(x) + exp(y))", ["(1 − f)f", "(f − 1)f"]),
    ("sqrt(x*x + y*y)", ["x/f", "y/f"]),
    ("log(1 + exp(x))", ["1 − exp(−f)"]),
    ("exp(-x**2)", ["−2 f x"]),
    ("1/sqrt(1 + x**2)", ["−f³ x"]),
    ("tanh(x*w + b)", ["(1 − f²)w", "(1 − f²)x", "1 − f²"]),
    ("(x + y)*z", ["z", "z", "x + y"]),
    ("x/y", ["1/y", "−x/y²"]),
    ("log(x/(1 - x))", ["1/(x − x²)"]),
    ("(x - y)**2", ["2 (x − y)", "2 (y − x)"]),
    ("max(x, y)", ["1[x ≥ y]", "1[x < y]"]),
    ("clip(x, min=-1, max=1)", ["1[x ≥ −1, x ≤ 1]"]),
    ("leaky_relu(x)", ["1[x > 0] + 0.01 · 1[x ≤ 0]"]),
    ("max(0, w*x)", ["x · 1[w x > 0]", "w · 1[w x > 0]"]),
    ("erf(x)", ["(2 exp(−x²))/(√π)"]),
    ("abs(x)", ["sign(x)"]),
    ("0.123456789*x", ["0.123456789"]),
]


def composite(graph: GateGraph, *, name: str = "c") -> GateGraph:
    """Return a graph whose definition `c` is another graph, with its inputs as the ports."""
    ports = tuple(n.id for n in graph if n.is_leaf and not isinstance(n.kind, Constant))
    output = output_of(graph)
    assert output is not None
    around = GateGraph()
    definition = Definition(name, ports, tuple(graph), tuple(graph.wires()), output)
    around.definitions = {**graph.definitions, name: definition}
    return around


def recipe(formula: str) -> Recipe:
    found = recipe_of(composite(graph_from_formula(formula)), "c")
    assert found is not None
    return found


def templates(made: Recipe, effort: Effort = Effort.SOLVING) -> list[Template | None]:
    slopes = answer(made, Derivatives(made), effort).slopes
    return [None if text is None else Template(text) for text in slopes]


def assert_right(made: Recipe, found: list[Template | None], ports: tuple[float, ...]) -> None:
    """Fail unless the formulas, as they are written, give the slopes of the gates' own passes."""
    output, slopes = output_and_slopes(made, ports)
    names = {port_token(number): value for number, value in enumerate(ports)} | {OUTPUT: output}
    for template, slope in zip(found, slopes, strict=True):
        if template is not None and math.isfinite(slope) and math.isfinite(output):
            assert latex_value(template.text, names) == pytest.approx(slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("formula", "expected"), FORMULAS)
def test_local_gradients_have_the_form_that_people_write(formula: str, expected: list[str]) -> None:
    made = recipe(formula)
    found = templates(made)
    value = answer(made, Derivatives(made), Effort.QUICK).value
    plain = [each and each.plain(made.ports, "f") for each in found]
    assert plain == expected
    for ports in ((0.3, 0.7, -1.2), (0.9, 0.4, 2.0)):
        assert_right(made, found, ports[: len(made.ports)])
        if value is None:  # a choice, which is written as the gate that chooses
            continue
        names = {port_token(number): each for number, each in enumerate(ports)}
        output, _ = output_and_slopes(made, ports[: len(made.ports)])
        assert latex_value(value, names) == pytest.approx(output)


@settings(max_examples=25, deadline=None)
@given(graph=runnable_graphs(open_ports=False), data=st.data())
def test_whatever_is_shown_agrees_with_the_backward_pass(
    graph: GateGraph, data: st.DataObject
) -> None:
    assume(output_of(graph) is not None)
    assume(not graph.node(str(output_of(graph))).is_leaf)
    made = recipe_of(composite(graph), "c")
    assume(made is not None)
    assert made is not None
    found = templates(made, Effort.QUICK)
    place = st.floats(-1.5, 1.5).map(lambda x: round(x, 2))
    values = tuple(data.draw(place) for _ in made.ports)
    assert_right(made, found, values)


@given(graph=runnable_graphs(open_ports=False))
def test_a_recipe_computes_what_the_graph_does(graph: GateGraph) -> None:
    for node in [*graph]:
        if node.value is not None:
            SetValue(node.id, np.float64(np.ravel(node.value)[0])).apply(graph)
    output = output_of(graph) or max(node.id for node in graph if not node.is_leaf)
    SetHeader(replace(graph.header, output=output)).apply(graph)
    made = recipe_of(composite(graph), "c")
    if made is None:  # the output is a leaf
        return
    passes = Passes(graph)
    value, slopes = output_and_slopes(made, tuple(number(passes.value(x)) for x in made.ports))
    np.testing.assert_allclose(value, number(passes.value(output)), rtol=1e-12)
    theirs = [number(passes.gradient(each)) for each in made.ports]
    np.testing.assert_allclose(slopes, theirs, rtol=1e-9, atol=1e-300)


def number(value: Array | None) -> float:
    assert value is not None
    return float(value)


SAMPLES = [
    pytest.param(kind(), sample, id=f"{kind.name}{number}")
    for kind in all_kinds()
    if kind.name in FORMS and issubclass(kind, Elementwise)
    for number, sample in enumerate(kind.samples)
]


@pytest.mark.parametrize(("gate", "sample"), SAMPLES)
def test_every_form_in_the_table_is_its_gate(gate: Elementwise, sample: tuple) -> None:
    numbers = [float(np.ravel(each)[0]) for each in sample]
    lines = [Line(f"x{n}") for n in range(len(numbers))]
    inputs = tuple(range(len(numbers)))
    settings = dict(gate.settings())
    made = Recipe(
        tuple(line.name for line in lines), (*lines, Line("f", gate.name, settings, inputs))
    )
    derivatives = Derivatives(made)
    values = dict(zip(derivatives.symbols.ports, numbers, strict=True))
    value = float(derivatives.value.evalf(20, subs=values))
    expected = gate.forward(*map(np.float64, numbers))
    assert value == pytest.approx(float(expected), rel=1e-9, abs=1e-12)


def test_every_form_is_of_a_gate_of_single_numbers() -> None:
    assert all(issubclass(get_kind(name), Elementwise) for name in FORMS)


def test_nested_composites_and_muted_gates_are_looked_through() -> None:
    square = definition_of("my_square", ("a",), build({"a": 1.0}, {"s": ("square", "a")}))
    graph = build({"x": 1.0}, {"n": ("neg", "x")})
    graph.definitions = {"my_square": square}
    inner = Node("q", Composite("my_square", ("a",)), 1)
    AddNodes((inner,), (Wire("n", "q", 0),)).apply(graph)
    SetMuted({"n": True}).apply(graph)
    made = recipe_of(composite(graph), "c")
    assert made is not None
    (found,) = templates(made)
    assert found is not None
    assert found.plain(("x",), "f") == "2 x"


@pytest.mark.parametrize(
    "graph",
    [
        build({"X": [[1.0]], "Y": [[1.0]]}, {"f": ("matmul", "X", "Y")}),
        build({"x": 1.0}, {"f": ("add", "x", None)}),
        build({"x": 1.0}, {"f": (kind_of("greater"), "x", "x")}),
        build({"x": 1.0}, {f"g{n}": ("exp", f"g{n - 1}" if n else "x") for n in range(MOST_LINES)}),
    ],
    ids=["a matrix product", "an open input", "a gate without a form", "very many gates"],
)
def test_where_nothing_can_be_said_nothing_is(graph: GateGraph) -> None:
    assert recipe_of(composite(graph), "c") is None


def test_a_tensor_that_is_fixed_inside_has_no_symbol() -> None:
    graph = build({"x": 1.0}, {})
    nodes = (Node("c", Constant(), value=np.ones(3)), Node("f", kind_of("mul"), 2))
    AddNodes(nodes, (Wire("x", "f", 0), Wire("c", "f", 1))).apply(graph)
    assert recipe_of(composite(graph), "c") is None


def test_a_gate_that_only_hands_a_port_on_has_nothing_to_derive() -> None:
    around = GateGraph()
    around.definitions = {"c": Definition("c", ("x",), (Node("x", Input()),), (), "x")}
    assert recipe_of(around, "c") is None


def test_names_stand_in_a_formula_as_they_are_given() -> None:
    made = recipe("1/(1 + exp(-(w0*x_long)))")
    found = templates(made)[0]
    assert found is not None
    assert (
        found.latex(("w_{0}", r"\mathrm{x\_long}"), r"\sigma")
        == r"(1 - \sigma) \sigma \, \mathrm{x\_long}"
    )
    assert found.plain(("w₀", "x_long"), "σ") == "(1 − σ)σ x_long"
    assert found.mentions_output
