"""Shows where the keyboard is: a frame around the canvas and a ring around a node."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from chainrule_desktop.canvas.marking import Marking

BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""The ways of getting to the canvas that show the focus at once."""


@final
class FocusMark:
    """Shows the focus while the canvas is used with keys; who uses the mouse needs no mark."""

    def __init__(self, canvas: QWidget, marking: Marking) -> None:
        self._canvas = canvas
        self._marking = marking

    def show(self, *, visible: bool) -> None:
        """Show the focus or hide it."""
        if visible == self._marking.marks.focused:
            return
        self._marking.change(focused=visible)
        # The style sheet has the frame.
        self._canvas.setProperty("keyboard", visible)
        self._canvas.style().unpolish(self._canvas)
        self._canvas.style().polish(self._canvas)
