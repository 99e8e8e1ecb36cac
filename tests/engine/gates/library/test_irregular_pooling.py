"""Adaptive and fractional pooling: sizes, seeds, and what does not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.irregular_pooling import (
    AdaptiveAvgPool2d,
    AdaptiveMaxPool1d,
    AdaptiveMaxPool2d,
    FractionalMaxPool2d,
)

DICE = np.random.default_rng(6)


@given(st.tuples(*[st.integers(1, 8)] * 2), st.tuples(*[st.integers(1, 8)] * 2))
def test_adaptive_pooling_gives_the_size_that_is_asked_for(
    image: tuple[int, int], size: tuple[int, int]
) -> None:
    x = DICE.normal(size=(2, 3, *image))
    for gate in (AdaptiveMaxPool2d(size), AdaptiveAvgPool2d(size)):
        assert gate.forward(x).shape == gate.infer_shape(x.shape) == (2, 3, *size)


def test_one_window_is_the_whole_image() -> None:
    x = DICE.normal(size=(2, 3, 4, 5))
    means = np.asarray(AdaptiveAvgPool2d(1).forward(x))
    maxima = np.asarray(AdaptiveMaxPool2d(1).forward(x))
    np.testing.assert_allclose(means[..., 0, 0], x.mean(axis=(2, 3)))
    np.testing.assert_array_equal(maxima[..., 0, 0], x.max(axis=(2, 3)))


def test_a_number_in_two_windows_gets_both_gradients() -> None:
    x = np.array([[0.0, 9.0, 0.0]])
    (gradient,) = AdaptiveMaxPool1d(2).backward(np.array([[2.0, 3.0]]), np.array([[9.0, 9.0]]), x)
    np.testing.assert_array_equal(gradient, [[0.0, 5.0, 0.0]])
    np.testing.assert_array_equal(AdaptiveMaxPool1d(2).branch(x), [[1.0, 1.0]])


def test_a_seed_gives_the_same_windows_again_and_another_one_others() -> None:
    x = DICE.normal(size=(1, 1, 25, 25))
    first, again = (FractionalMaxPool2d(14, 2, 5).forward(x) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert np.any(first != FractionalMaxPool2d(14, 2, 6).forward(x))


def test_each_plane_has_windows_of_its_own() -> None:
    x = np.broadcast_to(DICE.normal(size=(25, 25)), (2, 2, 25, 25))
    planes = FractionalMaxPool2d(14, 2, 0).forward(x).reshape(4, -1)
    assert len({tuple(plane) for plane in planes.tolist()}) == 4


@pytest.mark.parametrize(
    ("gate", "shape", "says"),
    [
        (AdaptiveMaxPool2d(2), (1, 1, 0, 3), r"shape \(1, 1, 0, 3\) has nothing to pool"),
        (AdaptiveAvgPool2d(2), (3, 3), r"shape \(3, 3\) does not have the axes"),
        (
            FractionalMaxPool2d(4, 2),
            (1, 6, 4),
            r"4 windows of 2 do not fit into the 4 numbers of an axis of \(1, 6, 4\)",
        ),
    ],
)
def test_images_that_do_not_fit_are_refused(gate: Any, shape: tuple[int, ...], says: str) -> None:
    with pytest.raises(ShapeError, match=says):
        gate.infer_shape(shape)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"output_size": 0, "kernel_size": 2}, "output_size must be at least 1, not 0"),
        ({"output_size": 2, "kernel_size": 0}, "kernel_size must be at least 1, not 0"),
        ({"output_size": 2, "kernel_size": 2, "seed": -1}, "seed must be at least 0, not -1"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        FractionalMaxPool2d.create(settings)
