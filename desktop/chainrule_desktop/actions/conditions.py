"""The conditions under which actions can be used, each with the sentence for when it fails."""

from __future__ import annotations

from chainrule.gates.leaf import Leaf
from chainrule_desktop.actions.spec import Condition
from chainrule_desktop.panels.tensors.subject import selected_subject

IS_OPEN = Condition(lambda bench: bench.files.is_open, "Open or start a graph first.")
NOT_EMPTY = Condition(
    lambda bench: len(bench.document.graph) > 0, "The graph is empty; add a gate first."
)
HAS_FILE = Condition(
    lambda bench: bench.document.path is not None, "The graph has no file yet; save it first."
)
MODIFIED = Condition(lambda bench: bench.document.is_modified, "There are no unsaved changes.")
CAN_UNDO = Condition(
    lambda bench: bench.document.root.is_following or bench.document.history.canUndo(),
    "There is nothing to undo.",
)
CAN_REDO = Condition(lambda bench: bench.document.history.canRedo(), "There is nothing to redo.")
SOMETHING_SELECTED = Condition(lambda bench: bool(bench.selection), "Select something first.")
NODES_SELECTED = Condition(
    lambda bench: bool(bench.selection.nodes), "Select one or more nodes first."
)
CAN_COPY = Condition(
    lambda bench: bool(bench.selection.nodes or bench.selection.comments),
    "Select nodes, a frame or a note first.",
)
ONE_SELECTED = Condition(lambda bench: bench.selection.single is not None, "Select one node first.")
CAN_RENAME = Condition(
    lambda bench: (
        bench.selection.single is not None
        or (len(bench.selection.comments) == 1 and not bench.selection.nodes)
    ),
    "Select one node, frame or note first.",
)
LEAF_SELECTED = Condition(
    lambda bench: (
        bench.selection.single is not None
        and isinstance(bench.document.graph.node(bench.selection.single).kind, Leaf)
    ),
    "Select one input, parameter or constant first.",
)
HAS_TENSOR = Condition(
    lambda bench: selected_subject(bench.selection) is not None,
    "Select one node or one wire first.",
)
CAN_PASTE = Condition(
    lambda bench: bench.clipboard.has_text, "Copy nodes, a formula or numbers first."
)
HAS_OUTPUT = Condition(
    lambda bench: bench.document.passes.output is not None,
    "Choose which node is the output first.",
)
NOT_TIDYING = Condition(
    lambda bench: not bench.tidying.is_running, "A layout is being computed already."
)
HAS_RECENT = Condition(
    lambda bench: bool(bench.settings.values.recent_files), "No file has been opened yet."
)
SEVERAL_TABS = Condition(
    lambda bench: len(bench.tabs.entries()) > 1, "There is only one tab; open another graph first."
)
