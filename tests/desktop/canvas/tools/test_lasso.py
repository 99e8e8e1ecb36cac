"""A lasso selects what it is drawn around."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chainrule.graph.node import Wire
from chainrule_desktop.canvas.tools.select import LASSO
from tests.desktop.easel import CTRL, PLAIN, SHIFT, Easel, Place, colours_around, middle_of_wire

AROUND_X_AND_Z = ((-60, -60), (60, -60), (60, 40), (-30, 50), (-30, 150), (60, 150), (60, 260))
LAST = (-60, 260)


def draw(easel: Easel, corners: tuple[Place, ...], keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Draw the armed lasso along these corners, without letting go."""
    easel.press(corners[0], keys=keys)
    for corner in corners[1:]:
        easel.move(corner, keys=keys)


def lasso(easel: Easel, keys: Qt.KeyboardModifier = PLAIN) -> None:
    easel.view.arm(LASSO)
    draw(easel, (*AROUND_X_AND_Z, LAST), keys)
    easel.release(LAST, keys=keys)


def test_a_lasso_selects_what_it_goes_around_and_not_what_it_leaves_out(easel: Easel) -> None:
    lasso(easel)
    assert set(easel.selection.nodes) == {"x", "z"}


def test_a_lasso_selects_while_it_is_drawn(easel: Easel) -> None:
    easel.view.arm(LASSO)
    draw(easel, ((-60, -60), (60, -60), (60, 40), (-60, 40)))
    assert easel.selection.nodes == ("x",)


def test_a_lasso_may_begin_on_a_node_and_moves_nothing(easel: Easel) -> None:
    easel.view.arm(LASSO)
    draw(easel, ((0, 4), (80, 60), (60, 130), (-80, 130), (-80, 20)))
    assert easel.selection.nodes == ("y",)
    assert easel.position("x") == (0, 0)


def test_the_drag_after_a_lasso_is_a_box_again(easel: Easel) -> None:
    lasso(easel)
    easel.drag((180, 0), (260, 100))
    assert easel.selection.nodes == ("q",)


def test_shift_adds_to_the_selection_with_a_lasso(easel: Easel) -> None:
    easel.selection.set(("f",))
    lasso(easel, SHIFT)
    assert set(easel.selection.nodes) == {"f", "x", "z"}


def test_control_takes_away_with_a_lasso(easel: Easel) -> None:
    easel.selection.set(("f", "x", "z"))
    lasso(easel, CTRL)
    assert easel.selection.nodes == ("f",)


def test_escape_takes_back_a_lasso(easel: Easel) -> None:
    easel.selection.set(("f",))
    easel.view.arm(LASSO)
    draw(easel, AROUND_X_AND_Z)
    easel.key(Qt.Key.Key_Escape)
    assert easel.selection.nodes == ("f",)


def test_escape_puts_an_armed_lasso_away(easel: Easel) -> None:
    easel.view.arm(LASSO)
    assert "Draw around" in easel.hints[-1]
    easel.key(Qt.Key.Key_Escape)
    easel.drag((-60, -60), (20, 20))
    assert easel.selection.nodes == ("x",)


def test_a_lasso_without_nodes_selects_the_wires_inside(easel: Easel) -> None:
    x, y = middle_of_wire(easel, Wire("x", "q", 0))
    easel.view.arm(LASSO)
    draw(easel, ((x - 20, y - 20), (x + 20, y - 20), (x + 20, y + 20), (x - 20, y + 20)))
    assert easel.selection.wires == {Wire("x", "q", 0)}


def test_a_lasso_is_painted_only_while_it_is_drawn(easel: Easel) -> None:
    easel.view.arm(LASSO)
    draw(easel, ((300, 250), (400, 250), (400, 290), (300, 290)))
    drawn = colours_around(easel, (350, 270), 4)
    easel.release((300, 290))
    assert drawn != colours_around(easel, (350, 270), 4)
