"""Masks: what is not chosen leaves no trace."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.masking import MaskedSelect, Tril, Triu, Where

X = np.arange(6.0).reshape(2, 3)


def test_an_infinity_that_is_not_chosen_leaves_no_trace() -> None:
    mask, x, y = np.array([1.0, 0.0]), np.array([1.0, np.inf]), np.array([np.nan, 2.0])
    output = Where().forward(mask, x, y)
    np.testing.assert_array_equal(output, [1.0, 2.0])
    upstream = np.array([np.inf, 3.0])
    for_mask, for_x, for_y = Where().backward(upstream, output, mask, x, y)
    np.testing.assert_array_equal(for_mask, [0.0, 0.0])
    np.testing.assert_array_equal(for_x, [np.inf, 0.0])
    np.testing.assert_array_equal(for_y, [0.0, 3.0])


def test_a_mask_chooses_above_one_half() -> None:
    mask = np.array([0.5, 0.51, -3.0, np.nan])
    zero, one = np.float64(0.0), np.float64(1.0)
    np.testing.assert_array_equal(Where().forward(mask, one, zero), [0.0, 1.0, 0.0, 0.0])
    np.testing.assert_array_equal(Where().branch(mask, one, zero), [1.0, 0.0, 1.0, 1.0])
    assert Where().branch(one, np.zeros((2, 1)), np.zeros(3)).shape == (2, 3)


def test_only_flagged_numbers_are_kept_row_by_row() -> None:
    gate = MaskedSelect((0, 1, 1, 0, 0, 1))
    np.testing.assert_array_equal(gate.forward(X), [1.0, 2.0, 5.0])
    (gradient,) = gate.backward(np.array([7.0, 8.0, 9.0]), np.zeros(3), X)
    np.testing.assert_array_equal(gradient, [[0.0, 7.0, 8.0], [0.0, 0.0, 9.0]])


def test_a_mask_without_flags_keeps_nothing() -> None:
    assert MaskedSelect((0, 0)).forward(np.ones(2)).shape == (0,)


def test_a_flag_is_zero_or_one() -> None:
    with pytest.raises(ParameterError, match="masked_select: 2 is no flag of a mask; use 0 or 1"):
        MaskedSelect((1, 2))


@pytest.mark.parametrize("diagonal", [-3, -1, 0, 1, 4])
def test_two_triangles_make_the_matrix(diagonal: int) -> None:
    whole = Triu(diagonal + 1).forward(X) + Tril(diagonal).forward(X)
    np.testing.assert_array_equal(whole, X)


@pytest.mark.parametrize("gate", [Triu(), Tril()])
def test_a_vector_has_no_triangle(gate: Triu | Tril) -> None:
    with pytest.raises(ShapeError, match=r"\(3,\) is no matrix; reshape it to rows and columns"):
        gate.infer_shape((3,))
