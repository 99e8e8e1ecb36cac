"""Finding what people mean by a few letters: gates, nodes, actions, all by the same rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import final

_SEPARATORS = str.maketrans("_-./\n\t", "      ")
_SHORTEST_GUESS = 3
_FIRST_OF_WORDS = 8
_SPREAD, _ALIKE = 10, 11
_LETTERS_PER_SLIP = 3
# Where letters may begin words, the ways to do so multiply.
_MOST_PIECES = 16
_MOST_GAPS = 6


@final
@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: by its title, by other words for it, by what is said of it.

    `group` is where it belongs, `says` a sentence on it.
    """

    title: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    says: str = ""


@final
class Index:
    """Entries made ready to be searched at every key that is pressed.

    Titles count more than aliases, aliases more than words of the group and of the sentence; a part
    of a word counts less than its beginning. Letters in their order (`lsm` for log_softmax), and
    what is only alike (`sigmiod`), are guesses for when nothing else fits. Of several words, every
    one must be meant. What fits equally well keeps its order.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._titles = [plain(each.title) for each in self.entries]
        self._gaps = [title.count(" ") for title in self._titles]
        named = [(plain(alias), row) for row, e in enumerate(self.entries) for alias in e.aliases]
        self._aliases = [alias for alias, _ in named]
        self._owners = [row for _, row in named]
        self._groups = _spaced(each.group for each in self.entries)
        self._says = _spaced(each.says for each in self.entries)

    def find(self, query: str, most: int | None = None) -> list[int]:
        """Return the rows of the entries that `query` may mean, the likeliest first.

        There are `most` of them at most. No query means all.
        """
        whole = " ".join(plain(query).split())
        if not whole:
            return [*range(len(self.entries))[:most]]
        ranks = self._direct(whole, pieces=True)
        if " " in whole:
            ranks = self._every(whole.split()) | ranks
        if not ranks:
            ranks = self._guesses(whole)
        return sorted(ranks, key=lambda row: (ranks[row], row))[:most]

    def _direct(self, wanted: str, *, pieces: bool) -> dict[int, int]:
        """Return how far the entries are that hold what is wanted itself, or `pieces` of it."""
        titles, aliases, owners = self._titles, self._aliases, self._owners
        inside = [row for row, title in enumerate(titles) if wanted in title]
        named = [at for at, alias in enumerate(aliases) if wanted in alias]
        begins = f" {wanted}"
        tiers: tuple[Iterable[int], ...] = (
            (row for row in inside if titles[row] == wanted),
            (owners[at] for at in named if aliases[at] == wanted),
            (row for row in inside if titles[row].startswith(wanted)),
            (owners[at] for at in named if aliases[at].startswith(wanted)),
            (row for row in inside if begins in titles[row]),
            self._pieces(wanted) if pieces else (),
            inside,
            (owners[at] for at in named),
            (row for row, group in enumerate(self._groups) if begins in group),
            (row for row, says in enumerate(self._says) if begins in says),
        )
        return _ranked(tiers)

    def _every(self, words: Sequence[str]) -> dict[int, int]:
        """Return how far the entries are that hold every word: as far as the worst of them."""
        ranks = [self._direct(word, pieces=False) for word in words]
        shared = set(ranks[0]).intersection(*ranks[1:])
        # Behind the entries that hold the words as one.
        return {row: max(_FIRST_OF_WORDS, *(each[row] for each in ranks)) for row in shared}

    def _guesses(self, wanted: str) -> dict[int, int]:
        if len(wanted) < _SHORTEST_GUESS:
            return {}
        found = _spread(wanted).search
        spread = [row for row, title in enumerate(self._titles) if found(title)]
        return dict.fromkeys(spread, _SPREAD) or dict.fromkeys(self._alike(wanted), _ALIKE)

    def _pieces(self, wanted: str) -> list[int]:
        """Return the entries in whose title the letters begin words: `tl` for Tidy Layout."""
        if not 1 < len(wanted) <= _MOST_PIECES:
            return []
        found, gaps = _pieces(wanted).search, self._gaps
        return [r for r, title in enumerate(self._titles) if gaps[r] <= _MOST_GAPS and found(title)]

    def _alike(self, wanted: str) -> list[int]:
        """Return the entries that differ by a slip or two: a letter missing, added, or swapped."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = max(1, len(wanted) // _LETTERS_PER_SLIP)
        words = [*self._titles, *self._aliases]
        owners = [*range(len(self._titles)), *self._owners]
        found = process.extract(wanted, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [*dict.fromkeys(owners[at] for _, _, at in found)]


def plain(text: str) -> str:
    """Return a text in small letters with single spaces as its separators, letter for letter."""
    small = text.lower()
    if len(small) != len(text):
        # A few letters have small forms of two characters.
        small = "".join(each.lower()[:1] for each in text)
    return small.translate(_SEPARATORS)


def matched_letters(title: str, query: str) -> tuple[int, ...]:
    """Return the places of the letters in a title by which a query found it; () for none."""
    text, whole = plain(title), " ".join(plain(query).split())
    if not whole:
        return ()
    for words in ([whole], whole.split()):
        begun = [_start_of(text, word) for word in words]
        if all(start >= 0 for start in begun):
            pairs = zip(begun, words, strict=True)
            return tuple(sorted({at for b, w in pairs for at in range(b, b + len(w))}))
    in_pieces = 1 < len(whole) <= _MOST_PIECES and text.count(" ") <= _MOST_GAPS
    found = _pieces(whole).search(text) if in_pieces else None
    found = found or _spread(whole).search(text)
    return () if found is None else tuple(map(found.start, range(1, len(whole) + 1)))


def _start_of(text: str, word: str) -> int:
    """Return where a text has a word, rather at the beginning of one of its own; -1 for nowhere."""
    begun = f" {text}".find(f" {word}")
    return begun if begun >= 0 else text.find(word)


def _ranked(tiers: Iterable[Iterable[int]]) -> dict[int, int]:
    ranks: dict[int, int] = {}
    for rank, rows in enumerate(tiers):
        for row in rows:
            ranks.setdefault(row, rank)
    return ranks


def _spaced(texts: Iterable[str]) -> list[str]:
    """Return texts with a space before every word, also behind a comma or a bracket."""
    return [" " + re.sub(r"[^\w]+", " ", plain(each)) for each in texts]


def _pieces(wanted: str) -> re.Pattern[str]:
    """Return the pattern of letters of which each follows the one before or begins a word."""
    first, *rest = (f"({re.escape(each)})" for each in wanted)
    return re.compile(rf"\b{first}" + "".join(rf"(?:.*? )??{each}" for each in rest))


def _spread(wanted: str) -> re.Pattern[str]:
    """Return the pattern of letters in their order, with anything between them."""
    first, *rest = map(re.escape, wanted)
    # Up to the next such letter, so that there is one way only and nothing to go back to.
    return re.compile(f"({first})" + "".join(f"[^{each}]*({each})" for each in rest))
