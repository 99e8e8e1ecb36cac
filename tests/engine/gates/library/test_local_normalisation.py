"""Local normalisation: borders, thresholds, and what does not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.local_normalisation import (
    LocalContrastNorm,
    LocalDivisiveNorm,
    LocalResponseNorm,
    LocalSubtractiveNorm,
)

X = np.random.default_rng(10).normal(size=(2, 3, 6, 7))


def test_a_plain_area_has_no_contrast_even_at_the_borders() -> None:
    plain = np.full((2, 5, 5), 3.0)
    np.testing.assert_allclose(LocalSubtractiveNorm(3).forward(plain), 0.0, atol=1e-14)


def test_in_the_middle_the_mean_of_the_window_is_taken_off() -> None:
    output = np.asarray(LocalSubtractiveNorm(3).forward(X))
    window = X[0, :, 1:4, 2:5]
    assert output[0, 1, 2, 3] == pytest.approx(X[0, 1, 2, 3] - window.mean())


def test_in_the_middle_the_root_of_the_mean_square_divides() -> None:
    output = np.asarray(LocalDivisiveNorm(3).forward(X))
    window = X[0, :, 1:4, 2:5]
    assert output[0, 1, 2, 3] == pytest.approx(X[0, 1, 2, 3] / np.sqrt(np.square(window).mean()))


def test_a_deviation_below_the_threshold_is_taken_for_the_threshold() -> None:
    x = np.full((1, 1, 1), 1e-6)
    gate = LocalDivisiveNorm()
    np.testing.assert_allclose(gate.forward(x), 1e-2)
    np.testing.assert_allclose(gate.backward(np.ones_like(x), x, x)[0], 1e4)
    assert gate.branch(x).item() == 0.0
    assert gate.branch(x + 1.0).item() == 1.0


def test_contrast_is_subtraction_then_division() -> None:
    centred = LocalSubtractiveNorm((3, 5)).forward(X)
    expected = LocalDivisiveNorm((3, 5)).forward(centred)
    gate = LocalContrastNorm((3, 5))
    np.testing.assert_allclose(gate.forward(X), expected)
    np.testing.assert_array_equal(gate.branch(X), LocalDivisiveNorm((3, 5)).branch(centred))


def test_zeros_stay_zeros_and_have_finite_gradients() -> None:
    x = np.zeros((1, 4, 4))
    for gate in (LocalDivisiveNorm(3), LocalContrastNorm(3)):
        np.testing.assert_array_equal(gate.forward(x), x)
        assert np.all(np.isfinite(gate.backward(np.ones_like(x), x, x)[0]))


def test_responses_are_compared_across_channels_only() -> None:
    x = np.zeros((1, 5, 2))
    x[0, :, 0] = 1.0
    output = np.asarray(LocalResponseNorm(3, alpha=3.0, beta=1.0).forward(x))
    np.testing.assert_allclose(output[0, :, 0], [1 / 3, 1 / 4, 1 / 4, 1 / 4, 1 / 3])
    np.testing.assert_array_equal(output[0, :, 1], 0.0)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: LocalSubtractiveNorm(4), "kernel_size 4 has no middle; use odd sizes"),
        (lambda: LocalContrastNorm((3, 2)), r"kernel_size \[3, 2\] has no middle"),
        (lambda: LocalDivisiveNorm(3, -1.0), "threshold must be at least 0, not -1"),
        (lambda: LocalResponseNorm(0), "local_response_norm: size must be at least 1, not 0"),
    ],
)
def test_settings_that_make_no_sense_are_refused(make: Any, says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        make()


@pytest.mark.parametrize("gate", [LocalResponseNorm(3), LocalSubtractiveNorm(3)])
def test_what_is_no_image_is_refused(gate: Any) -> None:
    with pytest.raises(ShapeError, match=r"shape \(2, 3\) does not have the axes"):
        gate.infer_shape((2, 3))


@pytest.mark.parametrize(
    "gate", [LocalSubtractiveNorm(3), LocalDivisiveNorm(3), LocalContrastNorm(3)]
)
def test_images_without_numbers_are_refused_before_anything_runs(gate: Any) -> None:
    with pytest.raises(ShapeError, match="does not fit into the 0 × 3 numbers"):
        gate.infer_shape((2, 0, 3))
