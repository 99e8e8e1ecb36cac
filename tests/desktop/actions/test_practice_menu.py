"""The actions of practice do their thing, and a lock keeps the others from theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.practice.grading import GradeDialog
from chainrule_desktop.dialogs.practice.make_exercise import MakeExerciseDialog
from chainrule_desktop.dialogs.practice.new_exercise import NewExerciseDialog
from chainrule_desktop.dialogs.practice.sheet import SheetDialog
from chainrule_desktop.dialogs.practice.tables import TablesDialog
from chainrule_desktop.document.document import prepare
from chainrule_desktop.document.exercising import lock_exercise
from tests.helpers.bench import only_dialog
from tests.helpers.practice import exercise_graph, gradient, right_answers, value

LOCKED = "The exercise is locked"


@pytest.fixture
def opened(bench: Workbench) -> Workbench:
    """A workbench with the graph of (x + y) z, all of whose numbers are asked for."""
    bench.files.show(prepare(exercise_graph()), None)
    return bench


@pytest.fixture
def actions(opened: Workbench) -> Iterator[ActionSet]:
    yield ActionSet(opened, opened.window)
    for dialog in opened.window.findChildren(QFileDialog):
        dialog.close()


def field(bench: Workbench) -> QLineEdit:
    found = bench.canvas.viewport().findChild(QLineEdit, "answer")
    assert isinstance(found, QLineEdit)
    return found


def test_next_blank_opens_the_field(opened: Workbench, actions: ActionSet) -> None:
    actions.named("practice.next").trigger()
    assert opened.editor.practice.chosen == value("q")
    actions.named("practice.next").trigger()
    assert opened.editor.practice.chosen == value("f")
    actions.named("practice.previous").trigger()
    assert opened.editor.practice.chosen == value("q")
    assert field(opened).accessibleName() == "Answer for the value of q"


def test_checking_tells_the_score(opened: Workbench, actions: ActionSet) -> None:
    said: list[str] = []
    opened.canvas.hint.connect(said.append)
    for blank, text in right_answers(opened.document.graph).texts.items():
        opened.editor.practice.answer(blank, text)
    actions.named("practice.check").trigger()
    assert said[-1] == "6 of 6 answers are right: 6 of 6 points."
    actions.named("practice.again").trigger()
    assert not actions.named("practice.again").isEnabled()


def test_hint_and_answer_are_for_the_chosen_blank(opened: Workbench, actions: ActionSet) -> None:
    hint, show = actions.named("practice.hint"), actions.named("practice.show")
    assert not hint.isEnabled()
    assert hint.statusTip() == "Choose a blank first."
    opened.editor.practice.choose(gradient("x"))
    hint.trigger()
    assert opened.editor.practice.hinted(gradient("x")) == 1
    show.trigger()
    assert opened.editor.practice.text(gradient("x")) == "-4.00"


def test_a_number_is_shown_and_hidden_again(opened: Workbench, actions: ActionSet) -> None:
    toggle = actions.named("practice.toggle")
    opened.selection.set(("q",))
    assert toggle.text().replace("&", "") == "Show Selected Number"
    toggle.trigger()
    assert value("q") not in opened.editor.practice.blanks
    assert toggle.text().replace("&", "") == "Hide Selected Number"
    toggle.trigger()
    assert value("q") in opened.editor.practice.blanks
    opened.editor.practice.choose(gradient("x"))
    toggle.trigger()
    assert gradient("x") not in opened.editor.practice.blanks


def test_the_solution_is_shown_until_it_is_hidden(opened: Workbench, actions: ActionSet) -> None:
    solution = actions.named("practice.solution")
    solution.trigger()
    assert opened.document.cover.known.value("q") == 3.0
    assert solution.isChecked()
    assert not actions.named("practice.check").isEnabled()
    solution.trigger()
    assert opened.document.cover.known.value("q") is None


def test_a_lock_keeps_everything_but_blanks(opened: Workbench, actions: ActionSet) -> None:
    lock = actions.named("practice.lock")
    opened.selection.set(("q",))
    lock.trigger()
    assert lock.text().replace("&", "") == "Unlock Exercise"
    for name in (
        "edit.delete",
        "edit.rename",
        "graph.tidy",
        "node.mute",
        "wire.cut",
        "play.caption",
        "practice.make",
        "practice.toggle",
        "practice.solution",
        "practice.answer_sheet",
    ):
        assert not actions.named(name).isEnabled(), name
        assert actions.named(name).statusTip().startswith(LOCKED), name
    for name in ("edit.undo", "edit.copy", "edit.find", "play.forward", "practice.next"):
        assert actions.named(name).isEnabled(), name
    lock.trigger()
    assert actions.named("edit.delete").isEnabled()


def test_what_would_give_numbers_away_waits(opened: Workbench, actions: ActionSet) -> None:
    for name in ("run.check", "run.jacobian"):
        assert not actions.named(name).isEnabled()
        assert actions.named(name).statusTip() == "It would give away what the exercise asks for."
    actions.named("practice.solution").trigger()
    assert actions.named("run.check").isEnabled()


def test_an_exercise_is_removed(opened: Workbench, actions: ActionSet) -> None:
    actions.named("practice.remove").trigger()
    assert opened.document.cover.exercise is None
    assert not actions.named("practice.check").isEnabled()
    assert actions.named("practice.check").statusTip() == (
        "There is no exercise; make one of this graph first."
    )


def test_a_new_exercise_opens_in_a_tab(opened: Workbench, actions: ActionSet) -> None:
    actions.named("practice.new").trigger()
    dialog = only_dialog(opened)
    assert isinstance(dialog, NewExerciseDialog)
    dialog.accept()
    exercise = opened.document.cover.exercise
    assert exercise is not None
    assert (exercise.level, exercise.seed) == ("add-mul", 1)
    assert opened.document.is_modified


def test_an_exercise_is_made_of_the_graph(opened: Workbench, actions: ActionSet) -> None:
    actions.named("practice.remove").trigger()
    actions.named("practice.make").trigger()
    dialog = only_dialog(opened)
    assert isinstance(dialog, MakeExerciseDialog)
    dialog.accept()
    assert len(opened.editor.practice.blanks) == 6


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("practice.sheet", SheetDialog),
        ("practice.answer_sheet", SheetDialog),
        ("practice.tables", TablesDialog),
        ("practice.nudges", TablesDialog),
    ],
)
def test_sheets_and_tables_are_asked_for(
    name: str, kind: type, opened: Workbench, actions: ActionSet
) -> None:
    actions.named(name).trigger()
    dialog = only_dialog(opened)
    assert isinstance(dialog, kind)
    dialog.reject()


def test_files_to_grade_are_asked_for(opened: Workbench, actions: ActionSet) -> None:
    actions.named("practice.grade").trigger()
    (dialog,) = opened.window.findChildren(QFileDialog)
    dialog.filesSelected.emit(["none.chainrule"])
    (graded,) = opened.window.findChildren(GradeDialog)
    graded.reject()


@pytest.mark.parametrize("keys", ["Del", "Backspace", "Ctrl+X", "Ctrl+D", "F2", "Ctrl+L", "U"])
@pytest.mark.parametrize("selected", [(), ("q",)])
def test_a_key_that_a_lock_refuses_says_why(
    opened: Workbench, actions: ActionSet, qtbot: QtBot, keys: str, selected: tuple[str, ...]
) -> None:
    actions.hear_in(opened.window)
    actions.hear_on(opened.canvas)
    lock_exercise(opened.document, locked=True)
    opened.selection.set(selected)
    said: list[str] = []
    opened.canvas.hint.connect(said.append)
    with qtbot.waitActive(opened.window):
        opened.window.show()
        opened.window.activateWindow()
    opened.canvas.setFocus()
    QTest.keySequence(opened.canvas, QKeySequence(keys))
    assert said[-1].startswith(LOCKED)
    assert "q" in opened.document.graph
