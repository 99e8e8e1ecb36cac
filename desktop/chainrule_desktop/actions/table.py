"""The table of actions: all menus in their order. Menu bar, toolbar and keys are made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    SELECT_ALL,
    UNDO,
)
from chainrule_desktop.actions.file_menu import FILE_MENU
from chainrule_desktop.actions.graph_menu import (
    ADD_GATE,
    CHOOSE_OUTPUT,
    GRAPH_MENU,
    RUN_MENU,
    TIDY,
)
from chainrule_desktop.actions.help_menu import help_menu
from chainrule_desktop.actions.keys import key_sequences, shown_keys
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, MenuItem, MenuSpec
from chainrule_desktop.actions.view_menu import GRADIENTS, NAMES, TENSOR, VALUES, VIEW_MENU
from chainrule_desktop.actions.window_menu import WINDOW_MENU
from chainrule_desktop.dialogs.shortcuts import CANVAS_KEYS, ShortcutLine

_WORKING_MENUS = (FILE_MENU, EDIT_MENU, VIEW_MENU, GRAPH_MENU, RUN_MENU, WINDOW_MENU)


def specs_in(items: Iterable[MenuItem]) -> Iterator[ActionSpec]:
    """Yield all actions of menus with a fixed content, those in menus inside too."""
    for item in items:
        if isinstance(item, ActionSpec):
            yield item
        elif isinstance(item, MenuSpec):
            yield from specs_in(item.items)


def _overview() -> Iterator[ShortcutLine]:
    for menu in _WORKING_MENUS:
        for spec in specs_in(menu.items):
            if key_sequences(spec):
                yield ShortcutLine(_plain(menu.text), _plain(spec.text), shown_keys(spec))
    yield from CANVAS_KEYS


def _plain(text: str) -> str:
    return text.replace("&", "").removesuffix("…")


MENUS = (*_WORKING_MENUS, help_menu(_overview))

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
