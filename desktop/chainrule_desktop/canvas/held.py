"""The keys that are held during a gesture and change what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from PySide6.QtCore import Qt

MODIFIER_KEYS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
)


@final
@dataclass(frozen=True, slots=True)
class Held:
    """Which of Shift, Ctrl and Alt are down."""

    shift: bool = False
    control: bool = False
    alt: bool = False

    @property
    def extends(self) -> bool:
        """Whether a click adds to what is selected."""
        return self.shift or self.control


NOTHING_HELD = Held()


def held_keys(modifiers: Qt.KeyboardModifier) -> Held:
    """Return the keys in what an event says of its modifiers."""
    return Held(
        shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        control=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
        alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
    )
