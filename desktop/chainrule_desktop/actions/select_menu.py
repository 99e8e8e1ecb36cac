"""The actions of selecting: with a lasso, along the wires, of a kind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.attempt import hinted
from chainrule_desktop.actions.conditions import (
    IS_OPEN,
    NODES_SELECTED,
    NOT_EMPTY,
    SOMETHING_SELECTED,
)
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, MenuSpec, Shortcut
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.canvas.tools.select import LASSO
from chainrule_desktop.document.growing import (
    Growth,
    all_between,
    all_connected,
    all_downstream,
    all_others,
    all_upstream,
    of_the_kind,
    one_downstream,
    one_upstream,
)

TWO_SELECTED = Condition(
    lambda bench: len(bench.selection.nodes) == 2, "Select the two ends of the way first."
)


def _grower(growth: Growth) -> Callable[[Workbench], None]:
    def grow(bench: Workbench) -> None:
        bench.selection.set(growth(bench.document.graph, bench.selection.nodes))

    return hinted(grow)


def _growing(
    name: str,
    text: str,
    growth: Growth,
    tip: str,
    *shortcuts: Shortcut,
    needs: Condition = NODES_SELECTED,
) -> ActionSpec:
    enabled = (IS_OPEN, NOT_EMPTY, needs)
    return ActionSpec(f"select.{name}", text, _grower(growth), tip, None, shortcuts, enabled)


SELECT_ALL = ActionSpec(
    "edit.select_all",
    "Select &All",
    lambda bench: bench.selection.select_all(),
    "Select all nodes.",
    None,
    (QKeySequence.StandardKey.SelectAll,),
    (IS_OPEN, NOT_EMPTY),
)
SELECT_NONE = ActionSpec(
    "edit.select_none",
    "Select &None",
    lambda bench: bench.selection.clear(),
    "Select nothing.",
    None,
    ("Ctrl+Shift+A",),
    (SOMETHING_SELECTED,),
)
LASSO_SELECT = ActionSpec(
    "select.lasso",
    "&Lasso",
    lambda bench: bench.canvas.arm(LASSO),
    "Select with the next drag by drawing around nodes; Shift adds, Ctrl takes away.",
    None,
    ("L",),
    (IS_OPEN, NOT_EMPTY),
    on_canvas=True,
)
ONE_UPSTREAM = _growing(
    "one_upstream",
    "One Step &Upstream",
    one_upstream,
    "Select what feeds the selected nodes, too.",
    "Ctrl+[",
)
ONE_DOWNSTREAM = _growing(
    "one_downstream",
    "One Step &Downstream",
    one_downstream,
    "Select what reads the selected nodes, too.",
    "Ctrl+]",
)
ALL_UPSTREAM = _growing(
    "all_upstream",
    "All U&pstream",
    all_upstream,
    "Select everything on which the selected nodes depend, too.",
    "Ctrl+Shift+[",
)
ALL_DOWNSTREAM = _growing(
    "all_downstream",
    "All Do&wnstream",
    all_downstream,
    "Select everything that depends on the selected nodes, too.",
    "Ctrl+Shift+]",
)
OF_THE_KIND = _growing(
    "kind",
    "All of the &Kind",
    of_the_kind,
    "Select all nodes of the kinds that are selected.",
    "Ctrl+Shift+K",
)
CONNECTED = _growing(
    "connected",
    "All &Connected",
    all_connected,
    "Select everything to which wires lead from the selected nodes.",
    "Ctrl+Alt+A",
)
BETWEEN = _growing(
    "between",
    "All &Between",
    all_between,
    "Select what stands on the way along wires between the two selected nodes.",
    "Ctrl+Alt+E",
    needs=TWO_SELECTED,
)
INVERT = _growing(
    "invert",
    "&Invert",
    all_others,
    "Select all nodes that are not selected, and no others.",
    "Ctrl+I",
    needs=NOT_EMPTY,
)

SELECT_MENU = MenuSpec(
    "Se&lect",
    (
        SELECT_ALL,
        SELECT_NONE,
        INVERT,
        SEPARATOR,
        LASSO_SELECT,
        SEPARATOR,
        ONE_UPSTREAM,
        ONE_DOWNSTREAM,
        ALL_UPSTREAM,
        ALL_DOWNSTREAM,
        CONNECTED,
        BETWEEN,
        SEPARATOR,
        OF_THE_KIND,
    ),
)
