"""Curves of one number: all digits in the tails and near 0, and limits at the far ends."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from chainrule.arrays import Array
from chainrule.gates.foundations import curves

Curve = Callable[[Array], Array]
FAR = np.array([-np.inf, -1.7e308, -1e9, -900.0])
SQUARE_OF_PI = math.pi**2

FADING: list[tuple[Curve, Curve]] = [
    (curves.gelu, curves.gelu_slope),
    (curves.gelu_tanh, curves.gelu_tanh_slope),
    (curves.silu, curves.silu_slope),
    (curves.mish, curves.mish_slope),
]


@pytest.mark.parametrize(("curve", "slope"), FADING)
def test_what_fades_is_0_far_to_the_left_and_has_no_slope_there(curve: Curve, slope: Curve) -> None:
    np.testing.assert_array_equal(curve(FAR), 0.0)
    np.testing.assert_array_equal(slope(FAR), 0.0)


@pytest.mark.parametrize(("curve", "slope"), FADING)
def test_what_fades_is_its_input_far_to_the_right(curve: Curve, slope: Curve) -> None:
    right = -FAR
    np.testing.assert_array_equal(curve(right), right)
    np.testing.assert_array_equal(slope(right), 1.0)


@pytest.mark.parametrize(("curve", "slope"), FADING)
def test_nan_stays_nan(curve: Curve, slope: Curve) -> None:
    assert np.isnan(curve(np.float64(np.nan)))
    assert np.isnan(slope(np.float64(np.nan)))


@pytest.mark.parametrize("x", [-10.0, -20.0, -36.0])
def test_the_left_tails_keep_their_digits(x: float) -> None:
    point = np.float64(x)
    assert curves.gelu(point) == pytest.approx(0.5 * x * math.erfc(-x / math.sqrt(2.0)), rel=1e-14)
    assert curves.silu(point) == pytest.approx(x * math.exp(x) / (1 + math.exp(x)), rel=1e-15)
    grown = math.exp(x)
    hyperbolic = grown * (grown + 2.0) / (grown * (grown + 2.0) + 2.0)
    assert curves.mish(point) == pytest.approx(x * hyperbolic, rel=1e-15)


@pytest.mark.parametrize("x", [-3.0, -0.4, 0.0, 0.7, 5.0])
def test_the_approximate_gelu_is_the_formula_with_tanh(x: float) -> None:
    bent = math.sqrt(2.0 / math.pi) * (x + 0.044715 * x**3)
    expected = 0.5 * x * (1.0 + math.tanh(bent))
    assert curves.gelu_tanh(np.float64(x)) == pytest.approx(expected, rel=1e-12)


def test_the_two_gelus_are_close_and_not_the_same() -> None:
    x = np.linspace(-4.0, 4.0, 41)
    apart = np.max(abs(curves.gelu(x) - curves.gelu_tanh(x)))
    assert 1e-5 < apart < 1e-3


@pytest.mark.parametrize("x", [1e-12, 1e-5, -1e-3, 0.02])
def test_tanhshrink_keeps_its_digits_near_0(x: float) -> None:
    series = x**3 * (1 / 3 - x**2 * (2 / 15 - x**2 * (17 / 315 - x**2 * 62 / 2835)))
    assert curves.tanhshrink(np.float64(x)) == pytest.approx(series, rel=1e-14)


@pytest.mark.parametrize("x", [1e-160, 1e-9, -1e-4])
def test_the_slope_of_sinc_keeps_its_digits_near_0(x: float) -> None:
    series = -SQUARE_OF_PI * x / 3.0 * (1.0 - SQUARE_OF_PI * x * x / 10.0)
    assert curves.sinc_slope(np.float64(x)) == pytest.approx(series, rel=1e-14)


def test_sinc_agrees_with_numpy() -> None:
    x = np.linspace(-7.0, 7.0, 57)
    np.testing.assert_allclose(curves.sinc(x), np.sinc(x), rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("curve", [curves.sinc, curves.sinc_slope, curves.tanhshrink])
def test_series_and_formula_meet_without_a_step(curve: Curve) -> None:
    border = curves.NEAR / (math.pi if curve is not curves.tanhshrink else 1.0)
    inside, outside = np.nextafter(border, 0.0), np.nextafter(border, 2.0)
    assert curve(inside) == pytest.approx(curve(outside), rel=1e-14)


def test_softsign_reaches_its_bounds_at_infinity() -> None:
    ends = np.array([-np.inf, -1.7e308, 1.7e308, np.inf])
    np.testing.assert_array_equal(curves.softsign(ends), [-1.0, -1.0, 1.0, 1.0])
