"""Arrays: reading values, undoing broadcasts, choosing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from chainrule.arrays import as_array, broadcast_shape, format_shape, select, unbroadcast
from chainrule.errors import ShapeError


@pytest.mark.parametrize(
    "value",
    [
        *([[1.0], [2.0, 3.0]], [1, [2]], {}, object(), 10**400, [None], [None, 10**30]),
        *("x", "1", b"1", ["1", 2], np.array(["1", 10**30], object)),
        *(1j, [1.0, 1j], np.array([1j, 10**30], object), np.array("2020-01-01", np.datetime64)),
    ],
)
def test_what_is_ragged_or_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ShapeError, match="nested rows of equal length"):
        as_array(value)


def test_a_number_becomes_float64_and_rows_an_array() -> None:
    assert isinstance(as_array(3), np.float64)
    assert as_array([[1, 2], [3, 4]]).dtype == np.float64


def test_whole_numbers_beyond_64_bits_become_float64() -> None:
    np.testing.assert_array_equal(as_array([1, 10**30]), [1.0, 1e30])


def test_an_array_is_copied() -> None:
    mine = np.zeros(3)
    read = as_array(mine)
    mine[0] = 1.0
    np.testing.assert_array_equal(read, np.zeros(3))


@given(mutually_broadcastable_shapes(num_shapes=2, min_side=0, max_side=3, max_dims=3))
def test_unbroadcast_is_the_transpose_of_broadcasting(drawn: Any) -> None:
    """Σ broadcast(x) · g = Σ x · unbroadcast(g) for every x and g, which defines the transpose."""
    shape, result = drawn.input_shapes[0], drawn.result_shape
    random = np.random.default_rng(1)
    x = random.normal(size=shape)
    g = as_array(random.normal(size=result))
    back = unbroadcast(g, shape)
    assert back.shape == shape
    np.testing.assert_allclose(
        np.sum(np.broadcast_to(x, result) * g), np.sum(x * back), rtol=1e-12, atol=1e-12
    )


def test_a_gradient_of_the_right_shape_is_handed_back_as_it_is() -> None:
    gradient = np.ones((2, 3))
    assert unbroadcast(gradient, (2, 3)) is gradient


@given(mutually_broadcastable_shapes(num_shapes=3, min_side=0, max_side=3, max_dims=3))
def test_broadcast_shape_agrees_with_numpy(drawn: Any) -> None:
    assert broadcast_shape("add", drawn.input_shapes) == drawn.result_shape


def test_select_leaves_no_trace_of_what_is_not_selected() -> None:
    zero, inf = np.float64(0.0), np.float64(np.inf)
    assert select(np.float64(1.0) < 0.0, inf, zero) == 0.0
    np.testing.assert_array_equal(select(np.array([True, False]), inf, zero), [np.inf, 0.0])


def test_select_keeps_a_number_a_number() -> None:
    chosen = select(np.float64(1.0) > 0.0, np.float64(2.0), np.float64(3.0))
    assert isinstance(chosen, np.float64)


@pytest.mark.parametrize(("shape", "shown"), [((), "scalar"), ((3,), "(3,)"), ((3, 4), "(3, 4)")])
def test_shapes_are_written_as_people_do(shape: tuple[int, ...], shown: str) -> None:
    assert format_shape(shape) == shown
