"""A box for a whole number of the recipe, which may be larger than the box can show."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox

from chainrule_desktop.panels.fields import guard_wheel
from chainrule_desktop.theme import inset_text


@final
class WholeField(QSpinBox):
    """Shows a number as far as it fits, and tells of another one only when somebody has chosen it.

    Passing through it with the keyboard changes nothing: a number beyond its range stays.

    Signals:
        chosen(int): another number than the one that was shown.
    """

    chosen = Signal(int)

    def __init__(self, name: str, least: int, most: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setGroupSeparatorShown(True)
        inset_text(self)
        guard_wheel(self)
        self._shown = self.value()
        self.editingFinished.connect(self._finish)

    def show_number(self, number: int) -> None:
        """Show what holds now, but never over what is being chosen."""
        is_choosing = self.hasFocus() and self.value() != self._shown
        self._shown = min(max(number, self.minimum()), self.maximum())
        if not is_choosing and self.value() != self._shown:
            self.setValue(self._shown)

    def _finish(self) -> None:
        if self.value() != self._shown:
            self._shown = self.value()
            self.chosen.emit(self._shown)
