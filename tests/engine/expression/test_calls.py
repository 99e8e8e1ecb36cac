"""Every gate is a function in a formula."""

from __future__ import annotations

import pytest

from chainrule.errors import ExpressionError
from chainrule.expression import graph_from_formula
from chainrule.expression.writer import formula_of
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.node import Node
from tests.helpers.formulas import gates_of

GATES = [kind for kind in all_kinds() if issubclass(kind, Gate)]


def _written(setting: object) -> str:
    word = isinstance(setting, str) and setting.isidentifier()
    return str(setting) if word else repr(setting)


@pytest.mark.parametrize("kind", GATES, ids=lambda kind: kind.name)
def test_every_gate_of_the_catalogue_is_a_function(kind: type[Gate]) -> None:
    inputs = [f"x{port}" for port in range(len(kind.ports))]
    settings = [f"{each.name}={_written(each.default)}" for each in kind.parameters()]
    graph = graph_from_formula(f"{kind.name}({', '.join(inputs + settings)})")
    gate = graph.node("f")
    assert type(gate.kind) is kind
    assert list(graph.inputs("f")) == inputs


@pytest.mark.parametrize(
    ("formula", "gate"),
    [
        ("max(x, y, z)", "f = max(x, y, z)"),
        ("power(x, 3)", "f = power(x; exponent=3.0)"),
        ("pow(x, exponent=1/4)", "f = power(x; exponent=0.25)"),
        ("pow(x, 3)", "f = power(x; exponent=3.0)"),
        ("pow(x, y)", "f = pow(x, y)"),
        ("sum(x, 1, True)", "f = sum(x; axis=1, keepdims=True)"),
        ("sum(x, axis=(0, -1))", "f = sum(x; axis=(0, -1))"),
        ("sum(x, axis=None)", "f = sum(x)"),
        ("reshape(x, [2, 3])", "f = reshape(x; shape=(2, 3))"),
        ("ln(x)", "f = log(x)"),
        ("σ(x)", "f = sigmoid(x)"),
        ("x.T", "f = transpose(x)"),
        ("max(0, x)", "f = max(c1, x)"),
        ("mse_loss(x, y, reduction=sum)", "f = mse_loss(x, y; reduction=sum)"),
        ("mse_loss(x, y, none)", "f = mse_loss(x, y; reduction=none)"),
        ("linear(x, w)", "f = linear(x, w)"),
        ("linear(x, w, b)", "f = linear(x, w, b)"),
    ],
)
def test_arguments_are_inputs_and_parameters(formula: str, gate: str) -> None:
    assert gates_of(graph_from_formula(formula)) == [gate]


@pytest.mark.parametrize(
    ("formula", "column", "says"),
    [
        ("1 + sin_(x)", 5, "did you mean sin?"),
        ("x*(y) + q(x)", 9, "write q*(…)"),
        ("exp(x, y)", 1, "exp takes 1 input but is given 2; write exp(x)"),
        ("max(x)", 1, "write max(x, y, …)"),
        ("exp()", 1, "given 0"),
        ("power(x)", 1, "needs the parameter 'exponent'"),
        ("power(x, 2, exponent=3)", 1, "twice"),
        ("sum(x, axis=1.5)", 1, "integer"),
        ("sum(x, axis=y)", 1, "axis=1"),
        ("sum(x, axes=1)", 1, "it takes axis, keepdims"),
        ("exp(x, c=1)", 1, "takes no parameters"),
        ("mul_constant(x, 1e999)", 1, "finite"),
        ("1 + max", 5, "write max(…)"),
        ("mse_loss(x, y, reduction=most)", 1, """must be "mean", "sum" or "none", not 'most'"""),
        ("mse_loss(x, y, reduction=1 + z)", 1, "written out, such as reduction=mean"),
    ],
)
def test_a_wrong_call_is_refused_with_its_remedy(formula: str, column: int, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        graph_from_formula(formula)
    assert caught.value.column == column
    assert says in caught.value.problem


def test_a_composite_gate_is_a_function_too() -> None:
    port = graph_from_formula("u", {"u": 0.0}).node("u")
    definition = Definition("twice", ("u",), (port,), (), "u")
    graph = graph_from_formula("twice(x) + 1", definitions={"twice": definition})
    assert graph.node("a").kind == Composite("twice", ("u",))
    assert graph.definitions["twice"] is definition


def test_a_composite_gate_refuses_a_wrong_number_of_inputs() -> None:
    definition = Definition("twice", ("u",), (Node("u", Composite("twice", ())),), (), "u")
    with pytest.raises(ExpressionError, match=r"write twice\(u\)"):
        graph_from_formula("twice(x, y)", definitions={"twice": definition})


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_text_that_is_no_word_stands_in_quotes_and_comes_back_so(quote: str) -> None:
    graph = graph_from_formula(f"einsum(A, B, subscripts={quote}ij,jk->ik{quote})")
    assert formula_of(graph) == "f = einsum(A, B, subscripts='ij,jk->ik')"
