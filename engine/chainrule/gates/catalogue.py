"""The catalogue of all kinds of nodes, by name; a program may register gates of its own."""

from __future__ import annotations

import difflib
from typing import TypeVar

from chainrule.errors import GateError, UnknownGateError
from chainrule.gates.kind import Kind

K = TypeVar("K", bound=type[Kind])

_kinds: dict[str, type[Kind]] = {}


def register(kind: K) -> K:
    """Add a kind to the catalogue; used as a class decorator.

    Raises GateError when the name is taken by another class or is no identifier.
    """
    if not kind.name.isidentifier():
        raise GateError(f"a gate's name must be an identifier, not {kind.name!r}; rename the gate")
    taken = _kinds.get(kind.name)
    if taken is not None and taken is not kind:
        raise GateError(f"the name {kind.name!r} is taken by {taken.__qualname__}; choose another")
    _kinds[kind.name] = kind
    return kind


def unregister(kind: type[Kind]) -> None:
    """Take a kind out of the catalogue again; kinds that are not in it are ignored."""
    if _kinds.get(kind.name) is kind:
        del _kinds[kind.name]


def get_kind(name: str) -> type[Kind]:
    """Return the kind called `name`; raise UnknownGateError with the nearest name otherwise."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownGateError(_unknown(name)) from None


def has_kind(name: str) -> bool:
    """Say whether a kind called `name` is registered."""
    return name in _kinds


def all_kinds() -> tuple[type[Kind], ...]:
    """Return all kinds in the order of their registration, which is the order of the palette."""
    return tuple(_kinds.values())


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, _kinds, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(_kinds)}"
    shown = name if len(name) <= 40 else name[:37] + "..."
    return f"unknown gate {shown!r}{hint}"
