"""Splits and batches: every row once, and the same for a seed."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import TrainingError
from chainrule.training.splitting import batches, endless, split


@given(st.integers(2, 300), st.floats(0, 0.5), st.integers(0, 99))
def test_a_row_either_trains_or_tests(rows: int, share: float, seed: int) -> None:
    training, testing = split(rows, share, seed)
    assert sorted([*training, *testing]) == [*range(rows)]
    assert len(testing) == round(rows * share)
    again, _ = split(rows, share, seed)
    np.testing.assert_array_equal(training, again)


@given(st.integers(1, 200), st.integers(1, 250), st.integers(0, 9), st.integers(0, 9))
def test_an_epoch_takes_each_row_once(rows: int, size: int, seed: int, epoch: int) -> None:
    made = batches(rows, size, seed, epoch)
    assert sorted(np.concatenate(made).tolist()) == [*range(rows)]
    assert {len(each) for each in made[:-1]} <= {size}
    assert 0 < len(made[-1]) <= size


def test_epochs_differ_in_their_order() -> None:
    first, second = (np.concatenate(batches(50, 10, 0, epoch)) for epoch in (0, 1))
    assert not np.array_equal(first, second)


def test_batches_never_end_and_count_their_epochs() -> None:
    epochs = [epoch for epoch, _ in islice(endless(10, 4, 0), 7)]
    assert epochs == [0, 0, 0, 1, 1, 1, 2]


def test_nothing_to_train_with_is_refused() -> None:
    with pytest.raises(TrainingError, match="of 2 rows none is left"):
        split(2, 0.9, 0)
    with pytest.raises(TrainingError, match="the share for tests is 1"):
        split(2, 1.0, 0)
    with pytest.raises(TrainingError, match="a batch of 0 rows"):
        batches(5, 0, 0, 0)
