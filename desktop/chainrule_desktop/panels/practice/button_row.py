"""Buttons beside each other, or below each other where a panel is too narrow for their words."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget
from typing_extensions import override


@final
class ButtonRow(QWidget):
    """Never cuts off the words of a button."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._buttons = buttons
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for button in buttons:
            self._layout.addWidget(button)
        self._layout.addStretch()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def event(self, event: QEvent, /) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            # A button has got other words.
            self._arrange()
        return done

    def _arrange(self) -> None:
        words = sum(each.sizeHint().width() for each in self._buttons)
        gaps = self._layout.spacing() * (len(self._buttons) - 1)
        fits = words + gaps <= self.width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if way != self._layout.direction():
            self._layout.setDirection(way)
