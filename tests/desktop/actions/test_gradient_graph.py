"""Run ▸ Gradient Graph: the backward pass in a tab of its own, or a sentence why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from chainrule_desktop.actions.gradient_graph import GRADIENT_GRAPH
from chainrule_desktop.actions.workbench import Workbench
from tests.helpers.bench import EXAMPLE, make_bench
from tests.helpers.random_graphs import build


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Workbench:
    made = make_bench(qapp, qtbot, tmp_path)
    assert made.files.open_now(EXAMPLE)
    made.window.show()
    return made


def test_it_comes_in_another_tab_with_the_gradient_of_the_selected_leaf(
    bench: Workbench, qtbot: QtBot
) -> None:
    bench.selection.set(("z",))
    GRADIENT_GRAPH.run(bench)
    qtbot.waitUntil(lambda: "dz" in bench.document.graph)
    document = bench.document
    assert document.passes.output == "dz"
    assert float(document.passes.value("dz") or 0.0) == 3.0
    assert document.path is None
    assert document.is_modified
    assert document.graph.header.title == "Gradients: (x + y) z"
    assert all(node.position is not None for node in document.graph)
    GRADIENT_GRAPH.run(bench)
    qtbot.waitUntil(lambda: "ddz" in bench.document.graph)


def test_a_gate_that_has_none_is_told(bench: Workbench, qtbot: QtBot) -> None:
    graph = build({"A": [[2.0, 0.0], [0.0, 1.0]]}, {"f": ("det", "A")})
    bench.document.load(graph, None)
    GRADIENT_GRAPH.run(bench)
    qtbot.waitUntil(lambda: bool(bench.window.findChildren(QMessageBox)))
    (box,) = bench.window.findChildren(QMessageBox)
    assert "the gate det has no gradient graph" in box.text()
    assert "f" in bench.document.graph
