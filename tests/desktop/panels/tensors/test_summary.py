"""Statistics and histograms of tensors, with what is not finite told apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chainrule.arrays import Floats
from chainrule_desktop.panels.tensors.summary import histogram, summarise


def test_a_matrix_is_described_in_one_line() -> None:
    says = summarise(np.array([[0.0, 1.5], [2.0, -4.0]])).sentence(2).replace("\u00a0", " ")
    assert says == (
        "2 × 2  ·  4 numbers  ·  min −4.00  ·  mean −0.12  ·  max 2.00  ·  std 2.36  ·  1 zero"
    )


def test_what_is_not_finite_is_counted_apart() -> None:
    summary = summarise(np.array([np.nan, np.inf, -np.inf, 3.0]))
    assert (summary.nans, summary.infinities, summary.low, summary.high) == (1, 2, 3.0, 3.0)
    assert summary.largest == 3.0


def test_a_single_number_needs_no_statistics() -> None:
    assert summarise(np.float64(3.0)).sentence(2).replace("\u00a0", " ") == "one number"


def test_where_nothing_is_finite_there_is_no_histogram() -> None:
    assert histogram(np.array([np.nan, np.inf])) is None
    assert "min" not in summarise(np.array([np.nan, np.inf])).sentence(2)


@given(arrays(np.float64, st.integers(1, 200), elements=st.floats(allow_nan=False)))
def test_every_finite_number_is_in_one_bar(numbers: Floats) -> None:
    found = histogram(numbers)
    finite = numbers[np.isfinite(numbers)]
    if found is None:
        assert finite.size == 0
    else:
        assert int(found.counts.sum()) == finite.size
        assert len(found.edges) == len(found.counts) + 1


def test_whole_numbers_have_a_bar_each() -> None:
    found = histogram(np.array([0.0, 1.0, 1.0, 3.0]))
    assert found is not None
    assert found.counts.tolist() == [1, 2, 0, 1]


@pytest.mark.parametrize(("count", "bars"), [(4, 5), (100, 11), (100_000, 41)])
def test_more_numbers_have_more_bars(count: int, bars: int) -> None:
    found = histogram(np.random.default_rng(0).random(count))
    assert found is not None
    assert len(found.counts) == bars


def test_a_bar_says_what_it_stands_for() -> None:
    found = histogram(np.array([0.0, 1.0, 1.0]))
    assert found is not None
    assert found.bar(1, 1) == "2 numbers from 0.5 to 1.5"
