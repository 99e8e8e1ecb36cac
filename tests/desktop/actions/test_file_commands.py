"""Files are opened, saved and left only as the user wants; nothing unsaved is lost unasked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from chainrule.expression.formula import graph_from_formula
from chainrule.files import read_graph, write_graph
from chainrule.graph.edits import MoveNodes
from chainrule.layout import JOB_SIZE
from chainrule_desktop.actions.workbench import Workbench
from tests.helpers.bench import LoneTab, only_dialog, open_dialogs

Button = QMessageBox.StandardButton


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "product.chainrule"
    graph = graph_from_formula("f = x * y")
    MoveNodes({each: (i * 100.0, 0.0) for i, each in enumerate(graph.ids())}).apply(graph)
    write_graph(graph, path)
    return path


@pytest.fixture
def edited(bench: Workbench, file: Path) -> Workbench:
    """A workbench with unsaved changes to the file."""
    bench.files.open_now(file)
    bench.editor.set_value("x", np.float64(9.0))
    return bench


def press(bench: Workbench, button: Button) -> None:
    box = only_dialog(bench)
    assert isinstance(box, QMessageBox)
    box.button(button).click()


def did(bench: Workbench) -> list[str]:
    """Return what has been asked of the tabs."""
    assert isinstance(bench.tabs, LoneTab)
    return bench.tabs.did


def choose_file(dialog: QDialog, path: Path) -> None:
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(path))
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_open_shows_the_file_and_remembers_it(bench: Workbench, file: Path) -> None:
    bench.files.choose_and_open()
    choose_file(only_dialog(bench), file)
    assert bench.files.is_open
    assert bench.document.path == file
    assert bench.settings.recent_files() == [file]


def test_a_file_that_cannot_be_read_is_told_of_and_changes_nothing(
    edited: Workbench, tmp_path: Path, file: Path
) -> None:
    edited.document.save(file)
    bad = tmp_path / "bad.chainrule"
    bad.write_text("{")
    edited.files.open(bad)
    box = only_dialog(edited)
    assert isinstance(box, QMessageBox)
    assert box.text().startswith("Could not open bad.chainrule: ")
    assert edited.document.path == file
    box.close()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file count as a large one, which is read in the background."""
    monkeypatch.setattr("chainrule_desktop.document.opening.LARGE_FILE", 0)


def test_a_large_file_is_shown_when_it_has_been_read(
    qtbot: QtBot, bench: Workbench, file: Path, large: None
) -> None:
    with qtbot.waitSignal(bench.files.graph_opened):
        bench.files.open(file)
        assert not bench.files.is_open
    assert bench.document.path == file
    assert bench.settings.recent_files() == [file]


def test_a_file_that_was_read_beside_an_edited_graph_goes_to_another_tab(
    qtbot: QtBot, edited: Workbench, file: Path, large: None
) -> None:
    edited.files.saving.save()
    edited.files.open(file)
    edited.editor.set_value("x", np.float64(5.0))
    with qtbot.waitSignal(edited.files.graph_opened):
        pass
    assert did(edited) == ["another"]


def test_edits_made_while_reverting_are_asked_about(
    qtbot: QtBot, edited: Workbench, file: Path, large: None
) -> None:
    edited.files.revert()
    press(edited, Button.Discard)
    edited.editor.set_value("x", np.float64(5.0))
    qtbot.waitUntil(lambda: bool(open_dialogs(edited)))
    press(edited, Button.Cancel)
    assert edited.document.graph.node("x").value == 5.0
    assert edited.document.is_modified


def test_another_graph_takes_the_place_of_a_file_that_is_being_read(
    qtbot: QtBot, bench: Workbench, file: Path, large: None
) -> None:
    bench.files.open(file)
    bench.files.new()
    qtbot.waitUntil(lambda: bench.tasks.running == 0)
    assert bench.document.path is None
    assert len(bench.document.graph) == 0


