"""Reroute points are put into wires, moved, chosen by keys and removed; each is one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from chainrule.graph.node import Wire
from chainrule.graph.routes import route_of
from tests.desktop.easel import CTRL, SHIFT, Easel, hover, middle_of_wire, tooltip

WIRE = Wire("x", "q", 0)


def points(easel: Easel) -> tuple[tuple[float, float], ...]:
    return route_of(easel.graph, WIRE.target, WIRE.port)


@pytest.fixture
def routed(easel: Easel) -> Easel:
    """The canvas with one point in the wire from x to q."""
    easel.double_click(middle_of_wire(easel, WIRE))
    return easel


def test_a_double_click_on_a_wire_puts_a_point_there(routed: Easel) -> None:
    assert len(points(routed)) == 1
    assert routed.selection.wires == {WIRE}
    assert routed.selection.point == 0
    assert routed.document.history.count() == 1
    routed.document.history.undo()
    assert points(routed) == ()


def test_a_drag_of_a_point_leads_the_wire_elsewhere(routed: Easel) -> None:
    (before,) = points(routed)
    routed.drag(before, (before[0] + 20, before[1] - 70))
    assert points(routed) == ((before[0] + 20, before[1] - 70),)
    assert routed.document.history.count() == 2
    hover(routed, (before[0] + 20, before[1] - 70))
    assert routed.marks.hovered_wire == WIRE


def test_with_shift_a_point_moves_along_one_axis(routed: Easel) -> None:
    (before,) = points(routed)
    routed.drag(before, (before[0] + 9, before[1] - 70), SHIFT)
    assert points(routed) == ((before[0], before[1] - 70),)


def test_escape_puts_a_point_back(routed: Easel) -> None:
    before = points(routed)
    routed.drag_to(before[0], (before[0][0] + 20, before[0][1] - 70))
    assert points(routed) != before
    routed.key(Qt.Key.Key_Escape)
    assert points(routed) == before
    assert routed.document.history.count() == 1


def test_a_click_chooses_a_point_and_moves_nothing(routed: Easel) -> None:
    routed.selection.clear()
    before = points(routed)
    routed.click(before[0])
    assert routed.selection.point == 0
    assert points(routed) == before
    assert routed.document.history.count() == 1


def test_a_double_click_on_a_point_removes_it(routed: Easel) -> None:
    (place,) = points(routed)
    routed.double_click(place)
    assert points(routed) == ()
    assert routed.document.history.undoText() == "Remove reroute point"


def test_delete_removes_the_chosen_point_and_then_the_wire(routed: Easel) -> None:
    routed.editor.delete_selected()
    assert points(routed) == ()
    assert routed.graph.inputs("q") == ("x", "y")
    routed.editor.delete_selected()
    assert routed.graph.inputs("q") == (None, "y")


def test_arrows_with_ctrl_move_the_chosen_point(routed: Easel) -> None:
    (before,) = points(routed)
    routed.key(Qt.Key.Key_Up, CTRL)
    routed.key(Qt.Key.Key_Up, CTRL)
    assert points(routed) == ((before[0], before[1] - 24),)
    assert routed.document.history.count() == 2
    routed.key(Qt.Key.Key_Left, CTRL | SHIFT)
    assert points(routed) == ((before[0] - 1, before[1] - 24),)


def test_points_stand_in_the_order_in_which_the_wire_runs(routed: Easel) -> None:
    routed.view.rerouting.insert_halfway(WIRE)
    routed.view.rerouting.insert_halfway(WIRE)
    across = [x for x, _ in points(routed)]
    assert len(across) == 3
    assert across == sorted(across)


def test_keys_go_from_point_to_point_around_and_around(routed: Easel) -> None:
    routed.view.rerouting.insert_halfway(WIRE)
    chosen = []
    for _ in range(3):
        routed.view.rerouting.choose_next(1)
        chosen.append(routed.selection.point)
    assert {*chosen} == {0, 1}
    assert chosen[0] == chosen[2]


def test_a_wire_without_points_says_how_to_put_one_in(easel: Easel) -> None:
    easel.selection.set(wires=(WIRE,))
    assert "I inserts one" in easel.view.rerouting.choose_next(1)


def test_hovering_says_what_a_point_is_for(routed: Easel) -> None:
    assert "Double-click to lead it through a point" in tooltip(
        routed, middle_of_wire(routed, Wire("q", "f", 0))
    )
    (place,) = points(routed)
    assert "double-click to remove it" in tooltip(routed, place)


def test_a_new_wire_at_the_port_has_no_points(routed: Easel) -> None:
    routed.editor.connect("z", "q", 0)
    assert points(routed) == ()
    routed.document.history.undo()
    assert len(points(routed)) == 1
