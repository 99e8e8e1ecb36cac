"""The overview of a Jacobian shows the entry farthest from 0 of each pixel's region."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule import Graph
from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.autodiff.jacobian.making import jacobian_between
from chainrule.autodiff.jacobian.overview import overview
from chainrule.autodiff.passes import Passes


def made(gate: str, size: int, **settings: Any) -> Jacobian:
    g = Graph()
    numbers = np.random.default_rng(size).normal(size=size)
    x = g.parameter("x", numbers)
    matrix = np.random.default_rng(1).normal(size=(7, size))
    y = g.matmul(matrix, x) if gate == "matmul" else getattr(g, gate)(x, **settings)
    g.output = g.sum(y)
    return jacobian_between(g.gates, Passes(g.gates), y.name, "x")


def expected(dense: np.ndarray, height: int, width: int) -> np.ndarray:
    picture = np.zeros((height, width))
    rows, columns = dense.shape
    for i in range(rows):
        for j in range(columns):
            pixel = i * height // rows, j * width // columns
            if abs(dense[i, j]) > abs(picture[pixel]):
                picture[pixel] = dense[i, j]
    return picture


@given(
    gate=st.sampled_from(["relu", "tanh", "softmax", "matmul"]),
    size=st.integers(1, 40),
    height=st.integers(1, 50),
    width=st.integers(1, 50),
)
def test_each_pixel_has_the_entry_farthest_from_0(
    gate: str, size: int, height: int, width: int
) -> None:
    jacobian = made(gate, size)
    seen = overview(jacobian, range(jacobian.rows), range(jacobian.columns), height, width)
    height, width = min(height, jacobian.rows), min(width, jacobian.columns)
    assert seen.seen == ""
    dense = jacobian.block(range(jacobian.rows), range(jacobian.columns))
    np.testing.assert_allclose(
        np.abs(seen.picture), np.abs(expected(dense, height, width)), rtol=1e-12
    )


def test_a_region_is_shown_alone() -> None:
    jacobian = made("tanh", 40)
    seen = overview(jacobian, range(10, 20), range(15, 35), 10, 20)
    np.testing.assert_array_equal(seen.picture, jacobian.block(range(10, 20), range(15, 35)))


def test_a_long_diagonal_is_exact_and_costs_no_more_than_its_length() -> None:
    seen = overview(made("tanh", 4096), range(4096), range(4096), 64, 64)
    assert seen.seen == ""
    assert np.count_nonzero(seen.picture) == 64
    assert np.count_nonzero(np.diag(seen.picture)) == 64


@pytest.mark.parametrize(("height", "width"), [(64, 48), (200, 30)])
def test_too_many_entries_are_sampled_and_the_picture_says_so(height: int, width: int) -> None:
    jacobian = made("cumsum", 700)
    seen = overview(jacobian, range(700), range(700), height, width)
    assert seen.picture.shape == (height, width)
    assert "of 700" in seen.seen
    assert (seen.picture[-1] != 0).all()
