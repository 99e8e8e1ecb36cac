"""A gate that is dropped on a wire goes into it, and later gates make room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from chainrule.graph.node import NodeId, Wire
from tests.desktop.easel import ALT, LEFT, Easel, bubbles, middle_of_wire

LOOSE = (300.0, 330.0)
WIRE = Wire("q", "f", 0)


@pytest.fixture
def gate(easel: Easel) -> NodeId:
    """A gate without wires, below everything."""
    added = easel.editor.add("exp", LOOSE)
    easel.document.history.clear()
    return added


def onto(easel: Easel, gate: NodeId, wire: Wire = WIRE) -> tuple[float, float]:
    """Drag a gate onto a wire, without releasing, and return where it is."""
    there = middle_of_wire(easel, wire)
    easel.drag_to(easel.body(gate), there)
    return there


def test_a_gate_dropped_on_a_wire_goes_into_it_in_one_step(easel: Easel, gate: NodeId) -> None:
    there = onto(easel, gate)
    said = f"Splices exp {gate} into the wire from add q to mul f (Alt: only move)."
    assert bubbles(easel) == [said]
    assert easel.hints[-1].startswith(said)
    easel.release(there)
    assert easel.graph.inputs(gate) == ("q",)
    assert easel.graph.inputs("f") == (gate, "z")
    assert easel.document.history.count() == 1
    easel.document.history.undo()
    assert easel.graph.inputs("f") == ("q", "z")
    assert easel.graph.inputs(gate) == (None,)
    assert easel.position(gate) == LOOSE
    assert easel.position("f") == (440, 120)
    easel.document.history.redo()
    assert easel.graph.inputs("f") == (gate, "z")


def test_later_gates_make_room_and_others_stay(easel: Easel, gate: NodeId) -> None:
    later = easel.editor.add("tanh", (560.0, 120.0))
    easel.editor.connect("f", later, 0)
    easel.release(onto(easel, gate))
    moved, f = easel.position(later), easel.position("f")
    assert moved is not None
    assert f is not None
    assert f[0] > 440
    assert moved[0] - 560 == f[0] - 440
    assert f[1] == 120
    assert [easel.position(each) for each in "xyzq"] == [(0, 0), (0, 100), (0, 200), (220, 50)]
    assert easel.output(gate)[0] < easel.port("f", 0)[0]


def test_no_more_room_is_made_than_is_missing(easel: Easel, gate: NodeId) -> None:
    easel.editor.move({"f": (900, 120)})
    easel.release(onto(easel, gate))
    assert easel.position("f") == (900, 120)


def test_with_alt_held_it_only_moves(easel: Easel, gate: NodeId) -> None:
    there = middle_of_wire(easel, WIRE)
    easel.drag_to(easel.body(gate), there, ALT)
    assert bubbles(easel) == ["Only moves; without Alt it goes into the wire from add q to mul f."]
    easel.release(there, LEFT, ALT)
    assert easel.graph.inputs("f") == ("q", "z")
    assert easel.position(gate) != LOOSE


def test_escape_puts_it_back_and_leaves_the_wire(easel: Easel, gate: NodeId) -> None:
    there = onto(easel, gate)
    easel.key(Qt.Key.Key_Escape)
    easel.release(there)
    assert easel.graph.inputs("f") == ("q", "z")
    assert easel.position(gate) == LOOSE
    assert bubbles(easel) == []


def test_a_leaf_does_not_go_into_a_wire(easel: Easel) -> None:
    leaf = easel.editor.add("input", LOOSE)
    there = onto(easel, leaf)
    assert bubbles(easel) == []
    easel.release(there)
    assert easel.graph.inputs("f") == ("q", "z")


def test_a_gate_that_is_read_does_not_go_into_a_wire(easel: Easel, gate: NodeId) -> None:
    reader = easel.editor.add("tanh", (460.0, 330.0))
    easel.editor.connect(gate, reader, 0)
    easel.release(onto(easel, gate))
    assert easel.graph.inputs("f") == ("q", "z")


def test_a_wire_that_would_close_a_cycle_takes_no_gate_in(easel: Easel) -> None:
    product = easel.editor.add("mul", LOOSE)
    easel.editor.connect("f", product, 1)
    easel.release(onto(easel, product))
    assert easel.graph.inputs("f") == ("q", "z")
    assert easel.graph.inputs(product) == (None, "f")


def test_a_gate_with_other_inputs_wired_goes_in_by_its_open_one(easel: Easel) -> None:
    product = easel.editor.add("mul", LOOSE)
    easel.editor.connect("z", product, 0)
    easel.release(onto(easel, product))
    assert easel.graph.inputs(product) == ("z", "q")
    assert easel.graph.inputs("f") == (product, "z")


def test_a_chain_goes_in_from_its_first_input_to_its_last_output(
    easel: Easel, gate: NodeId
) -> None:
    second = easel.editor.add("tanh", (420.0, 330.0))
    easel.editor.connect(gate, second, 0)
    easel.selection.set((second, gate))
    there = onto(easel, gate)
    assert bubbles(easel) == ["Splices 2 nodes into the wire from add q to mul f (Alt: only move)."]
    easel.release(there)
    assert easel.graph.inputs(gate) == ("q",)
    assert easel.graph.inputs("f") == (second, "z")


def test_the_wire_lights_up_while_the_gate_is_over_it(easel: Easel, gate: NodeId) -> None:
    onto(easel, gate)
    assert easel.marks.hovered_wire == WIRE
    easel.move((300, 400))
    assert easel.marks.hovered_wire is None
