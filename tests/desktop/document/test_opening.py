"""Files are read for a document: small ones at once, large ones beside the window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chainrule.errors import FileError
from chainrule.expression.formula import graph_from_formula
from chainrule.files import read_graph, write_graph
from chainrule.graph.graph import GateGraph
from chainrule_desktop.document.document import Prepared
from chainrule_desktop.document.opening import Opening
from chainrule_desktop.tasks import Tasks

MODULE = "chainrule_desktop.document.opening"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "product.chainrule"
    write_graph(graph_from_formula("f = x * y"), made)
    return made


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file count as a large one."""
    monkeypatch.setattr(f"{MODULE}.LARGE_FILE", 0)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, large: None, tasks: Tasks) -> Iterator[threading.Event]:
    """What must be set before a large file has been read."""
    opened = threading.Event()

    def read_slowly(path: Path) -> GateGraph:
        opened.wait()
        return read_graph(path)

    monkeypatch.setattr(f"{MODULE}.read_graph", read_slowly)
    yield opened
    opened.set()


def no_complaint(path: Path, error: Exception) -> None:
    raise AssertionError(f"{path}: {error}")


def test_a_small_file_is_read_at_once(tasks: Tasks, path: Path) -> None:
    read: list[Prepared] = []
    Opening(tasks).read(path, read.append, no_complaint)
    assert [each.passes.value("f") for each in read] == [2.0]


def test_a_small_file_that_cannot_be_read_is_complained_of_at_once(
    tasks: Tasks, tmp_path: Path
) -> None:
    told: list[Exception] = []
    Opening(tasks).read(
        tmp_path / "gone", lambda _: pytest.fail("read"), lambda _, error: told.append(error)
    )
    assert isinstance(told[0], FileError)


def test_a_large_file_is_read_in_the_background_with_its_numbers_and_places(
    qtbot: QtBot, tasks: Tasks, path: Path, held: threading.Event
) -> None:
    opening, read = Opening(tasks), list[Prepared]()
    with qtbot.waitSignal(opening.ended):
        opening.read(path, read.append, no_complaint)
        assert opening.is_reading
        assert read == []
        held.set()
    qtbot.waitUntil(lambda: bool(read))
    assert read[0].passes.value("f") == 2.0
    assert all(node.position is not None for node in read[0].graph)
    assert not opening.is_reading


def test_it_is_said_that_reading_takes_a_while(
    qtbot: QtBot, tasks: Tasks, path: Path, held: threading.Event
) -> None:
    opening = Opening(tasks)
    with qtbot.waitSignal(opening.slow) as heard:
        opening.read(path, lambda _: None, no_complaint)
    assert heard.args == [path.name]


def test_a_large_file_that_cannot_be_read_is_complained_of(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path, large: None
) -> None:
    bad = tmp_path / "bad.chainrule"
    bad.write_text("{")
    told: list[tuple[Path, Exception]] = []
    opening = Opening(tasks)
    opening.read(bad, lambda _: pytest.fail("read"), lambda *fault: told.append(fault))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][0] == bad
    assert isinstance(told[0][1], FileError)


def test_what_was_cancelled_is_not_handed_on(
    qtbot: QtBot, tasks: Tasks, path: Path, held: threading.Event
) -> None:
    opening = Opening(tasks)
    opening.read(path, lambda _: pytest.fail("read"), no_complaint)
    with qtbot.waitSignal(opening.ended):
        opening.cancel()
    held.set()
    qtbot.waitUntil(lambda: tasks.running == 0)
    assert not opening.is_reading


def test_of_two_files_only_the_last_is_handed_on(
    qtbot: QtBot, tasks: Tasks, path: Path, tmp_path: Path, held: threading.Event
) -> None:
    other = tmp_path / "sum.chainrule"
    write_graph(graph_from_formula("f = x + y"), other)
    read: list[Prepared] = []
    opening = Opening(tasks)
    opening.read(path, lambda _: pytest.fail("the first was read"), no_complaint)
    opening.read(other, read.append, no_complaint)
    held.set()
    qtbot.waitUntil(lambda: tasks.running == 0)
    assert [each.passes.value("f") for each in read] == [3.0]
