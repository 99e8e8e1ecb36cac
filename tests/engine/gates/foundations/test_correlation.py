"""Correlation as products of matrices: its definition, its adjoint and the weight's gradient."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.gates.foundations.correlation import correlate, correlate_back, weight_gradient
from chainrule.gates.foundations.windows import Slide, Windows

DICE = np.random.default_rng(5)
# Few and many output channels: the gradient of the weight is computed in two ways.
SIZES = [(2, 2), (40, 1), (3, 3), (60, 2)]


def _windows(height: int, width: int, kernel: tuple[int, int]) -> Windows:
    rows = Slide(height, kernel[0], 2, 1, 1, (height + 2 - kernel[0]) // 2 + 1)
    columns = Slide(width, kernel[1], 1, 0, 2, width - 2 * (kernel[1] - 1))
    return Windows(rows, columns)


@pytest.mark.parametrize(("outputs", "groups"), [(2, 2), (3, 1), (6, 3)])
def test_a_feature_is_the_sum_over_a_window_weighted_by_its_kernel(
    outputs: int, groups: int
) -> None:
    windows = _windows(5, 6, (3, 2))
    images, weight = DICE.normal(size=(2, 6, 5, 6)), DICE.normal(size=(outputs, 6 // groups, 3, 2))
    patches = windows.patches(images)
    features = correlate(images, weight, windows, groups)
    for n, o, i, j in np.ndindex(*features.shape):
        group = o // (outputs // groups)
        read = slice(group * 6 // groups, (group + 1) * 6 // groups)
        expected = np.sum(patches[n, read, :, :, i, j] * weight[o])
        assert features[n, o, i, j] == pytest.approx(expected, rel=1e-12)


@given(st.sampled_from(SIZES), st.integers(0, 9))
def test_both_gradients_are_adjoint_to_correlation(sizes: tuple[int, int], seed: int) -> None:
    dice = np.random.default_rng(seed)
    (outputs, groups), windows = sizes, _windows(4, 5, (2, 2))
    outputs -= outputs % groups
    images = dice.normal(size=(3, 2 * groups, 4, 5))
    weight = dice.normal(size=(outputs, 2, 2, 2))
    features = correlate(images, weight, windows, groups)
    upstream = dice.normal(size=features.shape)
    there = np.sum(features * upstream)
    by_images = np.sum(images * correlate_back(upstream, weight, windows, groups))
    by_weight = np.sum(weight * weight_gradient(images, upstream, windows, groups))
    assert by_images == pytest.approx(there, rel=1e-10, abs=1e-10)
    assert by_weight == pytest.approx(there, rel=1e-10, abs=1e-10)


def test_features_can_be_written_to_a_given_place() -> None:
    windows = _windows(4, 5, (2, 2))
    images, weight = DICE.normal(size=(2, 2, 4, 5)), DICE.normal(size=(3, 2, 2, 2))
    features = correlate(images, weight, windows, 1)
    out = np.empty(features.shape)
    assert correlate(images, weight, windows, 1, out) is out
    np.testing.assert_array_equal(out, features)
