"""Hints go from the rule to the numbers, and never as far as the answer."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.diagram.numbers import format_value
from chainrule.graph.exercises import Answers, Asked, Blank
from chainrule.graph.graph import GateGraph
from chainrule.practice.blanks import truth_of
from chainrule.practice.generator import generate
from chainrule.practice.hints import Hints, hints_for
from chainrule.practice.levels import Level
from tests.helpers.practice import (
    exercise_graph,
    gradient,
    right_answers,
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


def test_what_is_not_found_yet_stands_as_its_name() -> None:
    graph = exercise_graph()
    assert hints(graph, value("f")).numbers == "f = q × (−4.00)"
    answered = Answers().with_answer(value("q"), "3")
    assert hints(graph, value("f"), answered).numbers == "f = 3.00 × (−4.00)"
    wrong = Answers().with_answer(value("q"), "three")
    assert hints(graph, value("f"), wrong).numbers == "f = q × (−4.00)"


def test_a_gradient_is_local_times_upstream() -> None:
    rule, symbols, numbers = hints(exercise_graph(), gradient("x"))
    assert rule.startswith("Downstream is local times upstream. A sum passes")
    assert symbols == "∂f/∂x = ∂q/∂x · ∂f/∂q, where ∂q/∂x = 1"
    assert numbers == "∂f/∂x = 1.00 × ∂f/∂q"
    assert hints(exercise_graph(), gradient("z")).numbers == "∂f/∂z = q × 1.00"


def test_branches_add() -> None:
    graph = exercise_graph("q = x*y; r = x*z; f = q*r", {"x": 2, "y": 3, "z": 5})
    rule, symbols, numbers = hints(graph, gradient("x"))
    assert rule == "Where a value is used several times, the gradients of its branches add."
    assert symbols == "∂f/∂x = ∂q/∂x · ∂f/∂q + ∂r/∂x · ∂f/∂r"
    assert numbers == "∂f/∂x = 3.00 × ∂f/∂q + (5.00 × ∂f/∂r)"
    answered = Answers().with_answer(wire("q", 0), "30")
    assert hints(graph, gradient("x"), answered).numbers == "∂f/∂x = 30.00 + (5.00 × ∂f/∂r)"


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
