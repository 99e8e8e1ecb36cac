"""The document: a graph with its numbers, its history and its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from chainrule.expression import graph_from_formula
from chainrule.graph.edits import SetValue
from chainrule.graph.graph import GateGraph
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection


def document_of(formula: str) -> Document:
    document = Document()
    document.load(graph_from_formula(formula), None)
    return document


def test_an_edit_is_undone_and_made_again_with_all_numbers() -> None:
    document = document_of("f = x * y")
    document.apply(SetValue("x", np.float64(5.0)), "Set x")
    assert document.passes.value("f") == 10.0
    document.history.undo()
    assert document.passes.value("f") == 2.0
    document.history.redo()
    assert document.passes.value("f") == 10.0


def test_edits_with_one_key_are_one_step_and_can_be_taken_back() -> None:
    document = document_of("f = x * y")
    for value in (3.0, 4.0, 5.0):
        document.apply(SetValue("x", np.float64(value)), "Set x", merge="drag")
    assert document.history.count() == 1
    document.take_back("drag")
    assert document.passes.value("x") == 1.0
    assert document.history.count() == 0


def test_whoever_hears_of_the_history_never_meets_a_selection_of_another_graph() -> None:
    document = document_of("f = x * y")
    selection = Selection(document)
    Editor(document, selection).set_value("x", np.float64(3.0))
    selection.set(["x"])
    unknown: list[str] = []

    def look() -> None:
        unknown.extend(each for each in selection.nodes if each not in document.graph)

    document.history.indexChanged.connect(look)
    document.history.cleanChanged.connect(look)
    document.file_changed.connect(look)
    document.load(GateGraph(), None, modified=True)
    assert unknown == []
    assert selection.nodes == ()


def test_a_saved_document_is_unmodified_until_the_next_edit(tmp_path: Path) -> None:
    document = document_of("f = x * y")
    document.apply(SetValue("x", np.float64(3.0)), "Set x")
    assert document.is_modified
    document.save(tmp_path / "a.chainrule")
    assert (document.is_modified, document.name) == (False, "a.chainrule")
    document.history.undo()
    assert document.is_modified


def test_loading_gives_every_node_a_place() -> None:
    document = document_of("f = (x + y) * z")
    assert all(node.position is not None for node in document.graph)
    assert not document.is_modified


def test_new_gates_are_named_as_in_a_formula() -> None:
    document = Document()
    editor = Editor(document, Selection(document))
    kinds = ("input", "input", "input", "input", "parameter", "constant", "add", "mul")
    names = [editor.add(kind, (0.0, 0.0)) for kind in kinds]
    assert names == ["x", "y", "z", "x1", "w0", "c1", "a", "b"]
