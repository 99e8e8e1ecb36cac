"""Non-linearities of straight lines: kinks, jumps, what is blocked, and bad settings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.arrays import Floats
from chainrule.errors import ParameterError
from chainrule.gates.gate import Elementwise
from chainrule.gates.library.selection import Clip
from chainrule.gates.library.thresholds import (
    Hardshrink,
    Hardsigmoid,
    Hardswish,
    Hardtanh,
    Softshrink,
    Threshold,
)


def run(gate: Elementwise, *points: float, upstream: float = 1.0) -> tuple[Floats, Floats]:
    x = np.array(points)
    output = gate.forward(x)
    (gradient,) = gate.backward(np.full(len(points), upstream), output, x)
    return np.atleast_1d(output), np.atleast_1d(gradient)


@pytest.mark.parametrize(
    ("gate", "expected"),
    [(Clip(-1.0, 2.0), [0, 1, 1, 1, 0]), (Hardtanh(-1.0, 2.0), [0, 0, 1, 0, 0])],
)
def test_clip_passes_the_gradient_at_its_bounds_and_hardtanh_does_not(
    gate: Elementwise, expected: list[float]
) -> None:
    output, gradient = run(gate, -3.0, -1.0, 0.5, 2.0, 3.0)
    np.testing.assert_array_equal(output, [-1.0, -1.0, 0.5, 2.0, 2.0])
    np.testing.assert_array_equal(gradient, expected)


@pytest.mark.parametrize(
    ("gate", "output", "slopes"),
    [
        (Hardsigmoid(), [0, 0, 0.5, 1, 1], [0, 0, 1 / 6, 0, 0]),
        (Hardswish(), [0, 0, 0, 3, 4], [0, 0, 0.5, 1, 1]),
    ],
)
def test_the_kinks_of_hardsigmoid_and_hardswish(
    gate: Elementwise, output: list[float], slopes: list[float]
) -> None:
    found, gradient = run(gate, -4.0, -3.0, 0.0, 3.0, 4.0)
    np.testing.assert_allclose(found, output, atol=1e-15)
    np.testing.assert_allclose(gradient, slopes, rtol=1e-15)


@pytest.mark.parametrize(
    ("gate", "output"),
    [(Hardshrink(1.0), [-2, 0, 0, 0, 2]), (Softshrink(1.0), [-1, 0, 0, 0, 1])],
)
def test_shrinking_blocks_up_to_its_bounds(gate: Elementwise, output: list[float]) -> None:
    found, gradient = run(gate, -2.0, -1.0, 0.5, 1.0, 2.0)
    np.testing.assert_array_equal(found, output)
    np.testing.assert_array_equal(gradient, [1, 0, 0, 0, 1])


def test_a_threshold_puts_its_value_in_place_of_what_lies_below() -> None:
    output, gradient = run(Threshold(1.0, 20.0), 0.0, 1.0, 1.5)
    np.testing.assert_array_equal(output, [20.0, 20.0, 1.5])
    np.testing.assert_array_equal(gradient, [0.0, 0.0, 1.0])


BLOCKING = [Clip(), Hardtanh(), Hardshrink(), Softshrink(), Threshold(0.25, 0.0)]


@pytest.mark.parametrize("gate", BLOCKING)
def test_a_nan_comes_through_with_its_gradient(gate: Elementwise) -> None:
    output, gradient = run(gate, np.nan, upstream=3.0)
    assert np.isnan(output[0])
    assert gradient[0] == 3.0


@pytest.mark.parametrize("gate", BLOCKING)
def test_an_infinite_gradient_leaves_a_0_where_it_is_blocked(gate: Elementwise) -> None:
    blocked = 0.1 if gate.forward(np.float64(0.1)) == 0.0 else -5.0
    assert run(gate, blocked, upstream=np.inf)[1][0] == 0.0


@pytest.mark.parametrize("gate", [*BLOCKING, Hardsigmoid(), Hardswish()])
def test_the_branch_changes_where_the_slope_does(gate: Any) -> None:
    x = np.linspace(-6.0, 6.0, 97) + 1e-3
    branch = gate.branch(x)
    slopes = gate.backward(np.ones(97), gate.forward(x), x)[0]
    same = branch[:-1] == branch[1:]
    assert 0 < np.sum(~same) < 4
    np.testing.assert_allclose(slopes[1:][same], slopes[:-1][same], atol=0.05)


@pytest.mark.parametrize("kind", [Clip, Hardtanh])
def test_bounds_in_the_wrong_order_are_refused(kind: type[Clip | Hardtanh]) -> None:
    with pytest.raises(ParameterError, match=rf"{kind.name}: min 2 lies above max -1; exchange"):
        kind(2.0, -1.0)


@pytest.mark.parametrize("kind", [Hardshrink, Softshrink])
def test_a_negative_reach_is_refused(kind: type[Hardshrink | Softshrink]) -> None:
    with pytest.raises(ParameterError, match=r"lambd must be at least 0, not -0\.5"):
        kind(-0.5)
