"""Hyperbolic functions: nothing overflows early, and the ends of domains."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.gates.library.hyperbolic import Acosh, Asinh, Atanh, Cosh, Sinh

ONE = np.float64(1.0)


def test_each_of_sinh_and_cosh_is_the_slope_of_the_other() -> None:
    x = np.array([-3.0, 0.0, 0.5])
    ones = np.ones(3)
    np.testing.assert_array_equal(Sinh().backward(ones, x, x)[0], Cosh().forward(x))
    np.testing.assert_array_equal(Cosh().backward(ones, x, x)[0], Sinh().forward(x))


@pytest.mark.parametrize(("gate", "size"), [(Asinh(), 1e300), (Acosh(), 1e300)])
def test_a_large_input_has_a_slope(gate: Asinh | Acosh, size: float) -> None:
    x = np.float64(size)
    assert gate.backward(ONE, gate.forward(x), x)[0] == pytest.approx(1.0 / size)


def test_acosh_has_neither_value_nor_slope_below_1() -> None:
    x = np.array([0.5, -3.0, -np.inf])
    with np.errstate(invalid="ignore"):
        output = Acosh().forward(x)
        assert np.isnan(output).all()
        assert np.isnan(Acosh().backward(np.ones(3), output, x)[0]).all()


def test_atanh_grows_beyond_all_bounds_at_the_ends() -> None:
    x = np.array([-1.0, 1.0])
    with np.errstate(divide="ignore"):
        output = Atanh().forward(x)
        np.testing.assert_array_equal(output, [-np.inf, np.inf])
        np.testing.assert_array_equal(Atanh().backward(np.ones(2), output, x)[0], [np.inf, np.inf])


def test_asinh_keeps_its_digits_near_0() -> None:
    assert Asinh().forward(np.float64(-1e-12)) == pytest.approx(-1e-12, rel=1e-15)
