"""Numbers and tensors are read as people type them and written so that nothing is lost."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from chainrule.arrays import Array
from chainrule.errors import ShapeError
from chainrule_desktop.document.values import parse_value, typed_value
from tests.helpers.graph_strategies import values

NUMBERS = {
    "3": 3.0,
    "-3": -3.0,
    "−3": -3.0,
    "+3": 3.0,
    "  2.5e-3 ": 0.0025,
    ".5": 0.5,
    "-.5": -0.5,
    "1.": 1.0,
    "1E3": 1000.0,
    "007": 7.0,
    "-01.50": -1.5,
    "inf": math.inf,
    "-inf": -math.inf,
    "∞": math.inf,
    "−∞": -math.inf,
    "Infinity": math.inf,
    "[1, 2]": [1.0, 2.0],
    "[.5, -.5, 1.]": [0.5, -0.5, 1.0],
    "[[1, 2], [3, −4]]": [[1.0, 2.0], [3.0, -4.0]],
    "[inf, -inf]": [math.inf, -math.inf],
    "[01, 2]": [1.0, 2.0],
}
FAULTS = [
    "",
    "   ",
    "three",
    "1 2",
    "1,5",
    "--3",
    "1e999",
    "[1, [2]]",
    "[[1, 2], [3]]",
    "[1, 2",
    "{}",
    "true",
    "null",
    "[true]",
    "0x10",
    "nano",
    "[" * 5000,
    "1" * 5000,
]


@pytest.mark.parametrize("text", NUMBERS)
def test_what_people_type_is_read(text: str) -> None:
    assert parse_value(text).tolist() == NUMBERS[text]


@pytest.mark.parametrize("text", ["nan", "NaN", "-nan"])
def test_not_a_number_is_one_word(text: str) -> None:
    assert math.isnan(float(parse_value(text)))


@pytest.mark.parametrize("text", FAULTS)
def test_everything_else_is_refused_in_one_short_sentence(text: str) -> None:
    with pytest.raises(ShapeError) as caught:
        parse_value(text)
    assert 0 < len(str(caught.value)) < 200


@given(values())
def test_what_is_written_is_read_again_to_the_last_digit(value: Array) -> None:
    again = parse_value(typed_value(value))
    assert again.shape == value.shape
    assert np.array_equal(again, value, equal_nan=True)


def test_a_value_can_be_made_by_a_function() -> None:
    assert parse_value("0.1 * randn(3, 4, seed=1)").shape == (3, 4)
    assert parse_value("eye(2)").tolist() == [[1.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize("text", ["randn(3, 4", "zeros(0)", "randn(2).tofile(1)", "zeros(9**9)"])
def test_what_can_t_be_made_is_refused_in_one_short_sentence(text: str) -> None:
    with pytest.raises(ShapeError) as caught:
        parse_value(text)
    assert 0 < len(str(caught.value)) < 200
