"""Norms: their orders, kinks, ties and special cases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError, ValuesError
from chainrule.gates.library.norms import MatrixNorm, Norm, Normalize

ONE = np.float64(1.0)


@pytest.mark.parametrize("order", [2.0, 1.0, 3.0, 0.5, "inf"])
def test_the_gradient_of_a_norm_is_zero_at_zero(order: float | str) -> None:
    x = np.zeros(3)
    gate = Norm(order)
    assert gate.forward(x) == 0.0
    np.testing.assert_array_equal(gate.backward(ONE, gate.forward(x), x)[0], x)


@pytest.mark.parametrize(("order", "winner"), [("inf", 1), ("-inf", 0)])
def test_at_a_tie_the_first_number_takes_the_whole_gradient(order: str, winner: int) -> None:
    x = np.array([1.0, -2.0, 2.0, 1.0])
    (gradient,) = Norm(order).backward(ONE, Norm(order).forward(x), x)
    expected = np.where(np.arange(4) == winner, np.sign(x), 0.0)
    np.testing.assert_array_equal(gradient, expected)


def test_a_norm_of_negative_order_is_zero_beside_a_zero() -> None:
    assert Norm(-1.0).forward(np.array([0.0, 2.0])) == 0.0


@pytest.mark.parametrize("order", ["inf", 1.0])
def test_branch_differs_on_the_two_sides_of_a_kink(order: float | str) -> None:
    left, right = np.array([2.0, 1.0, -1e-9]), np.array([1.0, 2.0, 1e-9])
    gate = Norm(order)
    assert gate.branch(left) != gate.branch(right)
    assert gate.branch(left) == gate.branch(left * 2.0)
    assert Norm(order, axis=0).branch(np.ones((3, 4))).shape == (4,)


@pytest.mark.parametrize("order", ["fro", True, None, [2]])
def test_an_order_of_vectors_is_a_number_or_infinite(order: object) -> None:
    with pytest.raises(ParameterError, match='must be a number, "inf" or "-inf"'):
        Norm.create({"ord": order})


def test_an_infinite_order_is_kept_as_files_write_it() -> None:
    assert Norm.create({"ord": np.inf}) == Norm("inf")
    assert Norm.create({"ord": "-inf"}).settings() == {"ord": "-inf"}


@pytest.mark.parametrize("order", [3, "two", True])
def test_an_order_of_matrices_is_one_of_eight(order: object) -> None:
    with pytest.raises(ParameterError, match='must be "fro", "nuc", "inf", "-inf", 1, -1, 2 or -2'):
        MatrixNorm.create({"ord": order})


@pytest.mark.parametrize("order", ["fro", "nuc", "inf", "-inf", 1, -1, 2, -2])
def test_matrix_norms_are_those_of_numpy(order: float | str) -> None:
    x = np.random.default_rng(3).normal(size=(2, 3, 4))
    gate = MatrixNorm.create({"ord": order, "axis": [0, 2]})
    words: dict[object, Any] = {"inf": np.inf, "-inf": -np.inf}
    expected = np.linalg.norm(x, words.get(order, order), axis=(0, 2))
    np.testing.assert_allclose(gate.forward(x), expected)


def test_the_nuclear_norm_of_what_is_not_finite_is_refused() -> None:
    x = np.array([[np.nan, 1.0], [2.0, 3.0]])
    with np.errstate(all="ignore"), pytest.raises(ValuesError, match="keep the numbers finite"):
        MatrixNorm("nuc").forward(x)


def test_a_vector_is_referred_to_norm() -> None:
    with pytest.raises(ShapeError, match=r"shape \(3,\) is no matrix; use norm for vectors"):
        MatrixNorm().infer_shape((3,))


def test_normalized_vectors_have_length_one_and_zero_stays_zero() -> None:
    x = np.array([[3.0, 4.0], [0.0, 0.0]])
    np.testing.assert_array_equal(Normalize().forward(x), [[0.6, 0.8], [0.0, 0.0]])


def test_stretching_a_vector_does_not_change_its_direction() -> None:
    x = np.array([3.0, -4.0, 1.0])
    for order in (1.0, 2.0, 3.0, "inf"):
        gate = Normalize(order)
        (gradient,) = gate.backward(np.array([1.0, 2.0, -5.0]), gate.forward(x), x)
        assert np.sum(gradient * x) == pytest.approx(0.0, abs=1e-14)


def test_a_negative_eps_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"eps -1\.0 is negative; use a number from 0"):
        Normalize(eps=-1.0)


@pytest.mark.parametrize(("order", "shape"), [(1.0, (0, 5)), ("inf", (5, 0)), ("-inf", (5, 0))])
def test_an_empty_row_or_column_has_the_sum_0(order: float | str, shape: tuple[int, int]) -> None:
    gate, x = MatrixNorm(ord=order, keepdims=True), np.ones(shape)
    output = gate.forward(x)
    assert gate.infer_shape(shape) == output.shape == (1, 1)
    assert np.all(output == 0.0)
    assert gate.backward(np.ones((1, 1)), np.zeros((1, 1)), x)[0].shape == shape


@pytest.mark.parametrize(
    ("order", "shape"), [(1.0, (5, 0)), ("inf", (0, 5)), (2.0, (0, 5)), (-2.0, (5, 0))]
)
def test_without_rows_or_columns_there_is_nothing_to_choose(
    order: float | str, shape: tuple[int, int]
) -> None:
    with pytest.raises(ShapeError, match="nothing to choose from"):
        MatrixNorm(ord=order).infer_shape(shape)


def test_normalize_is_at_a_kink_where_two_numbers_are_the_largest() -> None:
    gate = Normalize(p="inf")
    one, other = (gate.branch(np.array([1.0 + by, 1.0, 0.5])) for by in (-1e-6, 1e-6))
    assert (one != other).all()
