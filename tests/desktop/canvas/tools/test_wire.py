"""Wires are drawn from outputs to inputs and back, and say what they would do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from chainrule.graph.node import Wire
from chainrule_desktop.canvas.marks import LooseWire
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.document.values import parse_value
from chainrule_desktop.search.popup import SearchPopup
from tests.desktop.easel import SHIFT, Easel, bubbles, sum_times_z

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
    assert easel.hints[-1] == "Wires z to input 1 of add q, in place of x."
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
    assert bubbles(easel) == ["Wires z to input 1 of add q, in place of x."]
    easel.release(easel.port("q", 0))
    assert bubbles(easel) == []


def test_a_wire_dropped_on_nothing_asks_what_to_add_and_stays_until_that_is_over(
    easel: Easel,
) -> None:
    asked: list[tuple[object, object]] = []
    easel.view.search_requested.connect(lambda point, end: asked.append((point, end)))
    easel.drag(easel.output("x"), EMPTY)
    assert asked == [(EMPTY, LooseEnd("x"))]
    assert easel.marks.loose == LooseWire(easel.output("x"), EMPTY, allowed=True, snapped=False)
    for popup in easel.view.findChildren(SearchPopup):
        popup.end()
    assert easel.marks.loose is None
    assert easel.document.history.count() == 0


def test_an_open_input_dropped_on_nothing_asks_what_feeds_it(easel: Easel, product: str) -> None:
    asked: list[object] = []
    easel.view.search_requested.connect(lambda _, end: asked.append(end))
    easel.drag(easel.port(product, 1), EMPTY)
    assert asked == [LooseEnd(product, 1)]


def test_a_wire_let_go_where_it_began_asks_nothing(easel: Easel) -> None:
    asked: list[object] = []
    easel.view.search_requested.connect(lambda _, end: asked.append(end))
    x, y = easel.output("x")
    easel.drag((x, y), (x + 12, y))
    assert asked == []


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


# Pulling a wire off its port.


def test_a_wire_pulled_off_its_port_is_plugged_in_elsewhere(easel: Easel, product: str) -> None:
    steps = easel.document.history.count()
    easel.drag_to(easel.port("q", 0), easel.port(product, 1))
    assert (
        easel.hints[-1]
        == f"Moves the wire of x to input 2 of mul {product}. (Shift: wire it there, too.)"
    )
    assert easel.marks.cut_wires == {Wire("x", "q", 0)}
    easel.release(easel.port(product, 1))
    assert easel.graph.inputs("q") == (None, "y")
    assert easel.graph.inputs(product) == (None, "x")
    assert easel.document.history.count() == steps + 1
    easel.document.history.undo()
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.graph.inputs(product) == (None, None)


def test_a_wire_put_back_on_its_port_is_no_step(easel: Easel) -> None:
    there = easel.port("q", 0)
    easel.drag_to(there, (there[0] - 60, there[1] - 60))
    easel.move(there)
    assert easel.hints[-1] == "Leaves x wired to input 1 of add q."
    easel.release(there)
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.document.history.count() == 0


def test_a_wire_pulled_off_and_dropped_on_nothing_is_unwired(easel: Easel) -> None:
    easel.drag_to(easel.port("q", 0), EMPTY)
    assert bubbles(easel) == ["Unwires x from q; drop it on a port to move it. Shift: leave it."]
    easel.release(EMPTY)
    assert easel.graph.inputs("q") == (None, "y")
    assert easel.hints[-1] == "Unwired x from q."
    easel.document.history.undo()
    assert easel.graph.inputs("q") == ("x", "y")


def test_escape_leaves_a_wire_that_was_pulled_off(easel: Easel) -> None:
    easel.drag_to(easel.port("q", 0), EMPTY)
    easel.key(Qt.Key.Key_Escape)
    easel.release(EMPTY)
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.marks.cut_wires == frozenset()
    assert easel.document.history.count() == 0


def test_with_shift_held_the_wire_stays_and_another_is_made(easel: Easel, product: str) -> None:
    there = easel.port(product, 0)
    easel.drag_to(easel.port("q", 0), there, SHIFT)
    assert easel.hints[-1] == f"Wires x to input 1 of mul {product}."
    easel.release(there, keys=SHIFT)
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.graph.inputs(product) == ("x", None)


def test_a_wire_pulled_off_and_dropped_on_its_gate_takes_its_port_again(easel: Easel) -> None:
    start, (x, y) = easel.port("q", 0), easel.body("q")
    easel.drag_to(start, EMPTY)
    easel.move((x + 12, y))
    easel.release((x + 12, y))
    assert easel.graph.inputs("q") == ("x", "y")
    assert easel.document.history.count() == 0


# Snapping.


def test_a_port_that_fits_comes_before_a_nearer_one_that_would_close_a_cycle(
    easel: Easel,
) -> None:
    qx, qy = easel.port("q", 1)
    beside = (qx - 12, qy)
    easel.drag_to(easel.output("f"), beside)
    assert "would close a cycle" in easel.hints[-1]
    easel.key(Qt.Key.Key_Escape)
    easel.release(beside)
    other = easel.editor.add("exp", (0, 300))
    x, y = easel.port(other, 0)
    easel.editor.move({other: (qx - 2 - x, 300 + qy + 18 - y)})
    easel.drag_to(easel.output("f"), beside)
    assert easel.hints[-1] == f"Wires mul f to input 1 of exp {other}."


def test_a_port_whose_shapes_fit_comes_before_a_nearer_one_whose_do_not(easel: Easel) -> None:
    easel.editor.set_value("x", parse_value("[1, 2, 3]"))
    easel.editor.set_value("y", parse_value("[1, 2]"))
    product = easel.editor.add("mul", (580, -100))
    easel.editor.connect("y", product, 0)
    bad = easel.port(product, 1)
    free = easel.editor.add("exp", (580, 300))
    x, y = easel.port(free, 0)
    easel.editor.move({free: (580 + bad[0] - 20 - x, 300 + bad[1] + 8 - y)})
    easel.drag_to(easel.output("x"), (bad[0] - 6, bad[1]))
    assert easel.hints[-1] == f"Wires x to input 1 of exp {free}."


def test_open_ports_that_fit_are_marked_while_a_wire_is_drawn(easel: Easel, product: str) -> None:
    easel.drag_to(easel.output("x"), EMPTY)
    assert set(easel.marks.fitting) == {easel.port(product, 0), easel.port(product, 1)}
    easel.key(Qt.Key.Key_Escape)
    assert easel.marks.fitting == ()


def test_ports_that_would_close_a_cycle_are_not_marked(easel: Easel, product: str) -> None:
    easel.editor.connect("x", product, 0)
    reader = easel.editor.add("exp", (700, 0))
    easel.editor.connect(product, reader, 0)
    easel.drag_to(easel.output(reader), EMPTY)
    assert easel.marks.fitting == ()
