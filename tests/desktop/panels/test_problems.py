"""Problems are listed with their node and their sentence, and can be gone to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget
from pytestqt.qtbot import QtBot

from chainrule.graph.node import Wire
from chainrule_desktop.panels.problems import ProblemsPanel
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk, show_active


@pytest.fixture
def panel(desk: Desk, theme: Theme, qtbot: QtBot) -> ProblemsPanel:
    made = ProblemsPanel(desk.drawing, theme)
    qtbot.addWidget(made)
    show_active(made, qtbot)
    return made


def listed(panel: ProblemsPanel) -> QListWidget:
    return panel.findChildren(QListWidget)[0]


def test_a_sound_graph_has_no_problems(panel: ProblemsPanel) -> None:
    assert not listed(panel).isVisible()
    assert [each.text() for each in panel.findChildren(QLabel) if each.isVisible()] == [
        "No problems: every number of this graph is computed and finite."
    ]


def test_an_open_port_is_listed_and_vanishes_when_wired(panel: ProblemsPanel, desk: Desk) -> None:
    desk.editor.disconnect(Wire("n", "e", 0))
    assert listed(panel).item(0).text() == "e: input 1 not wired; drag a wire to it"
    desk.document.history.undo()
    assert listed(panel).count() == 0


def test_a_click_chooses_the_problem(panel: ProblemsPanel, desk: Desk, qtbot: QtBot) -> None:
    desk.editor.disconnect(Wire("n", "e", 0))
    there = listed(panel).visualItemRect(listed(panel).item(0)).center()
    with qtbot.waitSignal(panel.problem_chosen) as chosen:
        QTest.mouseClick(listed(panel).viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert chosen.args is not None
    assert chosen.args[0] is desk.drawing.problems[0]


def test_enter_chooses_the_problem(panel: ProblemsPanel, desk: Desk, qtbot: QtBot) -> None:
    desk.editor.disconnect(Wire("n", "e", 0))
    listed(panel).setFocus()
    listed(panel).setCurrentRow(0)
    with qtbot.waitSignal(panel.problem_chosen) as chosen:
        QTest.keyClick(listed(panel), Qt.Key.Key_Return)
    assert chosen.args is not None
    assert chosen.args[0].node == "e"


def test_screen_readers_hear_how_bad_it_is(panel: ProblemsPanel, desk: Desk) -> None:
    desk.editor.disconnect(Wire("n", "e", 0))
    spoken = listed(panel).item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Error at e: input 1 not wired; drag a wire to it"
