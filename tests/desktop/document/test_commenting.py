"""The verbs of frames and notes: one step each, and nothing of them runs the passes."""

from __future__ import annotations

import pytest

from chainrule.errors import GraphError
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.comments import Hue, comments_of
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.commenting import Commenter, counted
from chainrule_desktop.document.selection import Comment, CommentKind

FIRST, SECOND = Comment(CommentKind.FRAME, 0), Comment(CommentKind.FRAME, 1)
NOTE = Comment(CommentKind.NOTE, 0)


@pytest.fixture
def filled(bench: Workbench) -> Workbench:
    """A workbench with q = x + y and f = q * z, and a frame around x and q."""
    bench.document.load(graph_from_formula("q = x + y; f = q * z"), None)
    bench.selection.set(("x", "q"))
    bench.editor.commenter.frame_selection()
    return bench


def members(bench: Workbench) -> list[tuple[str, ...]]:
    return [frame.nodes for frame in comments_of(bench.document.graph.header).frames]


def test_a_frame_is_around_the_selected_nodes_and_selected(filled: Workbench) -> None:
    assert members(filled) == [("x", "q")]
    assert filled.selection.comments == {FIRST}
    assert filled.selection.nodes == ()


def test_frames_and_notes_do_not_run_the_passes(filled: Workbench) -> None:
    compiled = filled.document.passes.compiled
    parts = filled.drawing.diagram.parts
    filled.editor.commenter.add_note("$x$", (0.0, 0.0))
    filled.editor.commenter.set_colour((FIRST,), Hue.RED)
    assert filled.document.passes.compiled == compiled
    assert filled.drawing.diagram.parts is parts


def test_new_frames_have_different_colours(filled: Workbench) -> None:
    filled.selection.set(("y",))
    commenter = filled.editor.commenter
    assert commenter.frame(commenter.frame_selection()).hue is not commenter.frame(FIRST).hue


def test_no_frame_without_nodes(filled: Workbench) -> None:
    filled.selection.clear()
    with pytest.raises(GraphError, match="select nodes first"):
        filled.editor.commenter.frame_selection()


def test_nodes_join_a_frame_and_leave_it(filled: Workbench) -> None:
    filled.editor.commenter.add_to(FIRST, ("x", "y"))
    assert members(filled) == [("x", "q", "y")]
    filled.editor.commenter.take_out(("q", "y"))
    assert members(filled) == [("x",)]
    filled.editor.commenter.take_out(("x",))
    assert members(filled) == []


def test_the_innermost_frame_around_nodes_comes_first(filled: Workbench) -> None:
    filled.selection.set(("x",))
    filled.editor.commenter.frame_selection()
    assert filled.editor.commenter.frames_around(("x",)) == [1, 0]
    assert filled.editor.commenter.frames_around(("x", "q")) == [0]
    assert filled.editor.commenter.frames_around(("z",)) == []


def test_what_is_removed_is_no_longer_selected(filled: Workbench) -> None:
    filled.editor.commenter.remove((FIRST,))
    assert filled.selection.comments == frozenset()
    assert "q" in filled.document.graph


def test_a_copy_of_a_frame_brings_its_nodes_and_a_duplicate_has_its_own_frame(
    filled: Workbench,
) -> None:
    filled.clipboard.copy()
    filled.clipboard.paste()
    assert members(filled) == [("x", "q"), ("x2", "q2")]
    filled.document.history.undo()
    assert members(filled) == [("x", "q")]
    filled.selection.set(comments=(FIRST,))
    filled.clipboard.duplicate()
    assert len(members(filled)) == 2


def test_a_cut_frame_takes_its_nodes_along_and_comes_back_whole(filled: Workbench) -> None:
    filled.clipboard.cut()
    assert "q" not in filled.document.graph
    assert members(filled) == []
    filled.clipboard.paste()
    assert [sorted(each) for each in members(filled)] == [["q", "x"]]


def test_a_note_alone_is_copied(filled: Workbench) -> None:
    filled.selection.set(comments=(filled.editor.commenter.add_note("text", (1.0, 2.0)),))
    filled.clipboard.copy()
    filled.clipboard.paste()
    assert len(comments_of(filled.document.graph.header).notes) == 2


def test_what_is_removed_is_counted_in_words() -> None:
    assert counted((FIRST,)) == "frame"
    assert counted((FIRST, SECOND)) == "2 frames"
    assert counted((FIRST, NOTE)) == "2 comments"


def test_moves_of_notes_alone_are_called_so(filled: Workbench) -> None:
    commenter: Commenter = filled.editor.commenter
    commenter.add_note("text", (1.0, 2.0))
    commenter.move({}, {0: (5.0, 6.0)})
    assert filled.document.history.undoText() == "Move note"
    assert commenter.note(NOTE).position == (5.0, 6.0)
