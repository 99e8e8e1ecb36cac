"""A field that records the keys that are pressed in it."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QElapsedTimer, QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

_IN_TURN_MS = 1500
_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_unknown,
)


@final
class KeyField(QLineEdit):
    """Records one combination of keys, or two that quickly follow each other; Tab leaves it.

    Qt's own field tells of keys only a second after they were pressed.

    Signals:
        recorded(QKeySequence): these keys were pressed.
    """

    recorded = Signal(QKeySequence)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[QKeyCombination] = []
        self._since = QElapsedTimer()
        self.setReadOnly(True)
        self.setPlaceholderText("Press the keys")

    @property
    def keys(self) -> QKeySequence:
        """What was pressed; an empty sequence for nothing."""
        return QKeySequence(*self._keys)

    def forget(self) -> None:
        """Wait for keys anew."""
        self._keys.clear()
        self.clear()

    @override
    def event(self, event: QEvent, /) -> bool:
        # Neither commands of the window nor the Escape of the dialog come before the field.
        if isinstance(event, QKeyEvent) and event.key() not in _LEAVING:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._record(event)
                return True
        return super().event(event)

    def _record(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS or event.isAutoRepeat():
            return
        in_turn = self._since.isValid() and self._since.elapsed() < _IN_TURN_MS
        if not in_turn or len(self._keys) != 1:
            self._keys.clear()
        self._since.start()
        self._keys.append(QKeyCombination(_meant_modifiers(event), Qt.Key(event.key())))
        self.setText(self.keys.toString(QKeySequence.SequenceFormat.NativeText))
        self.recorded.emit(self.keys)


def _meant_modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Return what is held, without a Shift that only makes the sign, as in `{`."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    sign = event.text()[:1]
    if sign.isprintable() and sign.strip() and not sign.isalnum():
        return held & ~Qt.KeyboardModifier.ShiftModifier
    return held
