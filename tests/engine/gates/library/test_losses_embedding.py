"""Losses of what is alike: directions, orders, and distances of three."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ShapeError
from chainrule.gates.library.losses_embedding import (
    CosineEmbeddingLoss,
    MarginRankingLoss,
    TripletMarginLoss,
)

X, Y = np.array([3.0, 4.0]), np.array([4.0, 3.0])
ONE = np.float64(1.0)


def test_the_gradient_of_a_vector_is_at_right_angles_to_it() -> None:
    for sign in (1.0, -1.0):
        for_x, for_y, _ = CosineEmbeddingLoss().backward(ONE, ONE, X, Y, np.float64(sign))
        assert np.dot(for_x, X) == pytest.approx(0.0, abs=1e-12)
        assert np.dot(for_y, Y) == pytest.approx(0.0, abs=1e-12)
        assert np.any(for_x)


def test_like_vectors_cost_what_their_cosine_lacks() -> None:
    assert CosineEmbeddingLoss().forward(X, Y, np.float64(1.0)) == pytest.approx(0.04)
    assert CosineEmbeddingLoss().forward(X, Y, np.float64(-1.0)) == pytest.approx(0.96)
    apart = CosineEmbeddingLoss(margin=0.97)
    assert apart.forward(X, Y, np.float64(-1.0)) == 0.0
    assert apart.branch(X, Y, np.float64(-1.0)) == 0.0


def test_a_vector_of_zeros_has_no_direction_and_no_infinite_gradient() -> None:
    zeros = np.zeros(2)
    assert CosineEmbeddingLoss().forward(zeros, Y, np.float64(1.0)) == 1.0
    assert np.all(np.isfinite(CosineEmbeddingLoss().backward(ONE, ONE, zeros, Y, ONE)[0]))


def test_a_target_that_is_not_one_number_a_vector_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"vectors \(2, 3\) and target \(3,\) do not fit; give"):
        CosineEmbeddingLoss().infer_shape((2, 3), (2, 3), (3,))


def test_a_pair_in_the_right_order_costs_nothing() -> None:
    gate = MarginRankingLoss("none", margin=0.5)
    x, y, target = np.array([2.0, 2.0, 1.0]), np.array([1.0, 1.0, 1.0]), np.array([1.0, -1.0, 1.0])
    np.testing.assert_array_equal(gate.forward(x, y, target), [0.0, 1.5, 0.5])
    np.testing.assert_array_equal(gate.branch(x, y, target), [0.0, 1.0, 1.0])


def test_a_triple_that_is_apart_enough_costs_nothing() -> None:
    anchor, like, unlike = np.zeros(2), np.array([0.0, 1.0]), np.array([3.0, 4.0])
    assert TripletMarginLoss(margin=1.0).forward(anchor, like, unlike) == 0.0
    assert TripletMarginLoss(margin=5.0).forward(anchor, like, unlike) == pytest.approx(1.0)
    assert TripletMarginLoss(margin=1.0).branch(anchor, like, unlike) == 0.0
    with pytest.raises(ShapeError, match="a scalar is no vector"):
        TripletMarginLoss().infer_shape((), (), ())
