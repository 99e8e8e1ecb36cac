"""Kinds of nodes as small integers, so that gates of one kind are found in an array."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import final

from chainrule.gates.kind import Kind


@final
class KindCodes:
    """Gives every kind a code, its index in `kinds`; kinds that compute the same share one."""

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self._codes: dict[object, int] = {}

    def code(self, kind: Kind) -> int:
        """Return the code of a kind."""
        code = self._codes.get(id(kind))  # `kinds` keeps it alive, so no other has its number
        if code is None:
            key = _identity(kind)
            code = self._codes.get(key)
            if code is None:
                code = self._codes[key] = self._codes[id(kind)] = len(self.kinds)
                self.kinds.append(kind)
        return code


@cache
def _settings(kind: type[Kind]) -> tuple[str, ...] | None:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else None


def _identity(kind: Kind) -> object:
    """Return what two kinds have in common exactly if they can stand for each other.

    Equality won't do: 0.0 equals -0.0, and a gate may be written without it. A kind that isn't
    made of plain settings stands for itself only.
    """
    names = _settings(type(kind))
    if names is None:
        return id(kind)
    settings = [getattr(kind, name) for name in names]
    if not all(isinstance(each, float | int | str | tuple | None) for each in settings):
        return id(kind)
    return (type(kind), *map(repr, settings))
