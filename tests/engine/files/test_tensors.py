"""Numbers and tensors as JSON: nothing is lost, and whole numbers have no point."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.files.tensors import MOST_SPACED, decode_tensor, encode_number, encode_tensor


@given(st.floats(allow_nan=False))
def test_a_number_reads_back_as_the_same_float(number: float) -> None:
    back = decode_tensor(json.loads(encode_number(number), parse_int=float), "", "value")
    assert back == number
    assert math.copysign(1, back) == math.copysign(1, number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.0, "2"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (1e15, "1000000000000000"),
        (1e22, "1e+22"),
        (5e-324, "5e-324"),
        (math.nan, '"nan"'),
        (math.inf, '"inf"'),
        (-math.inf, '"-inf"'),
    ],
)
def test_numbers_are_written_in_their_shortest_form(number: float, text: str) -> None:
    assert encode_number(number) == text


def test_a_tensor_is_written_in_nested_arrays() -> None:
    assert encode_tensor(np.array([[1.0, 2.5], [math.nan, -3.0]])) == '[[1, 2.5], ["nan", -3]]'


def test_a_number_is_no_tensor_of_one_axis() -> None:
    assert decode_tensor(3, "", "value").shape == ()
    assert decode_tensor([3], "", "value").shape == (1,)


def test_a_tensor_of_one_sort_of_numbers_is_float64() -> None:
    assert decode_tensor([1, 2], "", "value").dtype == np.float64


@given(st.lists(st.floats(), min_size=MOST_SPACED + 1, max_size=MOST_SPACED + 40))
def test_a_large_tensor_reads_back_to_the_last_bit(numbers: list[float]) -> None:
    text = encode_tensor(np.array(numbers))
    back = decode_tensor(json.loads(text), "", "value")
    assert np.array_equal(back, numbers, equal_nan=True)
    finite = np.isfinite(numbers)
    assert (np.signbit(back) == np.signbit(numbers))[finite].all()


def test_a_large_tensor_is_written_without_blanks() -> None:
    value = np.zeros((40, 3))
    value[0] = -0.0, 0.25, 1e22
    value[1] = math.nan, math.inf, -math.inf
    text = encode_tensor(value)
    assert text.startswith('[[-0.0,0.25,1e22],["nan","inf","-inf"],[0,0,0],')
    assert " " not in text
