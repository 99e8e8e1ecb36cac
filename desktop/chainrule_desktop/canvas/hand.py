"""Panning with the pointer: with the middle button, or with the left one while Space is held."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from chainrule_desktop.canvas.viewport import Camera


@final
class Hand:
    """Takes hold of the canvas with one button and lets go when that button is released."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._from = QPointF()
        self._button = Qt.MouseButton.NoButton

    @property
    def holds(self) -> bool:
        """Whether the canvas is being panned."""
        return self._button != Qt.MouseButton.NoButton

    def press(self, event: QMouseEvent, *, space_held: bool) -> bool:
        """Take hold of the canvas, and say whether this button does."""
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() != Qt.MouseButton.MiddleButton and not (left and space_held):
            return False
        self._from, self._button = event.position(), event.button()
        return True

    def move(self, event: QMouseEvent) -> None:
        """Let the canvas follow the pointer; let go if the release went to another window."""
        if not event.buttons() & self._button:
            self._button = Qt.MouseButton.NoButton
            return
        self._camera.pan_by(event.position() - self._from)
        self._from = event.position()

    def release(self, event: QMouseEvent) -> None:
        """Let go, if it is this button that holds."""
        if event.button() == self._button:
            self._button = Qt.MouseButton.NoButton
