"""The actions on tabs, windows and the parts of a window."""

from __future__ import annotations

from collections.abc import Iterator

from chainrule_desktop.actions.conditions import IS_OPEN, SEVERAL_TABS
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, FilledMenu, MenuItem, MenuSpec
from chainrule_desktop.actions.tabs import TabEntry
from chainrule_desktop.actions.workbench import Workbench


def _tabs(bench: Workbench) -> Iterator[MenuItem]:
    for number, entry in enumerate(bench.tabs.entries(), 1):
        mnemonic = f"&{number}  " if number < 10 else ""
        yield _go_to(number, mnemonic + entry.title.replace("&", "&&"), entry)


def _go_to(number: int, text: str, entry: TabEntry) -> ActionSpec:
    return ActionSpec(
        f"window.tab.{number}",
        text,
        lambda _: entry.go(),
        f"Go to the tab {entry.title}.",
        checked=lambda _: entry.is_current,
    )


NEW_WINDOW = ActionSpec(
    "window.new",
    "&New Window",
    lambda bench: bench.tabs.new_window(),
    "Open another window.",
    None,
    ("Ctrl+Alt+W",),
)
NEW_VIEW = ActionSpec(
    "window.view",
    "New &View of the Graph",
    lambda bench: bench.tabs.new_view(),
    "Show the same graph in one more tab, at another place or zoom.",
    None,
    ("Ctrl+Alt+D",),
    (IS_OPEN,),
)
DETACH = ActionSpec(
    "window.detach",
    "&Move Tab to New Window",
    lambda bench: bench.tabs.detach(),
    "Show the tab in a window of its own.",
    None,
    ("Ctrl+Alt+Shift+W",),
    (IS_OPEN,),
)
NEXT_TAB = ActionSpec(
    "window.next_tab",
    "Ne&xt Tab",
    lambda bench: bench.tabs.step(1),
    "Go to the tab on the right.",
    None,
    ("Ctrl+PgDown", "Ctrl+Tab"),
    (SEVERAL_TABS,),
)
PREVIOUS_TAB = ActionSpec(
    "window.previous_tab",
    "&Previous Tab",
    lambda bench: bench.tabs.step(-1),
    "Go to the tab on the left.",
    None,
    ("Ctrl+PgUp", "Ctrl+Shift+Tab"),
    (SEVERAL_TABS,),
)
NEXT_PANE = ActionSpec(
    "window.next_pane",
    "Next P&art of the Window",
    lambda bench: bench.tabs.next_pane(1),
    "Give the keyboard to the palette, the canvas, the inspector, the formula, in turn.",
    None,
    ("F6",),
)
PREVIOUS_PANE = ActionSpec(
    "window.previous_pane",
    "Previous Part &of the Window",
    lambda bench: bench.tabs.next_pane(-1),
    "Give the keyboard to the part of the window before.",
    None,
    ("Shift+F6",),
)
CLOSE_WINDOW = ActionSpec(
    "window.close",
    "&Close Window",
    lambda bench: bench.tabs.close_window(),
    "Close the window with all its tabs.",
    None,
    ("Ctrl+Shift+W",),
)

WINDOW_MENU = MenuSpec(
    "&Window",
    (
        NEW_WINDOW,
        NEW_VIEW,
        DETACH,
        SEPARATOR,
        NEXT_TAB,
        PREVIOUS_TAB,
        FilledMenu("&Tabs", _tabs),
        SEPARATOR,
        NEXT_PANE,
        PREVIOUS_PANE,
        SEPARATOR,
        CLOSE_WINDOW,
    ),
)
