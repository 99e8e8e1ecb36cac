"""Unsaved work is on the disk after every edit, and comes back after a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.errors import FileError
from chainrule.expression.formula import graph_from_formula
from chainrule.files import loads, read_graph
from chainrule.gates.leaf import Input
from chainrule.graph.edits import AddNodes, SetValue
from chainrule.graph.node import Node
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.recovery import (
    LARGE_GRAPH_DELAY,
    SMALL_GRAPH,
    Recovery,
    RecoveryError,
    discard,
    unsaved_work,
)
from chainrule_desktop.tasks import Tasks

ROOT = Path(__file__).parents[3]


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    made = Document()
    made.load(graph_from_formula("x * y"), None)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unsaved"


def side_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.chainrule"))


def edit(document: Document, value: float = 7.0) -> None:
    document.apply(SetValue("x", np.float64(value)), "Set x")


def test_an_edit_is_in_the_side_file_as_soon_as_the_event_loop_turns(
    qtbot: QtBot, document: Document, folder: Path, tasks: Tasks
) -> None:
    recovery = Recovery(document, folder, tasks)
    edit(document)
    qtbot.waitUntil(lambda: len(side_files(folder)) == 1)
    (file,) = side_files(folder)
    assert read_graph(file).node("x").value == 7.0
    recovery.forget()


def test_many_edits_in_a_row_are_written_once(
    qtbot: QtBot, document: Document, folder: Path, monkeypatch: pytest.MonkeyPatch, tasks: Tasks
) -> None:
    written: list[int] = []
    recovery = Recovery(document, folder, tasks)
    monkeypatch.setattr(recovery, "_write_files", lambda: written.append(1))
    for value in range(20):
        edit(document, value)
    qtbot.waitUntil(lambda: bool(written))
    assert written == [1]


def test_a_large_graph_is_written_within_half_a_second(
    qtbot: QtBot, folder: Path, tasks: Tasks
) -> None:
    document = Document()
    recovery = Recovery(document, folder, tasks)
    nodes = tuple(
        Node(f"x{i}", Input(), value=np.float64(i), position=(0.0, float(i)))
        for i in range(SMALL_GRAPH + 1)
    )
    document.apply(AddNodes(nodes), "Add")
    assert LARGE_GRAPH_DELAY <= 500
    assert side_files(folder) == []
    qtbot.waitUntil(lambda: len(side_files(folder)) == 1)
    recovery.forget()


@pytest.fixture
def large(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Document:
    """A document with unsaved changes that is written in the background, without delay."""
    monkeypatch.setattr("chainrule_desktop.document.recovery.SMALL_GRAPH", 0)
    monkeypatch.setattr("chainrule_desktop.document.recovery.LARGE_GRAPH_DELAY", 0)
    made = Document()
    made.load(graph_from_formula("x * y"), None, modified=True)
    return made


def kept_value(folder: Path) -> object:
    (file,) = side_files(folder) or [None]
    return None if file is None else read_graph(file).node("x").value


def test_edits_made_while_a_large_graph_is_being_written_are_kept_too(
    qtbot: QtBot, large: Document, folder: Path, tasks: Tasks, gate: threading.Event
) -> None:
    recovery = Recovery(large, folder, tasks)
    edit(large, 1.0)
    qtbot.waitUntil(lambda: tasks.running == 1)
    for value in (2.0, 3.0, 4.0):
        edit(large, value)
    assert tasks.running == 1
    gate.set()
    qtbot.waitUntil(lambda: kept_value(folder) == 4.0)
    recovery.forget()


def test_work_that_is_saved_while_it_is_being_written_leaves_no_side_file(
    qtbot: QtBot, large: Document, folder: Path, tasks: Tasks, gate: threading.Event, tmp_path: Path
) -> None:
    recovery = Recovery(large, folder, tasks)
    edit(large)
    qtbot.waitUntil(lambda: tasks.running == 1)
    large.save(tmp_path / "saved.chainrule")
    recovery.write()
    gate.set()
    qtbot.waitUntil(lambda: tasks.running == 0)
    assert list(folder.iterdir()) == []


def test_flushing_writes_what_is_still_on_its_way(
    qtbot: QtBot, large: Document, folder: Path, tasks: Tasks, gate: threading.Event
) -> None:
    recovery = Recovery(large, folder, tasks)
    edit(large, 5.0)
    qtbot.waitUntil(lambda: tasks.running == 1)
    recovery.flush()
    assert kept_value(folder) == 5.0
    recovery.forget()


def test_a_large_graph_that_cannot_be_written_is_told_of(
    qtbot: QtBot, large: Document, tasks: Tasks, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    recovery = Recovery(large, blocked, tasks)
    with qtbot.waitSignal(recovery.failed) as heard:
        edit(large)
    assert str((heard.args or [""])[0]).startswith("Unsaved work can't be kept safe: ")


def test_what_a_killed_program_was_writing_is_removed(folder: Path) -> None:
    folder.mkdir()
    torso = folder / "0123.chainrule.0.tmp"
    torso.write_text("{")
    assert unsaved_work(folder) == []
    assert not torso.exists()


def test_what_a_living_program_is_writing_is_left_alone(
    document: Document, folder: Path, tasks: Tasks
) -> None:
    recovery = Recovery(document, folder, tasks)
    edit(document)
    recovery.write()
    (file,) = side_files(folder)
    torso = file.with_name(f"{file.name}.0.tmp")
    torso.write_text("{")
    unsaved_work(folder)
    assert torso.exists()
    recovery.forget()


def test_nothing_is_written_for_a_document_without_changes(
    qtbot: QtBot, document: Document, folder: Path, tasks: Tasks
) -> None:
    recovery = Recovery(document, folder, tasks)
    recovery.write()
    assert not folder.exists()


def test_saving_removes_the_side_file(
    document: Document, folder: Path, tmp_path: Path, tasks: Tasks
) -> None:
    recovery = Recovery(document, folder, tasks)
    edit(document)
    recovery.write()
    document.save(tmp_path / "saved.chainrule")
    recovery.flush()
    assert list(folder.iterdir()) == []


def test_the_users_file_is_not_touched_by_edits(
    document: Document, folder: Path, tmp_path: Path, tasks: Tasks
) -> None:
    path = tmp_path / "mine.chainrule"
    document.save(path)
    before = path.read_bytes()
    recovery = Recovery(document, folder, tasks)
    edit(document)
    recovery.write()
    assert path.read_bytes() == before
    recovery.forget()


def test_undoing_all_changes_removes_the_side_file(
    document: Document, folder: Path, tasks: Tasks
) -> None:
    recovery = Recovery(document, folder, tasks)
    edit(document)
    recovery.write()
    document.history.undo()
    recovery.write()
    assert side_files(folder) == []


def test_work_of_a_living_program_is_not_offered(
    document: Document, folder: Path, tasks: Tasks
) -> None:
    recovery = Recovery(document, folder, tasks)
    edit(document)
    recovery.write()
    assert unsaved_work(folder) == []
    recovery.forget()


def test_a_side_file_that_cannot_be_written_is_told_once(
    qtbot: QtBot, document: Document, tmp_path: Path, tasks: Tasks
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    recovery = Recovery(document, blocked, tasks)
    told: list[str] = []
    recovery.failed.connect(told.append)
    edit(document)
    recovery.write()
    edit(document, 8.0)
    recovery.write()
    assert len(told) == 1
    assert told[0].startswith("Unsaved work can't be kept safe: ")


EDITOR = """
import sys
from pathlib import Path
import numpy as np
from PySide6.QtCore import QCoreApplication
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.edits import SetValue
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.recovery import Recovery
from chainrule_desktop.tasks import Tasks

