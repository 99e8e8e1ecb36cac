"""Walking through the menus of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chainrule_desktop.actions.spec import ActionSpec, MenuItem, MenuSpec


def specs_in(items: Iterable[MenuItem]) -> Iterator[ActionSpec]:
    """Yield all actions of menus with a fixed content, those in menus inside too."""
    for item in items:
        if isinstance(item, ActionSpec):
            yield item
        elif isinstance(item, MenuSpec):
            yield from specs_in(item.items)
