"""Finding what people mean by a few letters: gates, nodes, actions, all by the same rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import final

_SEPARATORS = str.maketrans("_-./\n\t", "      ")
_SHORTEST_GUESS = 3
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
        gaps = ((row, title.count(" ")) for row, title in enumerate(self._titles))
        self._parted = [row for row, count in gaps if 0 < count <= _MOST_GAPS]
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
            # Behind those that hold the words as one.
            ranks |= {row: rank for row, rank in self._every(whole.split()) if row not in ranks}
        found = ranks or self._guesses(whole)
        return [*islice(found, most)]

    def _direct(self, wanted: str, *, pieces: bool) -> dict[int, int]:
        """Return how far the entries are that hold what is wanted itself, or `pieces` of it.

        They come in this order.
        """
        titles, aliases, owners = self._titles, self._aliases, self._owners
        inside = [row for row, title in enumerate(titles) if wanted in title]
        named = [at for at, alias in enumerate(aliases) if wanted in alias]
        begins = f" {wanted}"
        tiers: tuple[Iterable[int], ...] = (
            [row for row in inside if titles[row] == wanted],
            [owners[at] for at in named if aliases[at] == wanted],
            [row for row in inside if titles[row].startswith(wanted)],
            [owners[at] for at in named if aliases[at].startswith(wanted)],
            [row for row in inside if begins in titles[row]],
            self._pieces(wanted) if pieces else (),
            inside,
            [owners[at] for at in named],
            [row for row, group in self._groups if begins in group],
            [row for row, says in self._says if begins in says],
        )
        ranks: dict[int, int] = {}
        for rank, rows in enumerate(tiers):
            if ranks:
                _put_behind(ranks, rows, rank)
            else:
                ranks = dict.fromkeys(rows, rank)
        return ranks

    def _every(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return the entries that hold every word, as far as the worst of them is."""
        ranks = [self._direct(word, pieces=False) for word in words]
        shared = set(ranks[0]).intersection(*ranks[1:])
        return sorted(((row, max(each[row] for each in ranks)) for row in shared), key=_nearest)

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
        found, titles = _pieces(wanted).search, self._titles
        return [row for row in self._parted if found(titles[row])]

    def _alike(self, wanted: str) -> list[int]:
        """Return the entries that differ by a slip or two: a letter missing, added, or swapped."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = max(1, len(wanted) // _LETTERS_PER_SLIP)

        def near(words: Sequence[str]) -> list[tuple[str, int, int]]:
            found = process.extract(
                wanted, words, scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            return [(word, int(away), at) for word, away, at in found]

        # Many share an alias: nodes that of their gate.
        alike = {alias: away for alias, away, _ in near([*dict.fromkeys(self._aliases)])}
        pairs = zip(self._aliases, self._owners, strict=True) if alike else ()
        found = [(alike[alias], row) for alias, row in pairs if alias in alike]
        found += [(away, row) for _, away, row in near(self._titles)]
        return [row for _, row in sorted(found)]


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


def _put_behind(ranks: dict[int, int], rows: Iterable[int], rank: int) -> None:
    """Give more rows a rank; those that have one already are nearer."""
    for row in rows:
        if row not in ranks:
            ranks[row] = rank


def _nearest(ranked: tuple[int, int]) -> tuple[int, int]:
    row, rank = ranked
    return rank, row


def _spaced(texts: Iterable[str]) -> list[tuple[int, str]]:
    """Return the texts that are not empty, by row, with a space before every word of theirs."""
    words = ((row, re.sub(r"[^\w]+", " ", plain(each))) for row, each in enumerate(texts) if each)
    return [(row, f" {each}") for row, each in words]


def _pieces(wanted: str) -> re.Pattern[str]:
    """Return the pattern of letters of which each follows the one before or begins a word."""
    first, *rest = (f"({re.escape(each)})" for each in wanted)
    return re.compile(rf"\b{first}" + "".join(rf"(?:.*? )??{each}" for each in rest))


def _spread(wanted: str) -> re.Pattern[str]:
    """Return the pattern of letters in their order, with anything between them."""
    first, *rest = map(re.escape, wanted)
    # Up to the next such letter, so that there is one way only and nothing to go back to.
    return re.compile(f"({first})" + "".join(f"[^{each}]*({each})" for each in rest))
