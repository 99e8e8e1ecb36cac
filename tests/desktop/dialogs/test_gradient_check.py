"""The gradient check runs beside the window and shows one line for each number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QProgressBar, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from chainrule.autodiff.gradient_check import Check, Verdict
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.graph import GateGraph
from chainrule_desktop.dialogs.gradient_check import GradientCheckDialog, summary
from chainrule_desktop.tasks import Tasks

PATIENCE = 20_000


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    running = Tasks()
    yield running
    running.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(window: QWidget, graph: GateGraph, tasks: Tasks) -> GradientCheckDialog:
    dialog = GradientCheckDialog(window, graph, tasks)
    dialog.open()
    return dialog


def rows(dialog: GradientCheckDialog) -> list[list[str]]:
    table = dialog.findChild(QTableWidget)
    assert table is not None
    return [
        [item.text() if (item := table.item(row, column)) else "" for column in range(6)]
        for row in range(table.rowCount())
    ]


def test_every_number_has_a_line(qtbot: QtBot, window: QWidget, tasks: Tasks) -> None:
    graph = graph_from_formula("sum(x * w)", {"x": [1.0, 2.0], "w": 3.0})
    dialog = opened(window, graph, tasks)
    qtbot.waitUntil(lambda: bool(rows(dialog)), timeout=PATIENCE)
    assert [row[:3] for row in rows(dialog)] == [["x", "0", "3"], ["x", "1", "3"], ["w", "–", "3"]]
    assert {row[5] for row in rows(dialog)} == {"agrees"}
    dialog.reject()


def test_a_kink_is_said_to_be_one(qtbot: QtBot, window: QWidget, tasks: Tasks) -> None:
    dialog = opened(window, graph_from_formula("relu(x)", {"x": 0.0}), tasks)
    qtbot.waitUntil(lambda: bool(rows(dialog)), timeout=PATIENCE)
    assert rows(dialog)[0][5].startswith("kink: ")
    dialog.reject()


def test_closing_ends_a_check_that_still_runs(qtbot: QtBot, window: QWidget, tasks: Tasks) -> None:
    graph = graph_from_formula("sum(exp(x))", {"x": [0.1] * 20_000})
    dialog = opened(window, graph, tasks)
    assert dialog.findChild(QProgressBar) is not None
    dialog.reject()
    qtbot.waitUntil(lambda: tasks.running == 0, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("verdicts", "sentence"),
    [
        ([], "There are no inputs or parameters to check."),
        ([Verdict.AGREES], "All gradients agree: 1 number checked."),
        (
            [Verdict.AGREES, Verdict.DIFFERS, Verdict.KINK],
            "3 numbers checked: 1 agrees, 1 differs, 1 kink.",
        ),
    ],
)
def test_the_summary_says_what_came_out(verdicts: list[Verdict], sentence: str) -> None:
    checks = [Check("x", (), 1.0, 1.0, 0.0, verdict) for verdict in verdicts]
    assert summary(checks) == sentence
