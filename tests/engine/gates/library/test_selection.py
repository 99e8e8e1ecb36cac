"""max and min: who wins, and that only the winner gets the gradient."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import Array
from chainrule.gates.library.selection import Max, Min

ONE = np.float64(1.0)
NUMBERS = (-np.inf, -1.0, 0.0, 2.0, np.inf, np.nan)


def _gradients(gate: Max | Min, *inputs: Array, upstream: Array = ONE) -> tuple[Array, ...]:
    return gate.backward(upstream, gate.forward(*inputs), *inputs)


@pytest.mark.parametrize("gate", [Max(), Min()])
def test_at_a_tie_the_first_input_takes_the_whole_gradient(gate: Max | Min) -> None:
    tie = np.float64(2.0)
    assert _gradients(gate, tie, tie) == (1.0, 0.0)
    assert _gradients(gate, tie, tie, tie) == (1.0, 0.0, 0.0)


def test_a_tie_behind_a_loser_goes_to_the_first_of_the_winners() -> None:
    low, high = np.float64(1.0), np.float64(2.0)
    assert _gradients(Max(), low, high, high) == (0.0, 1.0, 0.0)
    assert _gradients(Min(), high, low, low) == (0.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("gate", "first_wins"), [(Max(), [1.0, 0.0, 1.0]), (Min(), [1.0, 1.0, 0.0])]
)
def test_ties_are_settled_number_by_number_in_arrays_that_broadcast(
    gate: Max | Min, first_wins: list[float]
) -> None:
    inputs = (np.zeros((2, 1)), np.array([0.0, 1.0, -1.0]))
    first, second = _gradients(gate, *inputs, upstream=np.ones((2, 3)))
    np.testing.assert_array_equal(first, [first_wins, first_wins])
    np.testing.assert_array_equal(second, 1.0 - first)


@pytest.mark.parametrize("gate", [Max(), Min()])
@pytest.mark.parametrize("x", NUMBERS)
@pytest.mark.parametrize("y", NUMBERS)
@pytest.mark.parametrize("z", NUMBERS)
def test_one_input_takes_all_and_branch_names_it(
    gate: Max | Min, x: float, y: float, z: float
) -> None:
    inputs = (np.float64(x), np.float64(y), np.float64(z))
    winner = int(gate.branch(*inputs))
    assert np.array_equal(inputs[winner], gate.forward(*inputs), equal_nan=True)
    expected = [3.0 if port == winner else 0.0 for port in range(3)]
    assert list(_gradients(gate, *inputs, upstream=np.float64(3.0))) == expected


@pytest.mark.parametrize("gate", [Max(), Min()])
def test_the_first_nan_wins(gate: Max | Min) -> None:
    one, nan = np.float64(1.0), np.float64(np.nan)
    assert _gradients(gate, one, nan, nan) == (0.0, 1.0, 0.0)
    assert np.isnan(gate.forward(one, nan, nan))


@pytest.mark.parametrize("upstream", [np.inf, -np.inf, np.nan])
def test_losers_get_zero_even_of_what_is_not_finite(upstream: float) -> None:
    _, lost = _gradients(Max(), np.float64(2.0), np.float64(1.0), upstream=np.float64(upstream))
    assert lost == 0.0
