"""A graph is written beside the editing: as it was at the start, as a whole, and only if wanted."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.expression.formula import graph_from_formula
from chainrule.files import dumps
from chainrule.graph.edits import SetValue
from chainrule.graph.graph import GateGraph
from chainrule_desktop.document.snapshot_writer import SnapshotWriter
from chainrule_desktop.tasks import Tasks


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.chainrule"


def product() -> GateGraph:
    return graph_from_formula("f = x * y")


def test_the_file_holds_the_graph_of_the_moment_when_its_writing_began(
    qtbot: QtBot, tasks: Tasks, path: Path, gate: threading.Event
) -> None:
    writer, graph = SnapshotWriter(path, tasks), product()
    before = dumps(graph)
    with qtbot.waitSignal(writer.written):
        writer.write(graph)
        SetValue("x", np.float64(99.0)).apply(graph)
        assert writer.is_writing
        gate.set()
    assert path.read_bytes() == before
    assert not writer.is_writing


def test_the_old_file_stays_until_the_new_one_is_complete(
    qtbot: QtBot, tasks: Tasks, path: Path, gate: threading.Event
) -> None:
    path.write_text("old")
    writer = SnapshotWriter(path, tasks)
    with qtbot.waitSignal(writer.written):
        writer.write(product())
        assert path.read_text() == "old"
        gate.set()
    assert list(path.parent.iterdir()) == [path]


def test_a_writing_that_is_cancelled_leaves_nothing_behind(
    qtbot: QtBot, tasks: Tasks, path: Path, gate: threading.Event
) -> None:
    writer = SnapshotWriter(path, tasks)
    writer.write(product())
    writer.cancel()
    gate.set()
    qtbot.waitUntil(lambda: tasks.running == 0)
    assert list(path.parent.iterdir()) == []


def test_a_second_writing_takes_the_place_of_the_first(
    qtbot: QtBot, tasks: Tasks, path: Path, gate: threading.Event
) -> None:
    writer, graph = SnapshotWriter(path, tasks), product()
    writer.write(graph)
    SetValue("x", np.float64(99.0)).apply(graph)
    with qtbot.waitSignal(writer.written):
        writer.write(graph)
        gate.set()
    qtbot.waitUntil(lambda: tasks.running == 0)
    assert path.read_bytes() == dumps(graph)
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_is_handed_on_and_leaves_nothing_behind(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    writer = SnapshotWriter(tmp_path / "gone" / "graph.chainrule", tasks)
    with qtbot.waitSignal(writer.failed) as heard:
        writer.write(product())
    assert isinstance((heard.args or [None])[0], FileNotFoundError)
    assert not writer.is_writing


def test_a_target_that_cannot_be_replaced_is_a_failure(
    qtbot: QtBot, tasks: Tasks, path: Path
) -> None:
    path.mkdir()
    writer = SnapshotWriter(path, tasks)
    with qtbot.waitSignal(writer.failed) as heard:
        writer.write(product())
    assert isinstance((heard.args or [None])[0], OSError)
    assert list(path.parent.iterdir()) == [path]
