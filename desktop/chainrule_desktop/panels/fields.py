"""Fields of the inspector: what was typed is tried, and what can't be stays with a sentence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule_desktop.messages import explain
from chainrule_desktop.theme import set_part

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_LINES = 8
_AROUND_LINES = 22


@final
class Note(QLabel):
    """The sentence below a field on what is wrong with its content; hidden while nothing is."""

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self._field = field
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_part(self, "problem")
        self.hide()

    @property
    def is_shown(self) -> bool:
        """Whether something is wrong."""
        return bool(self.text())

    def say(self, sentence: str) -> None:
        """Show the sentence and mark the field; "" takes both away."""
        if sentence == self.text():
            return
        self.setText(sentence)
        self.setVisible(bool(sentence))
        self._field.setAccessibleDescription(sentence)
        self._field.setProperty("part", "problem" if sentence else "")
        self._field.style().unpolish(self._field)
        self._field.style().polish(self._field)

    def attempt(self, action: Callable[[], None]) -> bool:
        """Do what was asked for; say why if it can't be, and return whether it could."""
        try:
            action()
        except ChainruleError as error:
            self.say(explain(error))
            return False
        self.say("")
        return True


@final
class EntryField(QLineEdit):
    """A line of text; Enter and leaving the field hand it to `commit`, Escape restores it.

    `commit` raises a ChainruleError for a text that it can't take; its sentence stands in `note`.
    """

    def __init__(self, name: str, commit: Callable[[str], None]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.note = Note(self)
        self._commit = commit
        self._shown: str | None = None
        self.textEdited.connect(lambda: self.note.say(""))

    def show_text(self, text: str) -> None:
        """Show what holds now, but never over what is being typed or was refused."""
        if text == self._shown:
            return
        self._shown = text
        if not self.isModified() and not self.note.is_shown:
            self._put(text)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _ENTER:
            self._take()
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and (self.isModified() or self.note.is_shown):
            self.note.say("")
            self._put(self._shown or "")
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if self.isModified() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take()

    def _take(self) -> None:
        text = self.text()
        self.setModified(False)
        if text != self._shown and self.note.attempt(lambda: self._commit(text)):
            # What is shown next may be written in another way than it was typed.
            self._shown = None

    def _put(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)


@final
class TextArea(QPlainTextEdit):
    """Several lines of text with the habits of an EntryField; Shift+Enter begins a new line."""

    def __init__(self, name: str, commit: Callable[[str], None]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = Note(self)
        self._commit = commit
        self._shown: str | None = None
        self._showing = False
        self.textChanged.connect(self._notice)

    def show_text(self, text: str) -> None:
        """Show what holds now, but never over what is being typed or was refused."""
        if text == self._shown:
            return
        self._shown = text
        if not self.document().isModified() and not self.note.is_shown:
            self._put(text)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        changed = self.document().isModified() or self.note.is_shown
        if event.key() in _ENTER and plain:
            self._take()
        elif event.key() == Qt.Key.Key_Escape and changed:
            self.note.say("")
            self._put(self._shown or "")
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if self.document().isModified() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._fit()

    def _take(self) -> None:
        text = self.toPlainText()
        self.document().setModified(False)
        if text != self._shown and self.note.attempt(lambda: self._commit(text)):
            self._shown = None

    def _put(self, text: str) -> None:
        self._showing = True
        self.setPlainText(text)
        self._showing = False
        self.document().setModified(False)
        self._fit()

    def _notice(self) -> None:
        if not self._showing:
            self.note.say("")
            self._fit()

    def _fit(self) -> None:
        """Be as high as the lines are, wrapped as they are, up to _MOST_LINES."""
        lines = min(max(2, round(self.document().size().height())), _MOST_LINES)
        spacing = math.ceil(QFontMetricsF(self.font()).lineSpacing())
        height = lines * spacing + _AROUND_LINES
        if height != self.height():
            self.setFixedHeight(height)


@final
class WheelGuard(QObject):
    """Keeps the wheel from turning fields that only happen to lie under the pointer."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        unfocused = isinstance(watched, QWidget) and not watched.hasFocus()
        if isinstance(event, QWheelEvent) and unfocused:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def guard_wheel(field: QWidget) -> None:
    """Let a field take the wheel only while it has the keyboard."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(WheelGuard(field))
