"""Reductions: infinities and digits of logsumexp, and numbers as inputs."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.gates.library.reduction import LogSumExp, Mean, Sum

INF = math.inf


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((-INF, -INF), -INF),
        ((INF, 1.0), INF),
        ((INF, -INF), INF),
        ((-INF, 3.0), 3.0),
        ((1000.0, 1000.0), 1000.0 + math.log(2.0)),
        ((-1000.0, -1000.0), -1000.0 + math.log(2.0)),
        ((0.0, -40.0), math.exp(-40.0)),
    ],
)
def test_logsumexp_neither_overflows_nor_loses_digits(
    row: tuple[float, ...], expected: float
) -> None:
    with np.errstate(all="ignore"):
        assert LogSumExp().forward(np.array(row)) == pytest.approx(expected, rel=1e-15, abs=0.0)


def test_the_shares_of_huge_numbers_sum_to_one() -> None:
    x = np.array([1e9, 1e9, 1e9 - 1.0])
    (gradient,) = LogSumExp().backward(np.float64(1.0), LogSumExp().forward(x), x)
    assert np.sum(gradient) == pytest.approx(1.0, rel=1e-15)


def test_a_finite_number_beside_an_infinity_has_no_share() -> None:
    x = np.array([INF, 1.0])
    with np.errstate(all="ignore"):
        (gradient,) = LogSumExp().backward(np.float64(1.0), LogSumExp().forward(x), x)
    np.testing.assert_array_equal(gradient, [np.nan, 0.0])


@pytest.mark.parametrize("gate", [Sum(), Mean(), LogSumExp(), Sum(keepdims=True)])
def test_a_number_reduces_to_itself(gate: Sum | Mean | LogSumExp) -> None:
    x = np.float64(2.5)
    assert gate.forward(x) == 2.5
    assert gate.backward(np.float64(3.0), x, x) == (3.0,)


@pytest.mark.parametrize("keepdims", [False, True])
def test_each_number_gets_the_gradient_of_its_own_sum(keepdims: bool) -> None:
    x = np.zeros((2, 3))
    gate = Sum(1, keepdims)
    upstream = np.array([5.0, 7.0]).reshape(gate.infer_shape((2, 3)))
    np.testing.assert_array_equal(gate.backward(upstream, upstream, x)[0], [[5.0] * 3, [7.0] * 3])
    np.testing.assert_allclose(
        Mean(1, keepdims).backward(upstream, upstream, x)[0], [[5.0 / 3.0] * 3, [7.0 / 3.0] * 3]
    )
