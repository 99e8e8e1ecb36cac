"""The list of keys is searched, records new ones, and asks before it takes any away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
)

from chainrule_desktop.actions.key_map import ActionKeys
from chainrule_desktop.actions.table import MENUS
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.key_field import KeyField
from chainrule_desktop.dialogs.shortcuts import ShortcutsDialog

CTRL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """Uses the dialog."""

    def __init__(self, bench: Workbench) -> None:
        self.settings = bench.settings
        self.dialog = ShortcutsDialog(bench.window, ActionKeys(MENUS, bench.settings))
        self.dialog.open()
        (self.tree,) = self.dialog.findChildren(QTreeWidget)
        (self.field,) = self.dialog.findChildren(KeyField)

    @property
    def items(self) -> list[QTreeWidgetItem]:
        tops = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        found = [top.child(row) for top in tops if top for row in range(top.childCount())]
        return [item for item in found if item is not None]

    @property
    def note(self) -> str:
        notes = [label.text() for label in self.dialog.findChildren(QLabel)]
        return next(note for note in notes if note and "New keys" not in note)

    def search(self, text: str) -> None:
        search = next(each for each in self.dialog.findChildren(QLineEdit) if each != self.field)
        search.setText(text)

    def select(self, what: str) -> None:
        (item,) = (each for each in self.items if each.text(0) == what)
        self.tree.setCurrentItem(item)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.field, key, CTRL)

    def button(self, text: str) -> QPushButton:
        buttons = self.dialog.findChildren(QPushButton)
        (found,) = (each for each in buttons if each.text() == text)
        return found

    def keys_of(self, what: str) -> str:
        (item,) = (each for each in self.items if each.text(0) == what)
        return item.text(1)


@pytest.fixture
def hand(bench: Workbench) -> Hand:
    return Hand(bench)


def test_actions_are_found_by_name_and_by_keys(hand: Hand) -> None:
    hand.search("tidy layout")
    assert "Tidy Layout" in [item.text(0) for item in hand.items]
    assert len(hand.items) < 6
    hand.search("Ctrl+L")
    assert "Tidy Layout" in [item.text(0) for item in hand.items]


def test_free_keys_are_used(hand: Hand) -> None:
    hand.select("Tidy Layout")
    hand.press(Qt.Key.Key_F12)
    assert hand.note == "Ctrl+F12 is free. Use it for Tidy Layout?"
    hand.button("Use").click()
    assert hand.keys_of("Tidy Layout") == "Ctrl+F12"
    assert hand.settings.values.shortcuts == {"graph.tidy": ["Ctrl+F12"]}


def test_keys_of_another_action_are_named_and_taken_only_on_demand(hand: Hand) -> None:
    hand.select("Tidy Layout")
    hand.press(Qt.Key.Key_J)
    assert hand.note == "Ctrl+J belongs to “Jacobian”. Take it away from there?"
    assert hand.settings.values.shortcuts == {}
    hand.button("Take Away").click()
    assert hand.keys_of("Tidy Layout") == "Ctrl+J"
    assert hand.keys_of("Jacobian") == ""


def test_cancel_leaves_the_keys_where_they_are(hand: Hand) -> None:
    hand.select("Tidy Layout")
    hand.press(Qt.Key.Key_J)
    hand.button("Cancel").click()
    assert hand.settings.values.shortcuts == {}
    assert hand.field.keys == QKeySequence()


def test_keys_that_the_canvas_needs_can_not_be_had(hand: Hand) -> None:
    hand.select("Tidy Layout")
    QTest.keyClick(hand.field, Qt.Key.Key_Space)
    assert hand.note == "Space always belongs to the canvas; press other keys."
    assert not hand.button("Use").isEnabled()


def test_an_action_can_lose_its_keys_and_get_them_back(hand: Hand) -> None:
    hand.select("Tidy Layout")
    hand.button("No Keys").click()
    assert hand.keys_of("Tidy Layout") == ""
    hand.button("Reset").click()
    assert hand.keys_of("Tidy Layout") == "Ctrl+L"
    assert hand.settings.values.shortcuts == {}


def test_all_keys_can_be_reset(hand: Hand) -> None:
    hand.settings.change(shortcuts={"graph.tidy": []})
    hand.button("Reset All").click()
    assert hand.keys_of("Tidy Layout") == "Ctrl+L"


def test_nothing_can_be_changed_before_an_action_is_selected(hand: Hand) -> None:
    assert not hand.field.isEnabled()
    assert hand.note == "Select an action to give it other keys."


def test_two_keys_that_follow_each_other_are_recorded(hand: Hand) -> None:
    hand.select("Tidy Layout")
    QTest.keyClick(hand.field, Qt.Key.Key_F12)
    QTest.keyClick(hand.field, Qt.Key.Key_Left)
    assert hand.field.keys == QKeySequence("F12, Left")


def test_escape_in_the_field_is_recorded_and_does_not_close(hand: Hand) -> None:
    hand.select("Tidy Layout")
    QTest.keyClick(hand.field, Qt.Key.Key_Escape)
    assert hand.note == "Esc always belongs to the canvas; press other keys."
    assert hand.dialog.isVisible()


def test_shift_that_makes_a_sign_is_no_key_of_its_own(hand: Hand) -> None:
    hand.select("Tidy Layout")
    sign = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_BraceLeft, Qt.KeyboardModifier.ShiftModifier, "{"
    )
    QApplication.sendEvent(hand.field, sign)
    assert hand.field.keys == QKeySequence("{")
