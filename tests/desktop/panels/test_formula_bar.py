"""The formula follows the graph, and a typed one becomes a graph or a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.formula_bar import FormulaBar
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk, retype, show_active

NEURON = "f = 1/(1 + exp(-(w0*x0 + w1*x1 + w2)))"


@pytest.fixture
def bar(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[FormulaBar]:
    """The bar in a window beside another field, which has the keyboard."""
    window = QWidget()
    row = QHBoxLayout(window)
    made, other = FormulaBar(desk.document, theme), QLineEdit()
    row.addWidget(made, 1)
    row.addWidget(other)
    qtbot.addWidget(window)
    window.resize(700, 120)
    show_active(window, qtbot)
    other.setFocus()
    yield made
    window.close()


def sentences(bar: FormulaBar) -> list[str]:
    return [each.text() for each in bar.window().findChildren(QLabel) if each.isVisible()]


def test_the_graphs_formula_is_shown(bar: FormulaBar) -> None:
    assert bar.field.text() == NEURON


def test_the_formula_follows_edits(bar: FormulaBar, desk: Desk, qtbot: QtBot) -> None:
    desk.editor.rename("w0", "v")
    qtbot.waitUntil(lambda: "v*x0" in bar.field.text())


def test_a_long_formula_ends_in_an_ellipsis_until_it_is_edited(
    bar: FormulaBar, qtbot: QtBot
) -> None:
    bar.window().resize(330, 120)
    qtbot.waitUntil(lambda: bar.field.text().endswith("…"))
    assert bar.field.toolTip() == NEURON
    bar.field.setFocus()
    assert bar.field.text() == NEURON


def test_enter_on_another_formula_hands_it_over(bar: FormulaBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.formula_entered) as entered:
        retype(bar.field, "f = (x + y)*z")
    assert entered.args == ["f = (x + y)*z"]


def test_enter_on_the_same_formula_does_nothing(bar: FormulaBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.formula_entered):
        retype(bar.field, NEURON)


def test_what_can_t_be_read_is_marked_and_explained(bar: FormulaBar, qtbot: QtBot) -> None:
    heard: list[str] = []
    bar.fault_found.connect(heard.append)
    with qtbot.assertNotEmitted(bar.formula_entered):
        retype(bar.field, "f = x + (y")
    assert bar.field.has_fault
    assert bar.field.cursorPosition() == 8
    assert sentences(bar) == [heard[-1]]
    assert heard[-1].startswith("Column 9:")
    assert bar.field.text() == "f = x + (y"


def test_typing_on_takes_the_mark_away(bar: FormulaBar) -> None:
    retype(bar.field, "f = x + (y")
    QTest.keyClick(bar.field, Qt.Key.Key_End)
    QTest.keyClicks(bar.field, ")")
    assert not bar.field.has_fault
    assert sentences(bar) == []


def test_escape_restores_the_formula(bar: FormulaBar) -> None:
    retype(bar.field, "f = x + (y", Qt.Key.Key_Escape)
    assert bar.field.text() == NEURON


def test_a_draft_comes_back_with_the_keyboard(bar: FormulaBar) -> None:
    retype(bar.field, "f = x + (y")
    other = bar.window().findChildren(QLineEdit)[-1]
    other.setFocus()
    assert bar.field.text() == NEURON
    bar.field.setFocus()
    assert bar.field.text() == "f = x + (y"
