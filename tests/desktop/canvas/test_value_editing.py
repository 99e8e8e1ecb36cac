"""Values are typed in place, leaf after leaf, and nothing typed is taken by mistake."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chainrule.arrays import Array
from chainrule_desktop.canvas.value_editing import MOST_NUMBERS
from tests.desktop.easel import Easel, bubbles, sum_times_z, wheel

EMPTY = (300.0, 330.0)
NOTCH = QPoint(0, 120)


def value(easel: Easel, node: str) -> Array | None:
    return easel.graph.node(node).value


def shape(easel: Easel, node: str) -> tuple[int, ...]:
    found = value(easel, node)
    assert found is not None
    return found.shape


def type_in(easel: Easel, text: str) -> None:
    easel.field.selectAll()
    QTest.keyClicks(easel.field, text)


def test_a_double_click_on_a_leaf_edits_its_value(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    assert easel.field.isVisible()
    assert easel.field.text() == "-2"
    assert easel.field.selectedText() == "-2"
    assert easel.field.geometry().contains(easel.pixel((30, -10)))


def test_enter_takes_the_value_and_all_numbers_follow(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "7")
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    assert not easel.field.isVisible()
    assert easel.view.hasFocus()
    assert easel.document.passes.value("f") == -48
    assert easel.document.history.count() == 1


def test_enter_without_a_change_is_no_step(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    assert easel.document.history.count() == 0


def test_escape_leaves_the_value_and_the_selection(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "7")
    QTest.keyClick(easel.field, Qt.Key.Key_Escape)
    assert not easel.field.isVisible()
    assert value(easel, "x") == -2
    assert easel.selection.nodes == ("x",)


@pytest.mark.parametrize(("key", "following"), [(Qt.Key.Key_Tab, "y"), (Qt.Key.Key_Backtab, "z")])
def test_tab_takes_the_value_and_goes_on_to_the_next_leaf(
    easel: Easel, key: Qt.Key, following: str
) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "7")
    QTest.keyClick(easel.field, key)
    assert value(easel, "x") == 7
    assert easel.selection.nodes == (following,)
    assert easel.field.isVisible()
    assert easel.field.accessibleName() == f"Value of {following}"


def test_the_next_leaf_is_brought_into_view(easel: Easel) -> None:
    easel.editor.move({"y": (3000, 2000)})
    easel.view.edit_value("x")
    QTest.keyClick(easel.field, Qt.Key.Key_Tab)
    assert easel.view.viewport().rect().contains(easel.pixel(easel.body("y")))
    assert easel.field.geometry().contains(easel.pixel((3030, 1990)))


@pytest.mark.parametrize("text", ["", "seven", "1, 2", "[1, [2]]", "1e999", "{}"])
def test_what_is_no_value_stays_in_the_field_with_a_sentence(easel: Easel, text: str) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, text)
    if not text:
        easel.field.clear()
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    assert easel.field.isVisible()
    assert easel.field.text() == text
    assert len(bubbles(easel)) == 1
    assert bubbles(easel) == easel.hints[-1:]
    assert value(easel, "x") == -2


def test_the_sentence_goes_when_typing_goes_on(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "seven")
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    type_in(easel, "7")
    assert bubbles(easel) == []
    assert easel.hints[-1] == ""
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    assert value(easel, "x") == 7


def test_the_sentence_goes_when_typing_is_given_up(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "seven")
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    QTest.keyClick(easel.field, Qt.Key.Key_Escape)
    assert bubbles(easel) == []
    assert easel.hints[-1] == ""


def test_a_click_elsewhere_takes_the_value(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "7")
    easel.view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not easel.field.isVisible()
    assert value(easel, "x") == 7


def test_a_click_elsewhere_leaves_the_value_where_the_text_is_none(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "seven")
    easel.view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not easel.field.isVisible()
    assert value(easel, "x") == -2
    assert "seven" in easel.hints[-1]


def test_the_focus_stays_where_the_user_has_clicked(easel: Easel, window: QWidget) -> None:
    easel.view.edit_value("x")
    type_in(easel, "7")
    after = window.findChild(QLineEdit, "after")
    assert after is not None
    after.setFocus(Qt.FocusReason.MouseFocusReason)
    assert value(easel, "x") == 7
    assert after.hasFocus()


def test_another_window_does_not_end_typing(easel: Easel) -> None:
    easel.view.edit_value("x")
    type_in(easel, "8")
    away = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(easel.field, away)
    assert easel.field.isVisible()
    assert easel.field.text() == "8"
    assert value(easel, "x") == -2


def test_the_field_stays_over_its_value_while_zooming_and_scrolling(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "7")
    wheel(easel, QPoint(600, 500), NOTCH)
    assert easel.field.geometry().contains(easel.pixel((30, -10)))
    wheel(easel, QPoint(600, 500), -NOTCH, Qt.KeyboardModifier.ShiftModifier)
    assert easel.field.geometry().contains(easel.pixel((30, -10)))
    assert easel.field.text() == "7"


def test_another_document_ends_typing_and_gets_nothing_of_it(easel: Easel) -> None:
    easel.double_click(easel.body("x"))
    type_in(easel, "7")
    easel.document.load(sum_times_z(), None)
    assert not easel.field.isVisible()
    assert value(easel, "x") == -2
    assert not easel.document.is_modified


def test_a_leaf_that_vanishes_takes_the_field_along(easel: Easel) -> None:
    added = easel.editor.add("input", (100, 300))
    easel.view.edit_value(added)
    type_in(easel, "7")
    easel.document.history.undo()
    assert not easel.field.isVisible()
    assert added not in easel.graph


def test_editing_another_leaf_takes_what_was_typed(easel: Easel) -> None:
    easel.view.edit_value("x")
    type_in(easel, "7")
    easel.view.edit_value("y")
    assert value(easel, "x") == 7
    assert easel.field.accessibleName() == "Value of y"


def test_a_gate_says_that_it_computes_its_value(easel: Easel) -> None:
    easel.view.edit_value("q")
    assert not easel.field.isVisible()
    assert easel.hints == ["q computes its value; edit the leaves that it depends on."]


def test_a_double_click_on_a_gate_edits_nothing(easel: Easel) -> None:
    easel.double_click(easel.body("q"))
    easel.release(easel.body("q"))
    assert not easel.field.isVisible()
    assert easel.position("q") == (220, 50)


def test_a_large_tensor_is_replaced_rather_than_cut_to_the_length_of_a_field(easel: Easel) -> None:
    easel.editor.set_value("x", np.zeros((2, MOST_NUMBERS)))
    easel.view.edit_value("x")
    assert easel.field.text() == ""
    assert "such as randn(3, 4)" in easel.hints[-1]
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    assert shape(easel, "x") == (2, MOST_NUMBERS)
    easel.view.edit_value("x")
    type_in(easel, "randn(3, 4, seed=1)")
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    assert shape(easel, "x") == (3, 4)


def test_cells_of_a_spreadsheet_are_pasted_as_rows(easel: Easel) -> None:
    QGuiApplication.clipboard().setText("1,5\t2\n3\t4\n")
    easel.view.edit_value("x")
    QTest.keyClick(easel.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert easel.field.text() == "[[1.5, 2], [3, 4]]"


def test_ragged_cells_are_refused_where_they_are_pasted(easel: Easel) -> None:
    QGuiApplication.clipboard().setText("1\t2\n3\n")
    easel.view.edit_value("x")
    before = easel.field.text()
    QTest.keyClick(easel.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert easel.field.text() == before
    assert easel.field.property("part") == "problem"


def test_a_tensor_is_edited_as_rows(easel: Easel) -> None:
    easel.view.edit_value("x")
    type_in(easel, "[[1, 2], [3, 4]]")
    QTest.keyClick(easel.field, Qt.Key.Key_Return)
    typed = value(easel, "x")
    assert typed is not None
    assert typed.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize("by_key", [True, False])
def test_a_gate_with_a_tensor_asks_for_the_tensor_view(easel: Easel, by_key: bool) -> None:
    easel.editor.set_value("x", np.ones((2, 3)))
    asked: list[tuple[object, str]] = []
    easel.view.tensor_requested.connect(lambda what, which: asked.append((what, which)))
    if by_key:
        easel.selection.set(("q",))
        easel.key(Qt.Key.Key_Return)
    else:
        easel.double_click(easel.body("q"))
    assert asked == [("q", "value")]
    assert not easel.field.isVisible()
