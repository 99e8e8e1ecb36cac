"""Wires are drawn from outputs to inputs and back, and say what they would do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from chainrule.graph.node import Wire
from chainrule_desktop.document.values import parse_value
from tests.desktop.easel import Easel, bubbles, sum_times_z

EMPTY = (300.0, 330.0)


@pytest.fixture
def product(easel: Easel) -> str:
    """A gate with two open ports, right of everything."""
    return easel.editor.add("mul", (580, 0))


def test_a_wire_from_an_output_to_an_input(easel: Easel, product: str) -> None:
    easel.drag(easel.output("x"), easel.port(product, 0))
    assert easel.graph.inputs(product) == ("x", None)
    assert easel.document.history.undoText() == f"Wire x to {product}"


def test_a_wire_from_an_input_to_an_output(easel: Easel, product: str) -> None:
    easel.drag(easel.port(product, 1), easel.output("z"))
    assert easel.graph.inputs(product) == (None, "z")


def test_a_wire_from_an_input_to_the_body_of_a_node(easel: Easel, product: str) -> None:
    easel.drag(easel.port(product, 1), easel.body("q"))
    assert easel.graph.inputs(product) == (None, "q")


def test_a_wire_dropped_on_a_body_takes_its_open_port(easel: Easel, product: str) -> None:
    easel.drag(easel.output("x"), easel.port(product, 0))
    easel.drag(easel.output("y"), easel.body(product))
    assert easel.graph.inputs(product) == ("x", "y")


def test_a_wire_dropped_on_a_full_gate_that_takes_more_gets_a_port_of_its_own(
    easel: Easel,
) -> None:
    easel.drag(easel.output("z"), easel.body("q"))
    assert easel.graph.inputs("q") == ("x", "y", "z")
    easel.document.history.undo()
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.graph.node("q").ports == 2


def test_a_wire_dropped_on_a_full_gate_replaces_the_nearest_one(easel: Easel) -> None:
    quotient = easel.editor.add("div", (580, 0))
    easel.editor.connect("x", quotient, 0)
    easel.editor.connect("y", quotient, 1)
    x, y = easel.body(quotient)
    easel.drag(easel.output("z"), (x, y + 10))
    assert easel.graph.inputs(quotient) == ("x", "z")


def test_a_wire_to_a_taken_port_replaces_and_says_so(easel: Easel) -> None:
    easel.drag_to(easel.output("z"), easel.port("q", 0))
    assert easel.hints[-1] == "Wires z to input 1 of q, in place of x."
    easel.release(easel.port("q", 0))
    assert easel.graph.inputs("q") == ("z", "y")
    easel.document.history.undo()
    assert easel.graph.inputs("q") == ("x", "y")


def test_a_wire_that_is_there_already_is_no_step(easel: Easel) -> None:
    easel.drag(easel.output("x"), easel.port("q", 0))
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.document.history.count() == 0


def test_a_wire_that_would_close_a_cycle_says_why_and_is_not_made(easel: Easel) -> None:
    easel.drag_to(easel.output("f"), easel.port("q", 0))
    assert "would close a cycle" in easel.hints[-1]
    easel.release(easel.port("q", 0))
    assert easel.graph.inputs("q") == ("x", "y")
    assert "would close a cycle" in easel.hints[-1]


def test_a_wire_into_its_own_gate_says_why_it_is_not_made(easel: Easel) -> None:
    easel.drag(easel.output("f"), easel.port("f", 0))
    assert easel.hints[-1] == "'f' can't read its own output; a graph has no cycles."
    assert easel.graph.inputs("f") == ("q", "z")


def test_a_wire_to_a_leaf_says_why_it_is_not_made(easel: Easel) -> None:
    easel.drag(easel.output("q"), easel.body("z"))
    assert easel.hints[-1] == "z is a leaf and has no inputs."


def test_a_wire_whose_shape_does_not_fit_is_made_and_marked(easel: Easel, product: str) -> None:
    easel.editor.set_value("x", parse_value("[1, 2, 3]"))
    easel.editor.set_value("y", parse_value("1"))
    easel.editor.set_value("z", parse_value("[1, 2]"))
    easel.editor.connect("x", product, 0)
    easel.drag_to(easel.output("z"), easel.port(product, 1))
    assert "but the shapes do not fit" in easel.hints[-1]
    easel.release(easel.port(product, 1))
    assert easel.graph.inputs(product) == ("x", "z")
    assert product in {problem.node for problem in easel.drawing.problems}


def test_the_sentence_stands_beside_the_pointer_while_dragging(easel: Easel) -> None:
    easel.drag_to(easel.output("z"), easel.port("q", 0))
    assert bubbles(easel) == ["Wires z to input 1 of q, in place of x."]
    easel.release(easel.port("q", 0))
    assert bubbles(easel) == []


def test_a_wire_dropped_on_nothing_changes_nothing(easel: Easel) -> None:
    easel.drag(easel.output("x"), EMPTY)
    assert easel.document.history.count() == 0
    assert easel.hints[-1] == ""


def test_escape_forgets_the_wire(easel: Easel, product: str) -> None:
    steps = easel.document.history.count()
    easel.drag_to(easel.output("x"), easel.port(product, 0))
    easel.key(Qt.Key.Key_Escape)
    easel.release(easel.port(product, 0))
    assert easel.graph.inputs(product) == (None, None)
    assert easel.document.history.count() == steps


def test_a_click_on_an_output_selects_the_node_and_wires_nothing(easel: Easel) -> None:
    near = easel.editor.add("exp", (110, 0))
    x, _ = easel.port(near, 0)
    easel.editor.move({near: (110 + easel.output("x")[0] + 12 - x, 0)})
    steps = easel.document.history.count()
    easel.click(easel.output("x"))
    assert easel.selection.nodes == ("x",)
    assert easel.document.history.count() == steps


def test_a_click_on_a_wired_port_selects_its_wire(easel: Easel) -> None:
    easel.click(easel.port("q", 1))
    assert easel.selection.wires == {Wire("y", "q", 1)}


def test_undo_of_the_target_during_a_drag_ends_it(easel: Easel, product: str) -> None:
    easel.drag_to(easel.output("x"), easel.port(product, 0))
    easel.document.history.undo()
    easel.move((580, 0))
    easel.release((580, 0))
    assert product not in easel.graph


def test_another_document_during_a_drag_ends_it(easel: Easel, product: str) -> None:
    easel.drag_to(easel.port(product, 0), EMPTY)
    easel.document.load(sum_times_z(), None)
    easel.move((0, 0))
    easel.release((0, 0))
    assert not easel.document.is_modified
