"""Smooth units: which gelu it is, and the far ends of the others."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.errors import ParameterError
from chainrule.gates.foundations import curves
from chainrule.gates.library.smooth_units import Gelu, Logsigmoid, Softsign, Tanhshrink

ONE = np.float64(1.0)


def test_gelu_is_exact_unless_it_is_told_otherwise() -> None:
    x = np.float64(-0.75)
    assert Gelu().forward(x) == curves.gelu(x)
    assert Gelu("tanh").forward(x) == curves.gelu_tanh(x)
    assert Gelu("tanh").backward(ONE, ONE, x) == (curves.gelu_tanh_slope(x),)


def test_gelu_knows_no_other_approximation() -> None:
    with pytest.raises(ParameterError, match="'approximate' must be"):
        Gelu.create({"approximate": "sigmoid"})


@pytest.mark.parametrize(
    ("x", "expected"),
    [(40.0, -math.exp(-40.0)), (-800.0, -800.0), (np.inf, 0.0), (-np.inf, -np.inf)],
)
def test_the_logarithm_of_a_sigmoid_at_the_far_ends(x: float, expected: float) -> None:
    assert Logsigmoid().forward(np.float64(x)) == pytest.approx(expected, rel=1e-15, abs=0.0)


def test_a_certain_probability_still_has_a_gradient() -> None:
    x = np.float64(40.0)
    assert Logsigmoid().backward(ONE, ONE, x)[0] == pytest.approx(math.exp(-40.0), rel=1e-15)


@pytest.mark.parametrize("gate", [Softsign(), Tanhshrink(), Logsigmoid()])
def test_slopes_have_their_limits_at_infinity(gate: Softsign | Tanhshrink | Logsigmoid) -> None:
    ends = np.array([-np.inf, np.inf])
    (slopes,) = gate.backward(np.ones(2), gate.forward(ends), ends)
    expected = {"softsign": [0.0, 0.0], "tanhshrink": [1.0, 1.0], "logsigmoid": [1.0, 0.0]}
    np.testing.assert_array_equal(slopes, expected[gate.name])
