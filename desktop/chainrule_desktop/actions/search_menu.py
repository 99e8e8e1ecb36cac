"""The actions that search on the canvas."""

from __future__ import annotations

from chainrule_desktop.actions.conditions import IS_OPEN, NOT_EMPTY
from chainrule_desktop.actions.spec import ActionSpec

ADD_BY_SEARCH = ActionSpec(
    "graph.search",
    "Add by &Search…",
    lambda bench: bench.canvas.ask_for_gate(),
    "Type a gate, a number, a name or a formula, and add it where the pointer is.",
    "search",
    ("Tab",),
    (IS_OPEN,),
    on_canvas=True,
)
FIND_NODE = ActionSpec(
    "edit.find",
    "&Find Node…",
    lambda bench: bench.canvas.finding.open(),
    "Find a node by its name, its label or its gate, and go there.",
    "search",
    ("Ctrl+F",),
    (IS_OPEN, NOT_EMPTY),
)
