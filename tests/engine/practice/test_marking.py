"""Answers are marked by recomputing: right, following, partly right or wrong, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.graph.exercises import Answers, Blank
from chainrule.graph.graph import GateGraph
from chainrule.practice.blanks import truth_of
from chainrule.practice.diagnosis import suspects
from chainrule.practice.faults import SHARES, Fault
from chainrule.practice.generator import generate
from chainrule.practice.levels import Level
from chainrule.practice.marking import Verdict
from chainrule.practice.own_numbers import OwnNumbers
from chainrule.practice.tolerance import agrees
from tests.helpers.practice import (
    exact,
    exercise_graph,
    gradient,
    marked,
    marked_with,
    right_answers,
    set_exercise,
    the_exercise,
    typed,
    value,
    wire,
)

LEVELS = st.sampled_from(Level)
SEEDS = st.integers(0, 10**6)


def truth(graph: GateGraph, blank: Blank) -> Array:
    number = truth_of(graph, Passes(graph), blank)
    assert number is not None
    return number


@given(LEVELS, SEEDS, st.data())
def test_another_number_never_gets_all_points(level: Level, seed: int, data: st.DataObject) -> None:
    graph = generate(level, seed)
    blank = data.draw(st.sampled_from(the_exercise(graph).blanks))
    number = truth(graph, blank)
    off = data.draw(st.floats(0.02, 1e3)) * data.draw(st.sampled_from((-1, 1)))
    mark = marked_with(graph, blank, exact(number + off))
    assert not mark.is_full
    assert mark.share < 1
    assert mark.says


@given(LEVELS, SEEDS, st.data())
def test_a_wrong_sign_is_told(level: Level, seed: int, data: st.DataObject) -> None:
    graph = generate(level, seed)
    blank = data.draw(st.sampled_from(the_exercise(graph).blanks))
    number = truth(graph, blank)
    mark = marked_with(graph, blank, exact(-number))
    if np.any(np.abs(np.asarray(number)) > 0.01):
        assert mark.fault is Fault.SIGN
        assert mark.verdict is Verdict.PARTLY


@given(LEVELS, SEEDS, st.data())
def test_who_makes_a_fault_is_told_so(level: Level, seed: int, data: st.DataObject) -> None:
    graph = generate(level, seed)
    exercise = the_exercise(graph)
    blank = data.draw(st.sampled_from(exercise.blanks))
    number = truth(graph, blank)
    own = OwnNumbers(graph, Passes(graph), frozenset(exercise.blanks), {})
    made = [each for each in suspects(graph, own, blank) if each.number.shape == number.shape]
    if not made:
        return
    suspect = data.draw(st.sampled_from(made))
    mark = marked_with(graph, blank, exact(suspect.number))
    if agrees(suspect.number, number, 2).all():
        assert mark.is_full
        return
    # Where several faults lead to one number, the likeliest is told.
    same = {each.fault for each in made if agrees(suspect.number, each.number, 2).all()}
    assert mark.fault in same | {Fault.SIGN}
    assert mark.fault is not None
    assert mark.share >= SHARES[mark.fault]


@pytest.mark.parametrize(
    ("blank", "text", "fault", "says"),
    [
        (value("q"), "-3", Fault.SIGN, "the sign is wrong"),
        (value("q"), "-10", Fault.OTHER_GATE, "You multiplied; + adds"),
        (value("f"), "-1", Fault.OTHER_GATE, "You added; × multiplies"),
        (value("q"), "-4", Fault.GRADIENT, "its value is asked for"),
        (gradient("x"), "1", Fault.NO_UPSTREAM, "the local gradient ∂q/∂x alone"),
        (gradient("q"), "4", Fault.SIGN, "the sign is wrong"),
        (gradient("q"), "1", Fault.ONLY_UPSTREAM, "upstream gradient ∂f/∂f alone"),
        (gradient("z"), "-4", Fault.OTHER_INPUT, "× switches its inputs"),
        (gradient("x"), "-2", Fault.VALUE, "the value of x; its gradient is asked for"),
        (gradient("z"), "3.03", Fault.ROUNDING, "round at the end"),
        (gradient("z"), "17", Fault.UNKNOWN, "not the number"),
        (gradient("z"), "[1, 2]", Fault.SHAPE, "A single number is asked for"),
    ],
)
def test_faults_in_the_lectures_example(blank: Blank, text: str, fault: Fault, says: str) -> None:
    mark = marked_with(exercise_graph(), blank, text)
    assert (mark.fault, mark.share) == (fault, SHARES[fault])
    assert says in mark.says
    assert mark.verdict is (Verdict.PARTLY if SHARES[fault] else Verdict.WRONG)


@pytest.mark.parametrize(
    ("formula", "values", "blank", "text", "fault"),
    [
        # dx = 2·3 and 2·5 through q and r, with f = q r.
        ("q = x*y; r = x*z; f = q*r", {"x": 2, "y": 3, "z": 5}, gradient("x"), "30",
         Fault.MISSING_BRANCH),
        ("q = x*y; r = x*z; f = q*r", {"x": 2, "y": 3, "z": 5}, gradient("x"), "8",
         Fault.NO_UPSTREAM),
        ("q = max(x, y); f = q*z", {"x": 2, "y": 7, "z": 5}, gradient("x"), "5", Fault.LOSER),
        ("q = max(x, y); f = q*z", {"x": 2, "y": 7, "z": 5}, gradient("y"), "0", Fault.LOSER),
        ("q = max(x, y); f = q*z", {"x": 2, "y": 7, "z": 5}, value("q"), "2", Fault.OTHER_GATE),
        ("q = x + b; r = q*w; f = sum(r)", {"x": [1, 2], "b": 4, "w": [3, 5]}, gradient("b"),
         "[3, 5]", Fault.NOT_SUMMED),
        ("q = W @ x; f = sum(q)", {"W": [[1, 2], [3, 4]], "x": [5, 7]}, gradient("W"),
         "[[5, 5], [7, 7]]", Fault.TRANSPOSED),
    ],
)  # fmt: skip
def test_faults_at_branches_max_and_tensors(
    formula: str, values: dict, blank: Blank, text: str, fault: Fault
) -> None:
    mark = marked_with(exercise_graph(formula, values), blank, text)
    assert mark.fault is fault
    assert mark.share >= SHARES[fault]


def test_of_a_vector_each_number_counts() -> None:
    graph = exercise_graph("q = x * w; f = sum(q)", {"x": [1, 2, 3], "w": [4, 5, 6]})
    mark = marked_with(graph, value("q"), "[4, 10, 100]")
    assert (mark.verdict, mark.fault) == (Verdict.PARTLY, Fault.UNKNOWN)
    assert mark.share == pytest.approx(2 / 3)
    assert mark.says == "2 of 3 numbers are right."
    signs = marked_with(graph, value("q"), "[4, 10, -18]")
    assert signs.fault is Fault.SIGN
    assert signs.share == pytest.approx(2 / 3 + 1 / 6)


def test_what_follows_from_an_own_wrong_answer_is_right() -> None:
    graph = exercise_graph()
    answers = right_answers(graph).with_answer(value("q"), "7")
    answers = answers.with_answer(value("f"), "-28").with_answer(gradient("z"), "7")
    report = marked(graph, answers)
    verdicts = {mark.blank: mark.verdict for mark in report.marks}
    assert verdicts[value("q")] is Verdict.WRONG
    assert verdicts[value("f")] is verdicts[gradient("z")] is Verdict.FOLLOWS
    assert report.score == report.most - 1


@given(LEVELS, SEEDS, st.sampled_from((0.0, np.nan, np.inf, -np.inf, 1e-300, -1e300)))
def test_a_number_that_swallows_all_others_earns_nothing_but_where_it_is_right(
    level: Level, seed: int, number: float
) -> None:
    """With 0 or nan in a blank, 0 or nan would follow in all that come after it."""
    graph = generate(level, seed)
    answers = Answers()
    for blank in the_exercise(graph).blanks:
        full = np.full(truth(graph, blank).shape, number)
        answers = answers.with_answer(blank, str(full.tolist()))
    for mark in marked(graph, answers).marks:
        assert mark.verdict is not Verdict.FOLLOWS
        right = agrees(np.full_like(truth(graph, mark.blank), number), truth(graph, mark.blank), 2)
        if not right.any():
            assert mark.share <= SHARES[Fault.NO_UPSTREAM]
        assert mark.is_full == right.all()


def test_a_zero_that_follows_from_a_slip_is_worked_on_with() -> None:
    """A gate that died of a slip: relu of a wrong negative number sends 0 on and 0 back."""
    graph = exercise_graph("q = x + y; r = relu(q); f = r * z", {"x": 2.0, "y": 5.0, "z": 4.0})
    answers = right_answers(graph).with_answer(value("q"), "-3").with_answer(value("r"), "0")
    answers = answers.with_answer(value("f"), "0").with_answer(gradient("z"), "0")
    for blank in (gradient("q"), gradient("x"), gradient("y")):
        answers = answers.with_answer(blank, "0")
    report = marked(graph, answers)
    assert report.score == report.most - 1


def test_of_a_vector_the_numbers_that_can_be_slips_are_worked_on_with() -> None:
    graph = exercise_graph("q = x * w; f = sum(q)", {"x": [1, 2, 3], "w": [4, 5, 6]})
    answers = right_answers(graph).with_answer(value("q"), "[0, 11, nan]")
    assert [
        marked(graph, answers.with_answer(value("f"), text)).marks[1].verdict
        for text in ("33", "29", "nan")
    ] == [Verdict.FOLLOWS, Verdict.WRONG, Verdict.WRONG]


def test_a_slip_in_the_gradient_of_a_gate_costs_one_point_only() -> None:
    graph = exercise_graph()
    answers = right_answers(graph).with_answer(gradient("q"), "5")
    answers = answers.with_answer(gradient("x"), "5").with_answer(gradient("y"), "5")
    report = marked(graph, answers)
    assert report.score == report.most - 1


def test_who_works_with_the_rounded_numbers_that_are_seen_is_right() -> None:
    graph = exercise_graph("q = a * b; f = q * c", {"a": 1.004, "b": 30.0, "c": 10.0})
    # 1.004 is seen as 1.00.
    assert marked_with(graph, value("q"), "30").verdict is Verdict.FOLLOWS


def test_who_rounds_an_own_answer_goes_on_rightly() -> None:
    graph = exercise_graph("q = a * b; f = q * c", {"a": 0.126, "b": 1.0, "c": 100.0})
    answers = right_answers(graph).with_answer(value("q"), "0.13").with_answer(value("f"), "13")
    report = marked(graph, answers)
    assert [mark.verdict for mark in report.marks[:2]] == [Verdict.RIGHT, Verdict.FOLLOWS]


@pytest.mark.parametrize(("output", "gradient_of_x"), [("0.8", "4.8"), ("0.9", "2.7")])
def test_a_local_gradient_may_come_from_the_output_that_was_found(
    output: str, gradient_of_x: str
) -> None:
    # (1 − σ) σ times 30 with a rounded or a wrong σ(1.4); by the input it is 4.76.
    graph = exercise_graph("r = sigmoid(x); f = r * c", {"x": 1.4, "c": 30.0})
    answers = right_answers(graph).with_answer(value("r"), output)
    mark = marked(graph, answers.with_answer(gradient("x"), gradient_of_x)).mark(gradient("x"))
    assert mark is not None
    assert mark.verdict is Verdict.FOLLOWS


def test_what_is_empty_unreadable_or_shown_gets_nothing() -> None:
    graph = exercise_graph()
    answers = (
        right_answers(graph)
        .with_answer(value("q"), "")
        .with_answer(value("f"), "twelve")
        .with_answer(gradient("q"), "-4", shown=True)
    )
    report = marked(graph, answers)
    assert [mark.verdict for mark in report.marks[:3]] == [
        Verdict.EMPTY,
        Verdict.UNREADABLE,
        Verdict.SHOWN,
    ]
    assert report.score == report.most - 3


def test_points_are_weights() -> None:
    graph = exercise_graph()
    exercise = the_exercise(graph)
    worth = dict.fromkeys(exercise.blanks[:1], 2.5)
    set_exercise(graph, replace(exercise, points=worth))
    report = marked(graph, right_answers(graph))
    assert report.most == report.score == len(exercise.blanks) + 1.5
    assert marked(graph, Answers()).score == 0


def test_an_answer_under_the_name_of_the_wire_counts_for_the_node() -> None:
    graph = exercise_graph()
    q = gradient("q")
    text = typed(truth(graph, q))
    report = marked(graph, Answers().with_answer(wire("f", 0), text))
    found = report.mark(q)
    assert found is not None
    assert found.is_full


def test_no_sentence_gives_the_right_number_away() -> None:
    graph = exercise_graph("q = x + y; f = q * z", {"x": 111.0, "y": 222.0, "z": 77.0})
    for blank in the_exercise(graph).blanks:
        number = str(int(truth(graph, blank)))
        for text in ("1", "-1", "111", "77", "333", "[1, 2]", "x"):
            if text != number:
                assert number == "1" or number not in marked_with(graph, blank, text).says
