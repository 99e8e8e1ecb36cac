"""What the program leaves on the clipboard when it ends."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtGui import QClipboard, QImage
from shiboken6 import Shiboken


def leave_on_clipboard(clipboard: QClipboard) -> None:
    """Put what we have copied there once more, as an object that is Qt's alone.

    Qt ends its clipboard after Python has ended; a QMimeData that was made in Python would then
    crash the program. Of several forms one stays: a graph as its text, a figure as its pixels.
    """
    # Qt gives None where the system's clipboard can't be reached, whatever its stubs say.
    data: Any = clipboard.mimeData()
    if data is None or not Shiboken.createdByPython(data):
        return
    if data.hasImage():
        clipboard.setImage(cast("QImage", data.imageData()))
    else:
        clipboard.setText(data.text())
