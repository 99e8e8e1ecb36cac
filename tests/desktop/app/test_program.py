"""The whole program in one window: what is connected with what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QProgressBar
from pytestqt.qtbot import QtBot

from chainrule_desktop.app.common import Places
from chainrule_desktop.app.program import Program
from chainrule_desktop.document.recovery import UnsavedWork
from chainrule_desktop.panels.tensors.window import TensorWindow
from chainrule_desktop.theme import ThemeMode, prepare_style
from tests.helpers.bench import EXAMPLE


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    prepare_style(qapp)
    made = Program(qapp, Places(tmp_path / "settings.json", tmp_path / "unsaved"), ThemeMode.LIGHT)
    made.front.window.show()
    yield made
    for graph in made.graphs:
        graph.document.history.setClean()
    for each in made.windows:
        each.window.close()
    made.end()
    # What ends later ends now, while the program is there.
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)


def dialogs(program: Program) -> list[QDialog]:
    return [each for each in program.front.window.findChildren(QDialog) if each.isVisible()]


def press(program: Program, button: QMessageBox.StandardButton) -> None:
    (box,) = dialogs(program)
    assert isinstance(box, QMessageBox)
    box.button(button).click()


def drop(program: Program, path: Path) -> bool:
    """Drop a file onto the window and say whether it was welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    place = QPointF(400, 300)
    enter = QDragEnterEvent(place.toPoint(), copy, data, left, keys)
    enter.ignore()
    program.front.window.dragEnterEvent(enter)
    if enter.isAccepted():
        program.front.window.dropEvent(QDropEvent(place, copy, data, left, keys, QEvent.Type.Drop))
    return enter.isAccepted()


def test_it_starts_with_the_start_view(program: Program) -> None:
    assert program.front.start.isVisible()
    assert not program.desk.canvas.isVisible()
    assert program.front.window.windowTitle() == "Chainrule"


