"""Angles: ends of domains, the cut of atan2, and inverses that take functions back."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.gates.gate import Elementwise
from chainrule.gates.library.trigonometry import Acos, Asin, Atan, Atan2, Cos, Sin, Sinc, Tan

ONE = np.float64(1.0)


@pytest.mark.parametrize(
    ("there", "back"),
    [(Sin(), Asin()), (Cos(), Acos()), (Tan(), Atan())],
    ids=lambda gate: gate.name,
)
def test_the_inverse_takes_back_and_so_does_its_slope(
    there: Elementwise, back: Elementwise
) -> None:
    angle = np.float64(0.7)
    x = there.forward(angle)
    (steepness,) = there.backward(ONE, x, angle)
    (inverse,) = back.backward(ONE, back.forward(x), x)
    assert back.forward(x) == pytest.approx(0.7, rel=1e-15)
    assert inverse * steepness == pytest.approx(1.0, rel=1e-15)


@pytest.mark.parametrize(("gate", "sign"), [(Asin(), 1.0), (Acos(), -1.0)])
def test_slopes_are_infinite_at_the_ends_and_nan_beyond(gate: Asin | Acos, sign: float) -> None:
    x = np.array([-1.0, 1.0, 1.5])
    with np.errstate(all="ignore"):
        (slopes,) = gate.backward(np.ones(3), gate.forward(x), x)
    np.testing.assert_array_equal(slopes, [sign * np.inf, sign * np.inf, np.nan])


def test_the_slope_of_the_arc_sine_keeps_its_digits_near_the_end() -> None:
    x = np.float64(1.0 - 2.0**-50)
    (slope,) = Asin().backward(ONE, Asin().forward(x), x)
    assert slope == pytest.approx(1.0 / math.sqrt(2.0**-50 * (2.0 - 2.0**-50)), rel=1e-15)


@pytest.mark.parametrize(
    ("y", "x", "angle"),
    [
        (0.0, 1.0, 0.0),
        (1.0, 0.0, 90.0),
        (0.0, -1.0, 180.0),
        (-0.0, -1.0, -180.0),
        (-1.0, 1.0, -45.0),
    ],
)
def test_angles_of_points(y: float, x: float, angle: float) -> None:
    assert np.degrees(Atan2().forward(np.float64(y), np.float64(x))) == pytest.approx(angle)


def test_the_gradient_of_an_angle_does_not_overflow() -> None:
    y, x = np.float64(3e200), np.float64(4e200)
    gradients = Atan2().backward(ONE, Atan2().forward(y, x), y, x)
    assert gradients == (pytest.approx(4.0 / 25.0 * 1e-200), pytest.approx(-3.0 / 25.0 * 1e-200))


def test_the_angle_jumps_across_the_negative_axis_only() -> None:
    above, below = np.float64(1e-9), np.float64(-1e-9)
    left, right = np.float64(-2.0), np.float64(2.0)
    assert Atan2().branch(above, left) != Atan2().branch(below, left)
    assert Atan2().branch(above, right) == Atan2().branch(below, right)
    assert isinstance(Atan2().branch(above, left), np.float64)


def test_sinc_is_1_at_0_with_no_slope() -> None:
    zero = np.float64(0.0)
    assert Sinc().forward(zero) == 1.0
    assert Sinc().backward(ONE, ONE, zero) == (0.0,)
