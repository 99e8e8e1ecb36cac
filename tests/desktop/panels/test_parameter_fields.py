"""Settings and ports in the inspector: words are chosen, texts typed, optional inputs left out."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chainrule import Graph
from chainrule.expression import graph_from_formula
from chainrule_desktop.panels.fields import EntryField, TextArea
from chainrule_desktop.panels.number_box import NumberBox
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk, field, retype, shown_inspector


def labels(panel: QWidget) -> set[str]:
    return {each.text() for each in panel.findChildren(QLabel) if each.isVisible()}


def layer() -> Desk:
    values = {"x": np.ones((2, 3)), "W": np.ones((4, 3)), "b": np.ones(4), "y": np.ones((2, 4))}
    return Desk(graph_from_formula("h = linear(x, W); L = mse_loss(h + b, y)", values))


def test_one_of_a_few_words_is_chosen(theme: Theme, qtbot: QtBot) -> None:
    desk = layer()
    panel = shown_inspector(desk, theme, qtbot, "L")
    box = field(panel, QComboBox, "reduction")
    assert [box.itemText(row) for row in range(box.count())] == ["mean", "sum", "none"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert desk.graph.node("L").kind.settings() == {"reduction": "sum"}
    desk.document.history.undo()
    panel.refresh()
    assert field(panel, QComboBox, "reduction").currentText() == "mean"


def test_a_text_is_typed_without_quotes(theme: Theme, qtbot: QtBot) -> None:
    g = Graph()
    f = g.einsum(
        g.input("x", np.ones((2, 3))), g.input("y", np.ones((3, 2))), subscripts="ij,jk->ik"
    )
    g.output = f.named("f")
    desk = Desk(g.gates)
    panel = shown_inspector(desk, theme, qtbot, "f")
    entry = field(panel, EntryField, "subscripts")
    assert entry.text() == "ij,jk->ik"
    retype(entry, "ij,jk->ki")
    assert desk.graph.node("f").kind.settings() == {"subscripts": "ij,jk->ki"}


def test_ports_have_the_gates_names_where_they_are_words(theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(layer(), theme, qtbot, "h")
    assert {"Input 1", "weight", "bias (optional)"} <= labels(panel)


def test_an_optional_input_is_added_and_left_out_again(theme: Theme, qtbot: QtBot) -> None:
    desk = layer()
    panel = shown_inspector(desk, theme, qtbot, "h")
    bias = field(panel, QComboBox, "port-2")
    assert bias.currentText() == "not wired"
    bias.setFocus()
    QTest.keyClicks(bias, "b")
    assert desk.graph.inputs("h") == ("x", "W", "b")
    panel.refresh()
    QTest.keyClick(field(panel, QComboBox, "port-2"), Qt.Key.Key_Home)
    assert desk.graph.inputs("h") == ("x", "W")


def test_a_large_tensor_is_replaced_by_what_is_typed(theme: Theme, qtbot: QtBot) -> None:
    desk = layer()
    desk.editor.set_value("b", np.zeros(1000))
    panel = shown_inspector(desk, theme, qtbot, "b")
    entry = field(panel, EntryField, "value")
    retype(entry, "randn(3")
    assert entry.note.is_shown
    retype(entry, "randn(2, 3, seed=4)")
    value = desk.graph.node("b").value
    assert value is not None
    assert value.shape == (2, 3)


def test_cells_of_a_spreadsheet_are_pasted_into_the_fields(theme: Theme, qtbot: QtBot) -> None:
    desk = layer()
    desk.editor.set_value("b", np.float64(1.0))
    panel = shown_inspector(desk, theme, qtbot, "b")
    QGuiApplication.clipboard().setText("1,5\t2\n3\t4\n")
    paste(field(panel, NumberBox, "value"))
    panel.refresh()
    assert field(panel, TextArea, "value").toPlainText() == "[[1.5, 2],\n [3, 4]]"
    QGuiApplication.clipboard().setText("5\t6\n7\t8\n")
    paste(field(panel, TextArea, "value"))
    value = desk.graph.node("b").value
    assert value is not None
    assert value.tolist() == [[5.0, 6.0], [7.0, 8.0]]


def test_a_button_shows_the_tensor(theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(layer(), theme, qtbot, "h")
    with qtbot.waitSignal(panel.tensor_requested):
        field(panel, QPushButton, "show-tensor").click()


def paste(widget: QWidget) -> None:
    widget.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(widget, Qt.Key.Key_A, control)
    QTest.keyClick(widget, Qt.Key.Key_V, control)
    QTest.keyClick(widget, Qt.Key.Key_Return)
