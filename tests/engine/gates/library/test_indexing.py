"""Picking by places: gradients return to where the numbers came from."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ParameterError, ValuesError
from chainrule.gates.library.indexing import Gather, OneHot, Select, Slice, Take

X = np.arange(12.0).reshape(3, 4)


@pytest.mark.parametrize("gate", [Gather(), Take()])
def test_a_number_that_is_picked_twice_gets_both_gradients(gate: Gather | Take) -> None:
    x, positions = np.array([5.0, 6.0, 7.0]), np.array([2.0, 0.0, 2.0])
    for_x, for_positions = gate.backward(np.array([1.0, 10.0, 100.0]), x, x, positions)
    np.testing.assert_array_equal(for_x, [10.0, 0.0, 101.0])
    np.testing.assert_array_equal(for_positions, np.zeros(3))


def test_gather_is_take_along_axis_where_shapes_agree() -> None:
    order = np.argsort(-X, axis=1)
    expected = np.take_along_axis(X, order, axis=1)
    np.testing.assert_array_equal(Gather(1).forward(X, order.astype(np.float64)), expected)


@pytest.mark.parametrize(
    ("gate", "inputs", "says"),
    [
        (Gather(), (np.ones(3), np.array([0.0, 3.0])), "gather: positions holds 3, but positions"),
        (Take(), (np.ones(3), np.array([-1.0])), "take: positions holds -1, but positions count"),
        (OneHot(4), (np.array([4.0]),), "one_hot: x holds 4, but positions count from 0 to 3"),
        (OneHot(4), (np.array([np.nan]),), "one_hot: x holds nan"),
    ],
)
def test_a_place_that_does_not_exist_is_named(
    gate: Gather | Take | OneHot, inputs: tuple[np.ndarray, ...], says: str
) -> None:
    with pytest.raises(ValuesError, match=says):
        gate.forward(*inputs)


def test_a_position_is_the_nearest_whole_number() -> None:
    assert Take().forward(np.array([5.0, 6.0, 7.0]), np.float64(1.4)) == 6.0


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        (Slice(1, 3), X[1:3]),
        (Slice(None, None, -1), X[::-1]),
        (Slice(-3, None, 2, axis=1), X[:, -3::2]),
        (Slice(9, None), X[9:]),
    ],
)
def test_a_slice_is_pythons_and_its_gradient_goes_back(gate: Slice, expected: np.ndarray) -> None:
    np.testing.assert_array_equal(gate.forward(X), expected)
    (gradient,) = gate.backward(expected, expected, X)
    np.testing.assert_array_equal(gradient, np.where(np.isin(X, expected), X, 0.0))


def test_a_step_of_zero_is_refused() -> None:
    with pytest.raises(ParameterError, match="slice: a step of 0 stays where it is; use 1, or −1"):
        Slice(step=0)


@pytest.mark.parametrize("place", [1.5, "end", True])
def test_an_end_of_a_slice_is_an_integer_or_null(place: object) -> None:
    with pytest.raises(ParameterError, match="'stop' must be an integer, or null for the end"):
        Slice.create({"stop": place})


def test_one_number_of_a_vector_is_a_number() -> None:
    assert isinstance(Select(-1).forward(np.array([5.0, 6.0])), np.float64)


def test_no_class_is_refused() -> None:
    with pytest.raises(ParameterError, match="one_hot: 0 classes are none; use at least 1"):
        OneHot(0)
