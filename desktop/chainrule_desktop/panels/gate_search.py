"""Finding gates by what people call them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from chainrule.gates.kind import Kind

_ALIKE = 0.72
_SHORTEST_FUZZY = 3
_FIRST_GUESS = 8


def matching_kinds(kinds: Iterable[type[Kind]], query: str) -> list[type[Kind]]:
    """Return the kinds that a query may mean, the likeliest first; all of them for no query.

    Names count more than aliases, aliases more than words of the group and of the summary; a part
    of a word counts less than its beginning, and letters in their order or a near miss count least,
    and only where nothing else fits. Of several words, every one must be meant.
    """
    words = query.lower().split()
    listed = list(kinds)
    if not words:
        return listed
    whole = "_".join(words)
    found = [
        (rank, kind)
        for kind in listed
        if (rank := _rank(kind, whole) if len(words) == 1 else _joint_rank(kind, words)) is not None
    ]
    near = min((rank for rank, _ in found), default=0) >= _FIRST_GUESS
    kept = [each for each in found if near or each[0] < _FIRST_GUESS]
    return [kind for _, kind in sorted(kept, key=lambda each: each[0])]


def _joint_rank(kind: type[Kind], words: list[str]) -> int | None:
    """Return how far a kind is from several words: as far as from the least fitting of them."""
    joined = _rank(kind, "_".join(words))
    ranks = [_rank(kind, word) for word in words]
    known = [rank for rank in ranks if rank is not None and rank < _FIRST_GUESS]
    if joined is not None and joined < _FIRST_GUESS:
        return joined
    return max(known) if len(known) == len(words) else joined


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
        any(word.startswith(wanted) for word in kind.group.value.lower().split()),
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
