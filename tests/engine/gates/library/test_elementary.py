"""Elementary functions: the conventions of power and abs, and symbols."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.gates.library.elementary import Abs, Log, Power, Sqrt

ZERO, ONE = np.float64(0.0), np.float64(1.0)


@pytest.mark.parametrize(
    ("exponent", "slope"), [(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (0.5, np.inf), (-1.0, -np.inf)]
)
def test_the_gradient_of_a_power_at_zero(exponent: float, slope: float) -> None:
    gate = Power(exponent)
    with np.errstate(all="ignore"):
        assert gate.backward(ONE, gate.forward(ZERO), ZERO) == (slope,)


def test_a_fractional_power_of_a_negative_number_is_nan() -> None:
    with np.errstate(all="ignore"):
        output = Power(0.5).forward(np.float64(-2.0))
        assert np.isnan(output)
        assert np.isnan(Power(0.5).backward(ONE, output, np.float64(-2.0))[0])


@pytest.mark.parametrize("exponent", [-0.5, 0.5, 2.0, -1.0, 3.0])
def test_powers_are_the_same_alone_and_in_an_array(exponent: float) -> None:
    points = np.array([-np.inf, -2.0, -0.0, 0.0, 0.3, np.inf])
    with np.errstate(all="ignore"):
        alone = [Power(exponent).forward(each) for each in points]
        np.testing.assert_array_equal(Power(exponent).forward(points), alone)


@pytest.mark.parametrize(
    ("exponent", "shown"),
    [(3.0, "x³"), (-2.0, "x⁻²"), (10.0, "x¹⁰"), (0.5, "x^0.5"), (-1.5, "x^−1.5")],
)
def test_an_exponent_stands_in_the_symbol(exponent: float, shown: str) -> None:
    assert Power(exponent).symbol == shown


def test_abs_has_gradient_zero_at_zero() -> None:
    assert Abs().backward(ONE, ZERO, ZERO) == (0.0,)


def test_a_nan_gives_abs_a_nan_for_its_gradient() -> None:
    """PyTorch gives 0 here; a gradient at no number is no number."""
    nan = np.float64(np.nan)
    assert np.isnan(Abs().backward(ONE, nan, nan)[0])


def test_what_has_no_logarithm_or_root_gives_nan_and_no_error() -> None:
    with np.errstate(all="ignore"):
        assert np.isnan(Log().forward(np.float64(-1.0)))
        assert Log().forward(ZERO) == -np.inf
        assert np.isnan(Sqrt().forward(np.float64(-1.0)))
        assert Sqrt().backward(ONE, ZERO, ZERO) == (np.inf,)
