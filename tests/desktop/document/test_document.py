"""The document: a graph with its numbers, its history and its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.errors import CycleError, FileError, GraphError
from chainrule.expression import graph_from_formula
from chainrule.graph.changes import Changes
from chainrule.graph.edits import Connect, MoveNodes, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import edits, runnable_graphs


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


def test_a_graph_that_is_loaded_in_place_of_an_unsaved_one_is_unmodified() -> None:
    document = Document()
    document.load(GateGraph(), None, modified=True)
    assert document.is_modified
    document.load(GateGraph(), None)
    assert not document.is_modified


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


def test_taking_back_leaves_nothing_to_redo_and_the_document_unmodified() -> None:
    document = document_of("f = x * y")
    before = described(document.graph)
    for x in (10.0, 20.0):
        document.apply(MoveNodes({"x": (x, 0.0)}), "Move x", merge="drag")
    document.take_back("drag")
    assert described(document.graph) == before
    assert not document.history.canRedo()
    assert not document.is_modified


def test_taking_back_leaves_steps_of_others_alone() -> None:
    document = document_of("f = x * y")
    document.apply(SetValue("x", np.float64(3.0)), "Set x")
    document.take_back("drag")
    assert document.passes.value("f") == 6.0
    assert document.history.count() == 1


def test_taking_back_keeps_what_came_before_the_drag() -> None:
    document = document_of("f = x * y")
    document.apply(SetValue("x", np.float64(3.0)), "Set x", merge="turn")
    document.apply(SetValue("x", np.float64(4.0)), "Set x", merge="another turn")
    document.take_back("another turn")
    assert document.passes.value("f") == 6.0
    document.history.undo()
    assert document.passes.value("f") == 2.0


def test_an_edit_that_can_not_be_changes_nothing_and_is_no_step() -> None:
    document = document_of("f = x * y")
    before = described(document.graph)
    with pytest.raises(CycleError):
        document.apply(Connect(Wire("f", "f", 0)), "Wire f to itself")
    assert described(document.graph) == before
    assert document.history.count() == 0


def test_whoever_hears_of_an_edit_finds_all_numbers_up_to_date() -> None:
    document = document_of("f = x * y")
    heard: list[object] = []
    document.changed.connect(lambda _: heard.append(document.passes.value("f")))
    document.apply(SetValue("x", np.float64(5.0)), "Set x")
    document.history.undo()
    assert heard == [10.0, 2.0]


def test_an_edit_says_what_it_changed() -> None:
    document = document_of("f = x * y")
    heard: list[Changes] = []
    document.changed.connect(heard.append)
    document.apply(MoveNodes({"x": (1.0, 2.0)}), "Move x")
    assert heard == [Changes(moved=frozenset({"x"}))]


def test_a_file_that_can_not_be_read_leaves_the_document_as_it_was(tmp_path: Path) -> None:
    document = document_of("f = x * y")
    document.apply(SetValue("x", np.float64(3.0)), "Set x")
    bad = tmp_path / "bad.chainrule"
    bad.write_text("no graph")
    with pytest.raises(FileError):
        document.open(bad)
    assert document.passes.value("f") == 6.0
    assert document.is_modified
    assert document.history.count() == 1


def test_a_file_that_can_not_be_written_leaves_the_document_modified(tmp_path: Path) -> None:
    document = document_of("f = x * y")
    document.apply(SetValue("x", np.float64(3.0)), "Set x")
    with pytest.raises((FileError, OSError)):
        document.save(tmp_path / "nowhere" / "a.chainrule")
    assert document.is_modified
    assert document.path is None


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    document, again = document_of("f = (x + y) * z"), Document()
    document.save(tmp_path / "a.chainrule")
    again.open(tmp_path / "a.chainrule")
    assert described(again.graph) == described(document.graph)


def test_edits_after_saving_are_steps_of_their_own(tmp_path: Path) -> None:
    document = document_of("f = x * y")
    document.apply(SetValue("x", np.float64(3.0)), "Set x", merge="turn")
    document.save(tmp_path / "a.chainrule")
    document.apply(SetValue("x", np.float64(4.0)), "Set x", merge="turn")
    assert document.is_modified
    document.history.undo()
    assert not document.is_modified
    assert document.passes.value("f") == 6.0


@given(st.data())
def test_undoing_all_restores_the_graph_and_redoing_all_the_result(data: st.DataObject) -> None:
    document = Document()
    document.load(data.draw(runnable_graphs()), None)
    first = described(document.graph)
    for _ in range(data.draw(st.integers(1, 5))):
        if not len(document.graph):
            break
        try:
            document.apply(data.draw(edits(document.graph)), "Edit")
        except GraphError:
            continue
    last, index = described(document.graph), document.history.index()
    document.history.setIndex(0)
    assert described(document.graph) == first
    assert numbers(document.passes, document) == numbers(Passes(document.graph), document)
    document.history.setIndex(index)
    assert described(document.graph) == last
    assert numbers(document.passes, document) == numbers(Passes(document.graph), document)


def numbers(passes: Passes, document: Document) -> list[tuple[str, str]]:
    return [
        (repr(passes.value(each)), repr(passes.gradient(each))) for each in document.graph.ids()
    ]
