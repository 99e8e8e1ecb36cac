"""Names that are free: a name that is taken gets the next number behind its stem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from chainrule.graph.node import MAX_ID_LENGTH, python_form

_DIGITS = "0123456789"
_FIRST_COPY = 2
_ROOM_FOR_NUMBER = 10


@final
class FreshNames:
    """Hands out names that are not taken; the number that follows a stem only grows."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(map(python_form, taken))
        self._next: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return `name` if it is free, else its stem with the next free number; and take it."""
        if python_form(name) in self._taken:
            name = self._numbered(name)
        self._taken.add(python_form(name))
        return name

    def _numbered(self, name: str) -> str:
        stem = name.rstrip(_DIGITS)[: MAX_ID_LENGTH - _ROOM_FOR_NUMBER]
        digits = name[len(stem) :]
        own = int(digits) + 1 if digits.isdecimal() and len(digits) < _ROOM_FOR_NUMBER else 0
        number = max(_FIRST_COPY, own, self._next.get(stem, 0))
        while python_form(f"{stem}{number}") in self._taken:
            number += 1
        self._next[stem] = number + 1
        return f"{stem}{number}"
