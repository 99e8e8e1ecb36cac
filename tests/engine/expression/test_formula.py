"""From a formula to a graph: the lecture's formulas, staged code, values, faults and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.errors import ExpressionError
from chainrule.expression import graph_from_formula
from tests.helpers.formulas import gates_of, leaves_of

NEURON = "1/(1+exp(-(w0*x0+w1*x1+w2)))"
VALUES = {"x": 1.5, "y": -2.0, "z": 0.0, "w": 3.25}
FOUNDATION = tuple((name, np.float64(value)) for name, value in VALUES.items())


def test_the_neuron_becomes_the_gates_of_the_lecture() -> None:
    assert gates_of(graph_from_formula(NEURON)) == [
        "a = mul(w0, x0)",
        "b = mul(w1, x1)",
        "c = add(a, b)",
        "d = add(c, w2)",
        "g = mul_constant(d; c=-1.0)",
        "h = exp(g)",
        "k = add_constant(h; c=1.0)",
        "f = reciprocal(k)",
    ]


def test_the_neuron_has_the_lecture_s_value() -> None:
    values = {"w0": 2.0, "w1": -3.0, "w2": -3.0, "x0": -1.0, "x1": -2.0}
    passes = Passes(graph_from_formula(NEURON, values))
    assert passes.value("f") == pytest.approx(0.7310585786300049)
    assert passes.gradient("w0") == pytest.approx(-0.19661193324148185)


def test_leaves_stand_before_gates_and_have_first_values() -> None:
    graph = graph_from_formula("(x + y) * z + w")
    assert list(graph.ids()) == ["x", "y", "z", "w", "a", "b", "f"]
    assert leaves_of(graph) == {
        "x": ("input", 1.0),
        "y": ("input", 2.0),
        "z": ("input", 3.0),
        "w": ("parameter", 0.5),
    }


def test_given_values_are_used() -> None:
    graph = graph_from_formula("W @ x₁", {"W": [[1, 2], [3, 4]], "x₁": [5, 6]})
    np.testing.assert_array_equal(Passes(graph).value("f"), [17, 39])


def test_a_list_of_numbers_is_a_constant_tensor() -> None:
    graph = graph_from_formula("[[1, 2], [3, -4]] @ x", {"x": [1, 1]})
    assert graph.node("c1").kind.name == "constant"
    np.testing.assert_array_equal(Passes(graph).value("f"), [3, -1])


@pytest.mark.parametrize("formula", ["q = x + y; f = q*z", "q = x + y\n  f = q*z\n", "q=x+y;q*z"])
def test_staged_code_names_its_nodes(formula: str) -> None:
    graph = graph_from_formula(formula)
    assert gates_of(graph) == ["q = add(x, y)", "f = mul(q, z)"]
    assert graph.header.output == "f"


@pytest.mark.parametrize(
    ("formula", "output"),
    [("x + y", "f"), ("loss = x + y", "loss"), ("f * y", "a"), ("x", "x"), ("c = 2", "c")],
)
def test_the_last_line_is_the_output(formula: str, output: str) -> None:
    assert graph_from_formula(formula).header.output == output


def test_names_keep_to_python_s_normal_form() -> None:
    graph = graph_from_formula("ϵ + α", {"ϵ": 4.0})
    assert leaves_of(graph) == {"ε": ("input", 4.0), "α": ("input", 2.0)}


@pytest.mark.parametrize(
    ("formula", "column", "says"),
    [
        ("q = x", 1, "write 'x' instead"),
        ("q = q + 1", 5, "compute itself"),
        ("q = -x; q = y*y", 9, "use another name"),
        ("f = q*z; q = x + y", 10, "put this line first"),
        ("x + y; z", 1, "write q ="),
        ("a = b = x", 1, "name = formula"),
        ("(a, b) = x", 1, "name = formula"),
        ("x + (y, z)", 5, "max(x, y)"),
        ("x + True", 5, "no number"),
        ("[1, x]", 5, "numbers only"),
        ("x + [[1, 2], [3]]", 5, "equal length"),
        ("ü*(é + 1__0)", 9, "can't be read"),
    ],
)
def test_a_fault_is_told_with_its_column_and_remedy(formula: str, column: int, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        graph_from_formula(formula)
    assert caught.value.column == column
    assert says in caught.value.problem


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"z": 1.0}, "'z', which is not in the formula; its names are x, y"),
        ({"q": 1.0}, "computed by the formula"),
        ({"x": [[1.0], [1.0, 2.0]]}, "value of 'x'"),
    ],
)
def test_values_that_do_not_fit_are_refused(values: dict[str, object], says: str) -> None:
    with pytest.raises(ExpressionError, match=says):
        graph_from_formula("q = x + y; f = q*q", values)  # pyright: ignore[reportArgumentType] - wrong on purpose


@pytest.mark.parametrize(
    "formula",
    ["-" * 5_000 + "x", "x**" * 3_000 + "2", "+".join("x" * 3_000), "exp(" * 90 + "x" + ")" * 90],
)
def test_absurd_formulas_are_refused(formula: str) -> None:
    with pytest.raises(ExpressionError):
        graph_from_formula(formula)


def test_numbers_and_intermediate_values_never_share_a_name() -> None:
    graph = graph_from_formula("+".join(f"exp({number})" for number in range(60)))
    assert len(graph) == 60 + 60 + 59


def test_a_result_without_the_name_f_shares_its_name_with_nothing() -> None:
    assert gates_of(graph_from_formula("f*y + z")) == ["b = mul(f, y)", "a = add(b, z)"]


def test_a_sum_may_be_long() -> None:
    graph = graph_from_formula("+".join(f"x{number}" for number in range(500)))
    assert len(gates_of(graph)) == 499


@pytest.mark.parametrize(
    "formula",
    [
        "__import__('os').system('true')",
        "exec(x)",
        "eval(x)",
        "open(x)",
        "(lambda: 1)()",
        "x.__class__",
        "[y for y in x]",
        "f(*x)",
    ],
)
def test_code_is_refused(formula: str) -> None:
    with pytest.raises(ExpressionError):
        graph_from_formula(formula)


@given(st.text() | st.text(alphabet="xw 01.+-*/()[],;=√²₀·^'\n#\\eT@"))
def test_garbage_never_raises_anything_else(text: str) -> None:
    column = None
    try:
        graph_from_formula(text)
    except ExpressionError as error:
        column = error.column
    assert column is None or 1 <= column <= len(text) + 1


Term = tuple[str, np.float64]


@st.composite
def _compound(draw: st.DrawFn, terms: st.SearchStrategy[Term]) -> Term:
    """Draw an operation on terms as its text, with its value by NumPy's scalars."""
    text, value = draw(terms)
    number = draw(st.sampled_from([-2.5, -1.0, 0.0, 0.1, 1.0, 3.0, 4.0]))
    other, second = draw(terms | st.just((f"({number})", np.float64(number))))
    if draw(st.booleans()) and not other.startswith("("):
        text, value, other, second = other, second, text, value
    with np.errstate(all="ignore"):
        return draw(
            st.sampled_from(
                [
                    (f"({text} + {other})", value + second),
                    (f"({text} − {other})", value - second),
                    (f"({other} - {text})", second - value),
                    (f"({text}·{other})", value * second),
                    (f"({text}/{other})", value / second),
                    (f"({other}/{text})", second / value),
                    (f"(-{text})", -value),
                    (f"({text})²", value * value),
                    (f"max({text}, {other})", np.maximum(value, second)),
                ]
            )
        )


@given(st.recursive(st.sampled_from(FOUNDATION), _compound, max_leaves=12))
def test_a_formula_has_the_value_of_plain_arithmetic(term: Term) -> None:
    text, expected = term
    plain = text.replace("max", "")
    given_values = {name: value for name, value in VALUES.items() if name in plain}
    graph = graph_from_formula(text, given_values)
    output = graph.header.output
    assert output is not None
    np.testing.assert_array_equal(Passes(graph).value(output), expected)
