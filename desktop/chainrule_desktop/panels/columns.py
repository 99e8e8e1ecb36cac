"""Palette, canvas and inspector side by side: in a narrow window the panels give way first."""

from __future__ import annotations

from typing import Final, TypeAlias, final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

Widths: TypeAlias = tuple[int, int]
"""How wide the panel at the left and the one at the right are, in pixels."""

USUAL: Final[Widths] = (204, 320)
LEAST: Final[Widths] = (130, 236)
_LEAST_MIDDLE = 180
_MIDDLE_SHARE = 0.55


def shared_widths(whole: int, wished: Widths) -> Widths:
    """Return how wide the panels are in a window that is `whole` pixels wide.

    They are as wide as wished, as long as more than half of the window is left to the middle, and
    then both give way by the same share of what they can do without.
    """
    too_wide = sum(wished) - (1 - _MIDDLE_SHARE) * whole
    spare = [max(0, wish - least) for wish, least in zip(wished, LEAST, strict=True)]
    if too_wide <= 0 or not sum(spare):
        return wished
    share = min(1.0, too_wide / sum(spare))
    left, right = (round(wish - share * over) for wish, over in zip(wished, spare, strict=True))
    return left, right


@final
class Columns(QSplitter):
    """Shows three widgets side by side; the outer ones are as wide as they were last pulled to."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._wished = USUAL
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._take_wish)

    def fill(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        """Put the three widgets in; once."""
        left.setMinimumWidth(LEAST[0])
        right.setMinimumWidth(LEAST[1])
        middle.setMinimumWidth(_LEAST_MIDDLE)
        for widget in (left, middle, right):
            self.addWidget(widget)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)
        self.share()

    def remembered(self) -> bytes:
        """Return how wide the panels shall be, for `restore`."""
        return ",".join(map(str, self._wished)).encode()

    def restore(self, remembered: bytes) -> None:
        """Make the panels as wide as they were; what can't be read changes nothing."""
        parts = remembered.split(b",")
        if len(parts) == len(USUAL) and all(part.isdigit() for part in parts):
            left, right = map(int, parts)
            self._wished = max(left, LEAST[0]), max(right, LEAST[1])
            self.share()

    @override
    def resizeEvent(self, arg__1: QResizeEvent, /) -> None:
        super().resizeEvent(arg__1)
        self.share()

    def share(self) -> None:
        """Give each its width, as after a panel was shown or hidden."""
        left, right = shared_widths(self.width(), self._wished)
        self.setSizes([left, max(self.width() - left - right, _LEAST_MIDDLE), right])

    def _take_wish(self, _position: int, handle: int) -> None:
        left, _, right = self.sizes()
        self._wished = (left, self._wished[1]) if handle == 1 else (self._wished[0], right)
