"""Roots and powers of two inputs: conventions at 0, below it and at infinity."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.gates.library.powers import Cbrt, Hypot, Pow, Rsqrt

ONE = np.float64(1.0)


def slopes(x: float, y: float) -> tuple[float, ...]:
    base, exponent = np.float64(x), np.float64(y)
    with np.errstate(all="ignore"):
        output = Pow().forward(base, exponent)
        return tuple(float(each) for each in Pow().backward(ONE, output, base, exponent))


@pytest.mark.parametrize(
    ("x", "y", "by_base", "by_exponent"),
    [
        (2.0, 3.0, 12.0, 8.0 * np.log(2.0)),
        (0.0, 0.0, 0.0, 0.0),
        (0.0, 2.0, 0.0, 0.0),
        (0.0, 1.0, 1.0, 0.0),
        (0.0, -1.0, -np.inf, -np.inf),
        (-2.0, 3.0, 12.0, np.nan),
        (-2.0, 0.5, np.nan, np.nan),
    ],
)
def test_slopes_of_a_power_of_two_inputs(
    x: float, y: float, by_base: float, by_exponent: float
) -> None:
    np.testing.assert_allclose(slopes(x, y), (by_base, by_exponent), rtol=1e-15)


def test_the_cube_root_of_a_negative_number_is_negative() -> None:
    x = np.float64(-8.0)
    assert Cbrt().forward(x) == -2.0
    assert Cbrt().backward(ONE, np.float64(-2.0), x)[0] == pytest.approx(1.0 / 12.0)


def test_the_cube_root_is_upright_at_0() -> None:
    with np.errstate(divide="ignore"):
        assert Cbrt().backward(ONE, np.float64(0.0), np.float64(0.0)) == (np.inf,)


def test_one_over_a_root_at_the_ends() -> None:
    x = np.array([0.0, 4.0, np.inf])
    with np.errstate(divide="ignore"):
        output = Rsqrt().forward(x)
    np.testing.assert_array_equal(output, [np.inf, 0.5, 0.0])
    np.testing.assert_array_equal(Rsqrt().backward(np.ones(3), output, x)[0], [-np.inf, -0.0625, 0])


def test_a_hypotenuse_does_not_overflow() -> None:
    x, y = np.float64(3e200), np.float64(-4e200)
    output = Hypot().forward(x, y)
    assert output == pytest.approx(5e200)
    assert Hypot().backward(ONE, output, x, y) == (pytest.approx(0.6), pytest.approx(-0.8))
