"""The rules of gradient descent, beside PyTorch's and by themselves."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import TrainingError
from chainrule.training.clipping import Clipping
from chainrule.training.optimisers import OPTIMISERS, SGD, Adam, Momentum, Optimiser
from chainrule.training.schedules import (
    SCHEDULES,
    ConstantRate,
    CosineDecay,
    ExponentialDecay,
    LinearDecay,
    StepDecay,
)
from tests.engine.training.torch_cases import CLIPPED, RULES, SCHEDULED, START, slope

RECORDED = json.loads(
    Path(__file__).with_name("recorded").joinpath("torch.json").read_text("utf-8")
)
RULE = {each.name: each for each in OPTIMISERS}
SCHEDULE = {each.name: each for each in SCHEDULES}


@pytest.mark.parametrize(
    ("case", "way"), [*zip(RULES, RECORDED["rules"], strict=True)], ids=[name for name, _ in RULES]
)
def test_a_rule_goes_the_way_of_pytorch(case: tuple[str, dict], way: list[list[float]]) -> None:
    rule = RULE[case[0]](**case[1])
    weights, memory = np.array(START), rule.start(len(START))
    for expected in way:
        weights, memory = rule.step(weights, slope(weights), memory)
        np.testing.assert_allclose(weights, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("case", "expected"),
    [*zip(SCHEDULED, RECORDED["schedules"], strict=True)],
    ids=[name for name, *_ in SCHEDULED],
)
def test_a_schedule_goes_the_way_of_pytorch(case: tuple, expected: list[float]) -> None:
    schedule = SCHEDULE[case[0]](**case[1])
    found = [schedule.factor(step) for step in range(case[2])]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("case", "expected"), [*zip(CLIPPED, RECORDED["clipped"], strict=True)], ids=str
)
def test_clipping_agrees_with_pytorch_up_to_what_it_adds_to_the_norm(
    case: tuple, expected: list[float]
) -> None:
    kind, limit, gradient = case
    clipping = Clipping(norm=limit) if kind == "norm" else Clipping(value=limit)
    np.testing.assert_allclose(clipping.clip(np.array(gradient)), expected, rtol=1e-6)


def test_momentum_without_any_is_plain_descent() -> None:
    gradient, weights = np.array([1.0, -2.0]), np.array([0.5, 0.5])
    plain, heavy = SGD(0.1), Momentum(0.1, momentum=0.0)
    expected, _ = plain.step(weights, gradient, plain.start(2))
    found, _ = heavy.step(weights, gradient, heavy.start(2))
    np.testing.assert_array_equal(found, expected)


def test_the_first_step_of_adam_has_the_length_of_the_learning_rate() -> None:
    rule = Adam(0.01)
    weights, _ = rule.step(np.zeros(2), np.array([1e3, -1e-3]), rule.start(2))
    np.testing.assert_allclose(weights, [-0.01, 0.01], rtol=1e-4)


@pytest.mark.parametrize("kind", OPTIMISERS, ids=lambda kind: kind.name)
def test_a_step_leaves_what_it_was_given_as_it_was(kind: type[Optimiser]) -> None:
    rule = kind(weight_decay=0.1)
    weights, gradient, memory = np.ones(3), np.full(3, 2.0), rule.start(3)
    first, after = rule.step(weights, gradient, memory)
    again, _ = rule.step(weights, gradient, memory)
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(weights, np.ones(3))
    assert (memory.steps, after.steps) == (0, 1)
    assert all((each == 0).all() for each in memory.vectors)


@pytest.mark.parametrize("kind", OPTIMISERS, ids=lambda kind: kind.name)
def test_every_setting_says_what_it_is(kind: type[Optimiser]) -> None:
    for each in fields(kind):
        assert each.metadata.get("summary", "").endswith(".") or each.name == "decoupled"
    assert kind.formula
    assert kind.source


def test_a_setting_out_of_its_range_is_refused_with_its_name() -> None:
    with pytest.raises(TrainingError, match="the learning rate is -1; give it a number from 0 on"):
        SGD(-1)
    with pytest.raises(TrainingError, match=r"the momentum is 1; .* from 0 on and below 1"):
        Momentum(momentum=1)
    with pytest.raises(TrainingError, match="the learning rate is nan"):
        Adam(float("nan"))


@given(st.integers(1, 20), st.integers(0, 60))
def test_a_warm_up_rises_to_what_the_schedule_is_otherwise(warm_up: int, step: int) -> None:
    ramp = min(1.0, (step + 1) / warm_up)
    assert ConstantRate(warm_up).factor(step) == pytest.approx(ramp)
    assert CosineDecay(warm_up).factor(step) == pytest.approx(ramp * CosineDecay().factor(step))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: StepDecay(every=0), "0 steps"),
        (lambda: ExponentialDecay(gamma=1.5), "γ"),
        (lambda: LinearDecay(end=-1), "the share at the end is -1"),
        (lambda: ConstantRate(warm_up=-2), "-2 steps"),
        (lambda: Clipping(norm=0.0), "cut to 0"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(make, says: str) -> None:
    with pytest.raises(TrainingError, match=says):
        make()


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=5), st.floats(0.01, 100))
def test_a_clipped_gradient_is_within_its_norm_and_keeps_its_direction(
    gradient: list[float], norm: float
) -> None:
    given_, cut = np.array(gradient), Clipping(norm=norm).clip(np.array(gradient))
    assert np.linalg.norm(cut) <= norm * (1 + 1e-12) or np.array_equal(cut, given_)
    assert np.linalg.norm(cut) <= max(norm * (1 + 1e-12), np.linalg.norm(given_))
    assert cut @ given_ >= 0
