"""cross_entropy and nll_loss: digits, overflow, probabilities as targets."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chainrule.arrays import Array
from chainrule.errors import ParameterError
from chainrule.gates.library.activation import LogSoftmax
from chainrule.gates.library.losses_classification import CrossEntropy, NllLoss

ONE = np.float64(1.0)


def test_the_loss_of_a_sure_and_right_score_keeps_its_digits() -> None:
    loss = CrossEntropy().forward(np.array([40.0, 0.0]), np.float64(0.0))
    assert loss == pytest.approx(math.exp(-40.0), rel=1e-15, abs=0.0)


def test_huge_scores_do_not_overflow() -> None:
    scores = np.array([[1e300, -1e300], [1000.0, 1000.0]])
    losses = CrossEntropy("none").forward(scores, np.array([0.0, 1.0]))
    np.testing.assert_allclose(losses, [0.0, math.log(2.0)], rtol=1e-15)


def test_a_class_that_is_excluded_by_an_infinity_does_no_harm() -> None:
    scores, target = np.array([-np.inf, 0.0, 0.0]), np.float64(1.0)
    with np.errstate(invalid="ignore"):
        loss = CrossEntropy().forward(scores, target)
        gradients = CrossEntropy().backward(ONE, loss, scores, target)
    assert loss == pytest.approx(math.log(2.0), rel=1e-15)
    np.testing.assert_allclose(gradients[0], [0.0, -0.5, 0.5])


def test_the_gradient_of_scores_is_softmax_minus_one_hot() -> None:
    scores = np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
    shares = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    for_scores = CrossEntropy("sum").backward(ONE, ONE, scores, np.array([2.0, 0.0]))[0]
    np.testing.assert_allclose(for_scores, shares - np.eye(3)[[2, 0]], rtol=1e-14)


def test_positions_get_zeros_and_probabilities_their_own_gradient() -> None:
    scores, shares = np.array([1.0, 2.0, 0.5]), np.array([0.2, 0.3, 0.5])
    logs = LogSoftmax().forward(scores)
    assert CrossEntropy().backward(ONE, ONE, scores, np.float64(2.0))[1] == 0.0
    for_target = CrossEntropy().backward(ONE, ONE, scores, shares)[1]
    np.testing.assert_allclose(for_target, -logs, rtol=1e-15)


def test_cross_entropy_is_log_softmax_and_nll_loss() -> None:
    scores, target = np.array([[1.0, -2.0, 0.5], [3.0, 1.0, 2.0]]), np.array([2.0, 0.0])
    staged = NllLoss().forward(LogSoftmax(1).forward(scores), target)
    assert CrossEntropy().forward(scores, target) == pytest.approx(staged, rel=1e-15)


@pytest.mark.parametrize("target", [np.float64(1.0), np.array([0.0, 1.0, 0.0])])
def test_a_fully_smoothed_target_asks_for_all_classes_alike(target: Array) -> None:
    scores = np.array([1.0, 2.0, 0.5])
    smooth = CrossEntropy(label_smoothing=1.0).forward(scores, target)
    even = CrossEntropy().forward(scores, np.full(3, 1.0 / 3.0))
    assert smooth == pytest.approx(even, rel=1e-15)


@pytest.mark.parametrize("wrong", [-0.1, 1.5])
def test_smoothing_beyond_the_whole_target_is_refused(wrong: float) -> None:
    with pytest.raises(ParameterError, match="is no share of the target; choose one from 0 to 1"):
        CrossEntropy(label_smoothing=wrong)
