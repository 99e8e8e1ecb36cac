"""All actions with their keys, and the changes that the user makes to these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, final

from PySide6.QtGui import QKeySequence
from typing_extensions import override

from chainrule_desktop.actions.keys import clash, default_keys, key_sequences
from chainrule_desktop.actions.palette_entries import plain_text
from chainrule_desktop.actions.spec import ActionSpec, MenuSpec
from chainrule_desktop.actions.table_walk import specs_in
from chainrule_desktop.dialogs.shortcuts import KeyMap, ShortcutLine
from chainrule_desktop.settings import Settings


@final
class ActionKeys(KeyMap):
    """Keeps the keys that differ from those at first in the settings."""

    def __init__(self, menus: Iterable[MenuSpec], settings: Settings) -> None:
        self._settings = settings
        self._groups = {
            spec.id: (plain_text(menu.text), spec)
            for menu in menus
            for spec in specs_in(menu.items)
        }

    @override
    def lines(self) -> Iterator[ShortcutLine]:
        for group, spec in self._groups.values():
            yield self._line(group, spec)

    @override
    def set_keys(self, action_id: str, keys: Sequence[QKeySequence]) -> None:
        changed = self._overrides()
        self._put(changed, action_id, keys)
        self._settings.change(shortcuts=changed)

    @override
    def give(self, keys: QKeySequence, action_id: str) -> None:
        changed = self._overrides()
        for line in self.owners(keys, action_id):
            left = [each for each in line.keys if not clash(each, keys)]
            self._put(changed, line.id, left)
        self._put(changed, action_id, [keys])
        self._settings.change(shortcuts=changed)

    @override
    def owners(self, keys: QKeySequence, action_id: str) -> list[ShortcutLine]:
        others = (line for line in self.lines() if line.id != action_id)
        return [line for line in others if any(clash(each, keys) for each in line.keys)]

    @override
    def reset(self, action_id: str) -> None:
        kept = {name: keys for name, keys in self._overrides().items() if name != action_id}
        self._settings.change(shortcuts=kept)

    @override
    def reset_all(self) -> None:
        self._settings.change(shortcuts={})

    def _line(self, group: str, spec: ActionSpec) -> ShortcutLine:
        known = self._settings.values.shortcuts
        keys, first = tuple(key_sequences(spec, known)), tuple(default_keys(spec))
        return ShortcutLine(group, plain_text(spec.text), keys, spec.id, keys != first, spec.tip)

    def _overrides(self) -> dict[str, Any]:
        return dict(self._settings.values.shortcuts)

    def _put(self, changed: dict[str, Any], action_id: str, keys: Sequence[QKeySequence]) -> None:
        """Note the keys of an action; those that it has at first need no note."""
        if [*keys] == default_keys(self._groups[action_id][1]):
            changed.pop(action_id, None)
        else:
            changed[action_id] = [each.toString() for each in keys]
