"""The actions of editing."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.attempt import attempt
from chainrule_desktop.actions.conditions import (
    CAN_COPY,
    CAN_PASTE,
    CAN_REDO,
    CAN_RENAME,
    CAN_UNDO,
    IS_OPEN,
    LEAF_SELECTED,
    SOMETHING_SELECTED,
)
from chainrule_desktop.actions.search_menu import FIND_NODE
from chainrule_desktop.actions.select_menu import SELECT_MENU
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, MenuSpec
from chainrule_desktop.actions.walking_menu import WALK_MENU
from chainrule_desktop.actions.wire_menu import DELETE_AND_RECONNECT
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.text_question import TextQuestion, Wording
from chainrule_desktop.document.history import place_of_step

_Key = QKeySequence.StandardKey


def _undo_text(bench: Workbench) -> str:
    return _with_step("&Undo", bench.document.history.undoText())


def _redo_text(bench: Workbench) -> str:
    return _with_step("&Redo", bench.document.history.redoText())


def _with_step(verb: str, step: str) -> str:
    shown = step.replace("&", "&&")
    return f"{verb} {shown}" if shown else verb


def _undo(bench: Workbench) -> None:
    """Take back the last step where it was made: inside a composite gate, or around it."""
    bench.tabs.go_to_step(place_of_step(bench.document.history, undo=True))
    bench.document.root.undo()


def _redo(bench: Workbench) -> None:
    bench.tabs.go_to_step(place_of_step(bench.document.history, undo=False))
    bench.document.root.redo()


def _paste(bench: Workbench) -> None:
    """Paste where the pointer is, or beside the original while it is not on the canvas."""
    over = bench.canvas.viewport().underMouse()
    at = bench.canvas.point_in_use() if over else None
    _bring_into_view(bench, bench.clipboard.paste(at))


def _duplicate(bench: Workbench) -> None:
    _bring_into_view(bench, bench.clipboard.duplicate())


def _duplicate_wired(bench: Workbench) -> None:
    _bring_into_view(bench, bench.clipboard.duplicate(incoming=True))


def _bring_into_view(bench: Workbench, ids: tuple[str, ...]) -> None:
    if ids:
        bench.canvas.navigator.reveal(ids[0])
    bench.canvas.setFocus()


def _edit_value(bench: Workbench) -> None:
    if (node_id := bench.selection.single) is not None:
        bench.canvas.edit_value(node_id)


def _rename(bench: Workbench) -> None:
    for comment in bench.selection.comments:
        bench.canvas.commenting.edit(comment)
        return
    node_id = bench.selection.single
    if node_id is None:
        return
    wording = Wording(
        title="Rename",
        label=f"&New name of {node_id}:",
        button="Rename",
        text=node_id,
        note="Code is exported with names, so they have letters, digits and _ only.",
    )
    TextQuestion(
        bench.window, wording, lambda name: bench.editor.rename(node_id, name.strip())
    ).open()


UNDO = ActionSpec(
    "edit.undo",
    "&Undo",
    _undo,
    "Take back the last step.",
    "undo",
    (_Key.Undo,),
    (IS_OPEN, CAN_UNDO),
    text_now=_undo_text,
)
REDO = ActionSpec(
    "edit.redo",
    "&Redo",
    _redo,
    "Make the step again that was taken back.",
    "redo",
    ("Ctrl+Shift+Z", "Ctrl+Y"),
    (IS_OPEN, CAN_REDO),
    text_now=_redo_text,
)
CUT = ActionSpec(
    "edit.cut",
    "Cu&t",
    attempt(lambda bench: bench.clipboard.cut()),
    "Put the selected nodes on the clipboard and delete them.",
    "cut",
    (_Key.Cut,),
    (CAN_COPY,),
)
COPY = ActionSpec(
    "edit.copy",
    "&Copy",
    attempt(lambda bench: bench.clipboard.copy()),
    "Put the selected nodes on the clipboard.",
    "copy",
    (_Key.Copy,),
    (CAN_COPY,),
)
PASTE = ActionSpec(
    "edit.paste",
    "&Paste",
    attempt(_paste),
    "Add the nodes on the clipboard, or the gates of the formula or the numbers there.",
    "paste",
    (_Key.Paste,),
    (IS_OPEN, CAN_PASTE),
)
DUPLICATE = ActionSpec(
    "edit.duplicate",
    "Dupl&icate",
    attempt(_duplicate),
    "Copy the selected nodes beside themselves.",
    "duplicate",
    ("Ctrl+D",),
    (CAN_COPY,),
)
DUPLICATE_WIRED = ActionSpec(
    "edit.duplicate_wired",
    "Duplicate with Incoming &Wires",
    attempt(_duplicate_wired),
    "Copy the selected nodes; the copies read the nodes outside that the originals read.",
    None,
    ("Ctrl+Shift+D",),
    (CAN_COPY,),
)
DELETE = ActionSpec(
    "edit.delete",
    "&Delete",
    attempt(lambda bench: bench.editor.delete_selected()),
    "Delete the selected nodes and wires.",
    "delete",
    (_Key.Delete, "Backspace"),
    (SOMETHING_SELECTED,),
)
EDIT_VALUE = ActionSpec(
    "edit.value",
    "Edit &Value",
    _edit_value,
    "Type another value for the selected input, parameter or constant.",
    None,
    ("F3",),
    (LEAF_SELECTED,),
)
RENAME = ActionSpec(
    "edit.rename",
    "Rena&me…",
    _rename,
    "Give the selected node another name, the frame another title, or the note another text.",
    "rename",
    ("F2",),
    (CAN_RENAME,),
)

EDIT_MENU = MenuSpec(
    "&Edit",
    (
        UNDO,
        REDO,
        SEPARATOR,
        CUT,
        COPY,
        PASTE,
        DUPLICATE,
        DUPLICATE_WIRED,
        DELETE,
        DELETE_AND_RECONNECT,
        SEPARATOR,
        SELECT_MENU,
        WALK_MENU,
        FIND_NODE,
        SEPARATOR,
        EDIT_VALUE,
        RENAME,
    ),
)
