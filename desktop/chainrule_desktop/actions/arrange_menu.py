"""The actions on where nodes stand: tidying, aligning, distributing, and to what drags snap."""

from __future__ import annotations

from chainrule.layout import Edge
from chainrule_desktop.actions.conditions import IS_OPEN, NOT_EMPTY, NOT_TIDYING
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.arranging import align, distribute
from chainrule_desktop.theme import IconName

_TWO = Condition(lambda bench: len(bench.selection.nodes) > 1, "Select two or more nodes first.")
_THREE = Condition(
    lambda bench: len(bench.selection.nodes) > 2, "Select three or more nodes first."
)
_ICONS: dict[Edge, IconName] = {
    Edge.LEFT: "align-left",
    Edge.CENTRE: "align-center",
    Edge.RIGHT: "align-right",
    Edge.TOP: "align-top",
    Edge.MIDDLE: "align-middle",
    Edge.BOTTOM: "align-bottom",
}


def _aligning(edge: Edge, text: str, tip: str, keys: str) -> ActionSpec:
    return ActionSpec(
        f"arrange.{edge}",
        text,
        lambda bench: align(bench.editor, bench.drawing, edge),
        tip,
        _ICONS[edge],
        (keys,),
        (_TWO,),
        on_canvas=True,
    )


def _distributing(axis: int, text: str, tip: str, keys: str) -> ActionSpec:
    return ActionSpec(
        f"arrange.distribute_{'down' if axis else 'across'}",
        text,
        lambda bench: distribute(bench.editor, bench.drawing, axis),
        tip,
        "distribute-vertically" if axis else "distribute-horizontally",
        (keys,),
        (_THREE,),
        on_canvas=True,
    )


def _snapping(setting: str, text: str, tip: str, keys: str) -> ActionSpec:
    def snaps(bench: Workbench) -> bool:
        return bool(getattr(bench.settings.values, setting))

    def switch(bench: Workbench) -> None:
        bench.settings.change(**{setting: not snaps(bench)})
        state = "on" if snaps(bench) else "off"
        bench.canvas.hint.emit(f"{text.replace('&', '')} is {state}. {keys} turns it again.")

    return ActionSpec(
        f"arrange.{setting}",
        text,
        switch,
        tip,
        None,
        (keys,),
        (IS_OPEN,),
        checked=snaps,
        on_canvas=True,
    )


TIDY = ActionSpec(
    "graph.tidy",
    "&Tidy Layout",
    lambda bench: bench.tidying.tidy(),
    "Arrange all nodes from left to right with few crossings; what is tidy stays.",
    "tidy",
    ("Ctrl+L",),
    (IS_OPEN, NOT_EMPTY, NOT_TIDYING),
)
TIDY_SELECTION = ActionSpec(
    "arrange.tidy_selection",
    "Tidy &Selection",
    lambda bench: bench.tidying.tidy_some(bench.selection.nodes),
    "Arrange the selected nodes among themselves, about where they stand.",
    None,
    ("Ctrl+Shift+L",),
    (_TWO, NOT_TIDYING),
)
ALIGN_MENU = MenuSpec(
    "&Align",
    (
        _aligning(Edge.LEFT, "&Left Edges", "Bring the left edges to one line.", "Alt+Shift+Left"),
        _aligning(Edge.CENTRE, "&Centres", "Put the nodes below each other.", "Alt+Shift+C"),
        _aligning(
            Edge.RIGHT, "&Right Edges", "Bring the right edges to one line.", "Alt+Shift+Right"
        ),
        SEPARATOR,
        _aligning(Edge.TOP, "&Top Edges", "Bring the upper edges level.", "Alt+Shift+Up"),
        _aligning(
            Edge.MIDDLE,
            "&Middles",
            "Put the nodes beside each other, so that wires between them run straight.",
            "Alt+Shift+M",
        ),
        _aligning(Edge.BOTTOM, "&Bottom Edges", "Bring the lower edges level.", "Alt+Shift+Down"),
    ),
)
DISTRIBUTE_MENU = MenuSpec(
    "&Distribute",
    (
        _distributing(0, "&Across", "Leave equal gaps from left to right.", "Alt+Shift+H"),
        _distributing(1, "&Down", "Leave equal gaps from top to bottom.", "Alt+Shift+V"),
    ),
)
SNAP_NEIGHBOURS = _snapping(
    "snap_neighbours",
    "Snap to &Neighbours",
    "Let dragged nodes stop level with others, and where wires run straight; Ctrl goes on freely.",
    "S",
)
SNAP_GRID = _snapping(
    "snap_grid",
    "Snap to &Grid",
    "Let dragged nodes stop on the lines of the grid; Ctrl goes on freely.",
    "Shift+S",
)

ARRANGE_MENU = MenuSpec(
    "Arran&ge",
    (
        TIDY,
        TIDY_SELECTION,
        SEPARATOR,
        ALIGN_MENU,
        DISTRIBUTE_MENU,
        SEPARATOR,
        SNAP_NEIGHBOURS,
        SNAP_GRID,
    ),
)
