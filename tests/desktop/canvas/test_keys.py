"""The canvas can be used with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chainrule.graph.edits import AddNodes
from chainrule_desktop.theme import Theme
from tests.desktop.easel import ALT, CTRL, SHIFT, Easel, colours_around, gate
from tests.desktop.searching import open_searches

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@pytest.mark.parametrize("arrow", ARROWS)
def test_with_ctrl_arrows_move_the_selected_nodes(easel: Easel, arrow: Qt.Key) -> None:
    easel.selection.set(("x", "q"))
    dx, dy = ARROWS[arrow]
    easel.key(arrow, CTRL)
    assert easel.position("x") == (12 * dx, 12 * dy)
    assert easel.position("q") == (220 + 12 * dx, 50 + 12 * dy)


def test_with_ctrl_and_shift_arrows_move_by_one_unit(easel: Easel) -> None:
    easel.selection.set(("x",))
    easel.key(Qt.Key.Key_Right, CTRL | SHIFT)
    assert easel.position("x") == (1, 0)


def test_a_row_of_nudges_is_one_undo_step(easel: Easel) -> None:
    easel.selection.set(("x",))
    for arrow in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        easel.key(arrow, CTRL)
    assert easel.document.history.count() == 1
    easel.document.history.undo()
    assert easel.position("x") == (0, 0)


def test_nudges_of_other_nodes_are_a_step_of_their_own(easel: Easel) -> None:
    for name in ("x", "y"):
        easel.selection.set((name,))
        easel.key(Qt.Key.Key_Right, CTRL)
    assert easel.document.history.count() == 2


def test_nudges_after_saving_make_the_document_modified_again(easel: Easel) -> None:
    easel.selection.set(("x",))
    easel.key(Qt.Key.Key_Right, CTRL)
    easel.document.history.setClean()
    easel.key(Qt.Key.Key_Right, CTRL)
    assert easel.document.is_modified


def test_with_ctrl_arrows_pan_where_nothing_is_selected(easel: Easel) -> None:
    before = easel.pixel((0, 0))
    easel.key(Qt.Key.Key_Right, CTRL)
    assert easel.pixel((0, 0)) - before == QPoint(-60, 0)
    assert easel.document.history.count() == 0


WALKS = [
    ("q", Qt.Key.Key_Left, "x"),
    ("q", Qt.Key.Key_Right, "f"),
    ("y", Qt.Key.Key_Up, "x"),
    ("y", Qt.Key.Key_Down, "z"),
    ("x", Qt.Key.Key_Left, "x"),
    ("f", Qt.Key.Key_Right, "f"),
    ("x", Qt.Key.Key_Up, "x"),
]


@pytest.mark.parametrize(("start", "arrow", "end"), WALKS)
def test_arrows_walk_along_wires_and_among_siblings(
    easel: Easel, start: str, arrow: Qt.Key, end: str
) -> None:
    easel.selection.set((start,))
    easel.key(arrow)
    assert easel.selection.nodes == (end,)
    assert easel.document.history.count() == 0


def test_a_walk_from_nowhere_begins_at_the_first_node(easel: Easel) -> None:
    easel.key(Qt.Key.Key_Right)
    assert easel.selection.nodes == ("x",)


def focused(window: QWidget) -> str:
    widget = window.focusWidget()
    return "" if widget is None else widget.objectName()


def test_tab_asks_what_to_add(easel: Easel, window: QWidget) -> None:
    heard: list[object] = []
    easel.view.search_requested.connect(lambda *asked: heard.append(asked))
    easel.key(Qt.Key.Key_Tab)
    assert len(heard) == 1
    assert open_searches(window)


def test_shift_tab_leaves(easel: Easel, window: QWidget) -> None:
    easel.key(Qt.Key.Key_Backtab, SHIFT)
    assert focused(window) == "before"


def test_a_walk_brings_the_node_into_view(easel: Easel) -> None:
    easel.editor.move({"x": (4000, 4000)})
    easel.key(Qt.Key.Key_Right)
    assert easel.selection.nodes == ("x",)
    assert easel.view.viewport().rect().contains(easel.pixel(easel.body("x")))


def test_the_place_of_the_keyboard_is_marked_and_the_mouse_needs_no_mark(
    easel: Easel, window: QWidget, theme: Theme
) -> None:
    easel.key(Qt.Key.Key_Right)
    easel.key(Qt.Key.Key_Right)
    frame = easel.view.grab().toImage().pixelColor(300, 0).name().upper()
    assert frame == theme.palette.focus_ring
    node = easel.selection.nodes[-1]
    marked = colours_around(easel, easel.body(node), 14)
    easel.click(easel.output(node))
    assert easel.selection.nodes == (node,)
    assert marked != colours_around(easel, easel.body(node), 14)
    frame = easel.view.grab().toImage().pixelColor(300, 0).name().upper()
    assert frame == theme.palette.canvas


def test_enter_edits_the_selected_leaf(easel: Easel) -> None:
    easel.selection.set(("x",))
    easel.key(Qt.Key.Key_Return)
    assert easel.field.isVisible()
    assert easel.field.text() == "-2"


@pytest.mark.parametrize("typed", ["7", "-", ".", "["])
def test_the_start_of_a_number_edits_the_selected_leaf(easel: Easel, typed: str) -> None:
    easel.selection.set(("x",))
    QTest.keyClicks(easel.view, typed)
    assert easel.field.isVisible()
    assert easel.field.text() == typed


def test_typing_goes_on_in_the_field(easel: Easel) -> None:
    easel.selection.set(("x",))
    QTest.keyClicks(easel.view, "4")
    QTest.keyClicks(easel.field, "2.5")
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    assert easel.graph.node("x").value == 42.5


@pytest.mark.parametrize("key", [CTRL, ALT])
def test_shortcuts_with_digits_edit_nothing(easel: Easel, key: Qt.KeyboardModifier) -> None:
    easel.selection.set(("x",))
    easel.key(Qt.Key.Key_0, key)
    assert not easel.field.isVisible()


def test_a_digit_does_not_disturb_a_gate(easel: Easel) -> None:
    easel.selection.set(("q",))
    QTest.keyClicks(easel.view, "7")
    assert easel.hints == []


def test_escape_selects_nothing(easel: Easel) -> None:
    easel.selection.set(("x",))
    easel.key(Qt.Key.Key_Escape)
    assert not easel.selection


def test_keys_wait_while_a_gesture_is_under_way(easel: Easel) -> None:
    easel.drag_to(easel.body("q"), (300, 90))
    easel.key(Qt.Key.Key_Right)
    easel.key(Qt.Key.Key_Return)
    easel.release((300, 90))
    assert easel.position("q") == (300, 90)
    assert easel.document.history.count() == 1


def test_a_walk_up_finds_the_nearest_node_of_the_column(easel: Easel) -> None:
    easel.document.apply(AddNodes((gate("far", "exp", (200, -400)),)), "Add")
    easel.document.apply(AddNodes((gate("near", "exp", (230, -80)),)), "Add")
    easel.selection.set(("q",))
    easel.key(Qt.Key.Key_Up)
    assert easel.selection.nodes == ("near",)


def test_a_walk_that_leads_nowhere_says_so(easel: Easel) -> None:
    said: list[str] = []
    easel.view.walker.walked.connect(said.append)
    easel.selection.set(("x",))
    easel.key(Qt.Key.Key_Left)
    assert said == ["Nothing leads to x."]
    easel.selection.set(("f",))
    easel.key(Qt.Key.Key_Right)
    assert said[-1] == "Nothing reads mul f."


def test_the_key_of_a_command_that_cannot_be_used_says_why(easel: Easel) -> None:
    mute = QAction("Mute", easel.view)
    mute.setShortcut("M")
    mute.setStatusTip("Select gates to mute.")
    easel.view.addAction(mute)
    mute.setEnabled(False)
    easel.key(Qt.Key.Key_M)
    assert easel.hints[-1] == "Select gates to mute."
