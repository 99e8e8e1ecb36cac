"""The actions on frames and notes."""

from __future__ import annotations

from collections.abc import Callable

from chainrule.graph.comments import Hue
from chainrule_desktop.actions.attempt import hinted
from chainrule_desktop.actions.conditions import IS_OPEN, NODES_SELECTED
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.commenting import counted
from chainrule_desktop.document.selection import Comment, CommentKind


def _frames(bench: Workbench) -> list[Comment]:
    """Return the selected frames, or the innermost one around the selected nodes."""
    chosen = [each for each in bench.selection.comments if each.kind is CommentKind.FRAME]
    if chosen or not bench.selection.nodes:
        return chosen
    around = bench.editor.commenter.frames_around(bench.selection.nodes)
    return [Comment(CommentKind.FRAME, around[0])] if around else []


def _one(bench: Workbench) -> Comment | None:
    """Return the one frame or note that is meant."""
    chosen = [*bench.selection.comments] or _frames(bench)
    return chosen[0] if len(chosen) == 1 else None


def _in_frames(bench: Workbench) -> bool:
    commenter = bench.editor.commenter
    return any(commenter.frames_around((each,)) for each in bench.selection.nodes)


HAS_FRAME = Condition(
    lambda bench: bool(_frames(bench)), "Select a frame, or a node in one, first."
)
HAS_COMMENT = Condition(
    lambda bench: _one(bench) is not None, "Select a frame, a node in one, or a note first."
)
HAS_COMMENTS = Condition(
    lambda bench: bool(bench.editor.commenter.comments), "There are no frames and no notes yet."
)
CAN_JOIN = Condition(
    lambda bench: bool(bench.selection.nodes) and len(_selected_frames(bench)) == 1,
    "Select one frame, and with Shift the nodes that shall be in it.",
)
IN_FRAME = Condition(_in_frames, "Select nodes that are in a frame first.")


def _selected_frames(bench: Workbench) -> list[Comment]:
    return [each for each in bench.selection.comments if each.kind is CommentKind.FRAME]


def _edit(bench: Workbench) -> None:
    comment = _one(bench)
    if comment is not None:
        bench.canvas.commenting.edit(comment)


def _remove(bench: Workbench) -> None:
    bench.editor.commenter.remove([*bench.selection.comments] or _frames(bench))


def _remove_text(bench: Workbench) -> str:
    chosen = [*bench.selection.comments] or _frames(bench)
    return f"&Remove {counted(chosen).capitalize()}" if chosen else "&Remove Frame"


def _join(bench: Workbench) -> None:
    bench.editor.commenter.add_to(_selected_frames(bench)[0], bench.selection.nodes)


def _take_out(bench: Workbench) -> None:
    bench.editor.commenter.take_out(bench.selection.nodes)


def _select_next(bench: Workbench) -> None:
    """Select the frame around the selected nodes or frame, else the next frame or note."""
    commenter, selection = bench.editor.commenter, bench.selection
    comments = commenter.comments
    if selection.nodes:
        around = commenter.frames_around(selection.nodes)
        if around:
            selection.set(comments=(Comment(CommentKind.FRAME, around[0]),))
            return
    every = [
        *(Comment(CommentKind.FRAME, number) for number in range(len(comments.frames))),
        *(Comment(CommentKind.NOTE, number) for number in range(len(comments.notes))),
    ]
    here = next(iter(selection.comments), None)
    place = every.index(here) + 1 if here in every else 0
    selection.set(comments=(every[place % len(every)],))


def _select_nodes(bench: Workbench) -> None:
    frames = (bench.editor.commenter.frame(each) for each in _frames(bench))
    bench.selection.set(node for frame in frames for node in frame.nodes)


def _colour(hue: Hue) -> ActionSpec:
    return ActionSpec(
        f"graph.frame.colour.{hue}",
        f"&{hue.value.capitalize()}",
        hinted(_painter(hue)),
        f"Show the frame in {hue.value}.",
        enabled=(HAS_FRAME,),
        checked=lambda bench: any(
            bench.editor.commenter.frame(each).hue is hue for each in _frames(bench)
        ),
    )


def _painter(hue: Hue) -> Callable[[Workbench], None]:
    return lambda bench: bench.editor.commenter.set_colour(_frames(bench), hue)


FRAME_SELECTION = ActionSpec(
    "graph.frame",
    "F&rame Selection",
    lambda bench: bench.canvas.commenting.frame_selection(),
    "Put a frame with a title around the selected nodes; it moves with them.",
    None,
    ("Ctrl+Shift+F",),
    (NODES_SELECTED,),
)
ADD_NOTE = ActionSpec(
    "graph.note",
    "Add &Note",
    lambda bench: bench.canvas.commenting.add_note(bench.canvas.point_in_use()),
    "Write a note at the pointer; $…$ in it is mathematics.",
    None,
    ("N",),
    (IS_OPEN,),
    on_canvas=True,
)
EDIT_COMMENT = ActionSpec(
    "graph.frame.edit",
    "&Edit Title or Note",
    _edit,
    "Give the frame another title, or write another text into the note.",
    None,
    ("Shift+F2",),
    (HAS_COMMENT,),
)
REMOVE_FRAME = ActionSpec(
    "graph.frame.remove",
    "&Remove Frame",
    hinted(_remove),
    "Remove the frame; its nodes stay.",
    enabled=(
        Condition(lambda bench: bool(bench.selection.comments or _frames(bench)), HAS_FRAME.reason),
    ),
    text_now=_remove_text,
)
ADD_TO_FRAME = ActionSpec(
    "graph.frame.join",
    "&Add Selection to Frame",
    hinted(_join),
    "Put the selected nodes into the selected frame.",
    enabled=(CAN_JOIN,),
)
TAKE_OUT = ActionSpec(
    "graph.frame.leave",
    "&Take Selection out of Frame",
    hinted(_take_out),
    "Take the selected nodes out of the innermost frame around each.",
    enabled=(IN_FRAME,),
)
SELECT_FRAME = ActionSpec(
    "graph.frame.select",
    "&Select Frame or Next",
    _select_next,
    "Select the frame around the selected nodes, then one frame and note after the other.",
    None,
    ("Shift+F",),
    (HAS_COMMENTS,),
    on_canvas=True,
)
SELECT_NODES = ActionSpec(
    "graph.frame.nodes",
    "Select &Nodes in Frame",
    _select_nodes,
    "Select all nodes in the frame.",
    enabled=(HAS_FRAME,),
)
COLOUR_MENU = MenuSpec("&Colour", tuple(map(_colour, Hue)))

FRAME_MENU = MenuSpec(
    "Fra&me",
    (
        EDIT_COMMENT,
        COLOUR_MENU,
        SEPARATOR,
        ADD_TO_FRAME,
        TAKE_OUT,
        SEPARATOR,
        SELECT_FRAME,
        SELECT_NODES,
        SEPARATOR,
        REMOVE_FRAME,
    ),
)
