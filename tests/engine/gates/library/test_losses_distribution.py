"""The divergence of distributions, and the penalties of weights."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.gates.library.losses_distribution import KlDiv, L1Penalty, L2Penalty

SHARES = np.array([[0.5, 0.5, 0.0], [0.2, 0.3, 0.5]])
OTHERS = np.array([[0.25, 0.5, 0.25], [0.2, 0.3, 0.5]])


def test_the_divergence_from_itself_is_zero_and_a_share_of_zero_costs_nothing() -> None:
    with np.errstate(divide="ignore", invalid="ignore"):
        losses = KlDiv("none").forward(np.log(OTHERS), SHARES)
    np.testing.assert_allclose(losses, [[0.5 * np.log(2.0), 0.0, 0.0], [0.0] * 3], atol=1e-16)


def test_batchmean_divides_by_the_rows_alone() -> None:
    gate = KlDiv("batchmean", log_target=True)
    logs = np.log(OTHERS), np.log(SHARES + 0.1)
    total = KlDiv("sum", log_target=True).forward(*logs)
    assert gate.forward(*logs) == pytest.approx(total / 2.0, rel=1e-15)
    number = np.float64(-1.0), np.float64(-2.0)
    assert gate.forward(*number) == KlDiv("sum", log_target=True).forward(*number)


def test_the_penalties_are_the_lecture_s_sums_without_a_half() -> None:
    weights = np.array([[3.0, -4.0]])
    assert L1Penalty(0.1).forward(weights) == pytest.approx(0.7)
    assert L2Penalty(0.1).forward(weights) == pytest.approx(2.5)
    (slope,) = L2Penalty(0.1).backward(np.float64(1.0), np.float64(2.5), weights)
    np.testing.assert_allclose(slope, 0.2 * weights)


def test_a_weight_of_zero_stays_where_it_is() -> None:
    x = np.array([0.0, 2.0])
    np.testing.assert_array_equal(L1Penalty().backward(np.float64(1.0), x, x)[0], [0.0, 1.0])
    np.testing.assert_array_equal(L1Penalty().branch(x), [0.0, 1.0])
