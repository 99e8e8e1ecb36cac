"""An exercise and the answers to it are kept in the file, and never the right numbers."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chainrule.files import dumps, loads
from chainrule.graph.exercises import (
    ANSWERS,
    SECTION,
    Answers,
    Asked,
    Blank,
    Exercise,
    answers_json,
    answers_of,
    exercise_json,
    exercise_of,
)
from chainrule.graph.node import Header
from chainrule.graph.sections import SetSection, section_of, with_section
from tests.helpers.graph_strategies import PLAIN
from tests.helpers.lecture_graphs import lecture_graph

NAMES = st.sampled_from(("x", "q", "f", "nobody"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9).map(str.strip)
BLANKS = st.one_of(
    st.builds(Blank, st.sampled_from((Asked.VALUE, Asked.GRADIENT)), NAMES),
    st.builds(Blank, st.just(Asked.WIRE), NAMES, st.integers(0, 3)),
)


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    blanks = draw(st.lists(BLANKS, max_size=4, unique=True))
    points = {each: draw(st.sampled_from((0.5, 2.0, 3.0))) for each in blanks[::2]}
    return Exercise(
        tuple(blanks),
        MappingProxyType(points),
        draw(st.integers(0, 8)),
        draw(st.none() | TEXTS.filter(bool)),
        draw(st.none() | st.just("max")),
        draw(st.none() | st.integers(0, 99)),
        draw(st.booleans()),
        MappingProxyType(draw(st.just({}) | st.just({"x-more": [1]}))),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    blanks = draw(st.lists(BLANKS, max_size=4, unique=True))
    texts = {each: draw(TEXTS.filter(bool)) for each in blanks}
    shown = draw(st.frozensets(BLANKS, max_size=2))
    return Answers(MappingProxyType(texts), shown)


@given(exercises(), answers())
def test_what_is_written_and_read_is_the_same(exercise: Exercise, answered: Answers) -> None:
    graph = lecture_graph("add-then-multiply")
    SetSection(SECTION, exercise_json(exercise)).apply(graph)
    SetSection(ANSWERS, answers_json(answered)).apply(graph)
    header = loads(dumps(graph)).header
    assert exercise_of(header) == exercise
    assert answers_of(header) == answered


@given(PLAIN)
def test_what_is_malformed_means_nothing_and_is_kept(content: Any) -> None:
    for key in (SECTION, ANSWERS):
        header = with_section(Header(), key, content)
        exercise_of(header)
        answers_of(header)
        assert section_of(header, key) == content


def test_a_blank_that_is_no_blank_is_left_out() -> None:
    blanks = [
        {"value": "q"},
        {"value": "q"},
        {"value": 1},
        {"value": "q", "gradient": "q"},
        {"wire": ["f", -1]},
        {"wire": ["f", True]},
        {"wire": ["f", 0], "points": -1},
        {},
        "q",
    ]
    exercise = exercise_of(with_section(Header(), SECTION, {"blanks": blanks, "decimals": 99}))
    assert exercise is not None
    assert exercise.blanks == (Blank(Asked.VALUE, "q"), Blank(Asked.WIRE, "f", 0))
    assert exercise.decimals == 2
    assert exercise.worth(Blank(Asked.WIRE, "f", 0)) == 1.0


def test_an_answer_of_a_thousand_lines_is_left_out() -> None:
    entry = {"value": "q", "text": "1" * 5000}
    assert answers_of(with_section(Header(), ANSWERS, [entry])).texts == {}


def test_once_shown_is_always_shown() -> None:
    q = Blank(Asked.VALUE, "q")
    given_away = Answers().with_answer(q, "3", shown=True)
    assert given_away.with_answer(q, "3").shown == {q}
    assert given_away.with_answer(q, "").texts == {}


@given(exercises(), answers())
def test_renaming_there_and_back_changes_nothing(exercise: Exercise, answered: Answers) -> None:
    assert exercise.renamed("q", "new").renamed("new", "q") == exercise
    assert answered.renamed("q", "new").renamed("new", "q") == answered


def test_there_is_no_section_for_nothing() -> None:
    assert exercise_json(None) is None
    assert answers_json(Answers()) is None
