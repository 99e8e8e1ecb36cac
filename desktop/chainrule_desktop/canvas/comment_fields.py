"""The fields in which titles and notes are edited, floating over the canvas."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_TITLE_WIDTH = 220
TITLE_INSET = 10
"""How far from the left end of its field a title begins, in pixels."""
_NOTE_SIZE = (380, 110)


@final
class TitleField(QLineEdit):
    """A frame's title; Enter or a click elsewhere takes it, Escape leaves it as it was.

    Signals:
        ended(bool): editing is over; whether what was typed stays.
    """

    ended = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Title of the frame")
        self.setPlaceholderText("Title")
        self.resize(_TITLE_WIDTH, self.sizeHint().height())
        self.hide()

    @override
    def event(self, event: QEvent, /) -> bool:
        if _claims(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit(False)
        elif event.key() in _ENTER:
            self.ended.emit(True)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.ended.emit(True)


@final
class NoteField(QPlainTextEdit):
    """A note's text; Ctrl+Enter or a click elsewhere takes it, Escape leaves it as it was.

    Signals:
        ended(bool): editing is over; whether what was typed stays.
    """

    ended = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Text of the note")
        self.setPlaceholderText("Text, and mathematics between dollars: $\\frac{1}{1+e^{-x}}$")
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.Box)
        self.resize(*_NOTE_SIZE)
        self.hide()

    @override
    def event(self, event: QEvent, /) -> bool:
        if _claims(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit(False)
        elif event.key() in _ENTER and event.modifiers() & _CONTROL:
            self.ended.emit(True)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.ended.emit(True)


def put(field: QWidget, place: QPoint, room: QRect) -> None:
    """Let a field begin at `place`, but stay inside of `room`."""
    x = max(room.left(), min(place.x(), room.right() - field.width()))
    y = max(room.top(), min(place.y(), room.bottom() - field.height()))
    field.move(x, y)


def _claims(event: QEvent) -> bool:
    """Say whether a key is the field's own, though a command of the window has it too."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    return event.key() == Qt.Key.Key_Escape or (
        event.key() in _ENTER and bool(event.modifiers() & _CONTROL)
    )
