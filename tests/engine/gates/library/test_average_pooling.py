"""Average and Lp pooling and subsampling: what counts, roots of nothing, and what does not fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.average_pooling import AvgPool1d, AvgPool2d, LPPool1d, Subsampling2d

DICE = np.random.default_rng(7)


@given(
    st.tuples(st.integers(1, 7), st.integers(1, 7)),
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
)
def test_the_mean_of_equal_numbers_is_that_number_unless_padding_counts(
    image: tuple[int, int], kernel: int, stride: int, padding: int, ceil_mode: bool, counts: bool
) -> None:
    try:
        gate = AvgPool2d(kernel, stride, padding, ceil_mode, counts)
        shape = gate.infer_shape((1, *image))
    except (ParameterError, ShapeError):
        return
    means = gate.forward(np.ones((1, *image)))
    assert means.shape == shape
    if padding == 0 or not counts:
        np.testing.assert_allclose(means, 1.0)
    assert np.all(means <= 1.0 + 1e-12)


def test_padding_counts_as_zeros_only_if_it_is_to() -> None:
    x = np.array([[4.0, 2.0]])
    np.testing.assert_array_equal(AvgPool1d(2, 1, 1).forward(x), [[2.0, 3.0, 1.0]])
    only_real = AvgPool1d(2, 1, 1, count_include_pad=False)
    np.testing.assert_array_equal(only_real.forward(x), [[4.0, 3.0, 2.0]])


def test_the_gradient_of_a_norm_of_nothing_is_nothing() -> None:
    x = np.array([[0.0, 0.0, 3.0, 4.0]])
    gate = LPPool1d(2)
    output = gate.forward(x)
    np.testing.assert_array_equal(output, [[0.0, 5.0]])
    (gradient,) = gate.backward(np.ones((1, 2)), output, x)
    np.testing.assert_allclose(gradient, [[0.0, 0.0, 0.6, 0.8]])


def test_a_norm_of_no_power_is_refused() -> None:
    with pytest.raises(ParameterError, match="lp_pool1d: norm_type must be above 0, not 0"):
        LPPool1d(2, None, 0.0)


def test_subsampling_weighs_the_sum_of_a_window_not_its_mean() -> None:
    x = np.ones((2, 4, 4))
    output = Subsampling2d(2).forward(x, np.array([1.0, 10.0]), np.array([0.5, 0.0]))
    np.testing.assert_array_equal(output, [np.full((2, 2), 4.5), np.full((2, 2), 40.0)])


@pytest.mark.parametrize(
    ("shapes", "says"),
    [
        (((3, 4, 4), (2,)), r"weight has shape \(2,\), but x of shape \(3, 4, 4\) has 3 channels"),
        (((3, 4, 4), (3,), ()), r"bias has shape scalar, .* give it the shape \(3,\)"),
        (((3, 1, 4), (3,)), "does not fit into the 1 × 4 numbers"),
    ],
)
def test_subsampling_refuses_what_does_not_fit(
    shapes: tuple[tuple[int, ...], ...], says: str
) -> None:
    with pytest.raises(ShapeError, match=says):
        Subsampling2d(2).infer_shape(*shapes)


def test_windows_side_by_side_are_the_default() -> None:
    x = DICE.normal(size=(1, 6))
    np.testing.assert_array_equal(AvgPool1d(3).forward(x), AvgPool1d(3, 3).forward(x))
