"""Why a key of a command does nothing at the moment."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


def reason_of_key(canvas: QWidget, event: QKeyEvent) -> str:
    """Return why the command of canvas or window with this key can't be used now, "" for none.

    A command that can't be used doesn't hear its key, which comes to the canvas then.
    """
    pressed = QKeySequence(event.keyCombination())
    for action in (*canvas.actions(), *canvas.window().actions()):
        if not action.isEnabled() and pressed in action.shortcuts():
            return action.statusTip()
    return ""
