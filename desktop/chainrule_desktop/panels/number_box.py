"""A spin box for float64: every digit is kept, and steps fit the size of the number."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.errors import ShapeError
from chainrule_desktop.document.pasting import as_typed
from chainrule_desktop.document.values import parse_value, typed_value
from chainrule_desktop.panels.fields import Note, guard_wheel
from chainrule_desktop.theme import inset_text

_DIGITS = 12
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@final
class NumberBox(QAbstractSpinBox):
    """Edits a number; the arrows step by a tenth of its leading digit's place.

    `commit` gets the value and the number of the turn at the box: steps of one turn are one undo
    step (None for what was typed). It raises a ChainruleError for a value that it can't take.
    """

    def __init__(self, name: str, commit: Callable[[Array, int | None], None]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.note = Note(self)
        self._commit = commit
        self._value: Array = np.float64(0.0)
        self._turn = 0
        inset_text(self)
        guard_wheel(self)
        self.lineEdit().textEdited.connect(lambda: self.note.say(""))

    def show_value(self, value: Array) -> None:
        """Show a number, but never over what is being typed or was refused."""
        self._value = value
        text = typed_value(value)
        free = not self.lineEdit().isModified() and not self.note.is_shown
        if free and text != self.lineEdit().text():
            self.lineEdit().setText(text)

    @override
    def stepBy(self, steps: int, /) -> None:
        start = self._typed_number()
        if not math.isfinite(start):
            return
        stepped = np.float64(stepped_number(start, steps))
        self.lineEdit().setText(typed_value(stepped))
        self.note.attempt(lambda: self._hand_over(stepped, self._turn))

    @override
    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        both = QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        return both | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        changed = self.lineEdit().isModified() or self.note.is_shown
        if event.matches(QKeySequence.StandardKey.Paste) and self._paste_table():
            return
        if event.key() in _ENTER:
            self._take()
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and changed:
            self.note.say("")
            self.lineEdit().setText(typed_value(self._value))
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self._turn += 1

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if self.lineEdit().isModified():
            self._take()

    def _paste_table(self) -> bool:
        """Type the cells of a spreadsheet as a tensor; say whether there are any to paste."""
        typed: list[str] = []

        def read() -> None:
            text = as_typed(QGuiApplication.clipboard().text())
            typed.extend([text] if text is not None else [])

        if self.note.attempt(read) and typed:
            self.lineEdit().insert(typed[0])
            self.lineEdit().setModified(True)
        return bool(typed) or self.note.is_shown

    def _take(self) -> None:
        text = self.lineEdit().text()
        self.lineEdit().setModified(False)
        if text == typed_value(self._value):
            return
        self.note.attempt(lambda: self._hand_over(parse_value(text), None))

    def _hand_over(self, value: Array, turn: int | None) -> None:
        self._commit(value, turn)
        self._value = value

    def _typed_number(self) -> float:
        try:
            value = parse_value(self.lineEdit().text())
        except ShapeError:
            value = self._value
        return float(value) if value.ndim == 0 else math.nan


def stepped_number(start: float, steps: int) -> float:
    """Return `start` moved by steps of a tenth, or of a tenth of its leading digit's place.

    At most 0.1 below 10, so that a number can be walked through 0; no digits of rounding are left.
    """
    place = math.floor(math.log10(abs(start))) if start else 0
    size = 10.0 ** (max(place, 0) - 1) if abs(start) >= 0.1 or not start else 10.0 ** (place - 1)
    result = start + steps * size
    return float(f"{result:.{_DIGITS}g}") if abs(result) > size * 1e-9 else 0.0
