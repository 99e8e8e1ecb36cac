"""The panel shows progress, score, the blanks, and hints for the chosen one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chainrule.graph.exercises import Blank
from chainrule.practice.hints import STEPS
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.exercising import lock_exercise, remove_exercise
from chainrule_desktop.document.practising import Practice
from chainrule_desktop.panels.practice.blank_list import BlankList
from chainrule_desktop.panels.practice.column import PracticeColumn
from chainrule_desktop.theme import Theme
from tests.desktop.easel import shown_theme
from tests.helpers.practice import exercise_graph, gradient, right_answers, value


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    yield from shown_theme(qapp)


@pytest.fixture
def document() -> Document:
    made = Document()
    made.load(exercise_graph(), None)
    return made


@pytest.fixture
def practice(document: Document) -> Practice:
    return Practice(document, document)


@pytest.fixture
def column(document: Document, practice: Practice, theme: Theme, qtbot: QtBot) -> PracticeColumn:
    made = PracticeColumn(document, practice, theme, QWidget())
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    return made


def texts(column: PracticeColumn) -> list[str]:
    column.panel.refresh()
    return [each.text() for each in column.panel.findChildren(QLabel) if each.isVisible()]


def button(column: PracticeColumn, text: str) -> QPushButton:
    (found,) = [
        each for each in column.panel.findChildren(QPushButton) if each.text().startswith(text)
    ]
    return found


def rows(column: PracticeColumn) -> list[str]:
    column.panel.refresh()
    listed = column.panel.findChild(BlankList)
    assert isinstance(listed, BlankList)
    return [listed.item(row).text() for row in range(listed.count())]


@pytest.mark.parametrize("height", [420, 700])
def test_a_hint_that_was_just_given_is_in_sight(
    document: Document,
    practice: Practice,
    column: PracticeColumn,
    qtbot: QtBot,
    height: int,
) -> None:
    column.resize(320, height)
    practice.answer(value("q"), "99")
    practice.answer(gradient("z"), "1")
    practice.check()
    practice.choose(gradient("z"))
    for step in STEPS:
        practice.hint(gradient("z"))
        label = hint_label(column, qtbot, step)
        bottom = label.mapTo(column.panel.viewport(), label.rect().bottomLeft()).y()
        top = label.mapTo(column.panel.viewport(), label.rect().topLeft()).y()
        assert 0 <= top < bottom <= column.panel.viewport().height()
    assert "with your q = 99" in hint_label(column, qtbot, STEPS[-1]).text()


def test_hints_make_room_for_the_panel_unless_the_handle_was_moved(
    practice: Practice, column: PracticeColumn, qtbot: QtBot
) -> None:
    column.resize(320, 760)
    for _ in STEPS:
        practice.hint(gradient("z"))
    hint_label(column, qtbot, STEPS[-1])
    qtbot.waitUntil(lambda: column.panel.verticalScrollBar().maximum() == 0)
    column.setSizes([300, 460])
    column.splitterMoved.emit(300, 1)
    practice.hint(gradient("x"))
    hint_label(column, qtbot, STEPS[0])
    assert abs(column.panel.height() - 300) < 5


def hint_label(column: PracticeColumn, qtbot: QtBot, step: str) -> QLabel:
    """Return the label of a hint as soon as the panel shows it."""

    def shown() -> list[QLabel]:
        labels = column.panel.findChildren(QLabel)
        return [each for each in labels if each.isVisible() and each.text().startswith(f"{step}:")]

    qtbot.waitUntil(lambda: bool(shown()))
    for _ in range(5):
        QApplication.processEvents()
    return shown()[0]


def test_it_is_there_only_beside_an_exercise(document: Document, column: PracticeColumn) -> None:
    assert column.panel.isVisible()
    remove_exercise(document)
    QApplication.processEvents()
    assert not column.panel.isVisible()
    document.history.undo()
    QApplication.processEvents()
    assert column.panel.isVisible()


def test_progress_and_score_are_told(
    document: Document, practice: Practice, column: PracticeColumn
) -> None:
    practice.answer(value("q"), "3")
    practice.answer(value("f"), "7")
    assert "2 of 6 blanks filled" in texts(column)
    bar = column.panel.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert (bar.value(), bar.maximum()) == (2, 6)
    button(column, "Check").click()
    assert "2 of 6 blanks filled, 1 of 6 points" in texts(column)
    practice.answer(value("f"), "-12")
    assert "2 of 6 blanks filled" in texts(column)
    assert document.history.count() == 3


def test_the_list_says_what_became_of_each_blank(
    practice: Practice, column: PracticeColumn
) -> None:
    practice.answer(value("q"), "3")
    practice.answer(value("f"), "12")
    assert rows(column)[:3] == ["•  value of q = 3", "•  value of f = 12", "□  gradient ∂f/∂q"]
    practice.check()
    assert rows(column)[:3] == [
        "✓  value of q = 3, right",
        "△  value of f = 12, partly right",
        "□  gradient ∂f/∂q",
    ]


def test_a_blank_is_chosen_in_the_list_and_filled_by_enter(
    practice: Practice, column: PracticeColumn, qtbot: QtBot
) -> None:
    listed = column.panel.findChild(BlankList)
    assert isinstance(listed, BlankList)
    listed.setCurrentRow(2)
    assert practice.chosen == gradient("q")
    with qtbot.waitSignal(practice.filling_wanted) as asked:
        QTest.keyClick(listed, Qt.Key.Key_Return)
    assert asked.args == [gradient("q")]
    practice.choose(value("f"))
    column.panel.refresh()
    assert listed.currentRow() == 1


def test_next_blank_asks_for_the_first_open_one(
    practice: Practice, column: PracticeColumn, qtbot: QtBot
) -> None:
    practice.answer(value("q"), "3")
    with qtbot.waitSignal(practice.filling_wanted) as asked:
        button(column, "Next Blank").click()
    assert asked.args == [value("f")]


def test_hints_come_step_by_step(practice: Practice, column: PracticeColumn) -> None:
    assert not button(column, "Hint").isVisible()
    practice.choose(gradient("x"))
    column.panel.refresh()
    assert "Gradient ∂f/∂x" in texts(column)
    for count, begins in enumerate(("Rule: ", "Symbols: ", "Numbers: "), 1):
        asked = button(column, "Hint")
        assert asked.text() == f"Hint {count} of 3"
        asked.click()
        shown = texts(column)
        assert sum(text.startswith(begins) for text in shown) == 1
    assert not button(column, "Hint").isEnabled()


def test_an_answer_that_is_shown_is_told_as_such(
    practice: Practice, column: PracticeColumn
) -> None:
    practice.choose(value("q"))
    column.panel.refresh()
    button(column, "Show Answer").click()
    assert practice.text(value("q")) == "3.00"
    assert "The answer was shown, so it gives no points. 0 of 1 points." in texts(column)
    assert not button(column, "Show Answer").isEnabled()


def test_what_was_wrong_is_said(practice: Practice, column: PracticeColumn) -> None:
    practice.answer(gradient("x"), "1")
    practice.choose(gradient("x"))
    practice.check()
    (said,) = [each for each in texts(column) if each.startswith("You forgot the upstream")]
    assert said.endswith("0.5 of 1 points.")


def test_a_lock_and_a_shown_solution_are_told(document: Document, column: PracticeColumn) -> None:
    document.cover.lift(lifted=True)
    assert "Answers to 2 decimals. The solution is shown; answers are covered by it." in texts(
        column
    )
    assert not button(column, "Check").isEnabled()
    lock_exercise(document, locked=True)
    assert "Answers to 2 decimals. Locked: only blanks can be filled." in texts(column)


def test_another_document_is_followed(
    document: Document, practice: Practice, column: PracticeColumn
) -> None:
    practice.choose(value("q"))
    document.load(exercise_graph("g = a * b", {"a": 1.0, "b": 2.0}), None)
    QApplication.processEvents()
    assert rows(column) == ["□  value of g", "□  gradient ∂g/∂a", "□  gradient ∂g/∂b"]


def test_all_right(document: Document, practice: Practice, column: PracticeColumn) -> None:
    blanks: list[Blank] = []
    for blank, text in right_answers(document.graph).texts.items():
        practice.answer(blank, text)
        blanks.append(blank)
    practice.check()
    assert all(row.startswith("✓") for row in rows(column))
    assert f"6 of 6 blanks filled, {len(blanks)} of 6 points" in texts(column)
