"""Hints go from the rule to the numbers, and never as far as the answer."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.diagram.numbers import format_value
from chainrule.graph.exercises import Answers, Asked, Blank, Exercise
from chainrule.graph.graph import GateGraph
from chainrule.practice.blanks import truth_of
from chainrule.practice.generator import generate
from chainrule.practice.hints import OWN_NUMBERS_COUNT, Hints, hints_for
from chainrule.practice.levels import Level
from chainrule.practice.marking import Verdict, mark_answers
from tests.helpers.practice import (
    exercise_graph,
    gradient,
    right_answers,
    set_exercise,
    the_exercise,
    value,
    wire,
)


def hints(graph: GateGraph, blank: Blank, answers: Answers | None = None) -> Hints:
    return hints_for(graph, Passes(graph), the_exercise(graph), answers or Answers(), blank)


@given(st.sampled_from(Level), st.integers(0, 10**6))
def test_every_blank_has_three_steps(level: Level, seed: int) -> None:
    graph = generate(level, seed)
    for answers in (Answers(), right_answers(graph)):
        for blank in the_exercise(graph).blanks:
            rule, symbols, numbers = hints(graph, blank, answers)
            assert rule.endswith((".", ":"))
            assert " = " in symbols
            assert " = " in numbers
            assert symbols.count("(") == symbols.count(")")
            assert numbers.count("(") == numbers.count(")")
            assert "((" not in numbers or level is Level.VECTORS


def test_the_value_of_a_sum() -> None:
    assert hints(exercise_graph(), value("q")) == (
        "The sum of its inputs.",
        "q = x + y",
        "q = −2.00 + 5.00",
    )


def test_a_number_of_the_learner_s_own_is_said_to_be_theirs_and_to_count() -> None:
    graph = exercise_graph()
    wrong = Answers().with_answer(value("q"), "-99")
    numbers = hints(graph, value("f"), wrong).numbers
    assert numbers == f"f = (−99.00) × (−4.00), with your q = −99. {OWN_NUMBERS_COUNT}"
    right = Answers().with_answer(value("f"), "396")
    following = mark_answers(
        graph, Passes(graph), the_exercise(graph), Answers({**wrong.texts, **right.texts})
    ).mark(value("f"))
    assert following is not None
    assert following.verdict is Verdict.FOLLOWS


def test_an_answer_that_stands_in_no_equation_is_not_named_beside_it() -> None:
    graph = exercise_graph()
    answered = Answers().with_answer(value("f"), "7").with_answer(value("q"), "99")
    assert hints(graph, value("q"), answered).numbers == "q = −2.00 + 5.00"
    assert "your f" not in hints(graph, gradient("z"), answered).numbers
    assert ", with your q = 99." in hints(graph, gradient("z"), answered).numbers


def test_a_number_that_the_program_has_shown_is_not_the_learner_s_own() -> None:
    shown = Answers().with_answer(value("q"), "3", shown=True)
    assert hints(exercise_graph(), value("f"), shown).numbers == "f = 3.00 × (−4.00)"


def test_what_is_not_found_yet_stands_as_its_name() -> None:
    graph = exercise_graph()
    assert hints(graph, value("f")).numbers == "f = q × (−4.00)"
    answered = Answers().with_answer(value("q"), "3")
    assert hints(graph, value("f"), answered).numbers.startswith("f = 3.00 × (−4.00), with your q")
    wrong = Answers().with_answer(value("q"), "three")
    assert hints(graph, value("f"), wrong).numbers == "f = q × (−4.00)"


def test_a_gradient_is_local_times_upstream() -> None:
    rule, symbols, numbers = hints(exercise_graph(), gradient("x"))
    assert rule.startswith("Downstream is local times upstream. A sum passes")
    assert symbols == "∂f/∂x = ∂q/∂x · ∂f/∂q, where ∂q/∂x = 1"
    assert numbers == "∂f/∂x = 1.00 × ∂f/∂q"
    assert hints(exercise_graph(), gradient("z")).numbers == "∂f/∂z = q × 1.00"


def test_a_local_gradient_that_is_a_hidden_value_stands_as_its_name() -> None:
    """The slope of exp is its value, which is asked for, too."""
    graph = exercise_graph("q = exp(x); f = q * y", {"x": 1.0, "y": 2.0})
    assert hints(graph, gradient("x")).numbers == "∂f/∂x = q × ∂f/∂q"
    slip = Answers().with_answer(value("q"), "2.8")
    assert "2.72" not in hints(graph, gradient("x"), slip).numbers
    at_the_end = exercise_graph("f = exp(x)", {"x": 1.0})
    assert hints(at_the_end, gradient("x")).numbers == "∂f/∂x = f × 1.00"
    vector = exercise_graph("q = exp(x); f = sum(q)", {"x": [1.0, 2.0]})
    assert hints(vector, gradient("x")).numbers == "∂f/∂x = q ⊙ ∂f/∂q"


def test_a_local_gradient_stands_as_its_number_where_that_is_given() -> None:
    graph = exercise_graph("q = exp(x); f = q * y", {"x": 1.0, "y": 2.0})
    set_exercise(graph, Exercise((gradient("x"), gradient("q"))))
    assert hints(graph, gradient("x")).numbers == "∂f/∂x = 2.72 × ∂f/∂q"


def test_branches_add() -> None:
    graph = exercise_graph("q = x*y; r = x*z; f = q*r", {"x": 2, "y": 3, "z": 5})
    rule, symbols, numbers = hints(graph, gradient("x"))
    assert rule == "Where a value is used several times, the gradients of its branches add."
    assert symbols == "∂f/∂x = ∂q/∂x · ∂f/∂q + ∂r/∂x · ∂f/∂r"
    assert numbers == "∂f/∂x = 3.00 × ∂f/∂q + (5.00 × ∂f/∂r)"
    answered = Answers().with_answer(wire("q", 0), "30")
    numbers = hints(graph, gradient("x"), answered).numbers
    assert numbers.startswith("∂f/∂x = 30.00 + (5.00 × ∂f/∂r), with your ∂f/∂x along the wire to q")


@given(st.sampled_from(Level), st.integers(0, 10**6))
def test_no_number_in_a_hint_is_one_that_is_hidden(level: Level, seed: int) -> None:
    """Numbers that stand in a hint are those of leaves, the seed, and local gradients of them."""
    graph = generate(level, seed)
    passes = Passes(graph)
    given_numbers = {
        format_value(np.float64(each), 2)
        for node in graph
        if node.is_leaf
        for each in np.ravel(np.asarray(node.value))
    }
    for blank in the_exercise(graph).blanks:
        if blank.asked is not Asked.VALUE:
            continue
        number = truth_of(graph, passes, blank)
        assert number is not None
        found = re.findall(r"−?\d+\.\d\d", hints(graph, blank).numbers)
        assert {*found} <= given_numbers