def test_the_threads_that_were_chosen_are_passed_on(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr("chainrule_desktop.app.program.set_blas_threads", told.append)
    program.settings.change(blas_threads=2)
    assert told == [2]


def test_reading_a_large_file_is_shown_and_can_be_cancelled(program: Program) -> None:
    (work,) = program.front.status.findChildren(QProgressBar)
    program.desk.graph.opening.slow.emit("large.chainrule")
    assert work.isVisible()
    assert work.accessibleName() == "Reading large.chainrule"
    program.desk.graph.opening.ended.emit()
    assert not work.isVisible()


def test_a_new_graph_shows_the_canvas(program: Program) -> None:
    program.front.start.new_chosen.emit()
    assert program.desk.canvas.isVisible()
    assert program.front.palette.isVisible()
    assert program.desk.inspector.isVisible()


def test_the_title_names_the_file_and_stars_changes(program: Program) -> None:
    program.desk.files.open_now(EXAMPLE)
    assert program.front.window.windowTitle() == f"{EXAMPLE.name}[*] – Chainrule"
    assert not program.front.window.isWindowModified()
    program.desk.editor.set_value("x", np.float64(1.5))
    assert program.front.window.isWindowModified()
    program.desk.document.history.undo()
    assert not program.front.window.isWindowModified()


def test_a_chosen_gate_is_placed(program: Program) -> None:
    program.desk.files.new()
    program.front.palette.gate_chosen.emit("exp")
    assert [node.kind.name for node in program.desk.document.graph] == ["exp"]


def test_a_formula_typed_at_the_start_opens_its_graph(program: Program) -> None:
    program.front.start.formula_entered.emit("x * y")
    assert program.desk.files.is_open
    assert {"x", "y"} <= {*program.desk.document.graph.ids()}


def test_a_formula_typed_above_the_canvas_changes_the_graph_undoably(program: Program) -> None:
    program.desk.files.open_now(EXAMPLE)
    program.desk.formula.formula_entered.emit("f = x + y")
    assert len(program.desk.document.graph) == 3
    assert program.desk.document.path == EXAMPLE
    program.desk.document.history.undo()
    assert len(program.desk.document.graph) == 5


def test_examples_of_the_start_view_open_as_copies(program: Program) -> None:
    program.front.start.file_chosen.emit(EXAMPLE)
    assert program.desk.files.is_open
    assert program.desk.document.path is None


def test_settings_reach_the_drawing_and_the_theme(program: Program) -> None:
    program.settings.change(decimals=4, show_names=True, theme_mode=ThemeMode.DARK)
    display = program.desk.drawing.display
    assert (display.decimals, display.names) == (4, True)
    assert program.theme.palette.scheme.value == "dark"


def test_a_graph_with_errors_opens_with_its_problems(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "open.chainrule"
    program.desk.files.new()
    program.desk.editor.add("add", (0.0, 0.0))
    assert not program.desk.problems.isVisible()
    program.desk.document.save(path)
    program.desk.files.close()
    program.desk.files.open_now(path)
    assert program.desk.problems.isVisible()
    program.desk.files.open_now(EXAMPLE)
    assert not program.desk.problems.isVisible()


def test_a_chosen_problem_selects_its_node(program: Program) -> None:
    program.desk.files.new()
    added = program.desk.editor.add("add", (0.0, 0.0))
    program.desk.selection.clear()
    program.desk.problems.problem_chosen.emit(program.desk.drawing.problems[0])
    assert program.desk.selection.nodes == (added,)


def test_a_dropped_file_is_opened(program: Program) -> None:
    assert drop(program, EXAMPLE)
    assert program.desk.document.path == EXAMPLE


def test_a_file_dropped_on_a_graph_opens_in_another_tab(program: Program) -> None:
    program.desk.files.new()
    program.desk.editor.add("add", (0.0, 0.0))
    assert drop(program, EXAMPLE)
    assert program.desk.document.path == EXAMPLE
    assert [len(desk.document.graph) for desk in program.front.desks] == [1, 5]


def test_what_is_no_file_is_not_welcome(program: Program) -> None:
    data = QMimeData()
    data.setText("x * y")
    enter = QDragEnterEvent(
        QPointF(1, 1).toPoint(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    program.front.window.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_closing_without_changes_asks_nothing(program: Program) -> None:
    program.desk.files.open_now(EXAMPLE)
    assert program.front.window.close()


def test_closing_with_changes_asks(program: Program) -> None:
    program.desk.files.new()
    program.desk.editor.add("add", (0.0, 0.0))
    window = program.front.window
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    press(program, QMessageBox.StandardButton.Cancel)
    assert window.isVisible()
    window.close()
    press(program, QMessageBox.StandardButton.Discard)
    assert not window.isVisible()


def test_discarded_changes_leave_no_side_file(program: Program, tmp_path: Path) -> None:
    program.desk.files.new()
    program.desk.editor.add("add", (0.0, 0.0))
    program.desk.graph.recovery.write()
    program.front.window.close()
    press(program, QMessageBox.StandardButton.Discard)
    program.end()
    assert list((tmp_path / "unsaved").iterdir()) == []


def test_the_window_comes_back_in_its_size(program: Program) -> None:
    program.front.window.resize(911, 633)
    program.front.window.close()
    assert program.settings.values.window_geometry
    assert program.settings.values.window_state


def test_unsaved_work_is_offered_and_restored(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "left"
    folder.mkdir()
    (folder / "a.chainrule").write_bytes(EXAMPLE.read_bytes())
    program.offer_unsaved_work(folder)
    (dialog,) = dialogs(program)
    dialog.accept()
    work = UnsavedWork(folder / "a.chainrule", "mine", None, 0.0)
    program.desk.files.restore(work)
    assert program.desk.files.is_open
    assert program.desk.document.is_modified
    assert list(folder.glob("*.chainrule")) == []


def test_nothing_left_behind_asks_nothing(program: Program, tmp_path: Path) -> None:
    program.offer_unsaved_work(tmp_path / "nothing")
    assert dialogs(program) == []


def test_the_status_bar_counts(program: Program) -> None:
    program.desk.files.open_now(EXAMPLE)
    texts = [
        label.text()
        for label in program.front.status.findChildren(type(program.front.status._size))
    ]
    assert "5 nodes, 4 wires" in texts


def test_palette_and_inspector_can_be_put_away(program: Program) -> None:
    program.desk.files.open_now(EXAMPLE)
    assert program.front.palette.isVisible()
    program.settings.change(show_palette=False, show_inspector=False)
    assert (program.front.palette.isVisible(), program.desk.inspector.isVisible()) == (False, False)
    program.settings.change(show_palette=True)
    assert program.front.palette.isVisible()


def test_a_tensor_dropped_on_the_canvas_becomes_an_input(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    np.save(tmp_path / "digits.npy", np.ones((2, 3)))
    program.desk.files.open_now(EXAMPLE)
    with qtbot.waitSignal(program.desk.tensors.said):
        assert drop(program, tmp_path / "digits.npy")
    value = program.desk.document.graph.node("digits").value
    assert value is not None
    assert value.shape == (2, 3)


def test_the_tensor_view_opens_from_the_canvas_and_from_the_inspector(program: Program) -> None:
    program.desk.files.open_now(EXAMPLE)
    program.desk.canvas.tensor_requested.emit("x", "gradient")
    (window,) = program.front.window.findChildren(TensorWindow)
    assert window.windowTitle() == "x – Tensor"
    program.desk.selection.set(("y",))
    program.desk.inspector.tensor_requested.emit()
    window.refresh()
    assert window.windowTitle() == "y – Tensor"
    window.close()
