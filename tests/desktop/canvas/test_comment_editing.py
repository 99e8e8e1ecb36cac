"""Titles and notes are edited in place; what is typed is seen at once and is one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainrule.graph.comments import comments_of
from chainrule_desktop.canvas.comment_fields import TITLE_INSET, NoteField, TitleField
from chainrule_desktop.canvas.paint_comments import title_area, title_start
from chainrule_desktop.document.selection import Comment, CommentKind
from tests.desktop.easel import CTRL, Easel

FRAME, NOTE = Comment(CommentKind.FRAME, 0), Comment(CommentKind.NOTE, 0)


def title_field(easel: Easel) -> TitleField:
    (field,) = easel.view.viewport().findChildren(TitleField)
    return field


def note_field(easel: Easel) -> NoteField:
    (field,) = easel.view.viewport().findChildren(NoteField)
    return field


def titles(easel: Easel) -> list[str]:
    return [frame.title for frame in comments_of(easel.graph.header).frames]


def texts(easel: Easel) -> list[str]:
    return [note.text for note in comments_of(easel.graph.header).notes]


def test_a_frame_around_the_selection_asks_for_its_title_and_both_are_one_step(
    easel: Easel,
) -> None:
    easel.selection.set(("x", "q"))
    easel.view.commenting.frame_selection()
    QTest.keyClicks(title_field(easel), "sum")
    assert titles(easel) == ["sum"]
    QTest.keyClick(title_field(easel), Qt.Key.Key_Return)
    assert not title_field(easel).isVisible()
    assert easel.selection.comments == {FRAME}
    assert easel.document.history.count() == 1
    easel.document.history.undo()
    assert titles(easel) == []


def test_escape_takes_back_the_frame_that_was_to_get_a_title(easel: Easel) -> None:
    easel.selection.set(("x",))
    easel.view.commenting.frame_selection()
    QTest.keyClicks(title_field(easel), "su")
    QTest.keyClick(title_field(easel), Qt.Key.Key_Escape)
    assert titles(easel) == []
    assert easel.document.history.count() == 0


def test_a_frame_around_nothing_is_refused_with_a_sentence(easel: Easel) -> None:
    easel.view.commenting.frame_selection()
    assert "select nodes first" in easel.hints[-1]


def test_a_double_click_on_a_title_edits_it_and_escape_leaves_it(easel: Easel) -> None:
    easel.selection.set(("q",))
    easel.editor.commenter.frame_selection()
    easel.editor.commenter.set_title(FRAME, "before")
    left, top, _, _ = easel.drawing.diagram.comments.frames[0].tolist()
    easel.double_click((left + 20, top + 12))
    assert title_field(easel).text() == "before"
    QTest.keyClicks(title_field(easel), "after")
    assert titles(easel) == ["after"]
    QTest.keyClick(title_field(easel), Qt.Key.Key_Escape)
    assert titles(easel) == ["before"]


def test_a_note_is_seen_as_it_is_typed_and_taken_by_ctrl_enter_as_one_step(easel: Easel) -> None:
    easel.view.commenting.add_note((100.4, 250.0))
    QTest.keyClicks(note_field(easel), "a $x^2$")
    assert texts(easel) == ["a $x^2$"]
    assert len(easel.drawing.diagram.comments.of.layouts[0].primitives) == 2
    QTest.keyClick(note_field(easel), Qt.Key.Key_Return, CTRL)
    assert comments_of(easel.graph.header).notes[0].position == (100.0, 250.0)
    assert easel.document.history.count() == 1
    assert not note_field(easel).isVisible()


def test_enter_begins_another_line_of_a_note(easel: Easel) -> None:
    easel.view.commenting.add_note((100.0, 250.0))
    QTest.keyClicks(note_field(easel), "a")
    QTest.keyClick(note_field(easel), Qt.Key.Key_Return)
    QTest.keyClicks(note_field(easel), "b")
    assert texts(easel) == ["a\nb"]


def test_escape_leaves_no_trace_of_a_new_note(easel: Easel) -> None:
    easel.view.commenting.add_note((100.0, 250.0))
    QTest.keyClicks(note_field(easel), "text")
    QTest.keyClick(note_field(easel), Qt.Key.Key_Escape)
    assert texts(easel) == []
    assert easel.document.history.count() == 0
    assert not easel.document.is_modified


def test_a_note_without_text_vanishes(easel: Easel) -> None:
    easel.view.commenting.add_note((100.0, 250.0))
    QTest.keyClicks(note_field(easel), "t")
    QTest.keyClick(note_field(easel), Qt.Key.Key_Backspace)
    QTest.keyClick(note_field(easel), Qt.Key.Key_Return, CTRL)
    assert texts(easel) == []
    assert easel.document.history.count() == 0


def test_a_click_elsewhere_takes_what_was_typed(easel: Easel) -> None:
    easel.editor.commenter.add_note("before", (100.0, 250.0))
    easel.double_click((105, 255))
    note_field(easel).setPlainText("after")
    note_field(easel).ended.emit(True)
    assert texts(easel) == ["after"]
    assert easel.document.history.count() == 2


def test_undo_elsewhere_closes_the_field(easel: Easel) -> None:
    easel.editor.commenter.add_note("before", (100.0, 250.0))
    easel.view.commenting.edit(NOTE)
    easel.document.history.undo()
    assert not note_field(easel).isVisible()
    assert texts(easel) == []


def test_a_broken_formula_shows_as_typed_and_is_a_problem(easel: Easel) -> None:
    easel.editor.commenter.add_note(r"$\frac{1}{$", (100.0, 250.0))
    assert any(r"\frac{1}{" in problem.sentence for problem in easel.drawing.problems)
    easel.editor.commenter.set_text(NOTE, "fine")
    assert easel.drawing.problems == []


@pytest.mark.parametrize("scale", [1.0, 0.3])
def test_the_title_is_edited_where_it_stands(easel: Easel, scale: float) -> None:
    easel.selection.set(("x", "q"))
    easel.view.commenting.frame_selection()
    QTest.keyClicks(title_field(easel), "sum")
    QTest.keyClick(title_field(easel), Qt.Key.Key_Return)
    easel.view.navigator.zoom_to(scale)
    easel.view.commenting.edit(FRAME)
    field, placed = title_field(easel), easel.drawing.diagram.comments
    start = title_start(placed, 0, scale)
    place = easel.pixel((start.x(), start.y()))
    # The left end of its letters, and half of its height.
    assert abs(field.x() + TITLE_INSET - place.x()) <= 1
    assert abs(field.geometry().center().y() - place.y()) <= 1
    assert title_area(placed, 0, scale).contains(start)
    QTest.keyClick(field, Qt.Key.Key_Escape)
