"""The Jacobian window: what it offers, what it shows, and that it follows the graph."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QTabWidget
from pytestqt.qtbot import QtBot

from chainrule import Graph
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.jacobian.ends import Source, sources_of, suggested
from chainrule_desktop.panels.jacobian.map_view import MapView
from chainrule_desktop.panels.jacobian.window import JacobianWindow
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk, show_active


def product() -> Desk:
    """Open y = tanh(W x) with its sum."""
    g = Graph()
    W = g.parameter("W", np.arange(12.0).reshape(3, 4) / 10)
    x = g.input("x", np.array([1.0, -1.0, 0.5, 2.0]))
    y = g.matmul(W, x).named("y")
    h = g.tanh(y).named("h")
    g.output = g.sum(h).named("L")
    return Desk(g.gates)


def opened(desk: Desk, theme: Theme, qtbot: QtBot, *nodes: str) -> JacobianWindow:
    desk.selection.set(nodes)
    tasks = Tasks()
    settings = Settings(Path(tempfile.mkdtemp()) / "settings.json")
    window = JacobianWindow(None, Context(desk.editor, desk.drawing, theme), tasks, settings)
    qtbot.addWidget(window, before_close_func=lambda _: tasks.close())
    window.ask()
    with qtbot.waitExposed(window):
        window.show()
    return window


def map_of(window: JacobianWindow) -> MapView:
    return next(
        each for each in window.findChildren(MapView) if each.accessibleName() == "Jacobian"
    )


def says(window: JacobianWindow) -> str:
    return "\n".join(each.text() for each in window.findChildren(QLabel))


def test_two_selected_nodes_are_the_two_ends(qtbot: QtBot, theme: Theme) -> None:
    window = opened(product(), theme, qtbot, "x", "h")
    of, by = window.findChildren(QComboBox)[:2]
    assert (of.currentText(), by.currentText()) == ("h", "x")
    assert "3 × 4: 12 numbers, 96 bytes if it were formed" in says(window)


def test_a_leaf_alone_is_what_the_output_is_differentiated_by(theme: Theme) -> None:
    desk = product()
    desk.selection.set(["W"])
    context = Context(desk.editor, desk.drawing, theme)
    assert suggested(context, desk.selection) == ("L", Source("W"))


def test_inputs_come_first_then_each_port_alone_then_all_before(theme: Theme) -> None:
    desk = product()
    assert sources_of(desk.graph, "y") == [
        *(Source("W"), Source("x"), Source("W", 0), Source("x", 1)),
    ]
    assert sources_of(desk.graph, "h") == [Source("y"), Source("W"), Source("x")]


def test_a_walk_with_the_arrows_shows_the_entry_and_its_central_difference(
    qtbot: QtBot, theme: Theme
) -> None:
    window = opened(product(), theme, qtbot, "x", "y")
    view = map_of(window)
    show_active(window, qtbot)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.cell == (1, 1)
    assert "0.5" in says(window)
    assert "central difference agrees" in says(window)


def test_a_click_chooses_the_cell_under_the_pointer(qtbot: QtBot, theme: Theme) -> None:
    view = map_of(opened(product(), theme, qtbot, "x", "y"))
    right_bottom = QPoint(view.viewport().width() - 2, view.viewport().height() - 2)
    with qtbot.waitSignal(view.cell_chosen) as chosen:
        view.choose(0, 0)
    assert chosen.args == [0, 0]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=right_bottom)
    assert view.cell == (0, 0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(64 + 70, 44 + 70))
    assert view.cell == (1, 1)


def test_the_window_follows_a_value_that_is_changed(qtbot: QtBot, theme: Theme) -> None:
    desk = product()
    window = opened(desk, theme, qtbot, "y", "W")
    desk.editor.set_value("x", np.array([7.25, 0.0, 0.0, 0.0]))
    qtbot.waitUntil(lambda: "7.25" in says(window))


def test_a_slice_has_the_shape_of_the_tensor(qtbot: QtBot, theme: Theme) -> None:
    window = opened(product(), theme, qtbot, "y", "W")
    way = window.findChildren(QComboBox)[2]
    way.setCurrentIndex(1)
    way.activated.emit(1)
    view = map_of(window)
    view.choose(2, 3)
    assert view.cell == (2, 3)


def test_both_ways_to_the_downstream_gradient_are_shown_to_agree(
    qtbot: QtBot, theme: Theme
) -> None:
    window = opened(product(), theme, qtbot, "h", "y")
    window.findChildren(QTabWidget)[0].setCurrentIndex(1)
    assert "Both ways end in the same numbers." in says(window)
    assert "24 bytes pass through" in says(window)


def test_an_unwired_gate_is_said_and_not_drawn(qtbot: QtBot, theme: Theme) -> None:
    desk = product()
    window = opened(desk, theme, qtbot, "h", "x")
    desk.editor.disconnect(next(iter(desk.graph.wires_into("y"))))
    qtbot.waitUntil(lambda: not window.findChildren(QTabWidget)[0].isVisible())


@pytest.mark.parametrize("size", [1, 3])
def test_a_graph_of_leaves_has_nothing_to_differentiate(
    size: int, qtbot: QtBot, theme: Theme
) -> None:
    g = Graph()
    for number in range(size):
        g.input(f"x{number}", 1.0)
    window = opened(Desk(g.gates), theme, qtbot)
    assert "nothing to differentiate" in says(window)


def test_second_derivatives_are_formed_in_the_background_with_a_newton_direction(
    qtbot: QtBot, theme: Theme
) -> None:
    g = Graph()
    w = g.parameter("w", np.array([1.0, -2.0]))
    g.output = g.sum(g.square(w)).named("L")
    window = opened(Desk(g.gates), theme, qtbot, "w")
    window.findChildren(QTabWidget)[0].setCurrentIndex(2)
    qtbot.waitUntil(lambda: "positive definite" in says(window))
    assert "∂²L / ∂w₁∂w₁ = 2" in says(window)
    assert "Δw = [−1.0000, 2.0000]" in says(window)


def test_second_derivatives_of_a_vector_are_refused_with_a_sentence(
    qtbot: QtBot, theme: Theme
) -> None:
    g = Graph()
    w = g.parameter("w", np.array([1.0, -2.0]))
    g.output = g.square(w).named("y")
    window = opened(Desk(g.gates), theme, qtbot, "w")
    window.findChildren(QTabWidget)[0].setCurrentIndex(2)
    assert "those of a single number" in says(window)


def test_where_there_are_no_second_derivatives_none_are_drawn(qtbot: QtBot, theme: Theme) -> None:
    g = Graph()
    w = g.parameter("w", np.array([1.0, -2.0]))
    y = g.square(w).named("y")
    g.output = g.sum(y).named("L")
    desk = Desk(g.gates)
    window = opened(desk, theme, qtbot, "w")
    window.findChildren(QTabWidget)[0].setCurrentIndex(2)
    drawn = next(
        each for each in window.findChildren(MapView) if each.accessibleName() == "Hessian"
    )
    qtbot.waitUntil(drawn.isVisible)
    desk.editor.choose_output("y")
    qtbot.waitUntil(lambda: not drawn.isVisible())
    shown = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert "Newton direction" not in shown


def test_a_sentence_keeps_the_name_it_begins_with(qtbot: QtBot, theme: Theme) -> None:
    window = opened(product(), theme, qtbot, "y", "W")
    window.findChildren(QTabWidget)[0].setCurrentIndex(1)
    assert "matmul: like mul" in says(window)


def test_with_another_document_it_begins_with_what_that_one_suggests(
    qtbot: QtBot, theme: Theme
) -> None:
    desk = product()
    window = opened(desk, theme, qtbot, "x", "y")
    g = Graph()
    a = g.parameter("a", 2.0)
    g.output = g.exp(g.square(a).named("q")).named("f")
    desk.document.load(g.gates, None)
    of, by = window.findChildren(QComboBox)[:2]
    qtbot.waitUntil(lambda: (of.currentText(), by.currentText()) == ("f", "q"))


def test_second_derivatives_follow_the_leaves_that_are_ticked(qtbot: QtBot, theme: Theme) -> None:
    g = Graph()
    w, v = g.parameter("w", 3.0), g.parameter("v", 2.0)
    g.output = g.mul(g.square(w), v, name="L")
    window = opened(Desk(g.gates), theme, qtbot, "w")
    window.findChildren(QTabWidget)[0].setCurrentIndex(2)
    qtbot.waitUntil(lambda: "by w, v: 2 × 2" in says(window))
    leaves = window.findChildren(QListWidget)[0]
    leaves.item(1).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: "by w: 1 × 1" in says(window))
    leaves.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: "there is no leaf" in says(window).lower())
