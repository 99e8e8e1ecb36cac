"""Aligning and distributing nodes are single steps that move what is selected only."""

from __future__ import annotations

import pytest

from chainrule.expression.formula import graph_from_formula
from chainrule.layout import Edge
from chainrule_desktop.document.arranging import align, distribute
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection


@pytest.fixture
def editor() -> Editor:
    document = Document()
    document.load(graph_from_formula("(x + y) * z + w"), None)
    return Editor(document, Selection(document))


def places(editor: Editor) -> dict[str, tuple[float, float]]:
    return {node.id: node.position or (0.0, 0.0) for node in editor.document.graph}


def test_centres_come_to_one_line_in_one_step(editor: Editor) -> None:
    drawing, before = Drawing(editor.document), places(editor)
    editor.move({"x": (3.0, 10.0), "z": (-20.0, 200.0)})
    editor.selection.set(("x", "y", "z"))
    align(editor, drawing, Edge.CENTRE)
    after = places(editor)
    assert len({after[each][0] for each in "xyz"}) == 1
    assert {each for each in after if after[each] != before[each]} <= {"x", "y", "z"}
    assert editor.document.history.count() == 2
    editor.document.history.undo()
    assert places(editor)["z"] == (-20.0, 200.0)


def test_what_is_level_already_is_no_step(editor: Editor) -> None:
    drawing = Drawing(editor.document)
    editor.selection.set(("x", "y", "z"))
    align(editor, drawing, Edge.CENTRE)
    count = editor.document.history.count()
    align(editor, drawing, Edge.CENTRE)
    assert editor.document.history.count() == count


def test_distances_down_become_equal(editor: Editor) -> None:
    drawing = Drawing(editor.document)
    editor.move({"x": (0.0, 0.0), "y": (0.0, 10.0), "z": (0.0, 300.0)})
    editor.selection.set(("z", "x", "y"))
    distribute(editor, drawing, 1)
    assert [places(editor)[each] for each in "xyz"] == [(0.0, 0.0), (0.0, 150.0), (0.0, 300.0)]
    assert editor.document.history.undoText() == "Distribute 3 nodes"
