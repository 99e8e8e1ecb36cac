"""A row of buttons of which one is down: what of several is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from chainrule_desktop.theme import set_part


@final
class Switch(QWidget):
    """Chooses one of a few words; each has a mnemonic after `&`.

    Signals:
        chosen(int): the place of the word that was chosen.
    """

    chosen = Signal(int)

    def __init__(self, name: str, words: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for place, word in enumerate(words):
            button = QToolButton()
            button.setText(word)
            button.setAccessibleName(f"{name}: {word.replace('&', '')}")
            button.setCheckable(True)
            button.setChecked(place == 0)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_part(button, "toggle")
            self._buttons.addButton(button, place)
            row.addWidget(button)
        self._buttons.idClicked.connect(self.chosen)

    @property
    def place(self) -> int:
        """The place of the word that is down."""
        return self._buttons.checkedId()

    def choose(self, place: int) -> None:
        """Press a button."""
        self._buttons.button(place).click()
