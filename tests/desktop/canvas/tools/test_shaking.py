"""A node that is shaken comes loose from its wires, which lead past it then."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chainrule.graph.node import Wire
from chainrule_desktop.canvas.tools.shaking import Shake
from tests.desktop.easel import Easel, middle_of_wire, shake


def test_a_shaken_node_comes_loose_in_one_step_with_its_move(easel: Easel) -> None:
    shake(easel, easel.body("q"), 100)
    assert easel.graph.inputs("q") == (None, None)
    assert easel.graph.inputs("f") == ("x", "z")
    assert easel.hints[-1].startswith("Shaken loose: q.")
    easel.move((260, 250))
    easel.release((260, 250))
    assert easel.position("q") == (260, 250)
    assert easel.document.history.count() == 1
    assert easel.document.history.undoText() == "Detach q"
    easel.document.history.undo()
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.graph.inputs("f") == ("q", "z")
    assert easel.position("q") == (220, 50)
    easel.document.history.redo()
    assert easel.graph.inputs("f") == ("x", "z")
    assert easel.position("q") == (260, 250)


def test_escape_after_shaking_brings_the_wires_back(easel: Easel) -> None:
    shake(easel, easel.body("q"), 100)
    easel.key(Qt.Key.Key_Escape)
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.graph.inputs("f") == ("q", "z")
    assert easel.position("q") == (220, 50)
    assert easel.document.history.count() == 0


def test_a_slow_way_to_and_fro_only_moves(easel: Easel) -> None:
    shake(easel, easel.body("q"), 400)
    easel.release(easel.body("q"))
    assert easel.graph.inputs("q") == ("x", "y")


def test_what_was_shaken_loose_does_not_go_back_into_the_wire_it_left(easel: Easel) -> None:
    easel.editor.move({"q": (150, 20)})
    x, y = easel.body("q")
    shake(easel, (x, y), 100)
    easel.release((x + 40, y))
    assert easel.graph.inputs("f") == ("x", "z")


def test_it_goes_into_another_wire_once_it_has_been_beside_all(easel: Easel) -> None:
    shake(easel, easel.body("q"), 100)
    easel.move((200, 400))
    there = middle_of_wire(easel, Wire("z", "f", 1))
    easel.move(there)
    easel.release(there)
    assert easel.graph.inputs("f") == ("x", "q")
    assert easel.graph.inputs("q") == ("z", None)
    assert easel.document.history.count() == 1


def felt(*moves: tuple[float, float, int]) -> list[bool]:
    shake = Shake()
    return [shake.feels(*move) for move in moves]


def test_three_quick_turns_are_a_shake_and_it_is_felt_once() -> None:
    moves = [(x * 30.0, 0.0, 50 * turn) for turn, x in enumerate((0, 1, 0, 1, 0, 1, 0))]
    assert felt(*moves) == [False, False, False, False, True, False, False]


def test_up_and_down_is_a_shake_too() -> None:
    moves = [(0.0, y * 30.0, 50 * turn) for turn, y in enumerate((0, 1, 0, 1, 0))]
    assert felt(*moves)[-1]


def test_a_tremble_is_no_shake() -> None:
    moves = [(x * 8.0, 0.0, 20 * turn) for turn, x in enumerate((0, 1, 0, 1, 0, 1, 0, 1))]
    assert not any(felt(*moves))


def test_a_straight_way_is_no_shake() -> None:
    assert not any(felt(*((30.0 * step, 0.0, 10 * step) for step in range(20))))
