"""Margin losses: who pays, and how the lecture's differs from PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError, ValuesError
from chainrule.gates.library.losses_margin import MultiLabelMarginLoss, MultiMarginLoss, SvmLoss

ONE = np.float64(1.0)


def test_the_right_class_pays_for_every_class_within_the_margin() -> None:
    scores, target = np.array([3.2, 5.1, -1.7]), np.float64(0.0)
    assert SvmLoss().forward(scores, target) == pytest.approx(2.9)
    np.testing.assert_array_equal(SvmLoss().backward(ONE, ONE, scores, target)[0], [-1.0, 1.0, 0.0])


def test_a_score_just_at_the_margin_gets_nothing() -> None:
    gradients = SvmLoss().backward(ONE, ONE, np.array([1.0, 0.0]), np.float64(0.0))
    np.testing.assert_array_equal(gradients[0], [0.0, 0.0])


def test_pytorch_divides_by_the_number_of_classes_and_the_lecture_does_not() -> None:
    scores, target = np.array([[1.0, -2.0, 0.5, 0.75], [2.0, 0.0, 1.5, 3.0]]), np.array([2.0, 0.0])
    svm, torch = SvmLoss("none"), MultiMarginLoss("none")
    np.testing.assert_allclose(
        torch.forward(scores, target), svm.forward(scores, target) / 4.0, rtol=1e-15
    )


def test_the_branch_tells_which_classes_are_within_the_margin() -> None:
    scores = np.array([3.2, 5.1, -1.7])
    for gate in (SvmLoss(), MultiMarginLoss()):
        np.testing.assert_array_equal(gate.branch(scores, np.float64(0.0)), [0.0, 1.0, 0.0])


def test_a_power_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ParameterError, match="p 3 is not offered; choose 1 or 2"):
        MultiMarginLoss(p=3)


def test_the_list_of_right_classes_ends_at_the_first_negative_number() -> None:
    x = np.array([0.1, 0.2, 0.4, 0.8])
    ended, longer = np.array([3.0, 0.0, -1.0, 1.0]), np.array([3.0, 0.0, -1.0, 99.0])
    gate = MultiLabelMarginLoss()
    assert gate.forward(x, ended) == gate.forward(x, longer) == pytest.approx(0.85)


def test_a_row_without_right_classes_costs_nothing() -> None:
    x, none = np.array([0.1, 0.2]), np.array([-1.0, 0.0])
    gate = MultiLabelMarginLoss()
    assert gate.forward(x, none) == 0.0
    np.testing.assert_array_equal(gate.backward(ONE, ONE, x, none)[0], [0.0, 0.0])
    np.testing.assert_array_equal(gate.branch(x, none), np.zeros((2, 2)))


def test_a_right_class_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValuesError, match="target holds 2, but positions count from 0 to 1"):
        MultiLabelMarginLoss().forward(np.array([0.1, 0.2]), np.array([2.0, -1.0]))


def test_scores_of_many_labels_are_a_vector_or_rows() -> None:
    with pytest.raises(ShapeError, match="neither a vector of scores nor rows of them; reshape it"):
        MultiLabelMarginLoss().infer_shape((2, 3, 4), (2, 3, 4))
