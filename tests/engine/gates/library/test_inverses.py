"""Inverses, solutions and determinants: singular matrices above all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.arrays import Floats
from chainrule.errors import ValuesError
from chainrule.gates.library.inverses import Det, Inverse, LogDet, Solve

SINGULAR = np.array([[1.0, 2.0], [2.0, 4.0]])
REGULAR = np.array([[2.0, 1.0], [-1.0, 3.0]])
REMEDY = "make its rows differ, or add a small multiple of the identity matrix"


@pytest.mark.parametrize(
    ("gate", "inputs"),
    [
        (Inverse(), (SINGULAR,)),
        (Solve(), (SINGULAR, np.ones(2))),
        (Solve(), (SINGULAR, np.ones((2, 3)))),
        (LogDet(), (SINGULAR,)),
    ],
)
def test_a_singular_matrix_is_refused_with_a_remedy(gate: Any, inputs: tuple[Floats, ...]) -> None:
    with pytest.raises(ValuesError) as caught:
        gate.forward(*inputs)
    assert str(caught.value) == (
        f"{gate.name}: the matrix is singular, its determinant is 0; {REMEDY}"
    )


def test_the_singular_matrix_of_a_stack_is_named() -> None:
    stack = np.stack([REGULAR, SINGULAR])
    with pytest.raises(ValuesError, match=r"inverse: matrix \[1\] of the stack is singular"):
        Inverse().forward(stack)


@pytest.mark.parametrize("gate", [Inverse(), Det(), LogDet()])
def test_nan_travels_on(gate: Any) -> None:
    with np.errstate(all="ignore"):
        assert np.isnan(gate.forward(np.full((2, 2), np.nan))).all()


def test_a_singular_matrix_has_cofactors() -> None:
    (gradient,) = Det().backward(np.float64(3.0), np.float64(0.0), SINGULAR)
    np.testing.assert_allclose(gradient, [[12.0, -6.0], [-6.0, 3.0]])


def test_two_equal_pairs_of_rows_leave_no_cofactor() -> None:
    (gradient,) = Det().backward(np.float64(1.0), np.float64(0.0), np.ones((3, 3)))
    np.testing.assert_array_equal(gradient, np.zeros((3, 3)))


def test_singular_and_regular_matrices_of_one_stack_have_their_own_cofactors() -> None:
    stack = np.stack([REGULAR, SINGULAR])
    (gradient,) = Det().backward(np.array([1.0, 1.0]), Det().forward(stack), stack)
    np.testing.assert_allclose(gradient, [[[3.0, 1.0], [-1.0, 2.0]], [[4.0, -2.0], [-2.0, 1.0]]])


@pytest.mark.parametrize("size", [3, 32, 33, 60])
def test_cofactors_of_large_singular_matrices_span_the_null_space(size: int) -> None:
    """Of rank n - 1 they are a multiple of u vᵀ, where x v = 0 and uᵀ x = 0."""
    x = np.diag([0.0, *np.linspace(0.9, 1.1, size - 1)])
    (gradient,) = Det().backward(np.float64(1.0), np.float64(0.0), x)
    expected = np.zeros((size, size))
    expected[0, 0] = np.prod(np.linspace(0.9, 1.1, size - 1))
    np.testing.assert_allclose(gradient, expected, rtol=1e-12, atol=1e-14)


def test_a_matrix_of_one_number_behaves_like_the_number() -> None:
    x = np.array([[0.0]])
    assert Det().forward(x) == 0.0
    np.testing.assert_array_equal(Det().backward(np.float64(5.0), np.float64(0.0), x)[0], [[5.0]])


def test_an_empty_matrix_has_the_determinant_one() -> None:
    x = np.zeros((0, 0))
    assert Det().forward(x) == 1.0
    assert Det().backward(np.float64(1.0), np.float64(1.0), x)[0].shape == (0, 0)


def test_a_huge_determinant_has_a_logarithm() -> None:
    x = np.diag(np.full(200, 1e3))
    assert LogDet().forward(x) == pytest.approx(200.0 * np.log(1e3))


def test_a_negative_determinant_has_no_logarithm() -> None:
    assert np.isnan(LogDet().forward(np.array([[0.0, 1.0], [1.0, 0.0]])))
