"""Activations: no overflow, all digits at the tails, and the kink of relu."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.gates.library.activation import (
    LogSoftmax,
    Relu,
    Sigmoid,
    Softmax,
    Softmin,
    Softplus,
    Tanh,
)

ONE = np.float64(1.0)
INF = np.float64(np.inf)


@pytest.mark.parametrize(("x", "expected"), [(-np.inf, 0.0), (-800.0, 0.0), (np.inf, 1.0)])
def test_sigmoid_at_the_far_ends(x: float, expected: float) -> None:
    assert Sigmoid().forward(np.float64(x)) == expected


@pytest.mark.parametrize("x", [-40.0, 40.0])
def test_a_saturated_sigmoid_still_has_a_gradient(x: float) -> None:
    point = np.float64(x)
    (gradient,) = Sigmoid().backward(ONE, Sigmoid().forward(point), point)
    assert gradient == pytest.approx(math.exp(-40.0), rel=1e-15)


@pytest.mark.parametrize("x", [-30.0, 30.0])
def test_a_saturated_tanh_still_has_a_gradient(x: float) -> None:
    point = np.float64(x)
    (gradient,) = Tanh().backward(ONE, Tanh().forward(point), point)
    assert gradient == pytest.approx(4.0 * math.exp(-60.0), rel=1e-14)


@pytest.mark.parametrize("gate", [Sigmoid(), Tanh(), Softplus()])
def test_nothing_overflows_at_the_far_ends(gate: Sigmoid | Tanh | Softplus) -> None:
    x = np.array([-np.inf, -1e308, -800.0, 300.0, 1e308, np.inf])
    with np.errstate(invalid="raise", divide="raise"):
        output = gate.forward(x)
    with np.errstate(all="ignore"):
        (gradient,) = gate.backward(np.ones(6), output, x)
    assert not np.any(np.isnan(output))
    assert not np.any(np.isnan(gradient))


@pytest.mark.parametrize(
    ("x", "expected"),
    [(-40.0, math.exp(-40.0)), (-800.0, 0.0), (800.0, 800.0), (np.inf, np.inf), (-np.inf, 0.0)],
)
def test_softplus_at_the_far_ends(x: float, expected: float) -> None:
    assert Softplus().forward(np.float64(x)) == pytest.approx(expected, rel=1e-15, abs=0.0)


def test_softplus_does_not_turn_linear_at_pytorch_s_threshold() -> None:
    x = np.float64(25.0)
    assert Softplus().forward(x) - x == pytest.approx(math.exp(-25.0), rel=1e-3)
    assert Softplus().backward(ONE, ONE, x)[0] < 1.0


def test_relu_has_gradient_zero_at_zero() -> None:
    assert Relu().backward(ONE, np.float64(0.0), np.float64(0.0)) == (0.0,)


def test_relu_blocks_an_infinite_gradient_without_leaving_nan() -> None:
    x = np.array([-1.0, 0.0, 2.0])
    (gradient,) = Relu().backward(np.full(3, INF), Relu().forward(x), x)
    np.testing.assert_array_equal(gradient, [0.0, 0.0, np.inf])


def test_relu_lets_nan_through() -> None:
    assert np.isnan(Relu().forward(np.float64(np.nan)))


def test_log_softmax_keeps_the_digits_of_a_probability_next_to_one() -> None:
    output = LogSoftmax().forward(np.array([1000.0, 960.0]))
    np.testing.assert_allclose(output, [-math.exp(-40.0), -40.0], rtol=1e-15)


def test_softmax_of_a_number_is_one() -> None:
    assert Softmax().forward(np.float64(5.0)) == 1.0
    assert LogSoftmax().forward(np.float64(5.0)) == 0.0


def test_softmax_over_two_axes_sums_to_one_in_each_slice() -> None:
    x = np.arange(12.0).reshape(2, 3, 2)
    np.testing.assert_allclose(np.sum(Softmax((0, 2)).forward(x), axis=(0, 2)), np.ones(3))


def test_softmin_is_softmax_of_the_negated_numbers() -> None:
    x = np.array([[1000.0, 1001.0, 999.0], [0.0, -3.0, 2.0]])
    upstream = np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]])
    output = Softmin(1).forward(x)
    np.testing.assert_array_equal(output, Softmax(1).forward(-x))
    (gradient,) = Softmin(1).backward(upstream, output, x)
    np.testing.assert_array_equal(gradient, -Softmax(1).backward(upstream, output, -x)[0])
