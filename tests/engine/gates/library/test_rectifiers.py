"""The relatives of relu: their kinks, chance that is repeatable, and bad settings."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import Array
from chainrule.errors import ParameterError
from chainrule.gates.gate import Gate
from chainrule.gates.library.rectifiers import Celu, Elu, LeakyRelu, Prelu, Relu6, Rrelu, Selu

ZERO, ONE = np.float64(0.0), np.float64(1.0)


def slope(gate: Gate, x: float, *others: float) -> float:
    inputs: list[Array] = [np.float64(x), *map(np.float64, others)]
    return float(gate.backward(ONE, gate.forward(*inputs), *inputs)[0])


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        (Relu6(), 0.0),
        (LeakyRelu(0.25), 0.25),
        (Elu(0.5), 0.5),
        (Celu(0.5), 1.0),
        (Selu(), pytest.approx(1.0507009873554805 * 1.6732632423543772)),
        (Rrelu(0.5, 0.5), 0.5),
    ],
)
def test_the_slope_at_0_is_that_of_the_left_side(gate: Gate, expected: float) -> None:
    assert slope(gate, 0.0) == expected


def test_relu6_has_gradient_0_at_both_ends() -> None:
    assert [slope(Relu6(), x) for x in (0.0, 3.0, 6.0, 7.0)] == [0.0, 1.0, 0.0, 0.0]


def test_an_infinite_gradient_does_not_pass_where_relu6_blocks() -> None:
    x = np.array([-1.0, 1.0, 9.0])
    (gradient,) = Relu6().backward(np.full(3, np.inf), Relu6().forward(x), x)
    np.testing.assert_array_equal(gradient, [0.0, np.inf, 0.0])


def test_the_weight_of_prelu_gets_the_negative_part() -> None:
    x, weight = np.array([[2.0, -3.0], [-0.5, 4.0]]), np.array([[0.25], [0.5]])
    output = Prelu().forward(x, weight)
    np.testing.assert_array_equal(output, [[2.0, -0.75], [-0.25, 4.0]])
    by_x, by_weight = Prelu().backward(np.ones((2, 2)), output, x, weight)
    np.testing.assert_array_equal(by_x, [[1.0, 0.25], [0.5, 1.0]])
    np.testing.assert_array_equal(by_weight, [[0.0, -3.0], [-0.5, 0.0]])


def test_an_elu_with_alpha_1_has_no_kink() -> None:
    left, right = np.float64(-1e-9), np.float64(1e-9)
    assert Elu(1.0).branch(left) == Elu(1.0).branch(right)
    assert Elu(0.5).branch(left) != Elu(0.5).branch(right)


def test_large_numbers_do_not_overflow_on_the_side_that_is_not_taken() -> None:
    large = np.array([-1e300, 1e300])
    for gate in (Elu(), Selu(), Celu(0.5)):
        with np.errstate(all="raise", under="ignore"):
            (gradient,) = gate.backward(np.ones(2), gate.forward(large), large)
        assert np.isfinite(gradient).all()


def test_slopes_by_chance_lie_between_the_bounds_and_differ() -> None:
    x = np.full(1000, -1.0)
    slopes = -Rrelu(0.1, 0.3).forward(x)
    assert 0.1 <= slopes.min() < 0.11
    assert 0.29 < slopes.max() <= 0.3
    assert len(np.unique(slopes)) == 1000


def test_both_passes_draw_the_same_slopes() -> None:
    x = np.full((2, 3), -2.0)
    output = Rrelu(seed=3).forward(x)
    (gradient,) = Rrelu(seed=3).backward(np.ones((2, 3)), output, x)
    np.testing.assert_array_equal(output, gradient * x)
    assert not np.array_equal(output, Rrelu(seed=4).forward(x))


def test_in_evaluation_the_slope_is_the_mean() -> None:
    assert Rrelu(0.1, 0.3, training=False).forward(np.float64(-1.0)) == pytest.approx(-0.2)


def test_bad_settings_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"rrelu: lower 0.5 lies above upper 0.25; exchange"):
        Rrelu(0.5, 0.25)
    with pytest.raises(ParameterError, match="the seed -1 is negative"):
        Rrelu(seed=-1)
    with pytest.raises(ParameterError, match="celu: alpha must be above 0, not -1"):
        Celu(-1.0)


@pytest.mark.parametrize("x", [2.0, -2.0])
def test_a_single_number_takes_the_shape_of_the_weights_of_prelu(x: float) -> None:
    weight = np.array([0.25, -1.0])
    output = Prelu().forward(np.float64(x), weight)
    np.testing.assert_array_equal(output, [x, x] if x > 0 else x * weight)
