"""The keys of an action, as Qt takes them and as people read them, the user's own among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.spec import ActionSpec, Shortcut

Overrides: TypeAlias = Mapping[str, Any]
"""The keys that the user gave to actions, by id, as the settings hold them: lists of texts."""

NO_OVERRIDES: Final[Overrides] = MappingProxyType({})


def key_sequences(spec: ActionSpec, overrides: Overrides = NO_OVERRIDES) -> list[QKeySequence]:
    """Return every combination of keys that triggers an action on this system, each once.

    What can't be understood in the settings is as if it were not there.
    """
    own = _own_keys(overrides.get(spec.id))
    return default_keys(spec) if own is None else own


def default_keys(spec: ActionSpec) -> list[QKeySequence]:
    """Return the keys that an action has at first."""
    return _each_once(keys for shortcut in spec.shortcuts for keys in _bindings(shortcut))


def shown_keys(spec: ActionSpec, overrides: Overrides = NO_OVERRIDES) -> str:
    """Return the first of an action's keys as text, "" where it has none."""
    keys = key_sequences(spec, overrides)
    return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def clash(one: QKeySequence, other: QKeySequence) -> bool:
    """Say whether two sequences of keys are the same, or one is how the other begins."""
    none = QKeySequence.SequenceMatch.NoMatch
    return one.matches(other) != none or other.matches(one) != none


def _own_keys(stored: object) -> list[QKeySequence] | None:
    if not isinstance(stored, list | tuple):
        return None
    texts = cast("list[object]", stored)
    if not all(isinstance(text, str) for text in texts):
        return None
    keys = [QKeySequence.fromString(str(text)) for text in texts]
    return None if any(_is_unknown(each) for each in keys) else _each_once(keys)


def _is_unknown(keys: QKeySequence) -> bool:
    return keys.isEmpty() or not keys.toString()


def _each_once(sequences: Iterable[QKeySequence]) -> list[QKeySequence]:
    found: list[QKeySequence] = []
    for keys in sequences:
        if not keys.isEmpty() and keys not in found:
            found.append(keys)
    return found


def _bindings(shortcut: Shortcut) -> list[QKeySequence]:
    if isinstance(shortcut, str):
        return [QKeySequence(shortcut)]
    # The first one only: a system's further ones are relics that clash with others.
    return QKeySequence.keyBindings(shortcut)[:1]
