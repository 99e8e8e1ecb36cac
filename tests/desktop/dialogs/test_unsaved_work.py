"""Work that was left behind is restored, discarded or kept, as the user wants."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.dialogs.unsaved_work import UnsavedWorkDialog
from chainrule_desktop.document.recovery import UnsavedWork


@pytest.fixture
def works(tmp_path: Path) -> list[UnsavedWork]:
    made: list[UnsavedWork] = []
    for name in ("first", "second"):
        file = tmp_path / f"{name}.chainrule"
        file.write_text("{}")
        made.append(UnsavedWork(file, name, None, 0.0))
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def press(dialog: UnsavedWorkDialog, text: str) -> None:
    (button,) = [each for each in dialog.findChildren(QPushButton) if each.text() == text]
    button.click()


def test_restore_hands_over_what_is_chosen(window: QWidget, works: list[UnsavedWork]) -> None:
    restored: list[UnsavedWork] = []
    dialog = UnsavedWorkDialog(window, works, restored.append)
    dialog.open()
    listed = dialog.findChild(QListWidget)
    assert listed is not None
    listed.setCurrentRow(1)
    press(dialog, "&Restore")
    assert restored == [works[1]]
    assert not dialog.isVisible()


def test_discard_removes_one_after_the_other(window: QWidget, works: list[UnsavedWork]) -> None:
    dialog = UnsavedWorkDialog(window, works, lambda _: None)
    dialog.open()
    press(dialog, "&Discard")
    assert [work.file.exists() for work in works] == [False, True]
    assert dialog.isVisible()
    press(dialog, "&Discard")
    assert not works[1].file.exists()
    assert not dialog.isVisible()


def test_later_keeps_everything(window: QWidget, works: list[UnsavedWork]) -> None:
    dialog = UnsavedWorkDialog(window, works, lambda _: None)
    dialog.open()
    press(dialog, "&Later")
    assert all(work.file.exists() for work in works)
