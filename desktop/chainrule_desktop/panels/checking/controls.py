"""What a gradient check is made with: wires, the step, to which sides, and what is shown of it."""

from __future__ import annotations

from typing import Final, final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from chainrule.autodiff.gradient_check import STEP, CheckSettings
from chainrule_desktop.panels.fields import guard_wheel

_STEPS: Final = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12)


@final
class Controls(QWidget):
    """The fields above the table.

    Signals:
        check_wanted(): the check shall be made anew.
        filter_changed(): other findings shall be shown.
    """

    check_wanted = Signal()
    filter_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wires = QCheckBox("&Wires")
        self._wires.setChecked(True)
        self._wires.setToolTip("Check what each wire carries, not only inputs and parameters")
        self._steps = _choice("Step", [f"{step:.0e}".replace("e-0", "e-") for step in _STEPS])
        self._steps.setCurrentIndex(_STEPS.index(STEP))
        self._steps.setToolTip("The step of the numerical gradient, times max(1, |x|)")
        self._sides = _choice("Differences", ["to both sides", "to the right only"])
        self._find = QLineEdit()
        self._find.setPlaceholderText("Find a number")
        self._find.setAccessibleName("Find a number")
        self._find.setClearButtonEnabled(True)
        self._amiss = QCheckBox("Only what does &not agree")
        self._lay_out()
        self._wires.toggled.connect(self.check_wanted)
        self._steps.activated.connect(self.check_wanted)
        self._sides.activated.connect(self.check_wanted)
        self._find.textChanged.connect(self.filter_changed)
        self._amiss.toggled.connect(self.filter_changed)

    @property
    def settings(self) -> CheckSettings:
        """What to check, and how."""
        both = self._sides.currentIndex() == 0
        return CheckSettings(_STEPS[self._steps.currentIndex()], both, self._wires.isChecked())

    @property
    def text(self) -> str:
        """What is to be in the names of the numbers that are shown."""
        return self._find.text()

    @property
    def only_amiss(self) -> bool:
        """Whether what agrees is left out."""
        return self._amiss.isChecked()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._wires)
        for name, field in (("&Step", self._steps), ("&Differences", self._sides)):
            label = QLabel(name)
            label.setBuddy(field)
            row.addSpacing(6)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch()
        row.addWidget(self._find)
        row.addWidget(self._amiss)


def _choice(name: str, texts: list[str]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItems(texts)
    guard_wheel(made)
    return made
