"""The numerically sound building blocks, against values worked out with 50 digits."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from chainrule.gates.foundations.numerics import log_sum_above_peak, logistic, softmax

POINTS = (-745.0, -800.0, -710.0, -40.0, -1.0, -1e-10, 0.0, 1e-10, 0.5, 30.0, 40.0, 800.0)


def _exact_logistic(x: float) -> float:
    with localcontext(prec=50):
        return float(1 / (1 + (-Decimal(x)).exp()))


@pytest.mark.parametrize("x", POINTS)
def test_logistic_is_right_to_the_last_digits(x: float) -> None:
    assert logistic(np.float64(x)) == pytest.approx(_exact_logistic(x), rel=4e-16, abs=5e-324)


def test_logistic_never_overflows() -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        values = logistic(np.array([-np.inf, -1e308, 0.0, 1e308, np.inf]))
    np.testing.assert_array_equal(values, [0.0, 0.0, 0.5, 1.0, 1.0])


def test_softmax_never_overflows_and_sums_to_one() -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        weights = softmax(np.array([[1e300, -1e300, 1e300], [-800.0, -900.0, -2000.0]]), 1)
    np.testing.assert_allclose(weights, [[0.5, 0.0, 0.5], [1.0, math.exp(-100.0), 0.0]])
    np.testing.assert_allclose(np.sum(weights, axis=1), [1.0, 1.0], rtol=1e-15)


def test_what_is_tiny_beside_the_peak_is_kept() -> None:
    rest = log_sum_above_peak(np.array([7.0, 7.0 - 40.0]), None)
    np.testing.assert_allclose(rest, [math.exp(-40.0)], rtol=1e-15)


def test_numbers_that_share_the_peak_are_counted() -> None:
    np.testing.assert_array_equal(log_sum_above_peak(np.full(5, 1e300), None), [math.log(5.0)])
