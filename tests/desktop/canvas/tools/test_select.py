"""A rubber band selects what it touches."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chainrule.graph.node import Wire
from tests.desktop.easel import CTRL, SHIFT, Easel, colours_around, middle_of_wire, sum_times_z

AROUND_LEAVES = ((-60.0, -60.0), (20.0, 240.0))


def test_a_band_selects_the_nodes_it_touches(easel: Easel) -> None:
    easel.drag(*AROUND_LEAVES)
    assert easel.selection.nodes == ("x", "y", "z")


def test_a_band_selects_while_it_is_drawn(easel: Easel) -> None:
    easel.drag_to((-60, -60), (20, 110))
    assert easel.selection.nodes == ("x", "y")
    easel.move((20, 20))
    assert easel.selection.nodes == ("x",)


def test_a_band_can_be_drawn_from_any_corner(easel: Easel) -> None:
    easel.drag((20, 240), (-60, -60))
    assert easel.selection.nodes == ("x", "y", "z")


def test_a_band_with_a_key_adds_to_nodes_and_wires(easel: Easel) -> None:
    easel.selection.set(("f",), (Wire("z", "f", 1),))
    easel.drag(*AROUND_LEAVES, keys=SHIFT)
    assert easel.selection.nodes == ("f", "x", "y", "z")
    assert easel.selection.wires == {Wire("z", "f", 1)}


def test_a_click_on_empty_canvas_selects_nothing(easel: Easel) -> None:
    easel.selection.set(("f",))
    easel.click((300, 300))
    assert not easel.selection


def test_escape_puts_the_selection_back(easel: Easel) -> None:
    easel.selection.set(("f",))
    easel.drag_to(*AROUND_LEAVES)
    easel.key(Qt.Key.Key_Escape)
    assert easel.selection.nodes == ("f",)


def test_a_band_is_painted_only_while_it_is_drawn(easel: Easel) -> None:
    easel.drag_to((300, 250), (400, 290))
    drawn = colours_around(easel, (300, 270), 4)
    easel.release((400, 290))
    assert drawn != colours_around(easel, (300, 270), 4)


def test_another_document_during_a_band_has_no_band(easel: Easel) -> None:
    before = colours_around(easel, (300, 270), 4)
    easel.drag_to((300, 250), (400, 290))
    easel.document.load(sum_times_z(), None)
    easel.move((20, 20))
    assert easel.selection.nodes == ()
    assert colours_around(easel, (300, 270), 4) == before


def test_control_takes_away_what_a_box_touches(easel: Easel) -> None:
    easel.selection.set(("x", "f", "y"))
    easel.drag(*AROUND_LEAVES, keys=CTRL)
    assert easel.selection.nodes == ("f",)


def test_keys_change_what_a_box_does_while_it_is_drawn(easel: Easel) -> None:
    easel.selection.set(("f", "x"))
    easel.press((-60, -60), keys=SHIFT)
    easel.move((20, 240), keys=SHIFT)
    assert easel.selection.nodes == ("f", "x", "y", "z")
    easel.move((20, 240), keys=CTRL)
    assert easel.selection.nodes == ("f",)
    easel.move((20, 240))
    assert easel.selection.nodes == ("x", "y", "z")


def test_the_status_bar_says_what_keys_do_to_a_box(easel: Easel) -> None:
    easel.drag_to(*AROUND_LEAVES)
    assert easel.hints[-1].startswith("Shift adds to the selection, Ctrl takes away")
    easel.move((20, 240), keys=CTRL)
    assert easel.hints[-1].startswith("Takes away")
    easel.release((20, 240))
    assert easel.hints[-1] == ""


def test_a_box_that_touches_no_node_selects_the_wires_that_run_through_it(easel: Easel) -> None:
    x, y = middle_of_wire(easel, Wire("z", "f", 1))
    easel.drag((x - 1, y - 12), (x + 1, y + 12))
    assert easel.selection.wires == {Wire("z", "f", 1)}


def test_a_box_that_touches_a_node_selects_no_wire_beside_it(easel: Easel) -> None:
    easel.drag((180, 0), (260, 240))
    assert easel.selection.nodes == ("q",)
    assert not easel.selection.wires
