"""Frames are moved with all that is in them, notes by themselves; a drag is one step."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt

from chainrule.graph.comments import Comments, Frame, Note, comments_of
from chainrule.graph.edits import set_comments
from chainrule_desktop.canvas.paint_comments import shown_titles
from chainrule_desktop.document.selection import Comment, CommentKind
from tests.desktop.easel import SHIFT, Easel, Place, hover, tooltip

FRAME, OUTER = Comment(CommentKind.FRAME, 0), Comment(CommentKind.FRAME, 1)
NOTE = Comment(CommentKind.NOTE, 0)


def comment(easel: Easel, comments: Comments) -> None:
    easel.document.apply(set_comments(easel.graph, comments), "Comment")
    easel.document.history.clear()


def framed(easel: Easel) -> None:
    """Put a frame around q, another around x and q, and notes within the inner one and outside."""
    inner, outer = Frame("inner", ("q",), "blue"), Frame("outer", ("x", "q"))
    comment(easel, Comments((inner, outer), (Note("in", (240.0, 30.0)), Note("out", (0.0, 280.0)))))


def title(easel: Easel, number: int) -> Place:
    placed = easel.drawing.diagram.comments
    left, top, _, _ = placed.frames[placed.of.numbers.index(number)].tolist()
    return left + 20.0, top + 12.0


def moved(place: Place, dx: float, dy: float) -> Place:
    return place[0] + dx, place[1] + dy


def notes(easel: Easel) -> list[Place]:
    return [note.position for note in comments_of(easel.graph.header).notes]


def test_a_drag_of_the_title_moves_the_nodes_and_the_notes_in_the_frame_as_one_step(
    easel: Easel,
) -> None:
    framed(easel)
    easel.drag(title(easel, 0), moved(title(easel, 0), 30, 40))
    assert easel.position("q") == (250, 90)
    assert easel.position("x") == (0, 0)
    assert notes(easel) == [(270.0, 70.0), (0.0, 280.0)]
    assert easel.document.history.count() == 1
    easel.document.history.undo()
    assert easel.position("q") == (220, 50)
    assert notes(easel) == [(240.0, 30.0), (0.0, 280.0)]


def test_an_outer_frame_takes_the_inner_one_along(easel: Easel) -> None:
    framed(easel)
    before = easel.drawing.diagram.comments.frames.copy()
    easel.drag(title(easel, 1), moved(title(easel, 1), 10, 20))
    assert easel.position("x") == (10, 20)
    assert easel.position("q") == (230, 70)
    assert (easel.drawing.diagram.comments.frames - before == (10, 20, 10, 20)).all()


def test_a_drag_of_a_border_moves_the_frame_too(easel: Easel) -> None:
    framed(easel)
    left, _, _, bottom = easel.drawing.diagram.comments.frames[0].tolist()
    border = left + 20.0, bottom
    easel.drag(border, moved(border, 0, 30))
    assert easel.position("q") == (220, 80)


def test_a_drag_within_a_frame_is_one_on_the_canvas(easel: Easel) -> None:
    comment(easel, Comments((Frame("all", ("x", "y", "z", "q", "f")),)))
    easel.drag((330, 10), (340, 20))
    assert easel.selection.comments == frozenset()


def test_a_note_is_dragged_by_its_text(easel: Easel) -> None:
    framed(easel)
    easel.drag((8, 288), (28, 298))
    assert notes(easel)[1] == (20.0, 290.0)
    assert easel.selection.comments == {Comment(CommentKind.NOTE, 1)}


def test_escape_puts_a_dragged_frame_back_and_leaves_nothing_to_redo(easel: Easel) -> None:
    framed(easel)
    easel.selection.set(("y",))
    easel.drag_to(title(easel, 0), moved(title(easel, 0), 30, 40))
    easel.key(Qt.Key.Key_Escape)
    easel.release((300, 100))
    assert easel.position("q") == (220, 50)
    assert notes(easel)[0] == (240.0, 30.0)
    assert easel.selection.nodes == ("y",)
    assert easel.document.history.count() == 0


def test_a_click_selects_and_one_with_shift_adds_and_takes_away(easel: Easel) -> None:
    framed(easel)
    easel.click(title(easel, 0))
    assert easel.selection.comments == {FRAME}
    easel.click(title(easel, 1), keys=SHIFT)
    assert easel.selection.comments == {FRAME, OUTER}
    easel.click(title(easel, 0), keys=SHIFT)
    assert easel.selection.comments == {OUTER}


def test_a_gate_in_a_frame_is_hit_before_the_frame(easel: Easel) -> None:
    framed(easel)
    easel.click(easel.body("q"))
    assert easel.selection.nodes == ("q",)


def test_delete_removes_the_frame_and_keeps_its_nodes(easel: Easel) -> None:
    framed(easel)
    easel.selection.set(comments=(FRAME, NOTE))
    easel.editor.delete_selected()
    comments = comments_of(easel.graph.header)
    assert [frame.title for frame in comments.frames] == ["outer"]
    assert [note.text for note in comments.notes] == ["out"]
    assert "q" in easel.graph
    easel.document.history.undo()
    assert len(comments_of(easel.graph.header).frames) == 2


def test_arrows_move_what_is_selected_with_its_nodes(easel: Easel) -> None:
    framed(easel)
    easel.selection.set(comments=(FRAME, NOTE))
    easel.editor.nudge(5, 0)
    easel.editor.nudge(5, 0)
    assert easel.position("q") == (230, 50)
    assert notes(easel)[0] == (250.0, 30.0)
    assert easel.document.history.count() == 1


def test_a_frame_under_the_pointer_is_marked_and_says_what_it_is(easel: Easel) -> None:
    framed(easel)
    hover(easel, title(easel, 0))
    assert easel.view.viewport().cursor().shape() is Qt.CursorShape.SizeAllCursor
    said = tooltip(easel, title(easel, 0))
    assert "Frame inner, blue, around q." in said
    assert "Drag to move" in said


def test_the_screen_reader_hears_of_a_selected_frame_and_note(easel: Easel) -> None:
    framed(easel)
    easel.selection.set(comments=(FRAME,))
    assert easel.view.accessibleDescription() == "Frame inner, blue, around q."
    easel.selection.set(comments=(NOTE,))
    assert easel.view.accessibleDescription() == "Note: in"
    easel.selection.set(("x",), comments=(FRAME, NOTE))
    assert easel.view.accessibleDescription() == "1 node and 1 frame and 1 note selected."


def test_from_far_away_titles_stand_above_their_frames_where_they_are_grabbed(
    easel: Easel,
) -> None:
    framed(easel)
    easel.view.navigator.zoom_by(0.3)
    left, top, _, _ = easel.drawing.diagram.comments.frames[1].tolist()
    easel.click((left + 15.0, top - 20.0))
    assert easel.selection.comments == {OUTER}


@pytest.mark.parametrize("scale", [0.1, 0.25, 0.3, 0.5, 0.8])
def test_titles_are_clear_of_gates_and_of_each_other_from_near_and_far(
    easel: Easel, scale: float
) -> None:
    framed(easel)
    diagram = easel.drawing.diagram
    titles = [*shown_titles(diagram.comments, scale).values()]
    assert titles
    for box in titles:
        for node in ("x", "q"):
            x, y = easel.body(node)
            assert not box.intersects(QRectF(x - 20, y - 20, 40, 40))
    assert not any(one.intersects(other) for one, other in combinations(titles, 2))
