"""A slider for a number: its range fits the number and stands still while it is dragged."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QSlider
from typing_extensions import override

from chainrule_desktop.panels.fields import guard_wheel

_STEPS = 1000
_LEAST_REACH = 5.0
_DIGITS = 3


@final
class ValueSlider(QSlider):
    """Slides from −r to r, where r is at least 5 and at least twice the number.

    `commit` gets each number on the way and the number of the turn at the slider: all numbers of
    one drag, or of one visit of the keyboard, are one undo step.
    """

    def __init__(self, name: str, commit: Callable[[float, int], None]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self._commit = commit
        self._reach = _LEAST_REACH
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
        """The number at the right end."""
        return self._reach

    def show_number(self, number: float) -> None:
        """Move the handle to a number; one beyond the ends widens the range, but not in a drag."""
        self.setEnabled(math.isfinite(number))
        if self.isSliderDown() or not math.isfinite(number):
            return
        if not self.hasFocus() or abs(number) > self._reach:
            self._reach = reach_for(number)
        self._showing = True
        self.setValue(round(number / self._reach * _STEPS))
        self._showing = False

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self._begin_turn()

    def _begin_turn(self) -> None:
        self._turn += 1

    def _slide(self, position: int) -> None:
        if not self._showing:
            self._commit(number_at(position / _STEPS, self._reach), self._turn)


def reach_for(number: float) -> float:
    """Return a round number for the right end of a slider that stands at `number`."""
    wanted = max(_LEAST_REACH, 2 * abs(number))
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wanted)


def number_at(share: float, reach: float) -> float:
    """Return the number at a share of the way, with no more digits than a slider can mean."""
    digits = _DIGITS - math.floor(math.log10(reach)) - 1
    return round(share * reach, digits + 1) + 0.0
