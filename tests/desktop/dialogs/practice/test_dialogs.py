"""The questions of practice: what they ask, what they write, and what they say when they can't."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from chainrule.errors import GraphError
from chainrule.files import write_graph
from chainrule.graph.exercises import Exercise
from chainrule.practice.levels import Level
from chainrule_desktop.dialogs.practice.grading import GradeDialog, grade_all
from chainrule_desktop.dialogs.practice.make_exercise import MakeExerciseDialog
from chainrule_desktop.dialogs.practice.new_exercise import NewExerciseDialog, Wanted
from chainrule_desktop.dialogs.practice.sheet import SheetDialog
from chainrule_desktop.dialogs.practice.tables import TablesDialog
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Progress, Tasks
from tests.helpers.practice import exercise_graph, gradient, right_answers, set_answers, value

BLANKS = [value("q"), value("f"), gradient("q"), gradient("x")]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def settings(tmp_path: Path, parent: QWidget) -> Settings:
    made = Settings(tmp_path / "settings.json", parent)
    made.change(last_folder=str(tmp_path))
    return made


@pytest.fixture
def tasks(parent: QWidget) -> Iterator[Tasks]:
    made = Tasks(parent)
    yield made
    made.close()


def faults(dialog: QWidget) -> list[str]:
    labels = dialog.findChildren(QLabel)
    return [each.text() for each in labels if each.property("part") == "problem" and each.text()]


def test_a_new_exercise_has_a_level_and_a_seed(parent: QWidget) -> None:
    taken: list[Wanted] = []
    dialog = NewExerciseDialog(parent, Wanted(Level.BRANCHES, 4, False), taken.append)
    level, seed, locked = (dialog.findChild(each) for each in (QComboBox, QSpinBox, QCheckBox))
    assert isinstance(level, QComboBox)
    assert isinstance(seed, QSpinBox)
    assert isinstance(locked, QCheckBox)
    assert (level.currentText(), seed.value()) == ("Branches", 4)
    level.setCurrentText("Vectors")
    seed.setValue(99)
    locked.setChecked(True)
    dialog.accept()
    assert taken == [Wanted(Level.VECTORS, 99, True)]


def made_exercises(parent: QWidget, choice: str) -> list[Exercise]:
    taken: list[Exercise] = []
    before = Exercise(title="Old", decimals=3)
    dialog = MakeExerciseDialog(parent, before, BLANKS, BLANKS[:1], taken.append)
    what, title = dialog.findChild(QComboBox), dialog.findChild(QLineEdit)
    points, decimals = dialog.findChild(QDoubleSpinBox), dialog.findChildren(QSpinBox)[0]
    assert isinstance(what, QComboBox)
    assert isinstance(title, QLineEdit)
    assert isinstance(points, QDoubleSpinBox)
    (row,) = [at for at in range(what.count()) if what.itemText(at).startswith(choice)]
    what.setCurrentIndex(row)
    points.setValue(2.5)
    decimals.setValue(1)
    dialog.accept()
    return taken


@pytest.mark.parametrize(
    ("choice", "blanks"),
    [
        ("Everything", BLANKS),
        ("All values", BLANKS[:2]),
        ("All gradients", BLANKS[2:]),
        ("The numbers of what is selected", BLANKS[:1]),
    ],
)
def test_an_exercise_hides_what_was_chosen(choice: str, blanks: list, parent: QWidget) -> None:
    (exercise,) = made_exercises(parent, choice)
    assert [*exercise.blanks] == blanks
    assert {exercise.worth(each) for each in blanks} == {2.5}
    assert (exercise.title, exercise.decimals) == ("Old", 1)


def test_what_can_not_be_made_is_said_and_the_dialog_stays(parent: QWidget) -> None:
    def refuse(_: Exercise) -> None:
        raise GraphError("too much is asked for")

    dialog = MakeExerciseDialog(parent, Exercise(), BLANKS, [], refuse)
    dialog.show()
    dialog.accept()
    assert dialog.isVisible()
    assert faults(dialog) == ["Too much is asked for."]


def sheet(parent: QWidget, settings: Settings, said: list[str], **words: bool) -> SheetDialog:
    graph = exercise_graph(values={"x": 111.5, "y": 222.5, "z": 777.5})
    words.setdefault("answers", False)
    return SheetDialog(parent, graph, "task.chainrule", settings, said.append, **words)


@pytest.mark.parametrize("answers", [False, True])
def test_a_sheet_is_written_as_pdf(
    answers: bool, parent: QWidget, settings: Settings, tmp_path: Path
) -> None:
    said: list[str] = []
    sheet(parent, settings, said, answers=answers).write(tmp_path / "sheet.pdf")
    (page,) = PdfReader(tmp_path / "sheet.pdf").pages
    assert ("334.00" in page.extract_text()) == answers
    assert said == ["Wrote sheet.pdf"]


def test_a_sheet_is_printed(parent: QWidget, settings: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    sheet(parent, settings, said).print_on(printer)
    (page,) = PdfReader(tmp_path / "printed.pdf").pages
    assert "111.50" in page.extract_text()
    assert said == ["Sent Exercise to the printer"]


def test_a_sheet_that_can_not_be_written_is_told_of(
    parent: QWidget, settings: Settings, tmp_path: Path
) -> None:
    dialog = sheet(parent, settings, [])
    dialog.write(tmp_path / "none" / "sheet.pdf")
    assert "does not exist; make it first" in faults(dialog)[0]
    dialog.write(tmp_path / "sheet.svg")
    assert "has no pages" in faults(dialog)[0]


def test_in_a_locked_exercise_there_is_no_answer_sheet(parent: QWidget, settings: Settings) -> None:
    dialog = sheet(parent, settings, [], may_answer=False)
    assert not dialog.options.answers
    what = dialog.findChildren(QComboBox)[0]
    assert what.count() == 1


def cells(dialog: QWidget) -> list[list[str]]:
    found: list[list[str]] = []
    for view in dialog.findChildren(QTableWidget):
        for row in range(view.rowCount()):
            items = [view.item(row, column) for column in range(view.columnCount())]
            found.append([each.text() for each in items if each is not None])
    return found


def test_tables_are_seen_and_written(parent: QWidget, settings: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    dialog = TablesDialog(
        parent, exercise_graph(), "t.chainrule", settings, said.append,
        nudges=False, may_fill=True,
    )  # fmt: skip
    assert ["4", "q", "x + y", ""] in cells(dialog)
    filled = dialog.findChild(QCheckBox)
    assert isinstance(filled, QCheckBox)
    filled.setChecked(True)
    assert ["4", "q", "x + y", "3.00"] in cells(dialog)
    dialog.write(tmp_path / "t.md")
    assert "| 4 | q | x + y | 3.00 |" in (tmp_path / "t.md").read_text(encoding="utf-8")
    assert said == ["Wrote t.md"]


def test_nudges_follow_the_change(parent: QWidget, settings: Settings, tmp_path: Path) -> None:
    dialog = TablesDialog(
        parent, exercise_graph(), "t.chainrule", settings, print, nudges=True, may_fill=False
    )
    by, filled = dialog.findChild(QDoubleSpinBox), dialog.findChild(QCheckBox)
    assert isinstance(by, QDoubleSpinBox)
    assert isinstance(filled, QCheckBox)
    assert not filled.isEnabled()
    by.setValue(-0.5)
    assert ["x", "−2.00", "−0.5", "", "", ""] in cells(dialog)
    by.setValue(0)
    assert "a nudge is a number other than 0" in faults(dialog)[0].lower()
    dialog.write(tmp_path / "none" / "t.csv")
    assert faults(dialog)


def answer_file(folder: Path, name: str, **wrong: str) -> Path:
    graph = exercise_graph()
    answers = right_answers(graph)
    for node, text in wrong.items():
        answers = answers.with_answer(value(node), text)
    set_answers(graph, answers)
    write_graph(graph, folder / f"{name}.chainrule")
    return folder / f"{name}.chainrule"


@pytest.fixture
def graded(
    parent: QWidget, settings: Settings, tasks: Tasks, tmp_path: Path, qtbot: QtBot
) -> GradeDialog:
    (tmp_path / "bad.chainrule").write_bytes(b"[")
    files = [
        answer_file(tmp_path, "ada"),
        tmp_path / "bad.chainrule",
        answer_file(tmp_path, "bob", f="-1"),
    ]
    key = tmp_path / "key.chainrule"
    write_graph(exercise_graph(), key)
    dialog = GradeDialog(parent, files, key, settings, tasks, lambda _: None)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.grades))
    return dialog


def test_files_are_graded_beside_the_window(graded: GradeDialog) -> None:
    assert [each.score for each in graded.grades] == [6, 0, 5]
    labels = [each.text() for each in graded.findChildren(QLabel)]
    assert "3 files, 1 with all points, 1 file refused" in labels
    assert ["bob", "5", "6", ""] in cells(graded)
    (overview,) = [
        each for each in graded.findChildren(QTableWidget) if each.accessibleName() == "Files"
    ]
    overview.setCurrentCell(2, 0)
    assert "You added; × multiplies its inputs." in {row[-1] for row in cells(graded)}


def test_results_are_saved(graded: GradeDialog, tmp_path: Path) -> None:
    graded.save_csv(tmp_path / "grades.csv")
    assert (tmp_path / "grades.csv").read_text(encoding="utf-8").count("\n") == 4
    out = tmp_path / "out"
    out.mkdir()
    graded.save_json(out)
    scores = {each.stem: json.loads(each.read_bytes())["score"] for each in out.iterdir()}
    assert scores == {"ada": 6, "bad": 0, "bob": 5}
    graded.save_csv(tmp_path / "none" / "grades.csv")
    assert "does not exist" in faults(graded)[0]


def test_another_key_grades_anew(graded: GradeDialog, qtbot: QtBot) -> None:
    assert not graded.grades[0].note
    graded.use_key(None)
    qtbot.waitUntil(lambda: bool(graded.grades))
    assert graded.grades[0].note
    assert can_save(graded) == [True, True]


def test_what_one_key_gave_is_never_seen_as_what_another_gives(
    graded: GradeDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    assert can_save(graded) == [True, True]
    (tmp_path / "plain.chainrule").write_bytes(b"[")
    graded.use_key(tmp_path / "plain.chainrule")
    for wait in (False, True):
        if wait:
            qtbot.waitUntil(lambda: bool(faults(graded)))
        assert not graded.grades
        assert cells(graded) == []
        assert can_save(graded) == [False, False]
        texts = [each.text() for each in graded.findChildren(QLabel)]
        by = "Nothing was graded: the key plain" if wait else "Graded by the key plain"
        assert any(each.startswith(by) for each in texts)
        assert not any("all points" in each for each in texts)


def can_save(dialog: GradeDialog) -> list[bool]:
    buttons = dialog.findChildren(QPushButton)
    return [each.isEnabled() for each in buttons if each.text().startswith("Save")]


def test_one_file_has_one_result(
    parent: QWidget, settings: Settings, tasks: Tasks, tmp_path: Path, qtbot: QtBot
) -> None:
    files = [answer_file(tmp_path, "ada")]
    dialog = GradeDialog(parent, files, None, settings, tasks, lambda _: None)
    qtbot.waitUntil(lambda: bool(dialog.grades))
    dialog.save_json(tmp_path / "results.json")
    assert json.loads((tmp_path / "results.json").read_bytes())["score"] == 6


def test_grading_can_be_cancelled(tmp_path: Path) -> None:
    from chainrule_desktop.tasks import TaskCancelledError

    progress = Progress(lambda: None)
    progress.cancel()
    with pytest.raises(TaskCancelledError):
        grade_all([answer_file(tmp_path, "ada")], None, progress)
