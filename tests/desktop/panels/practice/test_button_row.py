"""Buttons whose words are never cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.practice.button_row import ButtonRow


@pytest.fixture
def buttons() -> list[QPushButton]:
    return [QPushButton("Next Blank"), QPushButton("Check Answers")]


@pytest.fixture
def panel(qtbot: QtBot) -> QWidget:
    """Return a panel that makes nothing in it as wide as it would like to be."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 120)
    made.show()
    return made


def shown_row(buttons: list[QPushButton], width: int, panel: QWidget) -> ButtonRow:
    row = ButtonRow(*buttons)
    row.setParent(panel)
    row.setGeometry(0, 0, width, 120)
    row.show()
    return row


@pytest.mark.parametrize("share", [2.0, 1.2, 0.9, 0.7])
def test_every_button_has_room_for_its_words(
    share: float, buttons: list[QPushButton], panel: QWidget, qtbot: QtBot
) -> None:
    words = sum(each.sizeHint().width() for each in buttons)
    row = shown_row(buttons, round(share * words), panel)
    qtbot.waitUntil(lambda: (buttons[0].y() == buttons[1].y()) is (share > 1))
    assert all(each.width() >= each.sizeHint().width() for each in buttons)
    assert all(each.geometry().right() < row.width() for each in buttons)


def test_longer_words_move_a_button_below(
    buttons: list[QPushButton], panel: QWidget, qtbot: QtBot
) -> None:
    shown_row(buttons, round(1.2 * sum(each.sizeHint().width() for each in buttons)), panel)
    qtbot.waitUntil(lambda: buttons[0].y() == buttons[1].y())
    buttons[0].setText("Next Blank of All That Are Left")
    qtbot.waitUntil(lambda: buttons[0].y() < buttons[1].y())
