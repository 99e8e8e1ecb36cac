"""Adaptive and fractional windows: where they lie, and their largest numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.gates.foundations.irregular_windows import (
    adaptive_means,
    adaptive_places,
    fractional_places,
    largest_of,
)


@given(st.integers(1, 12), st.integers(1, 12))
def test_adaptive_windows_cover_all_numbers_from_first_to_last(size: int, count: int) -> None:
    places = adaptive_places(size, count)
    assert len(places) == count
    assert set(places.ravel().tolist()) == set(range(size))
    assert np.all(np.diff(places, axis=1) >= 0)


@given(st.integers(1, 12), st.integers(1, 12))
def test_adaptive_means_weigh_the_numbers_of_their_windows_alike(size: int, count: int) -> None:
    means, places = adaptive_means(size, count), adaptive_places(size, count)
    for row, held in zip(means, places, strict=True):
        inside = sorted(set(held.tolist()))
        assert row[inside] == pytest.approx(1.0 / len(inside))
        assert np.sum(row) == pytest.approx(1.0)


@given(st.floats(0.0, 1.0, exclude_max=True), st.integers(1, 9), st.integers(1, 4), st.data())
def test_fractional_windows_go_from_end_to_end_by_two_distances(
    sample: float, count: int, kernel: int, data: st.DataObject
) -> None:
    size = data.draw(st.integers(count + kernel - 1, 30))
    places = fractional_places(np.array([sample]), size, count, kernel)[0]
    assert places.shape == (count, kernel)
    assert places[-1, -1] == size - 1
    distances = np.diff(places[:, 0])
    if count > 1:
        assert places[0, 0] == 0
        mean = (size - kernel) / (count - 1)
        assert np.all(np.abs(distances - mean) < 1.0)


def test_each_plane_may_have_windows_of_its_own() -> None:
    images = np.arange(12.0).reshape(1, 2, 1, 6)
    rows = np.zeros((1, 1), np.intp)
    columns = np.array([[[[0, 1], [4, 5]], [[1, 2], [2, 3]]]])
    assert largest_of(images, rows, columns).ravel().tolist() == [1, 5, 8, 9]


def test_of_equal_numbers_the_first_is_the_largest() -> None:
    images = np.array([[[[2.0, 5.0, 5.0], [5.0, 1.0, 0.0]]]])
    table = np.array([[0, 1]]), np.array([[0, 1], [1, 2]])
    assert largest_of(images, *table).ravel().tolist() == [1, 1]


def test_no_planes_at_all_have_no_largest_numbers() -> None:
    rows, columns = np.zeros((1, 0, 1, 2), np.intp), np.zeros((1, 0, 3, 2), np.intp)
    assert largest_of(np.zeros((1, 0, 4, 5)), rows, columns).shape == (1, 0, 1, 3)
