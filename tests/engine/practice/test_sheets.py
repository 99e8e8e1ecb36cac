"""Sheets have room for answers, or the answers, and never what a learner typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.diagram.boxes import covering_box
from chainrule.diagram.primitives import Text
from chainrule.diagram.text import text_width
from chainrule.errors import ExportError, RunError
from chainrule.export import get_exporter
from chainrule.export.pages import Page, Pages, Paper
from chainrule.expression.formula import graph_from_formula
from chainrule.files import dumps
from chainrule.graph.exercises import Answers, Blank, Exercise
from chainrule.graph.graph import GateGraph
from chainrule.practice.blanks import shown_name
from chainrule.practice.generator import generate
from chainrule.practice.grading import key_of
from chainrule.practice.levels import Level
from chainrule.practice.sheets import SheetOptions, make_sheet, render_sheet, wrapped
from tests.helpers.practice import (
    exercise_graph,
    gradient,
    marked,
    right_answers,
    set_answers,
    set_exercise,
    the_exercise,
    value,
    wire,
)


def texts(pages: Pages) -> list[str]:
    return [
        each.text
        for page in pages.pages
        for placed in page.placements
        for element in placed.elements
        for each in element.primitives
        if isinstance(each, Text)
    ]


def assert_within(page: Page) -> None:
    for placed in page.placements:
        box = covering_box(placed.elements)
        left = placed.at[0] + placed.scale * (box.left - placed.corner[0])
        right = placed.at[0] + placed.scale * (box.right - placed.corner[0])
        bottom = placed.at[1] + placed.scale * (box.bottom - placed.corner[1])
        assert left >= 0
        assert right <= page.width
        assert bottom <= page.height


@given(st.sampled_from(Level), st.integers(0, 10**6), st.booleans(), st.sampled_from(Paper))
def test_everything_is_on_the_paper(level: Level, seed: int, answers: bool, paper: Paper) -> None:
    sheet = make_sheet(generate(level, seed), SheetOptions(answers, nudge=0.1, paper=paper))
    assert 1 <= len(sheet.pages) <= 4
    for page in sheet.pages:
        assert sorted((page.width, page.height)) == sorted(paper.size)
        assert_within(page)


@given(st.sampled_from(Level), st.integers(0, 10**6))
def test_every_node_that_a_table_names_has_its_name_in_the_figure(level: Level, seed: int) -> None:
    graph = generate(level, seed)
    written = texts(make_sheet(graph, SheetOptions(tables=False)))
    for node in graph:
        # Without tables, nothing but the figure writes names.
        assert shown_name(graph, node.id) in written


def test_there_is_room_or_there_are_answers() -> None:
    graph = exercise_graph(values={"x": 111.5, "y": 222.5, "z": 777.5})
    blank, filled = (texts(make_sheet(graph, SheetOptions(answers=each))) for each in (False, True))
    assert "334.00" not in blank
    assert filled.count("334.00") == 4  # the value of q and the gradient of z, twice each
    assert "Name" in blank
    assert "Answers" in filled
    assert {"f"} <= {*blank} & {*filled}


def test_what_a_learner_typed_is_on_no_sheet_and_the_graph_stays_as_it_is() -> None:
    graph = exercise_graph()
    set_answers(graph, right_answers(graph).with_answer(value("q"), "987654"))
    before = dumps(graph)
    for answers in (False, True):
        assert "987654" not in texts(make_sheet(graph, SheetOptions(answers)))
    assert dumps(graph) == before


def test_of_a_graph_without_an_exercise_all_is_left_open() -> None:
    graph = graph_from_formula("f = x * y", {"x": 111.5, "y": 2.0})
    written = texts(make_sheet(graph, SheetOptions()))
    assert "223.00" not in written
    assert "3 points" in written
    assert "223.00" in texts(make_sheet(graph, SheetOptions(answers=True)))


def test_tables_can_be_left_out_and_nudges_added() -> None:
    graph = exercise_graph()
    assert "Forward pass" not in texts(make_sheet(graph, SheetOptions(tables=False)))
    assert "What does f do?" in texts(make_sheet(graph, SheetOptions(nudge=0.1)))
    with pytest.raises(RunError):
        make_sheet(graph, SheetOptions(nudge=0.0))


def test_a_long_table_goes_on_on_the_next_page() -> None:
    graph = graph_from_formula("f = " + " + ".join(f"exp(x{n})" for n in range(40)))
    sheet = make_sheet(graph, SheetOptions())
    assert len(sheet.pages) > 3
    written = texts(sheet)
    assert written.count("Forward pass") > 1
    for page in sheet.pages:
        assert_within(page)


def test_an_empty_graph_has_no_sheet() -> None:
    with pytest.raises(ExportError, match="empty"):
        make_sheet(GateGraph(), SheetOptions())


def test_a_format_without_pages_is_refused() -> None:
    with pytest.raises(ExportError, match=r"SVG has no pages; choose a name that ends in \.pdf"):
        render_sheet(get_exporter(".svg"), exercise_graph(), SheetOptions())


def test_the_rule_and_the_points_are_said() -> None:
    graph = exercise_graph(decimals=3)
    written = " ".join(texts(make_sheet(graph, SheetOptions())))
    assert "rounded to 3 decimals" in written
    assert f"{len(the_exercise(graph).blanks)} points" in written


@pytest.mark.parametrize(
    ("blanks", "most"),
    [
        ({wire("f", 0): 5.0, value("q"): 3.0}, 8),
        ({gradient("q"): 5.0, value("q"): 3.0}, 8),
        ({wire("f", 0): 5.0, gradient("q"): 1.0}, 5),
        ({gradient("q"): 1.0, wire("f", 0): 5.0}, 1),
        ({value("q"): 2.0, value("nobody"): 7.0}, 2),
    ],
)
def test_marks_keys_and_sheets_count_the_same_points(
    blanks: dict[Blank, float], most: float
) -> None:
    """Also of a blank under the name of its wire; of one that is named twice, the first counts."""
    graph = exercise_graph()
    set_exercise(graph, Exercise(tuple(blanks), blanks))
    assert marked(graph, Answers()).most == most
    assert key_of(graph).most == most
    written = texts(make_sheet(graph, SheetOptions(tables=False)))
    assert ("1 point" if most == 1 else f"{most} points") in written


@given(st.text("ab ", max_size=200), st.floats(20, 300))
def test_lines_are_broken_at_spaces(text: str, width: float) -> None:
    lines = [*wrapped(text, 12, width)]
    assert " ".join(lines).split() == text.split()
    assert all(text_width(line, 12) <= width or " " not in line for line in lines)
