"""The actions that tell about the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, MenuSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.shortcuts import ShortcutLine


def help_menu(overview: Callable[[], Iterable[ShortcutLine]]) -> MenuSpec:
    """Return the menu; `overview` is what the list of shortcuts says of all other actions."""

    def show_shortcuts(bench: Workbench) -> None:
        from chainrule_desktop.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(bench.window, overview()).open()

    shortcuts = ActionSpec(
        "help.shortcuts",
        "&Keyboard Shortcuts",
        show_shortcuts,
        "List all keys and what they do.",
        "help",
        (QKeySequence.StandardKey.HelpContents,),
    )
    return MenuSpec("&Help", (shortcuts, SEPARATOR, ABOUT))


def _about(bench: Workbench) -> None:
    from chainrule_desktop.dialogs.about import AboutDialog

    AboutDialog(bench.window).open()


ABOUT = ActionSpec("help.about", "&About Chainrule", _about, "Say what this program is.")
