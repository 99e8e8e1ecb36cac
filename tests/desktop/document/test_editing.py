"""The verbs of editing: each is one undo step, and one that fails changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from chainrule.errors import ChainruleError, NodeNameError, ParameterError, UnknownGateError
from chainrule.expression import graph_from_formula
from chainrule.gates.leaf import Constant, Parameter
from chainrule.graph.node import Wire
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection
from tests.helpers.graph_strategies import described

VERBS: dict[str, tuple[Callable[[Editor], object], str]] = {
    "add": (lambda editor: editor.add("exp", (0.0, 0.0)), "Add exp"),
    "connect": (lambda editor: editor.connect("z", "q", 0), "Wire z to q"),
    "grow": (lambda editor: editor.connect("z", "q", 2), "Wire z to q"),
    "disconnect": (lambda editor: editor.disconnect(Wire("x", "q", 0)), "Unwire x from q"),
    "delete": (lambda editor: editor.delete_selected(), "Delete q"),
    "move": (lambda editor: editor.move({"x": (1.0, 2.0)}), "Move x"),
    "nudge": (lambda editor: editor.nudge(3.0, 0.0), "Move q"),
    "value": (lambda editor: editor.set_value("x", np.float64(9.0)), "Set x"),
    "parameter": (lambda editor: editor.set_parameter("h", "c", 4.0), "Set c of h"),
    "ports": (lambda editor: editor.set_port_count("q", 4), "Change the inputs of q"),
    "rename": (lambda editor: editor.rename("q", "sum"), "Rename q to sum"),
    "label": (lambda editor: editor.set_label("q", "the sum"), "Label q"),
    "leaf": (lambda editor: editor.change_leaf("x", Constant()), "Make x a constant"),
    "output": (lambda editor: editor.choose_output("q"), "Choose q as output"),
    "about": (lambda editor: editor.set_about("A title", None), "Change the title"),
}
FAULTS: dict[str, tuple[Callable[[Editor], object], type[ChainruleError]]] = {
    "gate": (lambda editor: editor.add("warp", (0.0, 0.0)), UnknownGateError),
    "cycle": (lambda editor: editor.connect("f", "q", 0), ChainruleError),
    "port": (lambda editor: editor.connect("z", "h", 1), ChainruleError),
    "value": (lambda editor: editor.set_value("q", np.float64(1.0)), ChainruleError),
    "parameter": (lambda editor: editor.set_parameter("h", "c", (1, 2)), ParameterError),
    "unknown parameter": (lambda editor: editor.set_parameter("h", "d", 1.0), ParameterError),
    "taken": (lambda editor: editor.rename("q", "f"), NodeNameError),
    "keyword": (lambda editor: editor.rename("q", "for"), NodeNameError),
}
NOTHING: dict[str, Callable[[Editor], object]] = {
    "the same wire": lambda editor: editor.connect("x", "q", 0),
    "the same name": lambda editor: editor.rename("q", "q"),
    "the same title": lambda editor: editor.set_about(None, ""),
    "the same output": lambda editor: editor.choose_output(editor.document.graph.header.output),
}


@pytest.fixture
def editor() -> Editor:
    """An editor of h = 3 (x + y), f = h z, on which q = x + y is selected."""
    document = Document()
    document.load(graph_from_formula("q = x + y; h = mul_constant(q, c=3); f = h * z"), None)
    made = Editor(document, Selection(document))
    made.selection.set(("q",))
    return made


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_one_step_with_a_name_and_can_be_undone(editor: Editor, verb: str) -> None:
    document = editor.document
    before = described(document.graph)
    act, text = VERBS[verb]
    act(editor)
    assert described(document.graph) != before
    assert (document.history.count(), document.history.undoText()) == (1, text)
    document.history.undo()
    assert described(document.graph) == before


@pytest.mark.parametrize("fault", FAULTS)
def test_what_can_not_be_raises_and_changes_nothing(editor: Editor, fault: str) -> None:
    before, selected = described(editor.document.graph), editor.selection.nodes
    act, error = FAULTS[fault]
    with pytest.raises(error):
        act(editor)
    assert described(editor.document.graph) == before
    assert editor.selection.nodes == selected
    assert editor.document.history.count() == 0


@pytest.mark.parametrize("same", NOTHING)
def test_what_changes_nothing_is_no_step(editor: Editor, same: str) -> None:
    NOTHING[same](editor)
    assert editor.document.history.count() == 0


def test_what_is_added_is_selected(editor: Editor) -> None:
    added = editor.add("exp", (0.0, 0.0))
    assert editor.selection.nodes == (added,)


def test_a_renamed_node_stays_selected(editor: Editor) -> None:
    editor.selection.set(("x", "q"))
    editor.rename("q", "sum")
    assert editor.selection.nodes == ("x", "sum")


def test_nothing_selected_is_nothing_to_delete_or_move(editor: Editor) -> None:
    editor.selection.clear()
    editor.delete_selected()
    editor.nudge(1.0, 1.0)
    assert editor.document.history.count() == 0


def test_deleting_takes_nodes_with_their_wires_and_wires_alone(editor: Editor) -> None:
    editor.selection.set(("q",), (Wire("z", "f", 1), Wire("x", "q", 0)))
    editor.delete_selected()
    graph = editor.document.graph
    assert "q" not in graph
    assert graph.inputs("h") == (None,)
    assert graph.inputs("f") == ("h", None)
    assert not editor.selection


def test_fewer_ports_drop_their_wires(editor: Editor) -> None:
    editor.connect("z", "q", 2)
    editor.set_port_count("q", 2)
    assert editor.document.graph.inputs("q") == ("x", "y")


def test_values_of_one_turn_are_one_step_and_of_two_are_two(editor: Editor) -> None:
    for turn in ("first", "second"):
        for value in (1.0, 2.0, 3.0):
            editor.set_value("x", np.float64(value), merge=turn)
    assert editor.document.history.count() == 2


def test_another_output_has_no_seed_of_the_old_one(editor: Editor) -> None:
    editor.choose_output("q")
    assert editor.document.graph.header.seed is None
    assert editor.document.passes.output == "q"


def test_a_leaf_that_becomes_trained_keeps_its_value(editor: Editor) -> None:
    editor.set_value("x", np.float64(6.0))
    editor.change_leaf("x", Parameter())
    assert editor.document.graph.node("x").value == 6.0
