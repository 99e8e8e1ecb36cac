"""Diagonals: a matrix made of a vector gives it back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.errors import ShapeError
from chainrule.gates.library.diagonals import DiagEmbed, Diagonal, Trace

ROWS = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@pytest.mark.parametrize("offset", [0, 1, -1, 3, -4])
def test_the_diagonal_of_a_diagonal_matrix_is_the_vector(offset: int) -> None:
    matrices: Any = DiagEmbed(offset).forward(ROWS)
    np.testing.assert_array_equal(matrices, [np.diag(row, offset) for row in ROWS])
    np.testing.assert_array_equal(Diagonal(offset).forward(matrices), ROWS)


def test_a_diagonal_beyond_the_matrix_is_empty() -> None:
    assert Diagonal(7).infer_shape((2, 3)) == Diagonal(7).forward(ROWS).shape == (0,)


def test_only_the_diagonal_gets_the_gradient_of_a_trace() -> None:
    stack = np.zeros((2, 2, 3))
    (gradient,) = Trace().backward(np.array([5.0, 7.0]), np.zeros(2), stack)
    np.testing.assert_array_equal(gradient, [5.0 * np.eye(2, 3), 7.0 * np.eye(2, 3)])


@pytest.mark.parametrize("gate", [Trace(), Diagonal()])
def test_a_vector_has_no_diagonal(gate: Trace | Diagonal) -> None:
    with pytest.raises(ShapeError, match=r"\(3,\) is no matrix; reshape it to rows and columns"):
        gate.infer_shape((3,))


def test_a_number_makes_no_diagonal() -> None:
    with pytest.raises(ShapeError, match="diag_embed: a scalar makes no diagonal; unsqueeze it"):
        DiagEmbed().infer_shape(())
