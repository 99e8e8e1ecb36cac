"""Everything that the command palette offers, gathered from the menus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import final

from chainrule.gates.catalogue import get_kind, has_kind
from chainrule.gates.kind import Kind
from chainrule_desktop.actions.keys import shown_keys
from chainrule_desktop.actions.spec import (
    ActionSpec,
    Condition,
    FilledMenu,
    MenuItem,
    MenuSpec,
)
from chainrule_desktop.actions.workbench import Workbench

ARROW = " ▸ "
_ADDS_GATE = "graph.add."
_MNEMONIC = re.compile(r"\d  ")


@final
@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """An action with the titles of the menus it is in.

    `conditions` are also those of the menus that are filled; `filled` is the title of such a menu.
    """

    spec: ActionSpec
    path: tuple[str, ...]
    conditions: tuple[Condition, ...]
    filled: str = ""

    def title(self, bench: Workbench) -> str:
        """Return what the action is called now; what is in a filled menu needs the menu's word."""
        text = self.spec.text if self.spec.text_now is None else self.spec.text_now(bench)
        own = _MNEMONIC.sub("", plain_text(text))
        return f"{self.filled}: {own}" if self.filled else own

    @property
    def gate(self) -> type[Kind] | None:
        """The gate that the action adds, None if it adds none."""
        name = self.spec.id.removeprefix(_ADDS_GATE)
        return get_kind(name) if name != self.spec.id and has_kind(name) else None

    def hindrance(self, bench: Workbench) -> str:
        """Return why the action can't be used now, "" if it can."""
        return next((each.reason for each in self.conditions if not each.holds(bench)), "")

    def keys(self, bench: Workbench) -> str:
        """Return the keys that run it."""
        return shown_keys(self.spec, bench.settings.values.shortcuts)


def palette_entries(menus: Iterable[MenuItem], bench: Workbench) -> Iterator[PaletteEntry]:
    """Yield every action of the menus, those in filled menus too, each once."""
    seen: set[str] = set()
    for entry in _walk(menus, bench, (), (), ""):
        if entry.spec.id not in seen:
            seen.add(entry.spec.id)
            yield entry


def plain_text(text: str) -> str:
    """Return a menu's text as people read it."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def _walk(
    items: Iterable[MenuItem],
    bench: Workbench,
    path: tuple[str, ...],
    conditions: tuple[Condition, ...],
    filled: str,
) -> Iterator[PaletteEntry]:
    for item in items:
        if isinstance(item, ActionSpec):
            yield PaletteEntry(item, path, (*conditions, *item.enabled), filled)
        elif isinstance(item, MenuSpec):
            yield from _walk(item.items, bench, (*path, plain_text(item.text)), conditions, filled)
        elif isinstance(item, FilledMenu):
            title = plain_text(item.text)
            needed = (*conditions, *item.enabled)
            usable = all(each.holds(bench) for each in item.enabled)
            inner = item.fill(bench) if usable else ()
            yield from _walk(inner, bench, (*path, title), needed, title)
