"""The catalogue of all kinds of nodes, by name; a program may register gates of its own.

A gate of one's own is one class, as those in `chainrule.gates.library`: a frozen dataclass derived
from `Elementwise` or `Gate`, decorated with `@register`. From then on formulas, files, palette and
checks know it by its name. `tests/engine/gates/test_own_gate.py` is a whole example.
"""

from __future__ import annotations

import dataclasses
import difflib
import inspect
from importlib import import_module
from typing import Final, TypeVar

from chainrule.errors import GateError, UnknownGateError
from chainrule.gates.families import FAMILIES
from chainrule.gates.kind import Group, Kind

K = TypeVar("K", bound=type[Kind])

SHOWN = 8  # so many gates an error lists where none is alike

_kinds: dict[str, type[Kind]] = {}

# Where the kinds are that ship, in the order of the palette; they are registered when asked for.
_LIBRARY: Final = "chainrule.gates.library"
_HOMES: Final = dict.fromkeys(("input", "parameter", "constant"), "chainrule.gates.leaf") | {
    name: f"{_LIBRARY}.{family}" for family, names in FAMILIES.items() for name in names
}
_PLACES: Final = {name: place for place, name in enumerate(_HOMES)}


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
    if taken is None and _HOMES.get(kind.name, kind.__module__) != kind.__module__:
        taken = get_kind(kind.name)
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
    if name not in _kinds and name in _HOMES:
        import_module(_HOMES[name])
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownGateError(_unknown(name)) from None


def has_kind(name: str) -> bool:
    """Say whether a kind called `name` is registered."""
    return name in _kinds or name in _HOMES


def all_kinds() -> tuple[type[Kind], ...]:
    """Return all kinds in the order of the palette: by group, and one's own behind ours."""
    for home in dict.fromkeys(_HOMES.values()):
        import_module(home)
    groups = {group: place for place, group in enumerate(Group)}
    own = len(_PLACES)
    return tuple(
        sorted(_kinds.values(), key=lambda kind: (groups[kind.group], _PLACES.get(kind.name, own)))
    )


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
    kinds = all_kinds()
    words = {word.lower(): kind.name for kind in kinds for word in kind.aliases}
    words |= {kind.name.lower(): kind.name for kind in kinds}
    near = difflib.get_close_matches(name.lower(), words, n=1)
    first = ", ".join(kind.name for kind in kinds[:SHOWN])
    some = f"there are {first} and {len(kinds) - SHOWN} more"
    hint = f"did you mean {words[near[0]]!r}?" if near else f"{some} in the palette"
    shown = name if len(name) <= 40 else name[:37] + "..."
    return f"unknown gate {shown!r}; {hint}"
