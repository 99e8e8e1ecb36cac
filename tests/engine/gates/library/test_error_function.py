"""The error function and its complement: the tails, and that they add up to 1."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.gates.library.error_function import Erf, Erfc

ONE = np.float64(1.0)


def test_the_two_add_up_to_1() -> None:
    x = np.linspace(-3.0, 3.0, 13)
    np.testing.assert_allclose(Erf().forward(x) + Erfc().forward(x), 1.0, rtol=1e-15)


@pytest.mark.parametrize("x", [6.0, 20.0, 26.0])
def test_the_complement_keeps_its_digits_where_it_is_tiny(x: float) -> None:
    series = 1.0 - 1.0 / (2.0 * x * x) + 3.0 / (4.0 * x**4) - 15.0 / (8.0 * x**6)
    expected = math.exp(-x * x) / (x * math.sqrt(math.pi)) * series
    assert Erfc().forward(np.float64(x)) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("shape", [(), (3,), (2, 0), (2, 3)])
def test_all_shapes_come_out_as_float64(shape: tuple[int, ...]) -> None:
    x = np.zeros(shape)[()]
    for gate in (Erf(), Erfc()):
        assert gate.forward(x).shape == shape
        assert gate.forward(x).dtype == np.float64


def test_at_infinity_there_is_nothing_left() -> None:
    ends = np.array([-np.inf, np.inf])
    np.testing.assert_array_equal(Erf().forward(ends), [-1.0, 1.0])
    np.testing.assert_array_equal(Erfc().forward(ends), [2.0, 0.0])
    np.testing.assert_array_equal(Erf().backward(np.ones(2), ends, ends)[0], [0.0, 0.0])
