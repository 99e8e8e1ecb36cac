"""amax and amin: who takes the gradient."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.gates.library.extremes import AMax, AMin

ONE = np.float64(1.0)


@pytest.mark.parametrize("gate", [AMax(), AMin()])
def test_at_a_tie_the_first_in_row_major_order_takes_it_all(gate: AMax | AMin) -> None:
    x = np.full((2, 3), 4.0)
    (gradient,) = gate.backward(ONE, gate.forward(x), x)
    np.testing.assert_array_equal(gradient, [[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])


@pytest.mark.parametrize("axes", [(0, 2), (2, 0)])
def test_the_order_of_the_axes_does_not_matter_for_a_tie(axes: tuple[int, ...]) -> None:
    x = np.zeros((2, 2, 2))
    x[0, 0, 1] = x[1, 0, 0] = 1.0
    (gradient,) = AMax(axes).backward(np.ones(2), AMax(axes).forward(x), x)
    np.testing.assert_array_equal(np.argwhere(gradient)[0], [0, 0, 1])


def test_the_first_nan_wins() -> None:
    x = np.array([1.0, np.nan, 5.0, np.nan])
    assert np.isnan(AMax().forward(x))
    np.testing.assert_array_equal(AMax().backward(ONE, x[1], x)[0], [0.0, 1.0, 0.0, 0.0])


@pytest.mark.parametrize("keepdims", [False, True])
def test_each_line_has_its_own_winner(keepdims: bool) -> None:
    x = np.array([[1.0, 5.0, 2.0], [7.0, 0.0, 3.0]])
    gate = AMax(1, keepdims)
    upstream = np.reshape([10.0, 20.0], gate.infer_shape(x.shape))
    np.testing.assert_array_equal(
        gate.backward(upstream, gate.forward(x), x)[0], [[0.0, 10.0, 0.0], [20.0, 0.0, 0.0]]
    )


def test_branch_is_the_place_of_the_winner() -> None:
    x = np.array([[1.0, 5.0, 2.0], [7.0, 0.0, 3.0]])
    np.testing.assert_array_equal(AMax(1).branch(x), [1.0, 0.0])
    np.testing.assert_array_equal(AMin(0).branch(x), [0.0, 1.0, 0.0])
    assert isinstance(AMax().branch(x), np.float64)
