"""A rounded answer is right, and one that is further away is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.practice.tolerance import agrees, rounded, rule_sentence

NUMBERS = st.floats(-1e6, 1e6).map(lambda x: np.float64(0.0 if abs(x) < 1e-12 else x))
DECIMALS = st.integers(0, 6)


@given(NUMBERS, DECIMALS)
def test_a_number_rounded_to_the_decimals_is_right(number: np.float64, decimals: int) -> None:
    assert agrees(rounded(number, decimals), number, decimals)
    assert agrees(number, number, decimals)


@given(NUMBERS, DECIMALS, st.floats(1.01, 1e6), st.sampled_from((-1, 1)))
def test_what_is_further_off_is_wrong(
    number: np.float64, decimals: int, far: float, side: int
) -> None:
    half = 0.5 * 10.0**-decimals * max(1.0, abs(number) / 100)
    assert not agrees(np.float64(number + side * far * half), number, decimals)


@pytest.mark.parametrize(
    ("answer", "number", "right"),
    [
        (0.2, 0.1966, True),
        (0.19, 0.1966, False),
        (0.125, 0.13, True),
        (0.12, 0.125, True),
        (0.0, 0.001, False),
        (0.0, 0.005, False),
        (0.0, -0.005, False),
        (0.01, 0.005, True),
        (0.01, 0.007, True),
        (0.01, 0.0049, False),
        (0.0049, 0.0049, True),
        (0.00096, 0.000964, True),
        (0.001, 0.000964, False),
        (0.001, 0.0012, False),
        (0.001, 0.0, True),
        (12345.1, 12345.67, True),
        (12345.0, 12346.67, False),
        (np.inf, np.inf, True),
        (-np.inf, np.inf, False),
        (1e300, np.inf, False),
        (np.nan, np.nan, True),
        (0.0, np.nan, False),
    ],
)
def test_two_decimals(answer: float, number: float, right: bool) -> None:
    assert bool(agrees(np.float64(answer), np.float64(number), 2)) is right


@given(NUMBERS, DECIMALS)
def test_zero_is_right_for_zero_alone(number: np.float64, decimals: int) -> None:
    assert agrees(np.float64(0), number, decimals) == (number == 0)


def test_the_rule_names_the_decimals() -> None:
    assert "2 decimals" in rule_sentence(2)
    assert "one decimal" in rule_sentence(1)
    assert "whole" in rule_sentence(0)


@pytest.mark.parametrize(
    ("decimals", "bound"), [(0, "0.5"), (1, "0.05"), (2, "0.005"), (3, "0.0005")]
)
def test_the_rule_names_the_bound_below_which_two_digits_are_needed(
    decimals: int, bound: str
) -> None:
    assert f"smaller than {bound} " in rule_sentence(decimals)
    unit = np.float64(10.0**-decimals)
    assert agrees(unit, np.float64(bound) * 1.01, decimals)
    assert not agrees(unit, np.float64(bound) * 0.99, decimals)
