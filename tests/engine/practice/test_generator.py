"""Generated exercises are nice, have answers, and are the same everywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.errors import ChainruleError
from chainrule.expression.writer import formula_of
from chainrule.files import dumps, loads
from chainrule.practice.blanks import possible_blanks, truth_of
from chainrule.practice.generator import LARGEST_SEED, generate
from chainrule.practice.levels import Level
from tests.helpers.practice import marked, right_answers, the_exercise

SEEDS = st.integers(0, LARGEST_SEED)
LEVELS = st.sampled_from(Level)


@given(LEVELS, SEEDS)
def test_every_exercise_runs_and_all_of_its_numbers_are_asked_for(level: Level, seed: int) -> None:
    graph = generate(level, seed)
    passes = Passes(graph)
    assert passes.output == "f"
    assert not passes.faults
    assert passes.all_finite
    exercise = the_exercise(graph)
    assert exercise.blanks == tuple(possible_blanks(graph, passes))
    assert (exercise.level, exercise.seed, exercise.decimals) == (level.value, seed, 2)
    assert 5 <= len(exercise.blanks) <= 24
    for blank in exercise.blanks:
        assert np.all(np.abs(np.asarray(truth_of(graph, passes, blank))) <= 100)


@given(LEVELS, SEEDS)
def test_right_answers_get_all_points(level: Level, seed: int) -> None:
    graph = generate(level, seed)
    report = marked(graph, right_answers(graph))
    assert report.score == report.most == len(the_exercise(graph).blanks)


@given(LEVELS, SEEDS)
def test_the_same_seed_gives_the_same_bytes_and_they_can_be_read(level: Level, seed: int) -> None:
    data = dumps(generate(level, seed))
    assert dumps(generate(level, seed)) == data
    assert dumps(loads(data)) == data


@given(SEEDS)
def test_no_max_is_at_a_tie(seed: int) -> None:
    graph = generate(Level.MAX, seed)
    passes = Passes(graph)
    for node in graph:
        if node.kind.name == "max":
            one, other = (passes.value(each) for each in graph.inputs(node.id) if each is not None)
            assert one != other


@pytest.mark.parametrize("level", Level)
def test_a_class_gets_different_sheets(level: Level) -> None:
    sheets = {_problem(level, seed) for seed in range(30)}
    assert len(sheets) >= 20


# As they came out when this was written: they must stay, for sheets are printed and kept.
RECORDED = {
    (Level.ADD_MUL, 1): ("f = (x + z)*y with x=2.0 z=2.0 y=-2.0"),
    (Level.ADD_MUL, 2026): ("f = z*(y + x) with y=-5.0 x=-2.0 z=-2.0"),
    (Level.BRANCHES, 1): ("q = x + y; f = q*x + q*y with x=3.0 y=-2.0"),
    (Level.BRANCHES, 2026): ("q = x + y; f = q*x + q*y with x=3.0 y=2.0"),
    (Level.MAX, 1): ("f = max(max(x, y)*z, w)*x with x=2.0 y=5.0 z=2.0 w=-4.0"),
    (Level.MAX, 2026): ("f = max(x, y)*max(z, w) with x=5.0 y=-2.0 z=-5.0 w=-4.0"),
    (Level.SIGMOID_CHAIN, 1): (
        "f = 1/(1 + exp(-(w0*x0 + w1*x1 + w2))) with w0=-2.0 x0=2.0 w1=-1.0 x1=-3.0 w2=-1.0"
    ),
    (Level.SIGMOID_CHAIN, 2026): ("f = 1/(1 + exp(-(w0*x0 + w1))) with w0=-3.0 x0=1.0 w1=2.0"),
    (Level.VECTORS, 1): ("f = sum((x + b)*w) with x=[-3.0, -1.0, -3.0] b=3.0 w=[-3.0, -1.0, 2.0]"),
    (Level.VECTORS, 2026): (
        "f = sum(max(x*w, y)) with x=[-2.0, 1.0, -1.0] w=[-2.0, 1.0, -3.0] y=[3.0, 3.0, -2.0]"
    ),
}


@pytest.mark.parametrize(("sheet", "problem"), RECORDED.items(), ids=str)
def test_a_seed_gives_what_it_always_gave(sheet: tuple[Level, int], problem: str) -> None:
    assert _problem(*sheet) == problem


def _problem(level: Level, seed: int) -> str:
    graph = generate(level, seed)
    values = (f"{node.id}={np.asarray(node.value).tolist()}" for node in graph if node.is_leaf)
    return f"{formula_of(graph)} with {' '.join(values)}"


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(ChainruleError, match="a seed is a whole number from 0 to"):
        generate(Level.MAX, seed)
