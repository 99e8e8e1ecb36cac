"""The catalogue of all kinds of nodes, by name; a program may register gates of its own.

A gate of one's own is one class, as those in `chainrule.gates.library`: a frozen dataclass derived
from `Elementwise` or `Gate`, decorated with `@register`. From then on formulas, files, palette and
checks know it by its name. `tests/engine/gates/test_own_gate.py` is a whole example.
"""

from __future__ import annotations

import dataclasses
import difflib
import inspect
from typing import TypeVar

from chainrule.errors import GateError, UnknownGateError
from chainrule.gates.kind import Group, Kind

K = TypeVar("K", bound=type[Kind])

SHOWN = 8  # so many gates an error lists where none is alike

_kinds: dict[str, type[Kind]] = {}


def register(kind: K) -> K:
    """Add a kind to the catalogue; used as a class decorator.

    Raises GateError when something that a kind must say of itself is missing, or when its name is
    taken by another class or is no identifier.
    """
    lacking = _lacking(kind)
    if lacking:
        raise GateError(f"{kind.__qualname__} lacks {', '.join(lacking)}; add them to the class")
    if not dataclasses.is_dataclass(kind):
        raise GateError(f"{kind.__qualname__} is no dataclass; put @dataclass(frozen=True) on it")
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
    """Return all kinds in the order of the palette: by group, then by registration."""
    groups = list(Group)
    return tuple(sorted(_kinds.values(), key=lambda kind: groups.index(kind.group)))


def _lacking(kind: type[Kind]) -> list[str]:
    """Name the attributes and methods that the bases of `kind` declare and it doesn't have."""
    declared = [
        name
        for base in kind.__mro__
        for name, note in inspect.get_annotations(base).items()
        if str(note).startswith("ClassVar")
    ]
    present = dir(kind)
    missing = [name for name in declared if name not in present]
    return sorted(missing) + sorted(kind.__abstractmethods__)


def _unknown(name: str) -> str:
    words = {word.lower(): kind.name for kind in all_kinds() for word in kind.aliases}
    words |= {known.lower(): known for known in _kinds}
    near = difflib.get_close_matches(name.lower(), words, n=1)
    some = f"there are {', '.join(list(_kinds)[:SHOWN])} and {len(_kinds) - SHOWN} more"
    hint = f"did you mean {words[near[0]]!r}?" if near else f"{some} in the palette"
    shown = name if len(name) <= 40 else name[:37] + "..."
    return f"unknown gate {shown!r}; {hint}"
