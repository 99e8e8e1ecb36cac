"""The keys of an action, as Qt takes them and as people read them."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.spec import ActionSpec, Shortcut


def key_sequences(spec: ActionSpec) -> list[QKeySequence]:
    """Return every combination of keys that triggers an action on this system, each once."""
    found: list[QKeySequence] = []
    for shortcut in spec.shortcuts:
        for keys in _bindings(shortcut):
            if not keys.isEmpty() and keys not in found:
                found.append(keys)
    return found


def shown_keys(spec: ActionSpec) -> str:
    """Return the first of an action's keys as text, "" where it has none."""
    keys = key_sequences(spec)
    return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def _bindings(shortcut: Shortcut) -> list[QKeySequence]:
    if isinstance(shortcut, str):
        return [QKeySequence(shortcut)]
    # The first one only: a system's further ones are relics that clash with others.
    return QKeySequence.keyBindings(shortcut)[:1]
