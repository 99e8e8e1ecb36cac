"""Blanks are filled as undo steps, checked, hinted at, and shown at the price of their points."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chainrule.errors import GraphError, LockedError
from chainrule.files import read_graph
from chainrule.graph.exercises import Answers, Asked, Exercise, answers_of, exercise_of
from chainrule.graph.node import Header, Wire
from chainrule.practice.marking import Verdict
from chainrule_desktop.document import cover
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.exercising import (
    begin_again,
    blanks_at,
    lock_exercise,
    make_exercise,
    possible,
    remove_exercise,
    toggle_blanks,
)
from chainrule_desktop.document.practising import MOST_HINTS, Practice
from chainrule_desktop.document.selection import Selection
from tests.helpers.practice import exercise_graph, gradient, right_answers, value, wire


@pytest.fixture
def document() -> Document:
    made = Document()
    made.load(exercise_graph(), None)
    return made


@pytest.fixture
def practice(document: Document) -> Practice:
    return Practice(document, document)


def test_each_answer_is_an_undo_step(document: Document, practice: Practice) -> None:
    practice.answer(value("q"), " 3 ")
    practice.answer(value("f"), "-12")
    practice.answer(value("f"), "-12")
    assert document.history.count() == 2
    document.history.undo()
    assert (practice.text(value("q")), practice.text(value("f"))) == ("3", "")
    document.history.redo()
    practice.answer(value("q"), "")
    assert practice.text(value("q")) == ""


def test_answers_are_kept_in_the_file(
    document: Document, practice: Practice, tmp_path: Path
) -> None:
    practice.answer(value("q"), "1/3")
    document.save(tmp_path / "ada.chainrule")
    kept = answers_of(read_graph(tmp_path / "ada.chainrule").header)
    assert kept.texts == {value("q"): "1/3"}


def test_a_mark_counts_while_its_answer_stays(practice: Practice) -> None:
    practice.answer(value("q"), "3")
    practice.answer(value("f"), "7")
    assert practice.mark(value("q")) is None
    practice.check()
    right, wrong = practice.mark(value("q")), practice.mark(value("f"))
    assert right is not None
    assert right.verdict is Verdict.RIGHT
    assert wrong is not None
    assert wrong.verdict is Verdict.WRONG
    assert practice.mark(gradient("q")) is None
    practice.answer(value("f"), "8")
    assert practice.mark(value("f")) is None
    assert practice.mark(value("q")) is not None
    assert practice.report is None


def test_what_was_checked_is_told(practice: Practice, qtbot: QtBot) -> None:
    with qtbot.waitSignal(practice.checked) as told:
        report = practice.check()
    assert told.args == [report]
    assert (report.score, report.most) == (0, 6)


def test_one_walks_through_blanks_in_order_and_in_a_circle(practice: Practice) -> None:
    blanks = practice.blanks
    assert blanks[0] == value("q")
    assert practice.beside(None, 1) == blanks[0]
    assert practice.beside(None, -1) == blanks[-1]
    assert practice.beside(blanks[-1], 1) == blanks[0]
    practice.answer(blanks[0], "3")
    assert practice.first_open() == blanks[1]


def test_hints_come_one_by_one(practice: Practice) -> None:
    assert practice.hinted(value("q")) == 0
    for count in (1, 2, 3, 3):
        practice.hint(value("q"))
        assert practice.hinted(value("q")) == count
    assert MOST_HINTS == 3
    hints = practice.hints(value("q"))
    assert hints is not None
    assert hints.symbols == "q = x + y"
    assert practice.chosen == value("q")


def test_an_answer_that_is_shown_gives_no_points(practice: Practice) -> None:
    practice.show_answer(value("f"))
    assert practice.text(value("f")) == "-12.00"
    mark = practice.mark(value("f"))
    assert mark is not None
    assert (mark.verdict, mark.score) == (Verdict.SHOWN, 0)
    practice.answer(value("f"), "-12")
    assert practice.check().score == 0


def test_an_answer_that_was_shown_gives_no_points_even_if_that_is_undone(
    document: Document, practice: Practice
) -> None:
    practice.show_answer(value("f"))
    document.history.undo()
    assert practice.text(value("f")) == ""
    practice.answer(value("f"), "-12")
    practice.answer(value("q"), "3")
    assert practice.check().score == 1
    kept = answers_of(document.graph.header)
    assert kept.shown == {value("f")}
    assert kept.texts == {value("f"): "-12", value("q"): "3"}


def test_who_begins_again_has_still_seen_what_was_shown(
    document: Document, practice: Practice
) -> None:
    practice.show_answer(value("f"))
    practice.answer(value("q"), "3")
    begin_again(document)
    assert practice.answers.texts == {}
    practice.answer(value("f"), "-12")
    assert practice.check().score == 0
    document.history.undo()
    document.history.undo()
    assert {*practice.answers.texts} == {value("q"), value("f")}
    assert practice.answers.shown == {value("f")}


def test_what_was_shown_follows_a_rename(document: Document, practice: Practice) -> None:
    practice.show_answer(value("q"))
    document.history.undo()
    Editor(document, Selection(document)).rename("q", "p")
    assert practice.answers.shown == {value("p")}
    document.history.undo()
    assert practice.answers.shown == {value("q")}


def test_in_an_exercise_made_anew_nothing_was_shown(document: Document, practice: Practice) -> None:
    practice.show_answer(value("f"))
    document.history.undo()
    make_exercise(document, Exercise((value("f"),)))
    practice.answer(value("f"), "-12")
    assert practice.check().score == 1


def test_answers_are_read_once_for_each_edit(
    document: Document, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With hundreds of blanks, each of which is asked about, reading them each time is slow."""
    practice.answer(value("q"), "3")
    assert practice.text(value("q")) == "3"
    read: list[object] = []

    def count(header: Header) -> Answers:
        read.append(header)
        return answers_of(header)

    monkeypatch.setattr(cover, "answers_of", count)
    practice.answer(value("f"), "7")
    practice.check()
    for blank in practice.blanks:
        assert practice.text(blank) == practice.answers.texts.get(blank, "")
        assert (practice.mark(blank) is None) == (practice.text(blank) == "")
    assert practice.report is not None
    assert len(read) == 1


