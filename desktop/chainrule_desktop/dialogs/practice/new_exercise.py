"""New Exercise: a level and a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QWidget
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule.practice.generator import LARGEST_SEED
from chainrule.practice.levels import TITLES, Level
from chainrule_desktop.dialogs.labels import fault_label, text_label
from chainrule_desktop.dialogs.practice.frame import complain, end_form, form_of, whole_number
from chainrule_desktop.messages import explain


@final
@dataclass(frozen=True, slots=True)
class Wanted:
    """Which exercise is wanted."""

    level: Level
    seed: int
    locked: bool


@final
class NewExerciseDialog(QDialog):
    """Asks for a level and a seed, and hands them to `take`."""

    def __init__(self, parent: QWidget, wanted: Wanted, take: Callable[[Wanted], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("New Exercise")
        self._take = take
        self._level = QComboBox()
        self._level.addItems([TITLES[level] for level in Level])
        self._level.setCurrentIndex([*Level].index(wanted.level))
        self._seed = whole_number(0, LARGEST_SEED, wanted.seed, "Seed")
        self._locked = QCheckBox("&Lock it: only blanks can be filled")
        self._locked.setChecked(wanted.locked)
        self._fault = fault_label()
        form = form_of(self)
        form.addRow("&Level:", self._level)
        form.addRow("&Seed:", self._seed)
        form.addRow("", self._locked)
        says = "The same level and seed give the same exercise to everybody."
        form.addRow(text_label(says, "muted"))
        end_form(self, form, self._fault, "Make")

    @override
    def accept(self) -> None:
        level = [*Level][self._level.currentIndex()]
        try:
            self._take(Wanted(level, self._seed.value(), self._locked.isChecked()))
        except ChainruleError as error:
            complain(self._fault, explain(error))
        else:
            super().accept()
