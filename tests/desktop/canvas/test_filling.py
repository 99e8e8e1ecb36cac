"""Blanks are filled in place: by mouse, by Tab and Enter, in the order in which they are found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip
from pytestqt.qtbot import QtBot

from chainrule.autodiff.passes import Passes
from chainrule.graph.exercises import Blank, Exercise
from chainrule.practice.blanks import possible_blanks
from chainrule.practice.marking import Verdict
from chainrule_desktop.canvas.practising_mark import PractisingMark
from chainrule_desktop.document.exercising import lock_exercise
from chainrule_desktop.theme import Theme
from tests.desktop.easel import Easel, Place, colours_around, sum_times_z, tooltip
from tests.helpers.practice import gradient, set_exercise, value


@pytest.fixture
def easel(qtbot: QtBot, theme: Theme) -> Easel:
    """Return the canvas of (x + y) z with all its numbers asked for."""
    graph = sum_times_z()
    set_exercise(graph, Exercise(tuple(possible_blanks(graph, Passes(graph)))))
    made = Easel(theme, graph)
    PractisingMark(made.view.marking, made.editor.practice)
    qtbot.addWidget(made.view)
    qtbot.waitUntil(lambda: made.view.windowHandle().isExposed())
    QApplication.processEvents()
    return made


def middle(easel: Easel, blank: Blank) -> Place:
    left, top, right, bottom = easel.drawing.diagram.blanks[blank].box
    return (left + right) / 2, (top + bottom) / 2


def field_of(easel: Easel) -> QLineEdit:
    found = easel.view.viewport().findChild(QLineEdit, "answer")
    assert isinstance(found, QLineEdit)
    return found


def answer(easel: Easel, blank: Blank) -> str:
    return easel.editor.practice.text(blank)


def type_in(easel: Easel, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field = field_of(easel)
    assert field.isVisible()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)


def test_a_double_click_types_an_answer(easel: Easel) -> None:
    easel.double_click(middle(easel, value("q")))
    type_in(easel, "1/3")
    assert answer(easel, value("q")) == "1/3"
    assert easel.document.history.count() == 1
    easel.document.history.undo()
    assert answer(easel, value("q")) == ""


def test_a_click_chooses_a_blank_and_leaves_the_selection_and_the_graph_alone(
    easel: Easel,
) -> None:
    easel.selection.set(("z",))
    before = easel.position("q")
    easel.drag(middle(easel, value("q")), (500, 500))
    assert easel.editor.practice.chosen == value("q")
    assert easel.selection.nodes == ("z",)
    assert easel.position("q") == before
    easel.click((-200, 300))
    assert easel.editor.practice.chosen is None


def test_tab_walks_through_all_blanks_in_order(easel: Easel) -> None:
    easel.key(Qt.Key.Key_Tab)
    for number in range(6):
        type_in(easel, str(number), Qt.Key.Key_Tab)
    practice = easel.editor.practice
    assert [practice.text(each) for each in practice.blanks] == ["0", "1", "2", "3", "4", "5"]
    assert practice.chosen == practice.blanks[0]


def test_enter_goes_on_and_shift_tab_goes_back(easel: Easel) -> None:
    easel.key(Qt.Key.Key_Tab)
    type_in(easel, "3")
    assert easel.editor.practice.chosen == value("f")
    QTest.keyClick(field_of(easel), Qt.Key.Key_Backtab)
    assert easel.editor.practice.chosen == value("q")
    assert field_of(easel).text() == "3"
    QTest.keyClick(field_of(easel), Qt.Key.Key_Escape)
    assert not field_of(easel).isVisible()
    assert easel.view.hasFocus()


def test_typing_begins_at_the_chosen_blank(easel: Easel) -> None:
    easel.click(middle(easel, gradient("x")))
    QTest.keyClick(easel.view, Qt.Key.Key_Minus)
    assert field_of(easel).text() == "-"
    type_in(easel, "4")
    assert answer(easel, gradient("x")) == "-4"


def test_enter_opens_the_chosen_blank_with_its_answer(easel: Easel) -> None:
    easel.editor.practice.answer(value("q"), "3")
    easel.click(middle(easel, value("q")))
    easel.key(Qt.Key.Key_Return)
    assert field_of(easel).text() == "3"
    field_of(easel).clear()
    QTest.keyClick(field_of(easel), Qt.Key.Key_Return)
    assert answer(easel, value("q")) == ""


def test_what_is_no_number_stays_in_the_field_with_a_sentence(easel: Easel) -> None:
    easel.key(Qt.Key.Key_Tab)
    type_in(easel, "three")
    assert field_of(easel).isVisible()
    assert field_of(easel).property("part") == "problem"
    assert "three" in easel.hints[-1]
    assert answer(easel, value("q")) == ""


def test_the_field_has_a_name_and_stands_over_its_blank(easel: Easel) -> None:
    easel.double_click(middle(easel, gradient("x")))
    field: QLineEdit = field_of(easel)
    assert field.accessibleName() == "Answer for the gradient ∂f/∂x"
    assert field.geometry().contains(easel.pixel(middle(easel, gradient("x"))))
    easel.view.navigator.zoom_to(1.2)
    assert field.geometry().contains(easel.pixel(middle(easel, gradient("x"))))


def test_marks_are_painted_at_their_boxes(easel: Easel, theme: Theme) -> None:
    practice, palette = easel.editor.practice, theme.palette
    practice.answer(value("q"), "3")
    practice.answer(value("f"), "7")
    before = colours_around(easel, _corner(easel, value("q")), 6)
    assert practice.check().mark(value("f")) is not None
    QApplication.processEvents()
    after = colours_around(easel, _corner(easel, value("q")), 6)
    assert after != before
    assert palette.ok.upper() in after
    assert palette.problem.upper() in colours_around(easel, _corner(easel, value("f")), 6)


def _corner(easel: Easel, blank: Blank) -> Place:
    _, top, right, _ = easel.drawing.diagram.blanks[blank].box
    return right, top


def test_nothing_on_the_canvas_says_what_is_hidden(easel: Easel) -> None:
    said = tooltip(easel, easel.body("q"))
    assert "value to be found" in said
    assert "gradient to be found" in said
    easel.editor.practice.answer(value("q"), "7")
    assert "value answered 7" in tooltip(easel, easel.body("q"))
    easel.selection.set(("q",))
    assert "to be found" in easel.view.accessibleDescription()
    assert "-4" not in easel.view.accessibleDescription().replace("−", "-")


def test_a_blank_has_a_tooltip_of_its_own(easel: Easel) -> None:
    easel.editor.practice.answer(value("q"), "-3")
    easel.editor.practice.check()
    shown: list[str] = []
    pixel = easel.pixel(middle(easel, value("q")))
    event = QHelpEvent(QHelpEvent.Type.ToolTip, pixel, QPoint())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QToolTip, "showText", lambda _there, text, _widget: shown.append(text))
        QApplication.sendEvent(easel.view.viewport(), event)
    assert shown == [
        "The value of q: -3. The size is right and the sign is wrong.\nDouble-click to type it."
    ]


def test_in_a_locked_exercise_nothing_is_dragged_or_edited(easel: Easel) -> None:
    lock_exercise(easel.document, locked=True)
    steps = easel.document.history.count()
    before = easel.position("q")
    easel.drag(easel.body("q"), (500, 400))
    assert easel.selection.nodes == ("q",)
    easel.drag(easel.output("x"), easel.port("f", 0))
    easel.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    easel.selection.set(("x",))
    QTest.keyClick(easel.view, Qt.Key.Key_7)
    assert easel.position("q") == before
    assert easel.document.history.count() == steps
    assert "locked" in easel.hints[-1]
    easel.double_click(middle(easel, value("q")))
    type_in(easel, "3")
    assert answer(easel, value("q")) == "3"


def test_with_the_solution_shown_the_canvas_is_as_usual(easel: Easel) -> None:
    easel.document.cover.lift(lifted=True)
    assert "value 3" in tooltip(easel, easel.body("q"))
    easel.key(Qt.Key.Key_Tab)
    assert easel.editor.practice.chosen is None


def test_all_answers_typed_by_keys_are_checked(easel: Easel) -> None:
    easel.key(Qt.Key.Key_Tab)
    for text in ("3", "-12", "-4", "-4", "-4", "3"):
        type_in(easel, text)
    report = easel.editor.practice.check()
    assert report.score == report.most == 6
    assert {mark.verdict for mark in report.marks} == {Verdict.RIGHT}
