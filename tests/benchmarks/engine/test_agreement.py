"""A contender that computes something else is found out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.benchmarks.engine.agreement import disagreement, extent
from tests.benchmarks.engine.reference import Numbers

RIGHT = Numbers(2.0, np.array([1.0, 0.0, -3e-8]), np.array([0.5, 4e7]))


def test_the_same_numbers_agree() -> None:
    assert disagreement(RIGHT, RIGHT) is None


def test_numbers_that_were_rounded_otherwise_agree() -> None:
    near = Numbers(2.0 + 1e-15, RIGHT.leaves, np.array([0.5 - 1e-15, 4e7 + 1e-6]))
    assert disagreement(near, RIGHT) is None


def test_what_cancels_may_leave_a_rest() -> None:
    assert disagreement(replace(RIGHT, leaves=np.array([1.0, 2e-16, -3e-8])), RIGHT) is None


def test_what_a_contender_does_not_keep_is_not_compared() -> None:
    assert disagreement(Numbers(2.0), RIGHT) is None


def test_the_first_leaves_alone_can_be_compared() -> None:
    assert disagreement(Numbers(2.0, np.array([1.0])), RIGHT) is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (replace(RIGHT, loss=2.1), "the loss is 2.1 instead of 2.0"),
        (replace(RIGHT, loss=float("nan")), "the loss is nan instead of 2.0"),
        (replace(RIGHT, leaves=np.array([1.0, 1e-12, -3e-8])), "the gradient of leaf 1"),
        (replace(RIGHT, leaves=np.array([1.0, 0.0, -3.1e-8])), "the gradient of leaf 2"),
        (replace(RIGHT, wires=np.array([0.5, 4.1e7])), "the gradient of wire 1"),
        (replace(RIGHT, wires=np.zeros(3)), "there are 3 gradients of each wire"),
    ],
)
def test_another_number_is_named(wrong: Numbers, says: str) -> None:
    assert says in (disagreement(wrong, RIGHT) or "")


def test_it_is_said_what_was_compared() -> None:
    assert extent(RIGHT) == "loss, leaves, wires"
    assert extent(Numbers(2.0)) == "loss"
