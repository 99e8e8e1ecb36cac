"""What was typed, as Python reads it."""

from __future__ import annotations

import pytest

from chainrule.errors import ExpressionError
from chainrule.expression.source import MAX_LENGTH, source_of


@pytest.mark.parametrize(
    ("typed", "python"),
    [
        ("a×b·c⋅d", "a*b*c*d"),
        ("a÷b−c", "a/b-c"),
        ("x²", "x**(2)"),
        ("x²³", "x**(23)"),
        ("x⁻¹", "x**(-1)"),
        ("w₀*x₁₂", "w0*x12"),
        ("√x", "sqrt(x)"),
        ("2*√ 2.5+1", "2* sqrt( 2.5)+1"),
        ("√(x+y)", "sqrt(x+y)"),
        ("  x\r\n  + y", "x\n+ y"),
        ("x\u00a0+\ty", "x + y"),
    ],
)
def test_mathematical_signs_become_python(typed: str, python: str) -> None:
    assert source_of(typed).python == python


@pytest.mark.parametrize(
    ("typed", "column", "says"),
    [
        ("1 + √x²", 5, "parentheses"),
        ("√x**2", 1, "parentheses"),
        ("x²**3", 2, "parentheses"),
        ("w₀x₀ + w₁", 3, "w₀*x₀"),
    ],
)
def test_signs_with_two_readings_are_refused(typed: str, column: int, says: str) -> None:
    with pytest.raises(ExpressionError, match="write") as caught:
        source_of(typed)
    assert caught.value.column == column
    assert says in caught.value.problem


def test_every_character_remembers_where_it_was_typed() -> None:
    source = source_of("é×√x")
    assert source.python == "é* sqrt(x)"
    assert [source.column(index) for index in range(len(source.python) + 1)] == [
        *(1, 2, 3, 3, 3, 3, 3, 3, 4, 4, 5)
    ]


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ExpressionError, match="build the graph in parts"):
        source_of("x" * (MAX_LENGTH + 1))
