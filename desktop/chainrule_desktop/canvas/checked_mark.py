"""What a gradient check found about wires, on the canvas until it is out of date or unwanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from chainrule.graph.changes import Changes
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.marks import Tone
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.document.document import Document


@final
class CheckedMark(QObject):
    """Keeps the marks of checked wires; an edit of numbers or wires takes them away, and Escape."""

    def __init__(self, canvas: CanvasView, document: Document) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._shown = False
        document.changed.connect(self._follow)
        document.replaced.connect(self.clear)

    @property
    def is_shown(self) -> bool:
        """Whether there are marks."""
        return self._shown

    def show(self, found: Mapping[Wire, Tone]) -> None:
        """Mark these wires and no others."""
        if bool(found) != self._shown:
            self._shown = bool(found)
            if found:
                self._canvas.installEventFilter(self)
            else:
                self._canvas.removeEventFilter(self)
        self._canvas.marking.change(checked=tuple(found.items()))

    def clear(self) -> None:
        """Take the marks away."""
        if self._shown:
            self.show({})

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._press(event.key())
        return False

    def _press(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self.clear()

    def _follow(self, changes: Changes) -> None:
        if changes.structure or changes.numbers or changes.run:
            self.clear()
