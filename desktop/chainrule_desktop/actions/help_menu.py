"""The actions that tell about the program and what it can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, MenuSpec
from chainrule_desktop.actions.workbench import Workbench


def help_menu(menus: Callable[[], Iterable[MenuSpec]]) -> MenuSpec:
    """Return the menu; `menus` gives all of them, whose actions it lists and searches."""

    def open_palette(bench: Workbench) -> None:
        from chainrule_desktop.actions.command_palette import open_palette

        open_palette(bench, menus())

    def show_shortcuts(bench: Workbench) -> None:
        from chainrule_desktop.actions.key_map import ActionKeys
        from chainrule_desktop.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(bench.window, ActionKeys(menus(), bench.settings)).open()

    palette = ActionSpec(
        "help.palette",
        "&Command Palette…",
        open_palette,
        "Find any command, gate, recent file or example by a few letters, and run it.",
        "search",
        ("Ctrl+Shift+P",),
    )
    shortcuts = ActionSpec(
        "help.shortcuts",
        "&Keyboard Shortcuts…",
        show_shortcuts,
        "List all keys and what they do, and change them.",
        "help",
        (QKeySequence.StandardKey.HelpContents,),
    )
    return MenuSpec("&Help", (palette, shortcuts, SEPARATOR, ABOUT))


def _about(bench: Workbench) -> None:
    from chainrule_desktop.dialogs.about import AboutDialog

    AboutDialog(bench.window).open()


ABOUT = ActionSpec("help.about", "&About Chainrule", _about, "Say what this program is.")
