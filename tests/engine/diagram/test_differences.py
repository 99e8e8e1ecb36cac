"""Rows that differ, whatever they are made of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.diagram.differences import rows_that_differ

SHAPES = [(5, 2), (3, 4, 2), (4, 1), (6, 3), (2, 5, 2), (0, 2), (7,)]


@pytest.mark.parametrize("shape", SHAPES)
@given(st.integers(0, 2**32 - 1))
def test_a_row_differs_where_one_of_its_numbers_does(shape: tuple[int, ...], seed: int) -> None:
    dice = np.random.default_rng(seed)
    one = dice.integers(0, 3, shape).astype(np.float64)
    other = np.where(dice.random(shape) < 0.1, one + 1, one)
    expected = [not np.array_equal(a, b) for a, b in zip(one, other, strict=True)]
    assert rows_that_differ(one, other).tolist() == expected


def test_parts_of_larger_arrays_are_compared_too() -> None:
    whole = np.arange(24.0).reshape(4, 6)
    other = whole.copy()
    other[2, 3] = 0.0
    assert rows_that_differ(whole[:, 2:4], other[:, 2:4]).tolist() == [False, False, True, False]
