"""Nodes are moved by dragging them, and a drag is one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from chainrule.graph.node import Wire
from tests.desktop.easel import CTRL, LEFT, RIGHT, SHIFT, Easel, hover, sum_times_z


def test_a_drag_moves_the_node_and_is_one_undo_step(easel: Easel) -> None:
    easel.drag(easel.body("q"), (250, 80))
    assert easel.position("q") == (250, 80)
    assert easel.document.history.count() == 1
    easel.document.history.undo()
    assert easel.position("q") == (220, 50)
    easel.document.history.redo()
    assert easel.position("q") == (250, 80)


def test_a_drag_takes_all_selected_nodes_along(easel: Easel) -> None:
    easel.selection.set(("x", "q"))
    easel.drag(easel.body("q"), (230, 90))
    assert easel.position("x") == (10, 40)
    assert easel.position("y") == (0, 100)


def test_a_drag_of_another_node_selects_and_moves_it_alone(easel: Easel) -> None:
    easel.selection.set(("x",))
    easel.drag(easel.body("q"), (230, 90))
    assert easel.selection.nodes == ("q",)
    assert easel.position("x") == (0, 0)


def test_two_drags_are_two_undo_steps(easel: Easel) -> None:
    easel.drag(easel.body("q"), (230, 60))
    easel.drag(easel.body("q"), (240, 70))
    assert easel.document.history.count() == 2


def test_a_tremble_of_the_hand_moves_nothing(easel: Easel) -> None:
    easel.drag(easel.body("q"), (222, 51))
    assert easel.position("q") == (220, 50)
    assert easel.document.history.count() == 0


def test_escape_puts_nodes_and_selection_back_and_leaves_nothing_to_redo(easel: Easel) -> None:
    easel.selection.set(("x",), (Wire("z", "f", 1),))
    easel.drag_to(easel.body("q"), (300, 90))
    easel.key(Qt.Key.Key_Escape)
    easel.release((300, 90))
    assert easel.position("q") == (220, 50)
    assert easel.selection.nodes == ("x",)
    assert easel.selection.wires == {Wire("z", "f", 1)}
    assert easel.document.history.count() == 0
    assert not easel.document.is_modified


def test_after_escape_moves_of_the_held_mouse_do_nothing(easel: Easel) -> None:
    easel.drag_to(easel.body("q"), (300, 90))
    easel.key(Qt.Key.Key_Escape)
    easel.move((350, 150))
    assert easel.position("q") == (220, 50)


def test_undo_during_a_drag_ends_it(easel: Easel) -> None:
    easel.drag_to(easel.body("q"), (300, 90))
    easel.document.history.undo()
    easel.move((350, 150))
    easel.release((350, 150))
    assert easel.position("q") == (220, 50)


def test_a_node_that_vanishes_during_its_drag_is_let_go(easel: Easel) -> None:
    added = easel.editor.add("exp", (300, 300))
    easel.drag_to(easel.body(added), (320, 310))
    easel.document.history.undo()
    easel.document.history.undo()
    easel.move((350, 350))
    easel.key(Qt.Key.Key_Escape)
    assert added not in easel.graph
    assert easel.selection.nodes == ()


def test_another_document_during_a_drag_keeps_its_own_places(easel: Easel) -> None:
    easel.drag_to(easel.body("q"), (300, 90))
    easel.document.load(sum_times_z(), None)
    easel.move((350, 150))
    easel.release((350, 150))
    assert easel.position("q") == (220, 50)
    assert easel.selection.nodes == ()
    assert not easel.document.is_modified


def test_another_button_does_not_end_a_drag(easel: Easel) -> None:
    easel.drag_to(easel.body("q"), (300, 90))
    easel.click((300, 90), RIGHT)
    easel.move((310, 100))
    easel.release((310, 100))
    assert easel.position("q") == (310, 100)
    assert easel.document.history.count() == 1


def test_a_release_that_went_to_another_window_cancels_the_drag(easel: Easel) -> None:
    easel.drag_to(easel.body("q"), (300, 90))
    hover(easel, (310, 100))
    assert easel.position("q") == (220, 50)
    easel.release((310, 100), LEFT)
    assert easel.document.history.count() == 0


@pytest.mark.parametrize("key", [SHIFT, CTRL])
def test_a_click_with_a_key_adds_to_the_selection_and_takes_away(
    easel: Easel, key: Qt.KeyboardModifier
) -> None:
    easel.click(easel.body("q"))
    easel.click(easel.body("f"), keys=key)
    assert easel.selection.nodes == ("q", "f")
    easel.click(easel.body("q"), keys=key)
    assert easel.selection.nodes == ("f",)


def test_a_plain_click_on_one_of_many_selects_it_alone(easel: Easel) -> None:
    easel.selection.set(("x", "y", "q"))
    easel.click(easel.body("q"))
    assert easel.selection.nodes == ("q",)


def test_a_drag_at_another_scale_moves_by_canvas_units(easel: Easel) -> None:
    easel.view.navigator.zoom_out()
    easel.view.navigator.zoom_out()
    easel.drag(easel.body("q"), (300, 110))
    moved = easel.position("q")
    assert moved is not None
    assert moved == pytest.approx((300, 110), abs=2)
