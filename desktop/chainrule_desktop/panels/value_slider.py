"""A slider for a number: its range fits the number and stands still while it is dragged."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget
from typing_extensions import override

from chainrule_desktop.panels.fields import guard_wheel
from chainrule_desktop.theme import set_part

_STEPS = 1000
_LEAST_REACH = 5.0
_DIGITS = 3
SIDE: Final = 7
"""How far the middle of the handle is from the side at an end, in pixels; see the style sheet."""


@final
class ValueSlider(QSlider):
    """Slides from −r to r, where r is at least 5 and at least twice the number; or as it is told.

    `commit` gets each number on the way and the number of the turn at the slider: all numbers of
    one drag, or of one visit of the keyboard, are one undo step.

    Signals:
        range_shown(float, float): the numbers at its ends are these now.
    """

    range_shown = Signal(float, float)

    def __init__(self, name: str, commit: Callable[[float, int], None]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self._commit = commit
        self._center, self._reach = 0.0, _LEAST_REACH
        self._turn = 0
        self._showing = False
        self.setRange(-_STEPS, _STEPS)
        self.setSingleStep(_STEPS // 100)
        self.setPageStep(_STEPS // 10)
        guard_wheel(self)
        self.sliderPressed.connect(self._begin_turn)
        self.valueChanged.connect(self._slide)

    @property
    def reach(self) -> float:
        """How far the ends are from the middle."""
        return self._reach

    def show_number(self, number: float) -> None:
        """Move the handle to a number; one beyond the ends widens the range, but not in a drag."""
        self.setEnabled(math.isfinite(number))
        if self.isSliderDown() or not math.isfinite(number):
            return
        if not self.hasFocus() or abs(number) > self._reach:
            self._reach = reach_for(number)
        self._put(number)

    def show_around(self, center: float, reach: float, number: float) -> None:
        """Move the handle to a number between two ends as far from a middle; not in a drag."""
        self.setEnabled(math.isfinite(number) and math.isfinite(center))
        if self.isSliderDown() or not self.isEnabled():
            return
        self._center, self._reach = center, reach
        self._put(number)

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self._begin_turn()

    def _put(self, number: float) -> None:
        self._showing = True
        self.setValue(round((number - self._center) / self._reach * _STEPS))
        self._showing = False
        self.range_shown.emit(self._center - self._reach, self._center + self._reach)

    def _begin_turn(self) -> None:
        self._turn += 1

    def _slide(self, position: int) -> None:
        if not self._showing:
            number = number_at(position / _STEPS, self._reach, self._center)
            self._commit(number, self._turn)


@final
class SliderEnds(QWidget):
    """The numbers at the ends of a slider, to stand below it."""

    def __init__(self, slider: ValueSlider) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._low, self._high = QLabel(), QLabel()
        for label in (self._low, self._high):
            set_part(label, "muted")
            row.addWidget(label)
        row.insertStretch(1)
        slider.range_shown.connect(self._show)

    def _show(self, low: float, high: float) -> None:
        for label, number in ((self._low, low), (self._high, high)):
            label.setText(f"{number:g}".replace("-", "−"))


def reach_for(number: float) -> float:
    """Return a round number for the right end of a slider that stands at `number`."""
    wanted = max(_LEAST_REACH, 2 * abs(number))
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wanted)


def number_at(share: float, reach: float, center: float = 0.0) -> float:
    """Return the number at a share of the way, with no more digits than a slider can mean."""
    if share == 0.0:
        return center + 0.0
    digits = _DIGITS - math.floor(math.log10(reach)) - 1
    return round(center + share * reach, digits + 1) + 0.0
