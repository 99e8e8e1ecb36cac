"""The canvas hears the mouse, the wheel, drops and the theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QKeyEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.dropping import GATE_MIME_TYPE
from chainrule_desktop.canvas.navigator import Navigator
from chainrule_desktop.canvas.viewport import LARGEST, SMALLEST
from tests.desktop.easel import (
    ALT,
    CTRL,
    LEFT,
    MIDDLE,
    PLAIN,
    RIGHT,
    SHIFT,
    Easel,
    drop,
    gate_data,
    middle_of_wire,
    wheel,
)

CORNER = QPoint(620, 90)
NOTCH = QPoint(0, 120)
EMPTY = (300.0, 330.0)

ZOOMS: dict[str, Callable[[Navigator], None]] = {
    "in": Navigator.zoom_in,
    "out": Navigator.zoom_out,
    "actual": lambda navigator: navigator.zoom_to(1.0),
}


def drift(easel: Easel, pixel: QPoint, before: tuple[float, float]) -> float:
    """Return by how many pixels the place that was under `pixel` has moved."""
    return (easel.pixel(before) - pixel).manhattanLength()


def send_repeat(easel: Easel, *, pressed: bool) -> None:
    kind = QEvent.Type.KeyPress if pressed else QEvent.Type.KeyRelease
    event = QKeyEvent(kind, Qt.Key.Key_Space, PLAIN, " ", autorep=True)
    QApplication.sendEvent(easel.view, event)


# Zooming.


@pytest.mark.parametrize("turns", [(1,) * 12, (-1,) * 20, (1, 1, 1, -1, -1, -1, -1, -1, 1)])
def test_the_wheel_keeps_the_place_under_the_pointer(easel: Easel, turns: tuple[int, ...]) -> None:
    for turn in turns:
        before = easel.place(CORNER)
        wheel(easel, CORNER, NOTCH * turn)
        assert drift(easel, CORNER, before) <= 2


def test_the_wheel_zooms_in_when_turned_away_and_out_when_turned_back(easel: Easel) -> None:
    wheel(easel, CORNER, NOTCH)
    assert easel.view.navigator.scale == pytest.approx(1.2)
    wheel(easel, CORNER, -NOTCH)
    assert easel.view.navigator.scale == pytest.approx(1.0)


@pytest.mark.parametrize("name", ZOOMS)
def test_zoom_commands_keep_the_middle(easel: Easel, name: str) -> None:
    easel.view.navigator.zoom_out()
    middle = easel.view.viewport().rect().center()
    before = easel.place(middle)
    ZOOMS[name](easel.view.navigator)
    assert drift(easel, middle, before) <= 2


def test_zoom_stops_at_both_ends(easel: Easel) -> None:
    for _ in range(60):
        wheel(easel, CORNER, NOTCH)
    assert easel.view.navigator.scale == pytest.approx(LARGEST)
    for _ in range(80):
        wheel(easel, CORNER, -NOTCH)
    assert easel.view.navigator.scale == pytest.approx(SMALLEST)


def test_every_zoom_is_announced(easel: Easel) -> None:
    heard: list[float] = []
    easel.view.navigator.zoom_changed.connect(heard.append)
    easel.view.navigator.zoom_in()
    wheel(easel, CORNER, NOTCH)
    easel.view.navigator.zoom_to(1.0)
    easel.view.navigator.zoom_to_fit()
    assert heard == pytest.approx([1.25, 1.5, 1.0, easel.view.navigator.scale])


def test_fit_shows_every_node_with_its_numbers(easel: Easel) -> None:
    easel.editor.add("exp", (4000, 3000))
    easel.view.navigator.zoom_to_fit()
    room = easel.view.viewport().rect()
    assert all(room.contains(easel.pixel(easel.output(node.id))) for node in easel.graph)
    assert all(room.contains(easel.pixel(easel.body(node.id))) for node in easel.graph)


def test_a_fitted_view_stays_fitted_when_it_is_resized(easel: Easel) -> None:
    easel.view.navigator.zoom_to_fit()
    before = easel.view.navigator.scale
    easel.view.resize(400, 300)
    assert easel.view.navigator.scale < before
    easel.view.resize(800, 600)
    assert easel.view.navigator.scale == pytest.approx(before)


def test_a_view_that_was_moved_after_a_fit_keeps_its_scale_when_it_is_resized(easel: Easel) -> None:
    easel.view.navigator.zoom_to_fit()
    wheel(easel, CORNER, NOTCH)
    before = easel.view.navigator.scale
    easel.view.resize(400, 300)
    assert easel.view.navigator.scale == before


def test_fit_of_an_empty_document_is_its_actual_size(easel: Easel) -> None:
    easel.document.load(GateGraph(), None)
    easel.view.navigator.zoom_to_fit()
    assert easel.view.navigator.scale == 1.0


def test_a_sideways_turn_of_the_wheel_does_not_zoom(easel: Easel) -> None:
    wheel(easel, CORNER, QPoint(120, 0))
    assert easel.view.navigator.scale == 1.0


# Panning.


def test_shift_and_wheel_pan_sideways(easel: Easel) -> None:
    before = easel.pixel((0, 0))
    wheel(easel, CORNER, -NOTCH, SHIFT)
    assert easel.pixel((0, 0)) - before == QPoint(-60, 0)
    assert easel.view.navigator.scale == 1.0


def test_the_middle_button_pans(easel: Easel) -> None:
    start = easel.pixel(EMPTY)
    easel.press(EMPTY, MIDDLE)
    easel.move_pixel(start + QPoint(30, -40), MIDDLE)
    easel.move_pixel(start + QPoint(50, -60), MIDDLE)
    assert easel.pixel(EMPTY) == start + QPoint(50, -60)
    easel.release(EMPTY, MIDDLE)
    easel.move_pixel(start, Qt.MouseButton.NoButton)
    assert easel.pixel(EMPTY) == start + QPoint(50, -60)


def test_panning_over_a_node_neither_moves_nor_selects_it(easel: Easel) -> None:
    easel.press(easel.body("q"), MIDDLE)
    easel.move_pixel(QPoint(100, 100), MIDDLE)
    easel.release(easel.body("q"), MIDDLE)
    assert easel.position("q") == (220, 50)
    assert not easel.selection


def test_space_and_the_left_button_pan_even_when_the_key_repeats(easel: Easel) -> None:
    start = easel.pixel(EMPTY)
    QTest.keyPress(easel.view, Qt.Key.Key_Space)
    send_repeat(easel, pressed=False)
    send_repeat(easel, pressed=True)
    easel.press(EMPTY)
    easel.move_pixel(start + QPoint(25, 35))
    easel.release(easel.place(start + QPoint(25, 35)))
    QTest.keyRelease(easel.view, Qt.Key.Key_Space)
    assert easel.pixel(EMPTY) == start + QPoint(25, 35)
    assert not easel.selection


def test_after_space_is_let_go_the_left_button_selects_again(easel: Easel) -> None:
    QTest.keyClick(easel.view, Qt.Key.Key_Space)
    easel.click(easel.body("q"))
    assert easel.selection.nodes == ("q",)


def test_the_cursor_says_that_space_pans(easel: Easel) -> None:
    QTest.keyPress(easel.view, Qt.Key.Key_Space)
    assert easel.view.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    easel.press(EMPTY)
    assert easel.view.viewport().cursor().shape() == Qt.CursorShape.ClosedHandCursor
    easel.release(EMPTY)
    QTest.keyRelease(easel.view, Qt.Key.Key_Space)
    assert easel.view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_the_left_button_does_not_end_panning_with_the_middle_one(easel: Easel) -> None:
    start = easel.pixel(EMPTY)
    easel.press(EMPTY, MIDDLE)
    easel.press(EMPTY, LEFT)
    easel.release(EMPTY, LEFT)
    easel.move_pixel(start + QPoint(10, 10), MIDDLE)
    assert easel.pixel(EMPTY) == start + QPoint(10, 10)


def test_the_diagram_can_be_panned_out_of_view_on_every_side(easel: Easel) -> None:
    room = easel.view.viewport().rect()
    for way in (QPoint(-4000, 0), QPoint(8000, 0), QPoint(-4000, -4000), QPoint(0, 8000)):
        easel.press(EMPTY, MIDDLE)
        easel.move_pixel(easel.pixel(EMPTY) + way, MIDDLE)
        easel.release(EMPTY, MIDDLE)
        assert not any(room.contains(easel.pixel(easel.body(node.id))) for node in easel.graph)


# Drops from the palette.


def test_a_gate_dropped_from_the_palette_is_added_there_and_selected(easel: Easel) -> None:
    data = gate_data("exp")
    assert drop(easel, data, EMPTY)
    (added,) = easel.selection.nodes
    assert easel.graph.node(added).kind.name == "exp"
    assert easel.position(added) == pytest.approx(EMPTY, abs=1)
    easel.document.history.undo()
    assert added not in easel.graph


def test_an_unknown_gate_is_refused_with_a_sentence(easel: Easel) -> None:
    data = gate_data("warp drive")
    drop(easel, data, EMPTY)
    assert len(easel.graph) == 5
    assert "warp drive" in easel.hints[-1]


def test_what_is_no_gate_is_left_to_the_window(easel: Easel) -> None:
    data = QMimeData()
    data.setText("exp")
    assert not drop(easel, data, EMPTY)
    assert len(easel.graph) == 5


@pytest.mark.parametrize(("format_", "welcome"), [(GATE_MIME_TYPE, True), ("text/plain", False)])
def test_a_drag_of_a_gate_is_welcome_and_any_other_is_not(
    easel: Easel, format_: str, welcome: bool
) -> None:
    data = QMimeData()
    data.setData(format_, b"add")
    for event_type in (QDragEnterEvent, QDragMoveEvent):
        event = event_type(QPoint(50, 50), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
        QApplication.sendEvent(easel.view.viewport(), event)
        assert event.isAccepted() == welcome
    QApplication.sendEvent(easel.view.viewport(), QDragLeaveEvent())


def test_a_drag_may_leave_again(easel: Easel) -> None:
    data = gate_data("add")
    event = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(easel.view.viewport(), event)
    QApplication.sendEvent(easel.view.viewport(), QDragLeaveEvent())
    assert len(easel.graph) == 5


def test_a_gate_placed_by_command_covers_no_other(easel: Easel) -> None:
    for _ in range(6):
        easel.view.place_gate("tanh")
    centres = [easel.body(node.id) for node in easel.graph]
    apart = [
        max(abs(a[0] - b[0]), abs(a[1] - b[1])) for a in centres for b in centres if a is not b
    ]
    assert min(apart) >= 40


# Context menu, hover, tooltips.


def context_menu(easel: Easel, place: tuple[float, float]) -> list[QPoint]:
    heard: list[QPoint] = []
    easel.view.gate_menu_requested.connect(heard.append)
    easel.click(place, RIGHT)
    return heard


def test_a_menu_is_asked_for_where_the_pointer_is_and_for_what_is_there(easel: Easel) -> None:
    heard = context_menu(easel, easel.body("q"))
    assert heard == [easel.view.viewport().mapToGlobal(easel.pixel(easel.body("q")))]
    assert easel.selection.nodes == ("q",)


def test_a_menu_on_a_selected_node_keeps_the_selection(easel: Easel) -> None:
    easel.selection.set(("x", "q"))
    context_menu(easel, easel.body("q"))
    assert easel.selection.nodes == ("x", "q")


def test_a_menu_on_a_wire_selects_it(easel: Easel) -> None:
    context_menu(easel, middle_of_wire(easel, Wire("z", "f", 1)))
    assert easel.selection.wires == {Wire("z", "f", 1)}


def test_a_menu_on_empty_canvas_selects_nothing(easel: Easel) -> None:
    easel.selection.set(("x",))
    context_menu(easel, EMPTY)
    assert not easel.selection


def test_the_menu_key_asks_for_the_menu_of_the_selected_node(easel: Easel) -> None:
    easel.selection.set(("q",))
    heard: list[QPoint] = []
    easel.view.gate_menu_requested.connect(heard.append)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(easel.view.viewport(), event)
    assert heard == [easel.view.viewport().mapToGlobal(easel.pixel(easel.body("q")))]
    assert easel.selection.nodes == ("q",)


def test_no_menu_opens_in_the_middle_of_a_drag(easel: Easel) -> None:
    easel.drag_to(easel.body("q"), (300, 90))
    assert context_menu(easel, EMPTY) == []
    easel.release((300, 90))
    assert easel.selection.nodes == ("q",)


def test_a_double_click_of_the_right_button_edits_nothing(easel: Easel) -> None:
    easel.double_click(easel.body("x"), RIGHT)
    assert not easel.field.isVisible()


def test_a_double_click_on_empty_canvas_asks_what_to_add_there(easel: Easel) -> None:
    heard: list[tuple[object, object]] = []
    easel.view.search_requested.connect(lambda *asked: heard.append(asked))
    easel.double_click(EMPTY)
    assert heard == [(pytest.approx(EMPTY, abs=1), None)]


def test_a_click_on_a_wire_selects_it_and_with_a_key_another_too(easel: Easel) -> None:
    easel.click(middle_of_wire(easel, Wire("z", "f", 1)))
    easel.click(middle_of_wire(easel, Wire("q", "f", 0)), keys=CTRL)
    assert easel.selection.wires == {Wire("z", "f", 1), Wire("q", "f", 0)}


def test_a_resized_window_keeps_the_middle(easel: Easel) -> None:
    before = easel.place(easel.view.viewport().rect().center())
    easel.view.resize(600, 400)
    after = easel.place(easel.view.viewport().rect().center())
    assert after == pytest.approx(before, abs=2)


def test_alt_is_left_to_menus(easel: Easel) -> None:
    easel.selection.set(("x",))
    easel.key(Qt.Key.Key_5, ALT)
    assert not easel.field.isVisible()
