"""A question for text stays open, with the reason, until the text fits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chainrule.errors import NodeNameError
from chainrule_desktop.dialogs.text_question import TextQuestion, Wording

WORDING = Wording("Rename", "&New name:", "Rename", text="x")


@pytest.fixture
def taken() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(window: QWidget, taken: list[str]) -> TextQuestion:
    def take(text: str) -> None:
        if " " in text:
            raise NodeNameError("a name has no spaces; use _")
        taken.append(text)

    made = TextQuestion(window, WORDING, take)
    made.open()
    return made


def field(dialog: TextQuestion) -> QLineEdit:
    found = dialog.findChild(QLineEdit)
    assert found is not None
    return found


def test_enter_takes_the_text(qtbot: QtBot, dialog: TextQuestion, taken: list[str]) -> None:
    field(dialog).setText("y")
    qtbot.keyClick(field(dialog), Qt.Key.Key_Return)
    assert taken == ["y"]
    assert not dialog.isVisible()


def test_a_fault_is_shown_and_the_text_stays(dialog: TextQuestion, taken: list[str]) -> None:
    field(dialog).setText("a b")
    dialog.accept()
    assert dialog.isVisible()
    assert field(dialog).text() == "a b"
    assert any("no spaces" in label.text() for label in dialog.findChildren(QLabel))
    assert "no spaces" in field(dialog).accessibleDescription()
    dialog.reject()


def test_escape_takes_nothing(qtbot: QtBot, dialog: TextQuestion, taken: list[str]) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert taken == []


def test_nothing_can_not_be_taken(dialog: TextQuestion) -> None:
    field(dialog).setText("  ")
    (button,) = [each for each in dialog.findChildren(QPushButton) if each.text() == "Rename"]
    assert not button.isEnabled()
    dialog.reject()


def test_the_label_belongs_to_the_field(dialog: TextQuestion) -> None:
    assert any(label.buddy() is field(dialog) for label in dialog.findChildren(QLabel))
    dialog.reject()
