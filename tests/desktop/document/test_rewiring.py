"""Wires are healed, cut, moved and made by verbs that are one undo step each."""

from __future__ import annotations

import pytest

from chainrule.errors import GraphError
from chainrule.expression.formula import graph_from_formula
from chainrule.files import dumps
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.rewiring import (
    cut,
    delete_and_reconnect,
    detach,
    move_wire,
    replug,
    unwire_inputs,
    unwire_outputs,
    wire_selected,
)
from chainrule_desktop.document.selection import Selection


def editor_of(formula: str, *selected: NodeId) -> Editor:
    document = Document()
    document.load(graph_from_formula(formula), None)
    editor = Editor(document, Selection(document))
    editor.selection.set(selected)
    return editor


def assert_one_step(editor: Editor, before: bytes) -> None:
    history = editor.document.history
    assert history.count() == 1
    after = dumps(editor.document.graph)
    history.undo()
    assert dumps(editor.document.graph) == before
    history.redo()
    assert dumps(editor.document.graph) == after


CHAIN = "a = exp(x); b = tanh(a); c = sin(b); d = b * x"


def test_deleting_a_gate_lets_its_readers_read_its_first_input() -> None:
    editor = editor_of(CHAIN, "b")
    before = dumps(editor.document.graph)
    delete_and_reconnect(editor)
    assert editor.document.graph.inputs("c") == ("a",)
    assert editor.document.graph.inputs("d") == ("a", "x")
    assert_one_step(editor, before)


def test_deleting_a_chain_reaches_through_all_of_it() -> None:
    editor = editor_of(CHAIN, "b", "a")
    delete_and_reconnect(editor)
    assert editor.document.graph.inputs("c") == ("x",)
    assert editor.document.graph.inputs("d") == ("x", "x")


def test_a_deleted_gate_without_its_first_wire_is_stood_in_for_by_the_next() -> None:
    editor = editor_of("q = x + y; f = exp(q)", "q")
    cut(editor, [Wire("x", "q", 0)])
    delete_and_reconnect(editor)
    assert editor.document.graph.inputs("f") == ("y",)


def test_the_readers_of_a_deleted_leaf_are_unwired() -> None:
    editor = editor_of("f = x * y", "x")
    delete_and_reconnect(editor)
    assert editor.document.graph.inputs("f") == (None, "y")


def test_a_chosen_output_goes_to_what_stands_in_for_it() -> None:
    editor = editor_of("q = x + y; f = exp(q)", "f")
    editor.document.load(graph_from_formula("q = x + y; f = exp(q); g = sin(q)"), None)
    editor.choose_output("f")
    editor.selection.set(("f",))
    delete_and_reconnect(editor)
    assert editor.document.graph.header.output == "q"


def test_a_detached_node_stays_and_its_wires_lead_past_it() -> None:
    editor = editor_of(CHAIN)
    before = dumps(editor.document.graph)
    assert detach(editor, ("b",)) == ("b",)
    graph = editor.document.graph
    assert graph.inputs("b") == (None,)
    assert graph.wires_from("b") == []
    assert graph.inputs("c") == ("a",)
    assert_one_step(editor, before)


def test_nodes_that_are_detached_together_stay_wired_to_each_other() -> None:
    editor = editor_of(CHAIN)
    detach(editor, ("a", "b"))
    graph = editor.document.graph
    assert graph.inputs("b") == ("a",)
    assert graph.inputs("a") == (None,)
    assert graph.inputs("c") == ("x",)


def test_a_node_without_wires_is_detached_already() -> None:
    editor = editor_of(CHAIN)
    lone = editor.add("exp", (0.0, 0.0))
    assert detach(editor, (lone,)) == ()
    assert editor.document.history.count() == 1


