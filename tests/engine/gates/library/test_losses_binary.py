"""Losses of yes or no: saturation, kinks, and what only the sign of a target says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.gates.library.activation import Sigmoid
from chainrule.gates.library.losses_binary import (
    BinaryCrossEntropy,
    BinaryCrossEntropyWithLogits,
    HingeEmbeddingLoss,
    HingeLoss,
    SoftMarginLoss,
)

ONE = np.float64(1.0)


def test_a_probability_of_zero_or_one_costs_at_most_a_hundred() -> None:
    gate = BinaryCrossEntropy("none")
    with np.errstate(divide="ignore"):
        losses = gate.forward(np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]))
        gradients = gate.backward(np.ones(2), losses, np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    np.testing.assert_array_equal(losses, [100.0, 100.0, 0.0])
    np.testing.assert_array_equal(gradients[0], [-1e12, 1e12])


def test_logits_give_what_their_probabilities_give() -> None:
    x, target = np.array([0.5, -1.2, 3.0]), np.array([0.0, 1.0, 0.25])
    staged = BinaryCrossEntropy().forward(Sigmoid().forward(x), target)
    fused = BinaryCrossEntropyWithLogits().forward(x, target)
    assert fused == pytest.approx(staged, rel=1e-14)


@pytest.mark.parametrize(("x", "target"), [(50.0, 1.0), (-50.0, 0.0)])
def test_sure_and_right_logits_keep_their_tiny_loss_and_gradient(x: float, target: float) -> None:
    gate = BinaryCrossEntropyWithLogits()
    inputs = np.float64(x), np.float64(target)
    assert gate.forward(*inputs) == pytest.approx(math.exp(-50.0), rel=1e-14, abs=0.0)
    gradient = gate.backward(ONE, ONE, *inputs)[0]
    assert gradient == pytest.approx(math.copysign(math.exp(-50.0), -x), rel=1e-14, abs=0.0)


def test_huge_logits_and_margins_do_not_overflow() -> None:
    x = np.array([1e300, -1e300])
    for gate in (BinaryCrossEntropyWithLogits("none"), SoftMarginLoss("none")):
        assert np.all(np.isfinite(gate.forward(x, np.ones(2))))


def test_a_score_at_the_margin_is_on_the_flat_side() -> None:
    x, target = np.array([1.0, 0.5]), np.array([1.0, 1.0])
    gate = HingeLoss("sum")
    np.testing.assert_array_equal(gate.backward(ONE, ONE, x, target)[0], [0.0, -1.0])
    np.testing.assert_array_equal(gate.branch(x, target), [0.0, 1.0])


def test_distances_of_like_pairs_count_and_of_unlike_ones_up_to_the_margin() -> None:
    x, target = np.array([0.4, 0.4, 1.5]), np.array([1.0, -1.0, -1.0])
    gate = HingeEmbeddingLoss("none")
    np.testing.assert_allclose(gate.forward(x, target), [0.4, 0.6, 0.0])
    np.testing.assert_array_equal(gate.branch(x, target), [1.0, 1.0, 0.0])
    for_x, for_target = gate.backward(np.ones(3), x, x, target)
    np.testing.assert_array_equal(for_x, [1.0, -1.0, 0.0])
    np.testing.assert_array_equal(for_target, np.zeros(3))
