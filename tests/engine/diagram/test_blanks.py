"""What an exercise hides is nowhere in the drawing; a box stands in its place."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.covering import covering_of
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.playback import Moment, Timeline
from chainrule.diagram.blanks import OPEN, blank_elements, without_hidden
from chainrule.diagram.boxes import box_of
from chainrule.diagram.diagram import Diagram, draw
from chainrule.diagram.elements import elements
from chainrule.diagram.parts import Display
from chainrule.diagram.played import write_played
from chainrule.diagram.primitives import Text
from chainrule.export.figure import make_figure
from chainrule.export.formats.svg import svg_text
from chainrule.export.options import FigureOptions
from chainrule.graph.exercises import Exercise, answers_of
from chainrule.graph.graph import GateGraph
from chainrule.graph.switches import SetPinned
from chainrule.practice.blanks import canonical
from chainrule.practice.generator import generate
from chainrule.practice.levels import Level
from tests.helpers.practice import (
    exercise_graph,
    gradient,
    right_answers,
    set_answers,
    set_exercise,
    the_exercise,
    value,
    wire,
)

LEVELS = st.sampled_from(Level)
SEEDS = st.integers(0, 10**6)
# Numbers that can be told from each other, wherever they are written.
TELLING = {"x": 111.5, "y": 222.5, "z": 777.5}


def drawn(graph: GateGraph, display: Display | None = None) -> Diagram:
    return draw(graph, Passes(graph), display or Display())


@given(LEVELS, SEEDS)
def test_every_blank_has_a_box_and_no_number_beside_it(level: Level, seed: int) -> None:
    graph = generate(level, seed)
    diagram = drawn(graph)
    assert {*diagram.blanks} == {*the_exercise(graph).blanks}
    for text in diagram.labels.branches:
        assert text == ""
    for row, node_id in enumerate(diagram.parts.ids):
        node = graph.node(node_id)
        assert bool(diagram.labels.values[row]) == node.is_leaf
        assert bool(diagram.labels.gradients[row]) == (node_id == "f")
        assert diagram.labels.value_pictures[row] is None or node.is_leaf


@given(LEVELS, SEEDS)
def test_boxes_stand_apart_from_each_other_and_from_numbers(level: Level, seed: int) -> None:
    diagram = drawn(generate(level, seed))
    boxes = [each.box for each in diagram.blanks.values()]
    texts = [
        box_of(drawn_)
        for element in elements(diagram)
        if element.kind != "blank"
        for drawn_ in element.primitives
        if isinstance(drawn_, Text)
    ]
    for one, other in [*combinations(boxes, 2), *((b, t) for b in boxes for t in texts)]:
        apart = one.right <= other.left + 1 or other.right <= one.left + 1
        assert apart or one.bottom <= other.top + 1 or other.bottom <= one.top + 1


def test_no_hidden_number_is_in_a_figure() -> None:
    graph = exercise_graph(values=TELLING)
    SetPinned({"q": True, "x": True}).apply(graph)
    figure = make_figure(graph, FigureOptions())
    svg = svg_text(figure, FigureOptions())
    numbers = {*re.findall(r">(−?\d[\d.e]*)<", svg)}
    assert numbers == {"111.50", "222.50", "777.50", "1.00"}
    assert OPEN in svg
    titles = " ".join(element.title for element in figure.elements)
    assert "334" not in titles
    assert "to be found" in titles


def test_answers_stand_in_their_boxes() -> None:
    graph = exercise_graph("q = x * y; f = sum(q)", {"x": [1, 2, 3], "y": [4, 5, 6]})
    set_answers(graph, answers_of(graph.header).with_answer(value("f"), "32"))
    diagram = drawn(graph)
    texts = {
        element.id: [each.text for each in element.primitives if isinstance(each, Text)]
        for element in blank_elements(diagram.blanks)
    }
    assert texts["blank-value-f"] == ["32"]
    assert texts["blank-value-q"] == ["3 numbers"]
    assert all(len(each) <= 1 for each in texts.values())


def test_a_long_answer_stays_in_its_box() -> None:
    graph = exercise_graph()
    set_answers(graph, right_answers(graph).with_answer(value("q"), "123456789 / 12345678901"))
    diagram = drawn(graph)
    (element,) = [e for e in blank_elements(diagram.blanks) if e.id == "blank-value-q"]
    (text,) = [each for each in element.primitives if isinstance(each, Text)]
    box = diagram.blanks[value("q")].box
    assert box.left <= box_of(text).left
    assert box_of(text).right <= box.right + 1


@given(st.sets(st.sampled_from((value("q"), value("f"), gradient("q"), gradient("x")))))
def test_only_what_is_asked_for_is_hidden(asked: set) -> None:
    graph = exercise_graph()
    set_exercise(graph, Exercise(tuple(asked)))
    diagram = drawn(graph)
    index = diagram.parts.index
    assert {*diagram.blanks} == asked
    assert bool(diagram.labels.values[index["q"]]) == (value("q") not in asked)
    assert bool(diagram.labels.gradients[index["x"]]) == (gradient("x") not in asked)


def test_the_blank_of_a_single_wire_is_its_sources() -> None:
    graph = exercise_graph()
    set_exercise(graph, Exercise((wire("f", 0),)))
    assert {*drawn(graph).blanks} == {canonical(graph, wire("f", 0))} == {gradient("q")}


@given(LEVELS, SEEDS, st.data())
def test_playback_uncovers_nothing(level: Level, seed: int, data: st.DataObject) -> None:
    graph = generate(level, seed)
    passes = Passes(graph)
    timeline = Timeline(graph, passes)
    position = data.draw(st.integers(0, len(timeline)))
    diagram = drawn(graph)
    played = write_played(diagram.parts, Moment(timeline, passes, position), Display())
    covered = without_hidden(played, diagram.parts, covering_of(graph, passes))
    for row, node_id in enumerate(diagram.parts.ids):
        assert covered.values[row] == "" or graph.node(node_id).is_leaf
        assert covered.gradients[row] in ("", "1.00")
        assert covered.readings[row][0] != played.readings[row][0] or graph.node(node_id).is_leaf
    assert {*covered.branches} <= {""}


def test_boxes_grow_with_the_text() -> None:
    graph = exercise_graph()
    usual = drawn(graph).blanks[value("q")].box
    large = drawn(graph, replace(Display(), text_scale=1.5)).blanks[value("q")].box
    assert large.bottom - large.top > 1.4 * (usual.bottom - usual.top)
