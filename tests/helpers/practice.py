"""Exercises for tests: of any graph, and the answers that are right or not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.exercises import (
    ANSWERS,
    SECTION,
    Answers,
    Asked,
    Blank,
    Exercise,
    answers_json,
    exercise_json,
    exercise_of,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.sections import SetSection
from chainrule.practice.blanks import possible_blanks, truth_of
from chainrule.practice.marking import Mark, Report, mark_answers

LECTURE = "q = x + y; f = q * z"
LECTURE_VALUES = {"x": -2.0, "y": 5.0, "z": -4.0}


def value(node: str) -> Blank:
    return Blank(Asked.VALUE, node)


def gradient(node: str) -> Blank:
    return Blank(Asked.GRADIENT, node)


def wire(target: str, port: int) -> Blank:
    return Blank(Asked.WIRE, target, port)


def exercise_graph(
    formula: str = LECTURE, values: Mapping[str, object] | None = None, decimals: int = 2
) -> GateGraph:
    """Return the graph of a formula in which everything that can be hidden is."""
    graph = graph_from_formula(formula, values or LECTURE_VALUES)  # pyright: ignore[reportArgumentType] - numbers and lists
    set_exercise(graph, Exercise(tuple(possible_blanks(graph, Passes(graph))), decimals=decimals))
    return graph


def set_exercise(graph: GateGraph, exercise: Exercise) -> None:
    SetSection(SECTION, exercise_json(exercise)).apply(graph)


def set_answers(graph: GateGraph, answers: Answers) -> None:
    SetSection(ANSWERS, answers_json(answers)).apply(graph)


def typed(number: Array, decimals: int = 2) -> str:
    """Return a number as a learner types it, rounded."""
    rounded = np.round(number, decimals) + 0.0
    keep = np.where((rounded == 0) & (number != 0), number, rounded)
    return str(np.asarray(keep).tolist())


def exact(number: Array) -> str:
    return str(np.asarray(number).tolist())


def the_exercise(graph: GateGraph) -> Exercise:
    exercise = exercise_of(graph.header)
    assert exercise is not None
    return exercise


def right_answers(graph: GateGraph) -> Answers:
    """Return the right answer to each blank, rounded as is asked for."""
    exercise, passes, answers = the_exercise(graph), Passes(graph), Answers()
    for blank in exercise.blanks:
        number = truth_of(graph, passes, blank)
        assert number is not None
        answers = answers.with_answer(blank, typed(number, exercise.decimals))
    return answers


def marked(graph: GateGraph, answers: Answers) -> Report:
    return mark_answers(graph, Passes(graph), the_exercise(graph), answers)


def marked_with(graph: GateGraph, blank: Blank, text: str) -> Mark:
    """Return the mark of one answer among right ones."""
    mark = marked(graph, right_answers(graph).with_answer(blank, text)).mark(blank)
    assert mark is not None
    return mark
