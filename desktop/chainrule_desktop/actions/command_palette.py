"""The command palette: every action by a few letters of its name, with its menu and its keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, final

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from chainrule_desktop.actions.palette_entries import ARROW, PaletteEntry, palette_entries
from chainrule_desktop.actions.spec import MenuItem
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.search.matching import Entry, Index, matched_letters
from chainrule_desktop.search.popup import SearchPopup, Wording
from chainrule_desktop.search.row import LazyRows, Row
from chainrule_desktop.theme import Theme

_FROM_TOP: Final = 60
_WORDING: Final = Wording(
    "Command palette",
    "Command, gate, recent file or example",
    "There is no such command.",
    most=12,
    width=680,
    keyed=True,
)


@final
class CommandPalette(QObject):
    """Finds actions of the menus and runs the one that is chosen; the newest used come first."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._popup = SearchPopup(window, theme)

    def open(self, bench: Workbench, menus: Iterable[MenuItem]) -> None:
        """Offer all actions of the menus, as they can be used on the bench now."""
        place = {name: at for at, name in enumerate(bench.settings.values.recent_actions)}
        # What is the same every day comes before files, examples and gates.
        entries = sorted(
            palette_entries(menus, bench),
            key=lambda each: (place.get(each.spec.id, len(place)), bool(each.filled)),
        )
        titles = [each.title(bench) for each in entries]
        index = Index(_entry(each, title) for each, title in zip(entries, titles, strict=True))

        def rows(typed: str) -> LazyRows:
            found = index.find(typed)
            return LazyRows(len(found), lambda at: row(found[at], typed))

        def row(at: int, typed: str) -> Row:
            return _row(entries[at], titles[at], typed, bench)

        middle = (self._window.width() - _WORDING.width) // 2
        self._popup.begin(_WORDING, rows, self._window.mapToGlobal(QPoint(middle, _FROM_TOP)))


def open_palette(bench: Workbench, menus: Iterable[MenuItem]) -> None:
    """Open the palette of the bench's window."""
    window = bench.window
    palette = window.findChild(CommandPalette)
    if palette is None:
        palette = CommandPalette(window, bench.theme)
    palette.open(bench, menus)


def _entry(each: PaletteEntry, title: str) -> Entry:
    return Entry(title, group=" ".join(each.path), says=each.spec.tip)


def _row(each: PaletteEntry, title: str, typed: str, bench: Workbench) -> Row:
    def run() -> None:
        bench.settings.remember_action(each.spec.id)
        each.spec.run(bench)

    keys, path = each.keys(bench), ARROW.join(each.path)
    return Row(
        title,
        run,
        each.spec.tip,
        path,
        matched_letters(title, typed),
        each.gate,
        icon=each.spec.icon,
        hindrance=each.hindrance(bench),
        keys=keys,
    )
