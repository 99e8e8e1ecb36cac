"""Distances and angles: what they are at their extremes."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ParameterError
from chainrule.gates.library.distances import CDist, CosineSimilarity, PairwiseDistance

X = np.array([[3.0, 4.0], [1.0, -2.0]])


@pytest.mark.parametrize(("scale", "cosine"), [(2.0, 1.0), (-0.5, -1.0)])
def test_vectors_along_one_line_have_a_cosine_of_one(scale: float, cosine: float) -> None:
    np.testing.assert_allclose(CosineSimilarity().forward(X, X * scale), [cosine, cosine])


def test_turning_neither_vector_helps_at_the_maximum() -> None:
    gate = CosineSimilarity()
    for gradient in gate.backward(np.ones(2), gate.forward(X, 3.0 * X), X, 3.0 * X):
        np.testing.assert_allclose(gradient, np.zeros((2, 2)), atol=1e-15)


def test_a_zero_vector_has_a_finite_gradient() -> None:
    zero, y = np.zeros(2), np.array([3.0, 4.0])
    gate = CosineSimilarity(eps=0.5)
    for_zero, for_y = gate.backward(np.float64(1.0), gate.forward(zero, y), zero, y)
    np.testing.assert_allclose(for_zero, [1.2, 1.6])
    np.testing.assert_array_equal(for_y, [0.0, 0.0])


def test_a_negative_eps_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"eps -1\.0 is negative"):
        CosineSimilarity(eps=-1.0)


def test_equal_rows_are_apart_by_eps_alone() -> None:
    distance = PairwiseDistance(eps=1e-3).forward(X, X)
    np.testing.assert_allclose(distance, np.full(2, 1e-3 * np.sqrt(2.0)))


def test_rows_at_the_same_place_do_not_push_each_other() -> None:
    gate = CDist()
    output = gate.forward(X, X)
    np.testing.assert_array_equal(np.diag(output), [0.0, 0.0])
    for_x, for_y = gate.backward(np.eye(2), output, X, X)
    np.testing.assert_array_equal(for_x, np.zeros((2, 2)))
    np.testing.assert_array_equal(for_y, np.zeros((2, 2)))


def test_a_vector_is_compared_with_all_rows() -> None:
    x, rows = np.zeros(2), np.array([[3.0, 4.0], [0.0, -2.0], [1.0, 0.0]])
    np.testing.assert_array_equal(CDist().forward(x, rows), [5.0, 2.0, 1.0])
    for_x, for_rows = CDist().backward(np.ones(3), np.array([5.0, 2.0, 1.0]), x, rows)
    np.testing.assert_allclose(for_x, [-1.6, 0.2])
    np.testing.assert_allclose(for_rows, [[0.6, 0.8], [0.0, -1.0], [1.0, 0.0]])


def test_near_points_keep_their_digits() -> None:
    """The expansion ‖x‖² − 2 x · y + ‖y‖² would give 0 here."""
    x, y = np.array([[1e8, 1.0]]), np.array([[1e8, 1.0 + 1e-6]])
    np.testing.assert_allclose(CDist().forward(x, y), [[1e-6]], rtol=1e-9)


@pytest.mark.parametrize("gate", [CDist(p="inf"), PairwiseDistance(p="inf", eps=0.0)])
def test_two_differences_of_one_size_are_a_kink(gate: CDist | PairwiseDistance) -> None:
    origin = np.zeros((1, 2))
    one, other = (gate.branch(np.array([[1.0 + by, 1.0]]), origin) for by in (-1e-6, 1e-6))
    assert one != other
    assert np.shape(one) == gate.infer_shape((1, 2), (1, 2))
