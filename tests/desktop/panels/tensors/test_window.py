"""The tensor view follows the selection and the numbers, and says what a number depends on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from chainrule.graph.node import Wire
from chainrule_desktop.panels.origin_box import OriginBox
from chainrule_desktop.panels.tensors.dependence_list import DependenceMap
from chainrule_desktop.panels.tensors.heat_map import HeatMap
from chainrule_desktop.panels.tensors.histogram_chart import HistogramChart
from chainrule_desktop.panels.tensors.subject import selected_subject
from chainrule_desktop.panels.tensors.table import TensorTable
from chainrule_desktop.panels.tensors.taking import save_tensor
from chainrule_desktop.panels.tensors.window import Surroundings, TensorWindow
from chainrule_desktop.panels.tensors.windows import TensorWindows
from tests.desktop.panels.desk import Desk


def shown(around: Surroundings, qtbot: QtBot, node: str) -> TensorWindow:
    around.editor.selection.set((node,))
    window = TensorWindow(None, around)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(window)
    window.show_subject(selected_subject(around.editor.selection))
    with qtbot.waitExposed(window):
        window.show()
    return window


def press(window: TensorWindow, word: str) -> None:
    (button,) = [
        each for each in window.findChildren(QToolButton) if each.text().replace("&", "") == word
    ]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.refresh()


def table(window: TensorWindow) -> TensorTable:
    return window.findChildren(TensorTable)[0]


def cells(window: TensorWindow) -> list[list[str]]:
    model = table(window).model()
    columns = range(model.columnCount())
    return [
        [str(model.index(row, column).data()) for column in columns]
        for row in range(model.rowCount())
    ]


def says(window: TensorWindow) -> str:
    labels = [each for each in window.findChildren(QLabel) if each.isVisibleTo(window)]
    return "\n".join(each.text().replace("\u00a0", " ") for each in labels)


def test_the_value_is_a_table_with_statistics(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "X")
    assert cells(window) == [["1.0000", "−2.0000", "0.5000"], ["0.2500", "3.0000", "−1.0000"]]
    assert "min −2.0000" in says(window)
    assert window.windowTitle() == "X – Tensor"


def test_whole_numbers_have_no_decimals(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "V")
    assert cells(window)[0] == ["0", "1", "2", "3"]


def test_the_gradient_is_a_click_away(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "V")
    press(window, "Gradient")
    assert cells(window)[0] == ["1", "1", "1", "1"]
    index = table(window).model().index(1, 2)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "∂L/∂V₁₂₃ = 1"


def header(window: TensorWindow) -> list[str]:
    model = table(window).model()
    return [
        str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())
    ]


def test_indices_count_from_one_as_in_the_lecture_or_from_zero_as_in_programs(
    around: Surroundings, qtbot: QtBot
) -> None:
    window = shown(around, qtbot, "S")
    assert header(window) == ["1", "2", "3", "4"]
    around.settings.change(count_from_zero=True)
    window.refresh()
    assert header(window) == ["0", "1", "2", "3"]
    table(window).choose(1, 2)
    assert "S[1, 2] = " in says(window)
    (box,) = window.findChildren(OriginBox)
    assert box.isChecked()
    box.click()
    assert not around.settings.values.count_from_zero


def test_a_slice_stays_when_indices_are_counted_otherwise(
    around: Surroundings, qtbot: QtBot
) -> None:
    window = shown(around, qtbot, "V")
    (place,) = window.findChildren(QSpinBox, "axis-0")
    place.setValue(2)
    window.refresh()
    around.settings.change(count_from_zero=True)
    window.refresh()
    (place,) = window.findChildren(QSpinBox, "axis-0")
    assert (place.minimum(), place.maximum(), place.value()) == (0, 1, 1)
    assert cells(window)[0] == ["12", "13", "14", "15"]


def test_values_and_gradients_have_their_colours(around: Surroundings, qtbot: QtBot) -> None:
    window, palette = shown(around, qtbot, "S"), around.theme.palette
    for word, colour in (("Value", palette.value), ("Gradient", palette.gradient)):
        press(window, word)
        found = table(window).model().index(0, 0).data(Qt.ItemDataRole.ForegroundRole)
        assert found == QColor(colour)


def test_the_numbers_keep_their_room_whichever_are_shown(
    around: Surroundings, qtbot: QtBot
) -> None:
    window = shown(around, qtbot, "S")
    width = table(window).width()
    press(window, "Gradient")
    assert table(window).width() == width
    assert "Choose Value to see" in says(window)


def test_the_keyboard_begins_in_the_numbers(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "S")
    assert window.focusWidget() is table(window)


def test_a_wire_has_a_gradient_of_its_own(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "S")
    around.editor.selection.set(wires=(Wire("S", "R", 0),))
    window.refresh()
    assert "to input 1 of R" in says(window)


def test_it_follows_the_selection_until_it_is_pinned(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "X")
    around.editor.selection.set(("V",))
    window.refresh()
    assert window.windowTitle() == "V – Tensor"
    window.findChildren(QCheckBox)[0].click()
    around.editor.selection.set(("X",))
    window.refresh()
    assert window.windowTitle() == "V – Tensor"


def test_numbers_that_change_are_shown(desk: Desk, around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "X")
    desk.editor.set_value("X", np.full((2, 3), 0.5))
    qtbot.waitUntil(lambda: cells(window)[0][0] == "0.5000")


def test_a_tensor_of_three_axes_is_shown_slice_by_slice(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "V")
    (place,) = window.findChildren(QSpinBox, "axis-0")
    assert (place.minimum(), place.maximum(), place.value()) == (1, 2, 1)
    place.setValue(2)
    window.refresh()
    assert cells(window)[0] == ["12", "13", "14", "15"]


def test_a_chosen_cell_says_what_it_depends_on(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "S")
    table(window).choose(1, 2)
    assert "S₂₃ = " in says(window)
    qtbot.waitUntil(lambda: len(window.findChildren(DependenceMap)) == 2)
    assert "X, 2 × 3: 3 of 6 cells" in says(window)
    assert "W, 3 × 4: 3 of 12 cells" in says(window)


def test_a_leaf_depends_on_nothing(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "X")
    table(window).choose(0, 0)
    assert "they depend on nothing" in says(window)


def test_a_map_leads_to_its_tensor(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "S")
    table(window).choose(0, 0)
    qtbot.waitUntil(lambda: len(window.findChildren(DependenceMap)) == 2)
    with qtbot.waitSignal(window.node_chosen) as chosen:
        QTest.keyClick(window.findChildren(DependenceMap)[0], Qt.Key.Key_Return)
    assert chosen.args == ["X"]


def test_the_chosen_cell_is_the_same_in_table_and_heat_map(
    around: Surroundings, qtbot: QtBot
) -> None:
    window = shown(around, qtbot, "S")
    table(window).choose(1, 2)
    press(window, "Heat map")
    heat = window.findChildren(HeatMap)[0]
    assert heat.accessibleDescription().startswith("S₂₃ = ")
    QTest.keyClick(heat, Qt.Key.Key_Right)
    assert "S₂₄ = " in says(window)
    press(window, "Table")
    assert (table(window).currentIndex().row(), table(window).currentIndex().column()) == (1, 3)


def test_the_histogram_says_what_a_bar_stands_for(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "X")
    press(window, "Histogram")
    chart = window.findChildren(HistogramChart)[0]
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert "number from −2.0000 to" in says(window)


def test_what_can_t_be_computed_says_so(desk: Desk, around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "S")
    desk.editor.set_value("W", np.zeros(7))
    qtbot.waitUntil(lambda: "The value of S can't be computed yet." in says(window))


def test_a_node_that_is_deleted_leaves_a_sentence(
    desk: Desk, around: Surroundings, qtbot: QtBot
) -> None:
    window = shown(around, qtbot, "R")
    desk.editor.delete_selected()
    qtbot.waitUntil(lambda: "Select a node or a wire" in says(window))
    assert window.windowTitle() == "Tensor"
    assert "relu" not in says(window)


@pytest.mark.parametrize(
    ("text", "start"), [("As NumPy", "np.array([[1.0,"), ("As CSV", "1,-2,0.5\n")]
)
def test_numbers_are_copied(around: Surroundings, qtbot: QtBot, text: str, start: str) -> None:
    window = shown(around, qtbot, "X")
    found = {each.text().replace("&", ""): each for each in window.findChildren(QAction)}
    found[text].trigger()
    assert QGuiApplication.clipboard().text().startswith(start)


def test_a_tensor_is_saved_to_the_file_that_is_chosen(
    around: Surroundings, qtbot: QtBot, tmp_path: Path
) -> None:
    window = shown(around, qtbot, "X")
    said: list[str] = []
    save_tensor(window, tmp_path, np.ones(3), "z.npy", said.append)
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "z.npy"))
    dialog.reject()
    assert np.load(tmp_path / "z.npy").tolist() == [1.0, 1.0, 1.0]
    assert said == ["Saved z.npy."]


def test_a_large_tensor_is_summed_up_beside_the_window(
    desk: Desk, around: Surroundings, qtbot: QtBot
) -> None:
    desk.editor.set_value("V", np.ones((2, 400, 500)))
    window = shown(around, qtbot, "V")
    qtbot.waitUntil(lambda: "400,000 numbers" in says(window))
    assert table(window).model().rowCount() == 400


def test_a_pinned_window_stays_and_another_one_opens(
    around: Surroundings, qtbot: QtBot, desk: Desk
) -> None:
    host = QCheckBox()
    qtbot.addWidget(host)
    windows = TensorWindows(host, around)
    windows.show_requested("X", "gradient")
    first = host.findChildren(TensorWindow)
    assert len(first) == 1
    windows.show_node("V")
    assert host.findChildren(TensorWindow) == first
    first[0].findChildren(QCheckBox)[0].click()
    windows.show_requested(Wire("S", "R", 0), "value")
    assert len(host.findChildren(TensorWindow)) == 2
    assert desk.selection.wires == {Wire("S", "R", 0)}
    for window in host.findChildren(TensorWindow):
        window.close()


def test_a_slice_is_chosen_where_there_is_more_than_one(around: Surroundings, qtbot: QtBot) -> None:
    window = shown(around, qtbot, "V")
    (place,) = window.findChildren(QSpinBox, "axis-0")
    assert place.isVisible()
    press(window, "Histogram")
    assert not place.isVisible()
    around.editor.selection.set(("X",))
    press(window, "Table")
    assert window.findChildren(QSpinBox, "axis-0") == []