def test_another_document_begins_anew(document: Document, practice: Practice) -> None:
    practice.choose(value("q"))
    practice.hint(value("q"))
    practice.check()
    document.load(exercise_graph("g = a * b", {"a": 1.0, "b": 2.0}), None)
    assert practice.chosen is None
    assert practice.report is None
    assert practice.blanks[0] == value("g")


def test_a_graph_without_an_exercise_has_no_blanks(document: Document, practice: Practice) -> None:
    remove_exercise(document)
    assert practice.exercise is None
    assert not practice.is_on
    assert practice.blanks == []
    assert practice.first_open() is None
    assert practice.check().marks == ()
    document.history.undo()
    assert practice.is_on


def test_numbers_are_hidden_until_the_cover_is_lifted(document: Document) -> None:
    drawing = Drawing(document)
    row = drawing.diagram.parts.index["q"]
    assert document.cover.known.value("q") is None
    assert drawing.known.value("q") is None
    assert drawing.diagram.labels.values[row] == ""
    assert value("q") in drawing.diagram.blanks
    document.cover.lift(lifted=True)
    assert document.cover.known.value("q") == 3.0
    assert drawing.diagram.labels.values[row] == "3.00"
    assert drawing.diagram.blanks == {}
    document.load(exercise_graph(), None)
    assert not document.cover.is_lifted


def test_boxes_follow_their_nodes(document: Document) -> None:
    drawing, editor = Drawing(document), Editor(document, Selection(document))
    before = drawing.diagram.blanks[value("q")].box
    x, y = document.graph.node("q").position or (0, 0)
    editor.move({"q": (x + 100, y)})
    assert drawing.diagram.blanks[value("q")].box.left == before.left + 100


def test_numbers_are_hidden_one_by_one(document: Document, practice: Practice) -> None:
    remove_exercise(document)
    toggle_blanks(document, [value("q"), wire("f", 0)])
    assert practice.blanks == [value("q"), gradient("q")]
    toggle_blanks(document, [value("q")])
    assert practice.blanks == [gradient("q")]
    toggle_blanks(document, [gradient("q")])
    assert practice.exercise is None
    with pytest.raises(GraphError, match="can't be asked for"):
        toggle_blanks(document, [value("x")])


def test_the_numbers_of_what_is_selected(document: Document) -> None:
    assert blanks_at(document, ["q"], []) == [value("q"), gradient("q")]
    assert blanks_at(document, [], [Wire("z", "f", 1)]) == [gradient("z")]
    assert blanks_at(document, ["x"], []) == [gradient("x")]
    assert len(possible(document)) == 6


def test_points_stay_when_other_numbers_are_hidden(document: Document) -> None:
    make_exercise(document, Exercise((value("q"),), {value("q"): 4.0}))
    toggle_blanks(document, [value("f")])
    exercise = document.cover.exercise
    assert exercise is not None
    assert [exercise.worth(each) for each in exercise.blanks] == [4.0, 1.0]


def test_an_exercise_asks_for_what_there_is(document: Document) -> None:
    with pytest.raises(GraphError, match="nothing would be asked for"):
        make_exercise(document, Exercise())
    with pytest.raises(GraphError, match="can't be asked for"):
        make_exercise(document, Exercise((value("nobody"),)))
    make_exercise(document, Exercise((value("q"),), title="New"))
    assert answers_of(document.graph.header).texts == {}


def test_in_a_locked_exercise_only_answers_can_be_changed(
    document: Document, practice: Practice
) -> None:
    editor = Editor(document, Selection(document))
    lock_exercise(document, locked=True)
    for forbidden in (
        lambda: editor.move({"q": (0.0, 0.0)}),
        lambda: editor.rename("q", "p"),
        lambda: editor.add("add", (0.0, 0.0)),
        lambda: toggle_blanks(document, [value("q")]),
        lambda: make_exercise(document, Exercise((value("q"),))),
        lambda: remove_exercise(document),
    ):
        with pytest.raises(LockedError, match="locked"):
            forbidden()
    practice.answer(value("q"), "3")
    assert practice.text(value("q")) == "3"
    lock_exercise(document, locked=False)
    editor.rename("q", "p")


def test_an_exercise_follows_a_rename(document: Document, practice: Practice) -> None:
    practice.answer(value("q"), "3")
    Editor(document, Selection(document)).rename("q", "p")
    assert practice.blanks[0] == value("p")
    assert practice.text(value("p")) == "3"
    exercise = exercise_of(document.graph.header)
    assert exercise is not None
    assert all(each.node != "q" for each in exercise.blanks)
    document.history.undo()
    assert practice.text(value("q")) == "3"


def test_all_right_answers_are_right(document: Document, practice: Practice) -> None:
    for blank, text in right_answers(document.graph).texts.items():
        practice.answer(blank, text)
    report = practice.check()
    assert report.score == report.most
    assert {each.asked for each in practice.blanks} == {Asked.VALUE, Asked.GRADIENT}