def test_many_wires_are_cut_in_one_step() -> None:
    editor = editor_of(CHAIN)
    before = dumps(editor.document.graph)
    cut(editor, [Wire("a", "b", 0), Wire("x", "d", 1)])
    assert editor.document.graph.inputs("b") == (None,)
    assert editor.document.graph.inputs("d") == ("b", None)
    assert editor.document.history.undoText() == "Cut 2 wires"
    assert_one_step(editor, before)


def test_inputs_and_outputs_are_unwired() -> None:
    editor = editor_of(CHAIN, "b")
    unwire_inputs(editor)
    assert editor.document.graph.inputs("b") == (None,)
    unwire_outputs(editor)
    assert editor.document.graph.wires_from("b") == []
    for verb, words in ((unwire_inputs, "no wired inputs"), (unwire_outputs, "nothing reads")):
        with pytest.raises(GraphError, match=words):
            verb(editor)
    assert editor.document.history.count() == 2


def test_a_wire_is_plugged_in_elsewhere() -> None:
    editor = editor_of("q = x + y; f = q * z")
    before = dumps(editor.document.graph)
    replug(editor, Wire("x", "q", 0), Wire("x", "f", 1))
    assert editor.document.graph.inputs("q") == (None, "y")
    assert editor.document.graph.inputs("f") == ("q", "x")
    assert_one_step(editor, before)


def test_a_wire_that_would_close_a_cycle_elsewhere_stays() -> None:
    editor = editor_of("q = x + y; f = exp(q); g = tanh(f)")
    before = dumps(editor.document.graph)
    with pytest.raises(GraphError, match="would close a cycle"):
        replug(editor, Wire("f", "g", 0), Wire("f", "q", 0))
    assert dumps(editor.document.graph) == before


def test_a_wire_changes_places_with_the_one_at_the_next_port() -> None:
    editor = editor_of("f = x / y")
    before = dumps(editor.document.graph)
    moved = move_wire(editor, Wire("x", "f", 0), 1)
    assert moved == Wire("x", "f", 1)
    assert editor.document.graph.inputs("f") == ("y", "x")
    assert editor.selection.wires == {moved}
    assert_one_step(editor, before)


def test_a_wire_goes_round_from_the_last_port_to_an_open_first_one() -> None:
    editor = editor_of("f = x / y")
    cut(editor, [Wire("x", "f", 0)])
    assert move_wire(editor, Wire("y", "f", 1), 1) == Wire("y", "f", 0)
    assert editor.document.graph.inputs("f") == ("y", None)


def test_the_wire_of_a_gate_with_one_port_can_not_be_moved() -> None:
    with pytest.raises(GraphError, match="'f' has no other port"):
        move_wire(editor_of("f = exp(x)"), Wire("x", "f", 0), 1)


def test_the_first_selected_node_is_wired_to_the_next_free_port_of_the_second() -> None:
    editor = editor_of("f = x / y; z = exp(x)")
    cut(editor, [Wire("y", "f", 1)])
    editor.selection.set(("z", "f"))
    assert wire_selected(editor) == (Wire("z", "f", 1),)
    assert editor.document.graph.inputs("f") == ("x", "z")


def test_a_gate_of_many_inputs_gets_ports_for_all_that_are_selected() -> None:
    editor = editor_of("f = x + y; g = exp(x); h = sin(y)")
    before = dumps(editor.document.graph)
    editor.selection.set(("g", "h", "f"))
    wire_selected(editor)
    assert editor.document.graph.inputs("f") == ("x", "y", "g", "h")
    assert_one_step(editor, before)


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        (("f", "x"), "'x' is a leaf"),
        (("g", "f"), "'f' has no free inputs"),
        (("f", "s"), "would close a cycle"),
    ],
)
def test_what_can_not_be_wired_says_why(nodes: tuple[NodeId, ...], words: str) -> None:
    editor = editor_of("s = x + y; f = s / y; g = exp(x)", *nodes)
    before = dumps(editor.document.graph)
    with pytest.raises(GraphError, match=words):
        wire_selected(editor)
    assert dumps(editor.document.graph) == before
    assert editor.document.history.count() == 0
