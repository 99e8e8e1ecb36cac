"""Muting, pinning, swapping inputs and replacing gates are single steps that keep the wires."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import PortError
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.node import Wire
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.document.switching import mute, pin, replace_gate, swap_inputs


@pytest.fixture
def editor() -> Editor:
    document = Document()
    document.load(graph_from_formula("q = x - y; f = exp(q)"), None)
    made = Editor(document, Selection(document))
    made.set_value("x", np.float64(3.0))
    return made


def value(editor: Editor, node: str) -> float:
    found = editor.document.passes.value(node)
    assert found is not None
    return float(found)


def test_a_muted_gate_passes_its_first_input_and_sounds_again(editor: Editor) -> None:
    before, steps = value(editor, "q"), editor.document.history.count()
    editor.selection.set(("x", "q"))
    mute(editor)
    assert value(editor, "q") == value(editor, "x")
    assert editor.document.history.undoText() == "Mute q"
    mute(editor)
    assert value(editor, "q") == before
    assert editor.document.history.count() == steps + 2


def test_of_gates_some_of_which_are_muted_all_are_then(editor: Editor) -> None:
    editor.selection.set(("q",))
    mute(editor)
    editor.selection.set(("q", "f"))
    mute(editor)
    assert all(editor.document.graph.node(each).muted for each in ("q", "f"))
    editor.document.history.undo()
    assert not editor.document.graph.node("f").muted


def test_leaves_can_not_be_muted_but_pinned(editor: Editor) -> None:
    steps = editor.document.history.count()
    editor.selection.set(("x",))
    mute(editor)
    assert editor.document.history.count() == steps
    pin(editor)
    assert editor.document.graph.node("x").pinned
    pin(editor)
    assert not editor.document.graph.node("x").pinned


def test_the_inputs_of_a_gate_change_places(editor: Editor) -> None:
    editor.selection.set(("q",))
    swap_inputs(editor)
    assert editor.document.graph.inputs("q") == ("y", "x")
    editor.document.history.undo()
    assert editor.document.graph.inputs("q") == ("x", "y")


def test_more_than_two_inputs_move_on_by_one(editor: Editor) -> None:
    added = editor.add("add", (0.0, 0.0))
    for port, source in enumerate(("x", "y", "q")):
        editor.connect(source, added, port)
    editor.selection.set((added,))
    swap_inputs(editor)
    assert editor.document.graph.inputs(added) == ("q", "x", "y")


def test_two_selected_wires_into_one_gate_change_places_and_stay_selected(editor: Editor) -> None:
    added = editor.add("add", (0.0, 0.0))
    for port, source in enumerate(("x", "y", "q")):
        editor.connect(source, added, port)
    editor.selection.set(wires=(Wire("x", added, 0), Wire("q", added, 2)))
    swap_inputs(editor)
    assert editor.document.graph.inputs(added) == ("q", "y", "x")
    assert editor.selection.wires == {Wire("q", added, 0), Wire("x", added, 2)}


def test_an_open_input_is_swapped_too(editor: Editor) -> None:
    editor.disconnect(Wire("y", "q", 1))
    editor.selection.set(("q",))
    swap_inputs(editor)
    assert editor.document.graph.inputs("q") == (None, "x")


def test_a_gate_with_one_input_has_nothing_to_swap(editor: Editor) -> None:
    editor.selection.set(("f",))
    with pytest.raises(PortError, match="select a gate with two inputs"):
        swap_inputs(editor)


def test_a_gate_is_replaced_and_keeps_its_wires(editor: Editor) -> None:
    replace_gate(editor, "q", "add")
    assert value(editor, "q") == value(editor, "x") + value(editor, "y")
    assert editor.document.graph.inputs("f") == ("q",)
    assert editor.document.history.undoText() == "Replace q by add"
    editor.document.history.undo()
    assert value(editor, "q") == value(editor, "x") - value(editor, "y")


def test_a_gate_of_more_inputs_gets_open_ones(editor: Editor) -> None:
    replace_gate(editor, "f", "mul")
    assert editor.document.graph.inputs("f") == ("q", None)


def test_a_gate_of_fewer_inputs_than_are_wired_is_refused(editor: Editor) -> None:
    with pytest.raises(PortError, match="exp takes fewer inputs than q has"):
        replace_gate(editor, "q", "exp")
    assert editor.document.graph.inputs("q") == ("x", "y")
