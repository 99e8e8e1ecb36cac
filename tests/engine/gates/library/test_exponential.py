"""Exponentials and logarithms: exact near 0 and at powers, and sums without overflow."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.gates.library.exponential import Exp2, Expm1, Log1p, Log2, Log10, Logaddexp

ONE = np.float64(1.0)


@pytest.mark.parametrize("x", [1e-15, -1e-12, 1e-300])
def test_expm1_and_log1p_keep_their_digits_near_0(x: float) -> None:
    assert Expm1().forward(np.float64(x)) == pytest.approx(x, rel=1e-11)
    assert Log1p().forward(np.float64(x)) == pytest.approx(x, rel=1e-11)


def test_the_slope_of_expm1_does_not_round_to_0() -> None:
    x = np.float64(-50.0)
    assert Expm1().backward(ONE, Expm1().forward(x), x)[0] == pytest.approx(math.exp(-50.0))


def test_powers_of_the_base_are_exact() -> None:
    np.testing.assert_array_equal(Log2().forward(np.array([0.25, 1.0, 1024.0])), [-2.0, 0.0, 10.0])
    np.testing.assert_array_equal(Log10().forward(np.array([1.0, 1e3, 1e22])), [0.0, 3.0, 22.0])
    np.testing.assert_array_equal(Exp2().forward(np.array([-2.0, 0.0, 10.0])), [0.25, 1.0, 1024.0])


def test_a_sum_of_exponentials_does_not_overflow() -> None:
    x, y = np.float64(1000.0), np.float64(1001.0)
    output = Logaddexp().forward(x, y)
    assert output == pytest.approx(1001.0 + math.log1p(math.exp(-1.0)))
    first, second = Logaddexp().backward(ONE, output, x, y)
    assert first + second == pytest.approx(1.0)
    assert second / first == pytest.approx(math.e)


def test_at_two_equal_infinities_a_sum_of_exponentials_has_no_slope() -> None:
    end = np.float64(-np.inf)
    with np.errstate(invalid="ignore"):
        assert Logaddexp().forward(end, end) == -np.inf
        assert np.isnan(Logaddexp().backward(ONE, end, end, end)).all()
