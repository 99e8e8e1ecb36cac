"""Norms of matrices without numbers."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ShapeError
from chainrule.gates.library.norms import MatrixNorm


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
