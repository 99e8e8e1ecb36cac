"""Finding gates by what people call them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from chainrule.gates.kind import Kind
from chainrule_desktop.search.matching import Entry, Index


def matching_kinds(kinds: Iterable[type[Kind]], query: str) -> list[type[Kind]]:
    """Return the kinds that a query may mean, the likeliest first; all of them for no query."""
    listed = tuple(kinds)
    return [listed[row] for row in _index(listed).find(query)]


def entry_of(kind: type[Kind]) -> Entry:
    """Return how a gate is found: by its name, aliases and symbol, its group and its summary."""
    return Entry(kind.name, (*kind.aliases, kind().symbol), kind.group.value, kind.summary)


@lru_cache(maxsize=4)
def _index(kinds: tuple[type[Kind], ...]) -> Index:
    return Index(entry_of(kind) for kind in kinds)
