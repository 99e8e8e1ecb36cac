"""The inspector follows the selection; what is edited in it is one undo step each."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from chainrule import Graph
from chainrule.autodiff.playback import Moment, Phase, Timeline
from chainrule.diagram.gradient_names import Notation
from chainrule.diagram.parts import Display
from chainrule.graph.node import Wire
from chainrule_desktop.panels.fields import EntryField, TextArea
from chainrule_desktop.panels.inspector import InspectorPanel
from chainrule_desktop.panels.number_box import NumberBox
from chainrule_desktop.panels.tensor_label import TensorLabel
from chainrule_desktop.panels.value_slider import ValueSlider
from chainrule_desktop.theme import Theme, ThemeMode
from tests.desktop.panels.desk import Desk, field, retype, shown_inspector


def texts(panel: QWidget) -> list[str]:
    """What labels say, without markup."""
    shown = [each for each in panel.findChildren(QLabel) if each.isVisible()]
    return [each.accessibleName() or each.text() for each in shown]


def settle(panel: InspectorPanel) -> None:
    panel.refresh()


def test_nothing_selected_shows_the_graph(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot)
    assert "13 nodes, 12 wires" in texts(panel)
    assert field(panel, QComboBox, "output").currentText() == "f"


def test_title_and_description_are_edited(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot)
    retype(field(panel, EntryField, "title"), "My neuron")
    retype(field(panel, TextArea, "description"), "Says what it does")
    assert desk.graph.header.title == "My neuron"
    assert desk.graph.header.description == "Says what it does"


def test_the_output_is_chosen_by_keyboard(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot)
    choice = field(panel, QComboBox, "output")
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Home)
    assert desk.graph.header.output is None
    assert choice.itemText(0) == "automatic (f)"


def test_a_gate_is_explained(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    said = texts(shown_inspector(desk, theme, qtbot, "e"))
    assert said[:2] == ["exp", "e, gate 6 of 8"]
    assert "Scaler: it scales the gradient." in said
    assert "e = exp(n) = exp(−1.00) = 0.37" in said
    assert any("−0.20 = 0.37 × (−0.53)" in each for each in said)


def test_the_page_follows_playback_until_something_is_selected(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "w0")
    timeline = Timeline(desk.graph, desk.document.passes)
    position = timeline.position_of("e", Phase.FORWARD)
    assert position is not None
    desk.drawing.show_moment(Moment(timeline, desk.document.passes, position))
    settle(panel)
    said = texts(panel)
    assert said[0] == "exp"
    assert "e = exp(n) = exp(−1.00) = 0.37" in said
    assert "not reached yet" in said
    desk.selection.set(("p",))
    settle(panel)
    assert texts(panel)[0] == "add_constant"
    assert "p = e + 1 = 0.37 + 1 = not reached yet" in texts(panel)
    desk.drawing.show_moment(None)
    settle(panel)
    assert "not reached yet" not in " ".join(texts(panel))


def test_gradients_are_called_as_the_display_says(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    desk.drawing.show(Display(notation=Notation.SHORT))
    settle(panel)
    assert "de" in texts(panel)


def test_the_page_follows_the_selection(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    desk.selection.set(("a",))
    qtbot.waitUntil(lambda: "mul" in texts(panel))


def test_a_typed_value_is_applied_with_all_its_digits(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "w0")
    retype(field(panel, NumberBox, "value"), "0.1234567890123456")
    assert desk.value("w0") == 0.1234567890123456
    assert desk.steps == 1


def test_steps_of_one_turn_are_one_undo_step(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "w0")
    box = field(panel, NumberBox, "value")
    box.setFocus()
    for _ in range(3):
        QTest.keyClick(box, Qt.Key.Key_Up)
        settle(panel)
    assert desk.value("w0") == 2.3
    assert desk.steps == 1


def test_a_refused_value_stays_with_a_sentence(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "w0")
    box = field(panel, NumberBox, "value")
    retype(box, "two")
    desk.editor.set_value("x0", np.float64(7.0))
    settle(panel)
    assert box.text() == "two"
    assert box.property("part") == "problem"
    assert any("is not a number" in text for text in texts(panel))
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == "2"
    assert desk.value("w0") == 2.0


def test_a_slider_drag_is_one_undo_step_and_its_range_stands_still(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "w0")
    slider = panel.findChildren(ValueSlider)[0]
    reach, middle = slider.reach, slider.height() // 2
    start = QPoint(round((2 / reach + 1) / 2 * (slider.width() - 14)) + 7, middle)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(slider, start + QPoint(8 * step, 0))
        settle(panel)
        assert slider.reach == reach
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))
    assert desk.value("w0") > 2.5
    assert desk.steps == 1
    desk.document.history.undo()
    assert desk.value("w0") == 2.0


def test_two_slider_drags_are_two_undo_steps(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "w0")
    slider = panel.findChildren(ValueSlider)[0]
    for number in (100, 200):
        slider.setSliderDown(True)
        slider.setValue(number)
        slider.setSliderDown(False)
        settle(panel)
    assert desk.steps == 2


def test_numbers_are_new_after_an_edit_and_fields_stay(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    name = field(panel, EntryField, "name")
    desk.editor.set_value("w2", np.float64(-4.0))
    settle(panel)
    assert "e = exp(n) = exp(0.00) = 1.00" in texts(panel)
    assert field(panel, EntryField, "name") is name


def test_what_is_being_typed_survives_edits_elsewhere(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    name = field(panel, EntryField, "name")
    name.setFocus()
    QTest.keyClicks(name, "xp")
    name.setCursorPosition(1)
    desk.editor.set_value("w0", np.float64(3.0))
    settle(panel)
    assert (name.text(), name.cursorPosition(), name.hasFocus()) == ("xpe", 1, True)


def test_a_node_is_renamed_and_the_field_keeps_the_keyboard(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    retype(field(panel, EntryField, "name"), "power_of_e")
    settle(panel)
    assert "power_of_e" in desk.graph
    assert field(panel, EntryField, "name").hasFocus()
    assert desk.steps == 1


def test_a_name_that_is_taken_is_refused_below_the_field(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    retype(field(panel, EntryField, "name"), "w0", Qt.Key.Key_Tab)
    settle(panel)
    assert any("taken" in text for text in texts(panel))
    assert field(panel, EntryField, "name").text() == "w0"
    assert desk.steps == 0


def test_a_label_is_set_and_taken_away(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    retype(field(panel, EntryField, "label"), "e to the n")
    assert desk.graph.node("e").label == "e to the n"
    settle(panel)
    edit = field(panel, EntryField, "label")
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert desk.graph.node("e").label is None


def test_a_parameter_is_stepped_and_typed(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "n")
    box = field(panel, NumberBox, "c")
    retype(box, "-2")
    settle(panel)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert desk.graph.node("n").kind.settings() == {"c": -1.9}


def test_a_parameter_that_can_t_be_is_refused(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "n")
    retype(field(panel, NumberBox, "c"), "nan")
    assert any("finite number" in text for text in texts(panel))
    assert desk.steps == 0


def test_axes_are_typed_as_json_and_flags_are_ticked(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk("svm-loss")
    node = next(node for node in desk.graph if "axis" in {p.name for p in node.kind.parameters()})
    panel = shown_inspector(desk, theme, qtbot, node.id)
    axis = field(panel, EntryField, "axis")
    retype(axis, "[0")
    assert any("type it as 1, [0, 1] or null" in text for text in texts(panel))
    retype(axis, "[0]")
    assert getattr(desk.graph.node(node.id).kind, "axis") == (0,)  # noqa: B009  a field of some kinds
    box = field(panel, QCheckBox, "keepdims")
    before = box.isChecked()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert getattr(desk.graph.node(node.id).kind, "keepdims") is not before  # noqa: B009  as above


def test_a_port_is_wired_and_unwired_by_keyboard(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    port = field(panel, QComboBox, "port-0")
    port.setFocus()
    names = [port.itemText(row) for row in range(port.count())]
    assert names[0] == "not wired"
    assert not {"e", "p", "f"} & set(names)
    QTest.keyClick(port, Qt.Key.Key_Home)
    assert desk.graph.inputs("e") == (None,)
    settle(panel)
    QTest.keyClick(port, Qt.Key.Key_Down)
    assert desk.graph.inputs("e") == (names[1],)
    assert port.hasFocus()


def test_ports_are_numbered_so_that_no_port_is_taken_for_a_node(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "c")
    shown = texts(panel)
    assert {"Input 1", "Input 2"} <= {*shown}
    assert not {"x", "y"} & {*shown}


def test_a_gate_gets_more_inputs(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "c")
    count = field(panel, QSpinBox, "count")
    count.setFocus()
    QTest.keyClick(count, Qt.Key.Key_Up)
    settle(panel)
    assert desk.graph.inputs("c") == ("a", "b", None)
    assert field(panel, QComboBox, "port-2").currentText() == "not wired"
    assert field(panel, QSpinBox, "count").hasFocus()


def test_a_node_is_chosen_as_output(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    QTest.keyClick(field(panel, QCheckBox, "output"), Qt.Key.Key_Space)
    assert desk.graph.header.output == "e"


def test_a_leaf_becomes_another_kind(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "w0")
    kind = field(panel, QComboBox, "kind")
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_Down)
    assert desk.graph.node("w0").kind.name == "constant"
    assert desk.value("w0") == 2.0


def test_a_tensor_is_edited_as_rows(theme: Theme, qtbot: QtBot) -> None:
    desk = Desk("linear-scores")
    panel = shown_inspector(desk, theme, qtbot, "W")
    area = field(panel, TextArea, "value")
    assert area.toPlainText().count("\n") == 2
    retype(area, "[[1, 2], [3]]")
    assert area.property("part") == "problem"
    assert desk.steps == 0
    retype(area, "[[1, 0, 0, 0], [0, 1, 0, 0]]")
    value = desk.graph.node("W").value
    assert value is not None
    assert value.shape == (2, 4)


def test_a_number_becomes_a_tensor(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "w0")
    retype(field(panel, NumberBox, "value"), "[1, 2, 3]")
    settle(panel)
    assert field(panel, TextArea, "value").toPlainText() == "[1, 2, 3]"
    assert field(panel, TextArea, "value").hasFocus()


def test_a_large_tensor_is_summed_up(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    desk.editor.set_value("w0", np.arange(1000.0))
    panel = shown_inspector(desk, theme, qtbot, "w0")
    assert "shape 1000 long, from 0.00 to 999.00, mean 499.50" in texts(panel)
    assert panel.findChildren(TextArea) == []


def test_a_wire_shows_its_product(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot)
    desk.selection.set((), (Wire("n", "e", 0),))
    settle(panel)
    said = texts(panel)
    assert "from n to input 1 of e" in said
    assert any("−0.20 = 0.37 × (−0.53)" in each for each in said)


def test_several_are_counted(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e", "n", "w0")
    assert "3 nodes" in texts(panel)
    assert "2 gates, 1 leaf node" in texts(panel)


def test_a_node_that_vanishes_gives_way_to_the_graph(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    field(panel, EntryField, "name").setFocus()
    desk.editor.delete_selected()
    qtbot.waitUntil(lambda: "Graph" in texts(panel))


def test_colours_follow_the_theme(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "e")
    light = theme.palette.value
    theme.set_mode(ThemeMode.DARK)
    qtbot.waitUntil(lambda: not any(light in each.text() for each in panel.findChildren(QLabel)))


def test_every_field_has_a_name_for_screen_readers(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    panel = shown_inspector(desk, theme, qtbot, "c")
    for kind in (EntryField, QComboBox, QSpinBox, QCheckBox):
        assert all(each.accessibleName() for each in panel.findChildren(kind))
    assert isinstance(field(panel, EntryField, "name"), QLineEdit)


def test_the_range_of_a_large_gradient_is_not_cut_off(theme: Theme, qtbot: QtBot) -> None:
    g = Graph()
    x = g.input("x", np.linspace(-1.0, 1.0, 72).reshape(1, 2, 6, 6))
    g.output = g.sum(g.square(x).named("y")).named("L")
    panel = shown_inspector(Desk(g.gates), theme, qtbot, "y")
    label = panel.findChildren(TensorLabel)[1]
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert label.width() > label.fontMetrics().horizontalAdvance("1 × 2 × 6 × 6, from 1 to 1")
