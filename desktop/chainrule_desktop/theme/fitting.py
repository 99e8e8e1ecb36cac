"""A window that opens whole: with its frame, on the screen on which it opens."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

# A picture drawn without a display is as large as was asked for.
_BOUNDLESS = ("offscreen", "minimal")
# How wide a frame is, a window manager says only some time after the window is there.
_LOOKS = (0, 60, 250, 800)


@final
class ScreenFit(QObject):
    """Makes a window smaller, and moves it, where it opens beyond the edges of its screen.

    A window that somebody moves beyond an edge later stays there.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._fits = False
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Show and not self._fits:
            self._fits = True
            for wait in _LOOKS:
                QTimer.singleShot(wait, self, self._fit)
        return False

    def _fit(self) -> None:
        window = self._window
        if QGuiApplication.platformName() in _BOUNDLESS:
            return
        if window.isMaximized() or window.isFullScreen() or not window.isVisible():
            return
        room = window.screen().availableGeometry()
        size, corner = fitted(window.frameGeometry(), window.size(), room)
        if size != window.size():
            window.resize(size)
        if corner != window.frameGeometry().topLeft():
            window.move(corner)


def fitted(frame: QRect, inner: QSize, room: QRect) -> tuple[QSize, QPoint]:
    """Return the size inside the frame, and the frame's corner, that put a window into `room`."""
    around = frame.size() - inner
    size = inner.boundedTo(room.size() - around)
    whole = size + around
    left = max(room.left(), min(frame.left(), room.right() + 1 - whole.width()))
    top = max(room.top(), min(frame.top(), room.bottom() + 1 - whole.height()))
    return size, QPoint(left, top)
