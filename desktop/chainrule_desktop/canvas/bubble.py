"""A small sign beside the pointer that says what a gesture would do."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from chainrule_desktop.theme import set_part

_BESIDE = QPoint(18, 22)
_WIDEST = 440


@final
class Bubble(QLabel):
    """Shows a sentence near the pointer, inside its parent; it takes no mouse events."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setWordWrap(True)
        set_part(self, "sign")
        self.hide()

    def say(self, sentence: str, pointer: QPoint) -> None:
        """Show a sentence beside `pointer`, in the parent's pixels; "" hides the sign."""
        self.show_sentence(sentence)
        if not sentence:
            return
        room = self._around.rect().adjusted(4, 4, -4, -4)
        place = pointer + _BESIDE
        x = min(place.x(), room.right() - self.width())
        y = place.y() if place.y() + self.height() < room.bottom() else pointer.y() - self.height()
        self.move(max(x, room.left()), max(y, room.top()))

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence where the sign is, as large as it needs to be; "" hides the sign."""
        self.setText(sentence)
        if not sentence:
            self.hide()
            return
        width = min(self._width_of_one_line(), _WIDEST)
        self.resize(width, self.heightForWidth(width))
        self.show()
        self.raise_()

    def _width_of_one_line(self) -> int:
        self.ensurePolished()
        self.setWordWrap(False)
        width = self.sizeHint().width()
        self.setWordWrap(True)
        return width
