"""Tensors from files: into the leaf on which they are dropped, or into a new input."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from chainrule.arrays import Array
from chainrule_desktop.actions.workbench import Workbench
from tests.helpers.bench import EXAMPLE, only_dialog


@pytest.fixture
def opened(bench: Workbench) -> Workbench:
    bench.files.open_now(EXAMPLE)
    bench.window.resize(900, 600)
    bench.window.show()
    bench.canvas.navigator.zoom_to_fit()
    return bench


@pytest.fixture
def file(tmp_path: Path) -> Path:
    np.save(tmp_path / "weights.npy", np.arange(6.0).reshape(2, 3))
    return tmp_path / "weights.npy"


def value(bench: Workbench, node: str) -> Array:
    found = bench.document.graph.node(node).value
    assert found is not None
    return found


def pixel(bench: Workbench, node: str) -> QPoint:
    diagram = bench.drawing.diagram
    x, y = diagram.geometry.centers[diagram.parts.index[node]].tolist()
    return bench.canvas.viewportTransform().map(QPointF(x, y)).toPoint()


def test_a_file_dropped_on_a_leaf_replaces_its_value(
    opened: Workbench, file: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(opened.tensors.said) as said:
        opened.tensors.drop(file, pixel(opened, "x"))
    assert value(opened, "x").shape == (2, 3)
    assert said.args == ["x is now 2 × 3"]
    opened.document.history.undo()
    assert value(opened, "x") == -2.0


def test_a_file_dropped_beside_makes_an_input_of_its_name_there(
    opened: Workbench, file: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(opened.tensors.said):
        opened.tensors.drop(file, QPoint(20, 20))
    node = opened.document.graph.node("weights")
    assert node.kind.name == "input"
    assert opened.selection.nodes == ("weights",)
    there = opened.canvas.viewportTransform().map(QPointF(*(node.position or (0, 0))))
    assert (there - QPointF(20, 20)).manhattanLength() < 200


def test_a_name_that_is_taken_gets_a_number(opened: Workbench, file: Path, qtbot: QtBot) -> None:
    for _ in range(2):
        with qtbot.waitSignal(opened.tensors.said):
            opened.tensors.insert(file)
    assert "weights2" in opened.document.graph


def test_a_file_dropped_on_the_start_view_begins_a_graph(
    bench: Workbench, file: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bench.tensors.said):
        bench.tensors.insert(file)
    assert [*bench.document.graph.ids()] == ["weights"]


def test_numbers_for_a_graph_that_is_gone_are_dropped(
    opened: Workbench, file: Path, qtbot: QtBot
) -> None:
    opened.tensors.insert(file)
    opened.files.new()
    qtbot.waitUntil(lambda: opened.tasks.running == 0)
    assert len(opened.document.graph) == 0


def test_a_file_that_can_t_be_read_is_told_of(
    opened: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "t.csv").write_text("1,2\n3,x\n")
    opened.tensors.insert(tmp_path / "t.csv")
    qtbot.waitUntil(lambda: opened.tasks.running == 0)
    box = only_dialog(opened)
    assert isinstance(box, QMessageBox)
    assert "row 2, column 2" in box.text()
