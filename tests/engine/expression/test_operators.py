"""Operators become the gates of the lecture, right to the last digit."""

from __future__ import annotations

import pytest

from chainrule.errors import ExpressionError
from chainrule.expression import graph_from_formula
from tests.helpers.formulas import gates_of

MAPPING: list[tuple[str, list[str]]] = [
    ("x + y", ["f = add(x, y)"]),
    ("x - y", ["f = sub(x, y)"]),
    ("x * y", ["f = mul(x, y)"]),
    ("x / y", ["f = div(x, y)"]),
    ("x @ y", ["f = matmul(x, y)"]),
    ("-x", ["f = mul_constant(x; c=-1.0)"]),
    ("+x", []),
    ("x + 2", ["f = add_constant(x; c=2.0)"]),
    ("2 + x", ["f = add_constant(x; c=2.0)"]),
    ("x - 2", ["f = add_constant(x; c=-2.0)"]),
    ("2 - x", ["a = mul_constant(x; c=-1.0)", "f = add_constant(a; c=2.0)"]),
    ("2 * x", ["f = mul_constant(x; c=2.0)"]),
    ("x * 2", ["f = mul_constant(x; c=2.0)"]),
    ("-2 * x", ["f = mul_constant(x; c=-2.0)"]),
    ("x / 4", ["f = mul_constant(x; c=0.25)"]),
    ("x / 3", ["f = div(x, c1)"]),
    ("x / 0", ["f = div(x, c1)"]),
    ("1 / x", ["f = reciprocal(x)"]),
    ("-1 / x", ["a = reciprocal(x)", "f = mul_constant(a; c=-1.0)"]),
    ("2 / x", ["f = div(c1, x)"]),
    ("x ** 2", ["f = square(x)"]),
    ("x²", ["f = square(x)"]),
    ("x ** 3", ["f = power(x; exponent=3.0)"]),
    ("x ** y", ["f = pow(x, y)"]),
    ("2 ** x", ["f = pow(c1, x)"]),
    ("x ** 0.5", ["f = sqrt(x)"]),
    ("x ** -1", ["f = reciprocal(x)"]),
    ("x ** (1 + 1) ** 2", ["f = power(x; exponent=4.0)"]),
    ("-x ** 2", ["a = square(x)", "f = mul_constant(a; c=-1.0)"]),
    ("(2 * 3 + 1) * x", ["f = mul_constant(x; c=7.0)"]),
    ("x + y + z", ["a = add(x, y)", "f = add(a, z)"]),
    ("x + (y + z)", ["a = add(y, z)", "f = add(x, a)"]),
    ("x * x + x * x", ["a = mul(x, x)", "b = mul(x, x)", "f = add(a, b)"]),
]


@pytest.mark.parametrize(("formula", "gates"), MAPPING)
def test_an_operator_becomes_its_gates(formula: str, gates: list[str]) -> None:
    assert gates_of(graph_from_formula(formula)) == gates


@pytest.mark.parametrize(
    ("formula", "value"), [("2*3 + 1", 7.0), ("2**-1", 0.5), ("1/3", 1 / 3), ("-2", -2.0)]
)
def test_numbers_alone_are_folded_into_a_constant(formula: str, value: float) -> None:
    graph = graph_from_formula(formula)
    assert [(node.id, node.kind.name, node.value) for node in graph] == [("f", "constant", value)]


@pytest.mark.parametrize(
    ("formula", "column", "says"),
    [
        ("2 @ x", 5, "write *"),
        ("2 @ 3", 5, "write *"),
        ("x + 1/0", 7, "divides a number by 0"),
        ("x + 1/(1 - 1)", 8, "divides a number by 0"),
        ("(-8) ** 0.5", 9, "root of a negative"),
        ("1e200 * 1e200", 9, "beyond float64"),
        ("10 ** 400", 7, "beyond float64"),
        ("1e999 * x", 1, "beyond float64"),
        ("x + " + "9" * 400, 5, "beyond float64"),
    ],
)
def test_what_has_no_gate_or_no_value_is_refused(formula: str, column: int, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        graph_from_formula(formula)
    assert caught.value.column == column
    assert says in caught.value.problem
