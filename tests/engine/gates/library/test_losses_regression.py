"""Losses of numbers: where parabolas become lines, and how the losses are related."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ParameterError
from chainrule.gates.gate import Piecewise
from chainrule.gates.library.losses_regression import (
    HuberLoss,
    L1Loss,
    MseLoss,
    SmoothL1Loss,
    WeightedMseLoss,
)

X, ZEROS = np.array([-3.0, -0.5, 0.0, 0.5, 2.0]), np.zeros(5)


def test_huber_is_half_the_square_nearby_and_a_line_far_away() -> None:
    np.testing.assert_allclose(
        HuberLoss("none", delta=1.0).forward(X, ZEROS), [2.5, 0.125, 0.0, 0.125, 1.5]
    )


def test_smooth_l1_is_huber_over_beta() -> None:
    huber = HuberLoss("none", delta=0.7).forward(X, ZEROS)
    smooth = SmoothL1Loss("none", beta=0.7).forward(X, ZEROS)
    np.testing.assert_allclose(smooth, huber / 0.7, rtol=1e-15)


@pytest.mark.parametrize("gate", [HuberLoss(), SmoothL1Loss(), L1Loss()])
def test_the_branch_changes_where_the_piece_does(gate: Piecewise) -> None:
    inside = [0.0] * 3 if not isinstance(gate, L1Loss) else [-1.0, 0.0, 1.0]
    np.testing.assert_array_equal(gate.branch(X, ZEROS), [-1.0, *inside, 1.0])


@pytest.mark.parametrize(
    ("kind", "name"), [(HuberLoss, "delta"), (SmoothL1Loss, "beta")], ids=["huber", "smooth"]
)
def test_a_distance_of_zero_is_refused(kind: type[HuberLoss], name: str) -> None:
    with pytest.raises(ParameterError, match=f"{name} must be above 0, not 0; "):
        kind.create({name: 0.0})


def test_equal_weights_of_one_make_the_plain_squared_error() -> None:
    target = np.arange(5.0)
    weighted = WeightedMseLoss().forward(X, target, np.ones(5))
    assert weighted == pytest.approx(MseLoss().forward(X, target), rel=1e-15)
