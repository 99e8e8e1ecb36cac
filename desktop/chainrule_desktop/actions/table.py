"""The table of actions: all menus in their order. Menu bar, toolbar and keys are made from it."""

from __future__ import annotations

from chainrule_desktop.actions.arrange_menu import TIDY
from chainrule_desktop.actions.comment_menu import ADD_NOTE, FRAME_MENU, FRAME_SELECTION
from chainrule_desktop.actions.edit_menu import (
    COPY,
    CUT,
    DELETE,
    DUPLICATE,
    EDIT_MENU,
    EDIT_VALUE,
    PASTE,
    REDO,
    RENAME,
    UNDO,
)
from chainrule_desktop.actions.file_menu import FILE_MENU
from chainrule_desktop.actions.graph_menu import (
    ADD_GATE,
    CHOOSE_OUTPUT,
    GRAPH_MENU,
    RUN_MENU,
)
from chainrule_desktop.actions.help_menu import help_menu
from chainrule_desktop.actions.node_menu import MUTE, PIN, REPLACE, SWAP
from chainrule_desktop.actions.playback_menu import TEACH_MENU
from chainrule_desktop.actions.select_menu import SELECT_ALL
from chainrule_desktop.actions.spec import SEPARATOR, MenuSpec
from chainrule_desktop.actions.view_menu import GRADIENTS, NAMES, TENSOR, VALUES, VIEW_MENU
from chainrule_desktop.actions.window_menu import WINDOW_MENU


def _menus() -> tuple[MenuSpec, ...]:
    return MENUS


_WORKING_MENUS = (FILE_MENU, EDIT_MENU, VIEW_MENU, GRAPH_MENU, RUN_MENU, TEACH_MENU, WINDOW_MENU)

MENUS = (*_WORKING_MENUS, help_menu(_menus))

TOOLBAR_START = (UNDO, REDO)
TOOLBAR_END = (VALUES, GRADIENTS, NAMES)

CONTEXT_MENU = MenuSpec(
    "Graph",
    (
        ADD_GATE,
        SEPARATOR,
        EDIT_VALUE,
        TENSOR,
        RENAME,
        CHOOSE_OUTPUT,
        MUTE,
        PIN,
        SWAP,
        REPLACE,
        SEPARATOR,
        FRAME_SELECTION,
        ADD_NOTE,
        FRAME_MENU,
        SEPARATOR,
        CUT,
        COPY,
        PASTE,
        DUPLICATE,
        DELETE,
        SEPARATOR,
        SELECT_ALL,
        TIDY,
    ),
)
