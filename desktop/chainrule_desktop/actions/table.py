"""The table of actions: all menus in their order. Menu bar, toolbar and keys are made from it."""

from __future__ import annotations

from chainrule_desktop.actions.edit_menu import EDIT_MENU, REDO, UNDO
from chainrule_desktop.actions.file_menu import FILE_MENU
from chainrule_desktop.actions.graph_menu import GRAPH_MENU, RUN_MENU
from chainrule_desktop.actions.help_menu import help_menu
from chainrule_desktop.actions.playback_menu import TEACH_MENU
from chainrule_desktop.actions.spec import MenuSpec
from chainrule_desktop.actions.view_menu import GRADIENTS, NAMES, VALUES, VIEW_MENU
from chainrule_desktop.actions.window_menu import WINDOW_MENU


def _menus() -> tuple[MenuSpec, ...]:
    return MENUS


_WORKING_MENUS = (FILE_MENU, EDIT_MENU, VIEW_MENU, GRAPH_MENU, RUN_MENU, TEACH_MENU, WINDOW_MENU)

MENUS = (*_WORKING_MENUS, help_menu(_menus))

TOOLBAR_START = (UNDO, REDO)
TOOLBAR_END = (VALUES, GRADIENTS, NAMES)
