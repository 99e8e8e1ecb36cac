"""Up-sampling: blocks of equal numbers, and blends that keep corners or means."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.upsampling import UpsampleBilinear, UpsampleNearest

DICE = np.random.default_rng(8)


def test_each_number_becomes_a_block() -> None:
    x = DICE.normal(size=(2, 2, 3))
    expected = np.kron(x, np.ones((1, 2, 3)))
    np.testing.assert_array_equal(UpsampleNearest((2, 3)).forward(x), expected)


def test_a_number_gets_the_sum_of_the_gradients_of_its_block() -> None:
    x = np.zeros((1, 1, 2))
    upstream = np.arange(8.0).reshape(1, 2, 4)
    (gradient,) = UpsampleNearest(2).backward(upstream, upstream, x)
    np.testing.assert_array_equal(gradient, [[[0.0 + 1 + 4 + 5, 2.0 + 3 + 6 + 7]]])


def test_aligned_corners_keep_their_numbers() -> None:
    x = DICE.normal(size=(1, 3, 4))
    larger = np.asarray(UpsampleBilinear(3, align_corners=True).forward(x))
    np.testing.assert_allclose(larger[:, ::8, ::11], x[:, ::2, ::3])


@pytest.mark.parametrize("align_corners", [False, True])
def test_a_plain_area_stays_plain(align_corners: bool) -> None:
    larger = UpsampleBilinear(3, align_corners).forward(np.full((1, 2, 2), 5.0))
    np.testing.assert_allclose(larger, 5.0)


def test_the_symbol_names_one_factor() -> None:
    assert UpsampleNearest(3).symbol == "↑3"
    assert UpsampleNearest((1, 2)).symbol == "↑"


def test_a_factor_below_one_is_refused() -> None:
    with pytest.raises(ParameterError, match="scale_factor must be at least 1, not 0"):
        UpsampleNearest(0)


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"shape \(4,\) does not have the axes"):
        UpsampleBilinear(2).infer_shape((4,))
