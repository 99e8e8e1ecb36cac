"""Finding gates by what people call them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from chainrule.gates.kind import Kind

_ALIKE = 0.72
_SHORTEST_FUZZY = 3


def matching_kinds(kinds: Iterable[type[Kind]], query: str) -> list[type[Kind]]:
    """Return the kinds that a query may mean, the likeliest first; all of them for no query.

    Names count more than aliases, aliases more than words of the summary; a part of a word counts
    less than its beginning, and letters in their order or a near miss count least.
    """
    wanted = query.strip().lower()
    listed = list(kinds)
    if not wanted:
        return listed
    ranks = {kind: _rank(kind, wanted) for kind in listed}
    found = [(rank, kind) for kind in listed if (rank := ranks[kind]) is not None]
    return [kind for _, kind in sorted(found, key=lambda each: each[0])]


def _rank(kind: type[Kind], wanted: str) -> int | None:
    """Return how far a kind is from what is wanted; None if it can't be meant."""
    name = kind.name.lower()
    aliases = [alias.lower() for alias in kind.aliases]
    words = kind.summary.lower().replace(",", " ").replace(".", " ").split()
    symbol = kind().symbol.lower()
    tests = (
        wanted == name,
        wanted in (*aliases, symbol),
        name.startswith(wanted),
        any(alias.startswith(wanted) for alias in aliases),
        wanted in name,
        any(wanted in alias for alias in aliases),
        any(word.startswith(wanted) for word in words),
        len(wanted) >= _SHORTEST_FUZZY and _is_spread(wanted, name),
        len(wanted) >= _SHORTEST_FUZZY and _is_alike(wanted, (name, *aliases)),
    )
    return next((rank for rank, holds in enumerate(tests) if holds), None)


def _is_spread(wanted: str, name: str) -> bool:
    """Whether the letters stand in the name in their order: `lsm` in `log_softmax`."""
    rest = iter(name)
    return all(letter in rest for letter in wanted)


def _is_alike(wanted: str, words: tuple[str, ...]) -> bool:
    return bool(difflib.get_close_matches(wanted, words, n=1, cutoff=_ALIKE))
