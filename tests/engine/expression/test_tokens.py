"""The faults that are told in plain words, each at its column."""

from __future__ import annotations

import pytest

from chainrule.errors import ExpressionError
from chainrule.expression.source import source_of
from chainrule.expression.tokens import check_tokens

FAULTS: list[tuple[str, int | None, str]] = [
    ("", None, "empty"),
    (" \n ", None, "empty"),
    ("2x", 2, "write 2*x"),
    ("2 x", 3, "write 2*x"),
    ("x y", 3, "write x*y"),
    ("sqrt x", 6, "write sqrt(…)"),
    ("ln 2", 4, "write ln(…)"),
    ("2(x)", 2, "write *"),
    ("(x)(y)", 4, "write *"),
    ("x^2", 2, "use **"),
    ("é + ü^2", 6, "use **"),
    ("x // y", 3, "divide with /"),
    ("x % y", 3, "remainders"),
    ("x!", 2, "factorials"),
    ("x == y", 3, "max, min or relu"),
    ("x < y", 3, "max, min or relu"),
    ("'x'", 1, "quotes"),
    ('f("x")', 3, "quotes"),
    ("|x|", 1, "abs(x)"),
    ("x & y", 3, "min"),
    ("? + x", 1, "in place of ?"),
    ("{x}", 1, "( and )"),
    ("x += 1", 3, "no gate"),
    ("x := 1", 3, "no gate"),
    ("2j", 2, "complex"),
    ("007", 1, "zeros"),
    ("lambda: x", 1, "lambda_"),
    ("x if y else z", 3, "can't be a name"),
    ("x.real", 2, ".T"),
    ("x[0]", 2, "index"),
    ("((x)", 1, "never closed"),
    ("[1, 2", 1, "never closed"),
    ("x)", 2, "never opened"),
    ("(x]", 3, "make them a pair"),
    ("x +", 4, "missing after +"),
    ("x +\ny", 4, "missing after +"),
    ("q = ", 4, "missing after ="),
    ("* x", 1, "missing before *"),
    ("x * / y", 5, "missing before /"),
    ("(x + )", 6, "missing before )"),
    ("= x", 1, "missing before ="),
    ("(x; y)", 1, "not closed"),
    ("0,5", 2, "0.5"),
    ("x \x00", 3, "no meaning"),
    ("½", 1, "not a name"),
    ("x½", 1, "not a name"),
    ("(" * 101, 101, "too deeply"),
]


@pytest.mark.parametrize(("typed", "column", "says"), FAULTS)
def test_a_fault_is_told_with_its_column_and_remedy(
    typed: str, column: int | None, says: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        check_tokens(source_of(typed))
    assert caught.value.column == column
    assert says in caught.value.problem


@pytest.mark.parametrize(
    "typed",
    [
        "(x + y) * z",
        "-x + +y - -z",
        "q = x + y; f = q*z;",
        "q = x + y  # their sum\n\nf = q\\\n*z",
        "sum(x, axis=(0,), keepdims=True)",
        "[[1, 2], [3, 4]] @ x.T",
        "1_000 + .5 + 1. + 1e-3 + 2.5E+4",
    ],
)
def test_formulas_pass(typed: str) -> None:
    check_tokens(source_of(typed))
