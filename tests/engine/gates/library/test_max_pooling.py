"""Max pooling and unpooling: ties, kinks, numbers that are none, and what does not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.max_pooling import MaxPool1d, MaxPool2d, MaxUnpool1d, MaxUnpool2d

INF, NAN = np.inf, np.nan


@given(
    st.tuples(st.integers(1, 7), st.integers(1, 7)),
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(1, 2),
    st.integers(0, 2),
    st.booleans(),
)
def test_the_shape_is_known_before_the_numbers(
    image: tuple[int, int], kernel: int, stride: int, dilation: int, padding: int, ceil_mode: bool
) -> None:
    try:
        gate = MaxPool2d(kernel, stride, padding, dilation, ceil_mode)
        expected = gate.infer_shape((2, 1, *image))
    except (ParameterError, ShapeError):
        return
    x = np.random.default_rng(0).normal(size=(2, 1, *image))
    output = gate.forward(x)
    assert output.shape == expected
    assert set(output.ravel().tolist()) <= set(x.ravel().tolist())


def test_the_first_of_equal_numbers_takes_the_gradient_row_by_row() -> None:
    x = np.ones((1, 2, 4))
    (gradient,) = MaxPool2d(2).backward(np.array([[[3.0, 5.0]]]), np.ones((1, 1, 2)), x)
    np.testing.assert_array_equal(gradient, [[[3.0, 0.0, 5.0, 0.0], [0.0] * 4]])


def test_the_branch_is_the_place_of_the_largest() -> None:
    gate = MaxPool1d(2)
    left, right = np.array([[1.0, 2.0, 5.0, 4.0]]), np.array([[3.0, 2.0, 5.0, 4.0]])
    np.testing.assert_array_equal(gate.branch(left), [[1.0, 2.0]])
    np.testing.assert_array_equal(gate.branch(left) != gate.branch(right), [[True, False]])


@pytest.mark.parametrize("upstream", [(1.0, -2.0), (INF, 1.0), (NAN, 1.0)])
@pytest.mark.parametrize("x", [(1.0, 2.0, 4.0, 3.0), (NAN, 2.0, INF, 3.0), (-INF, -INF, 1.0, NAN)])
def test_special_numbers_go_the_same_way_in_place(
    x: tuple[float, ...], upstream: tuple[float, ...]
) -> None:
    gate, given_x, above = MaxPool1d(2), np.array([x]), np.array([upstream])
    output = gate.forward(given_x)
    out, gradient = np.empty((1, 2)), np.empty((1, 4))
    gate.forward_into(out, given_x)
    np.testing.assert_array_equal(out, output)
    gate.backward_into(gradient, 0, above, output, given_x)
    np.testing.assert_array_equal(gradient, gate.backward(above, output, given_x)[0])


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"kernel_size": 0}, "max_pool2d: kernel_size must be at least 1, not 0"),
        ({"kernel_size": 2, "stride": 0}, "max_pool2d: stride must be at least 1, not 0"),
        ({"kernel_size": 2, "padding": 2}, "a padding of 2 is more than half of a window"),
        ({"kernel_size": [3]}, r"kernel_size \[3\] has 1 sizes for 2 axes"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        MaxPool2d.create(settings)


def test_a_window_of_nothing_but_padding_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"a window over \(1, 1\) has nothing but padding; use"):
        MaxPool1d(2, 1, 1, 2).infer_shape((1, 1))


def test_a_window_larger_than_the_image_is_refused_with_both_sizes() -> None:
    with pytest.raises(ShapeError, match=r"of 3 × 3 does not fit into the 2 × 5 numbers of \(1, 2"):
        MaxPool2d(3).infer_shape((1, 2, 5))


def test_unpooling_puts_pooled_numbers_back_where_they_stood() -> None:
    source = np.random.default_rng(1).normal(size=(2, 3, 4, 6))
    pooled = MaxPool2d(2).forward(source)
    restored = np.asarray(MaxUnpool2d(2).forward(pooled, source))
    np.testing.assert_array_equal(restored[restored != 0.0], source[restored != 0.0])
    np.testing.assert_array_equal(MaxPool2d(2).forward(np.abs(restored)), np.abs(pooled))
    assert np.count_nonzero(restored) == pooled.size


def test_unpooled_numbers_that_meet_at_one_place_add_up() -> None:
    source = np.array([[0.0, 5.0, 1.0]])
    output = MaxUnpool1d(2, 1).forward(np.array([[2.0, 3.0]]), source)
    np.testing.assert_array_equal(output, [[0.0, 5.0, 0.0]])


def test_unpooling_wants_numbers_for_the_windows_of_the_source() -> None:
    says = r"x has shape \(1, 3\), but source of shape \(1, 4\) pools to \(1, 2\); give both"
    with pytest.raises(ShapeError, match=says):
        MaxUnpool1d(2).infer_shape((1, 3), (1, 4))
    with pytest.raises(ShapeError, match="does not fit"):
        MaxUnpool1d(5).infer_shape((1, 3), (1, 4))


def test_unpooling_is_on_another_branch_when_another_number_is_largest() -> None:
    gate, x = MaxUnpool1d(2), np.array([[7.0]])
    left, right = (gate.branch(x, np.array([row])) for row in ((1.0, 2.0), (2.0, 1.0)))
    np.testing.assert_array_equal(left, [[0.0, 1.0]])
    np.testing.assert_array_equal(right, [[1.0, 0.0]])
