"""Nodes and wires are selected by id, as long as the graph has them."""

from __future__ import annotations

import pytest

from chainrule.expression import graph_from_formula
from chainrule.graph.edits import Disconnect, MoveNodes, RemoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection, holds_wire

X_TO_Q = Wire("x", "q", 0)
Z_TO_F = Wire("z", "f", 1)


@pytest.fixture
def selection() -> Selection:
    document = Document()
    document.load(graph_from_formula("q = x + y; f = q * z"), None)
    return Selection(document, document)


def document_of(selection: Selection) -> Document:
    document = selection.parent()
    assert isinstance(document, Document)
    return document


def announcements(selection: Selection) -> list[int]:
    heard: list[int] = []
    selection.changed.connect(lambda: heard.append(1))
    return heard


def test_the_order_of_selecting_is_kept(selection: Selection) -> None:
    selection.set(("z", "x"))
    selection.add(("q", "x"))
    assert selection.nodes == ("z", "x", "q")


def test_toggling_turns_what_is_and_what_is_not_selected(selection: Selection) -> None:
    selection.set(("x", "y"), (X_TO_Q,))
    selection.toggle(("y", "z"), (X_TO_Q, Z_TO_F))
    assert selection.nodes == ("x", "z")
    assert selection.wires == {Z_TO_F}


def test_a_single_node_is_one_without_wires(selection: Selection) -> None:
    selection.set(("x",))
    assert selection.single == "x"
    selection.add(wires=(X_TO_Q,))
    assert selection.single is None
    selection.set(("x", "y"))
    assert selection.single is None


def test_a_change_is_announced_once_and_the_same_again_never(selection: Selection) -> None:
    heard = announcements(selection)
    selection.set(("x", "y"))
    selection.set(("x", "y"))
    selection.add(("x",))
    assert heard == [1]


def test_what_is_not_in_the_graph_is_not_selected(selection: Selection) -> None:
    selection.set(("x", "nobody"), (X_TO_Q, Wire("y", "q", 0), Wire("x", "nobody", 0)))
    assert selection.nodes == ("x",)
    assert selection.wires == {X_TO_Q}


def test_what_vanishes_is_not_selected_any_more(selection: Selection) -> None:
    selection.set(("x", "f"), (X_TO_Q, Z_TO_F))
    heard = announcements(selection)
    document_of(selection).apply(RemoveNodes(("f",)), "Delete f")
    assert selection.nodes == ("x",)
    assert selection.wires == {X_TO_Q}
    document_of(selection).apply(Disconnect("q", 0), "Unwire x")
    assert selection.wires == frozenset()
    assert heard == [1, 1]


def test_another_document_has_nothing_selected(selection: Selection) -> None:
    selection.set(("x",), (X_TO_Q,))
    document_of(selection).load(graph_from_formula("q = x + y"), None)
    assert not selection


def test_all_are_the_nodes(selection: Selection) -> None:
    selection.select_all()
    assert set(selection.nodes) == {"x", "y", "z", "q", "f"}
    assert "x" in selection
    assert X_TO_Q not in selection
    selection.clear()
    assert not selection


def test_an_empty_graph_holds_no_wire() -> None:
    assert not holds_wire(GateGraph(), X_TO_Q)


def test_nodes_that_come_back_by_undoing_are_selected() -> None:
    document = Document()
    document.load(graph_from_formula("f = exp(x) * y"), None)
    selection = Selection(document)
    selection.set(["x", "y"])
    Editor(document, selection).delete_selected()
    assert selection.nodes == ()
    document.history.undo()
    assert selection.nodes == ("x", "y")


def test_a_renamed_node_stays_selected_through_undo_and_redo(selection: Selection) -> None:
    document = document_of(selection)
    editor = Editor(document, selection)
    selection.set(("x", "q"), (Wire("q", "f", 0),))
    editor.rename("q", "sum_")
    assert selection.nodes == ("x", "sum_")
    assert selection.wires == {Wire("sum_", "f", 0)}
    document.history.undo()
    assert selection.nodes == ("x", "q")
    assert selection.wires == {Wire("q", "f", 0)}
    document.history.redo()
    assert selection.nodes == ("x", "sum_")


def test_undo_and_redo_select_what_was_selected_there(selection: Selection) -> None:
    document = document_of(selection)
    selection.set(("x",), (X_TO_Q,))
    document.apply(MoveNodes({"q": (500.0, 0.0)}), "Move q")
    selection.set(("z", "f"))
    document.history.undo()
    assert (selection.nodes, selection.wires) == (("x",), {X_TO_Q})
    document.history.redo()
    assert (selection.nodes, selection.wires) == (("z", "f"), frozenset())


def test_several_steps_at_once_select_what_was_selected_where_they_end(
    selection: Selection,
) -> None:
    document = document_of(selection)
    for node in "xyz":
        selection.set((node,))
        document.apply(MoveNodes({node: (900.0, 0.0)}), "Move")
    document.history.setIndex(0)
    assert selection.nodes == ("x",)
    document.history.setIndex(2)
    assert selection.nodes == ("z",)
