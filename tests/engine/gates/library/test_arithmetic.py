"""Sums, products and constants: symbols, and zeros among factors."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.gates.library.arithmetic import (
    AddConstant,
    Div,
    GradientReversal,
    Identity,
    Mul,
    MulConstant,
    Reciprocal,
)


@pytest.mark.parametrize(
    ("c", "shown"), [(-1.0, "×(−1)"), (2.0, "×2"), (0.5, "×0.5"), (-2.5, "×(−2.5)"), (-0.0, "×0")]
)
def test_a_factor_stands_in_the_symbol(c: float, shown: str) -> None:
    assert MulConstant(c).symbol == shown


@pytest.mark.parametrize(
    ("c", "shown"), [(1.0, "+1"), (-3.0, "−3"), (0.0, "+0"), (-0.0, "+0"), (1e-7, "+1e−07")]
)
def test_a_summand_stands_in_the_symbol(c: float, shown: str) -> None:
    assert AddConstant(c).symbol == shown


def test_a_zero_among_three_factors_leaves_the_others_their_gradients() -> None:
    x, y, z = np.float64(0.0), np.float64(2.0), np.float64(5.0)
    assert Mul().backward(np.float64(1.0), np.float64(0.0), x, y, z) == (10.0, 0.0, 0.0)


def test_dividing_by_zero_gives_an_infinity_that_travels_on() -> None:
    with np.errstate(all="ignore"):
        assert Reciprocal().forward(np.float64(0.0)) == np.inf
        assert Div().forward(np.float64(-1.0), np.float64(0.0)) == -np.inf
        assert np.isnan(Div().forward(np.float64(0.0), np.float64(0.0)))


@pytest.mark.parametrize("scale", [1.0, 0.25, 0.0])
def test_a_reversal_changes_no_value_and_turns_the_gradient(scale: float) -> None:
    x, upstream = np.array([3.0, -1.0]), np.array([2.0, 5.0])
    output = GradientReversal(scale).forward(x)
    np.testing.assert_array_equal(output, x)
    (gradient,) = GradientReversal(scale).backward(upstream, output, x)
    np.testing.assert_array_equal(gradient, -scale * upstream)


def test_a_reversal_says_that_its_backward_is_no_derivative() -> None:
    assert not GradientReversal.differentiates
    assert Identity.differentiates