def test_save_writes_the_file(edited: Workbench, file: Path) -> None:
    edited.files.saving.save()
    assert read_graph(file).node("x").value == 9.0
    assert not edited.document.is_modified


def test_saving_a_new_graph_asks_for_a_file(bench: Workbench, tmp_path: Path) -> None:
    bench.files.new_from_formula("x * y")
    bench.files.saving.save()
    choose_file(only_dialog(bench), tmp_path / "new.chainrule")
    assert bench.document.path == tmp_path / "new.chainrule"
    assert "x" in read_graph(tmp_path / "new.chainrule")


def test_saving_elsewhere_leaves_the_first_file_alone(
    edited: Workbench, file: Path, tmp_path: Path
) -> None:
    before = file.read_bytes()
    edited.files.saving.save_as()
    choose_file(only_dialog(edited), tmp_path / "other.chainrule")
    assert file.read_bytes() == before
    assert edited.document.name == "other.chainrule"


def test_a_failed_save_is_told_of_and_keeps_the_changes(edited: Workbench, tmp_path: Path) -> None:
    edited.document.path = tmp_path / "gone" / "product.chainrule"
    edited.files.saving.save()
    only_dialog(edited).close()
    assert edited.document.is_modified


def test_revert_asks_and_reads_the_file_again(edited: Workbench) -> None:
    edited.files.revert()
    press(edited, Button.Cancel)
    assert edited.document.graph.node("x").value == 9.0
    edited.files.revert()
    press(edited, Button.Discard)
    assert edited.document.graph.node("x").value != 9.0
    assert not edited.document.is_modified


def test_a_round_trip_keeps_everything(edited: Workbench, tmp_path: Path) -> None:
    edited.files.saving.save()
    path = edited.document.path
    assert path is not None
    saved = path.read_bytes()
    edited.files.close()
    edited.files.open(path)
    edited.files.saving.save()
    assert path.read_bytes() == saved


def test_a_new_graph_leaves_the_edited_one_in_its_tab(edited: Workbench) -> None:
    edited.files.new()
    assert open_dialogs(edited) == []
    assert did(edited) == ["another"]


def test_closing_asks_about_unsaved_changes(edited: Workbench) -> None:
    edited.files.close()
    press(edited, Button.Cancel)
    assert did(edited) == []
    edited.files.close()
    press(edited, Button.Discard)
    assert did(edited) == ["close"]


def test_saving_first_goes_on_afterwards(edited: Workbench, file: Path) -> None:
    edited.files.close()
    press(edited, Button.Save)
    assert read_graph(file).node("x").value == 9.0
    assert did(edited) == ["close"]


def test_cancelling_the_file_dialog_cancels_all(bench: Workbench) -> None:
    bench.files.new_from_formula("x * y")
    bench.files.close()
    press(bench, Button.Save)
    dialogs = [each for each in open_dialogs(bench) if isinstance(each, QFileDialog)]
    dialogs[0].reject()
    assert "x" in bench.document.graph
    assert did(bench) == []


def test_a_file_that_another_tab_has_open_is_not_written_over(
    edited: Workbench, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    monkeypatch.setattr(edited.tabs, "holds", lambda path: path == file)
    edited.files.saving.save()
    box = only_dialog(edited)
    assert isinstance(box, QMessageBox)
    assert "open in another tab" in box.text()
    assert file.read_bytes() == before
    box.close()


def test_an_example_is_opened_as_a_copy(bench: Workbench, file: Path) -> None:
    bench.files.open_example(file)
    assert bench.document.path is None
    assert bench.settings.recent_files() == []


def test_a_large_file_without_places_is_shown_at_once_and_tidied_later(
    qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "large.chainrule"
    write_graph(graph_from_formula(" + ".join(["x"] * (JOB_SIZE + 2))), path)
    bench.files.open_now(path)
    assert bench.tidying.is_running
    assert bench.files.is_open
    with qtbot.waitSignal(bench.tidying.placed, timeout=30_000):
        pass
    assert not bench.document.is_modified