app = QCoreApplication([])
document = Document()
document.load(graph_from_formula("x * y"), Path(sys.argv[2]))
recovery = Recovery(document, Path(sys.argv[1]), Tasks())
document.apply(SetValue("x", np.float64(42.0)), "Set x")
for _ in range(20):
    app.processEvents()
sys.stdout.write("edited\\n")
sys.stdout.flush()
app.exec()
"""


@pytest.fixture
def killed(folder: Path, tmp_path: Path) -> Path:
    """The folder after a program with unsaved work was killed without a chance to clean up."""
    mine = tmp_path / "mine.chainrule"
    process = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(folder), str(mine)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "edited\n"
    assert unsaved_work(folder) == []
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return folder


def test_work_survives_a_kill_and_is_restored_as_unsaved_changes(
    qtbot: QtBot, killed: Path, tmp_path: Path, tasks: Tasks
) -> None:
    (work,) = unsaved_work(killed)
    assert (work.name, work.path) == ("mine.chainrule", tmp_path / "mine.chainrule")
    document = Document()
    recovery = Recovery(document, killed, tasks)
    recovery.restore(work)
    assert document.graph.node("x").value == 42.0
    assert document.is_modified
    assert document.path == tmp_path / "mine.chainrule"
    assert not (tmp_path / "mine.chainrule").exists()
    # It is still unsaved, so it is kept, under the name of the program that has it now.
    (file,) = side_files(killed)
    assert file != work.file
    assert loads(file.read_bytes()).node("x").value == 42.0
    recovery.forget()


def test_discarded_work_is_gone(killed: Path) -> None:
    (work,) = unsaved_work(killed)
    discard(work)
    assert unsaved_work(killed) == []
    assert side_files(killed) == []


def test_work_can_be_taken_by_one_window_only(qtbot: QtBot, killed: Path, tasks: Tasks) -> None:
    from PySide6.QtCore import QLockFile

    (work,) = unsaved_work(killed)
    other = QLockFile(str(work.file.with_suffix(".lock")))
    assert other.tryLock(0)
    document = Document()
    with pytest.raises(RecoveryError, match="another window"):
        Recovery(document, killed, tasks).restore(work)
    other.unlock()
    assert len(document.graph) == 0


def test_damaged_work_is_told_of_and_kept(qtbot: QtBot, killed: Path, tasks: Tasks) -> None:
    (work,) = unsaved_work(killed)
    work.file.write_text("{")
    recovery = Recovery(Document(), killed, tasks)
    with pytest.raises(FileError):
        recovery.restore(work)
    assert side_files(killed) == [work.file]


def test_work_without_its_meta_file_is_offered_all_the_same(killed: Path) -> None:
    (file,) = side_files(killed)
    file.with_suffix(".json").unlink()
    (work,) = unsaved_work(killed)
    assert (work.name, work.path) == ("untitled", None)
