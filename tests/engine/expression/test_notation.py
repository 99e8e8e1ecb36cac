"""How gates are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.expression.notation import Piece, number, written
from chainrule.gates.catalogue import get_kind


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back_as_the_same_float(value: float) -> None:
    assert float(number(value)).hex() == value.hex()


def test_whole_numbers_are_short() -> None:
    assert [number(2.0), number(-3.0), number(0.5), number(1e20)] == ["2", "-3", "0.5", "1e+20"]


@pytest.mark.parametrize(
    ("gate", "settings", "text"),
    [
        ("power", {"exponent": 3.0}, "x**3"),
        ("power", {"exponent": 2.0}, "power(x, exponent=2)"),
        ("transpose", {}, "x.T"),
        ("transpose", {"axes": [1, 0]}, "transpose(x, axes=(1, 0))"),
        ("sum", {"axis": 1, "keepdims": True}, "sum(x, axis=1, keepdims=True)"),
        ("mul_constant", {"c": -1.0}, "-x"),
        ("mul_constant", {"c": -2.0}, "-2*x"),
        ("add_constant", {"c": -2.0}, "x - 2"),
        ("neg", {}, "neg(x)"),
    ],
)
def test_a_gate_is_an_operator_or_a_function(
    gate: str, settings: dict[str, object], text: str
) -> None:
    assert written(get_kind(gate).create(settings), [Piece("x")]).text == text
