"""What an empty canvas says to someone who has never seen it."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsView, QLabel

from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.theme import set_part

_TEXT = (
    "Press Tab or double-click here to add a gate, a number or a name;\n"
    "drag gates from the palette; or type a formula above, such as f = (x + y) * z."
)


@final
class Invitation(QLabel):
    """A sentence in the middle of the canvas while the graph is empty; it takes no mouse events."""

    def __init__(self, canvas: QGraphicsView, drawing: Drawing) -> None:
        super().__init__(_TEXT, canvas.viewport())
        self._viewport = canvas.viewport()
        self._drawing = drawing
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_part(self, "muted")
        drawing.redrawn.connect(self._show_or_hide)
        self._show_or_hide()

    def follow_view(self) -> None:
        """Stay in the middle of the canvas when that has another size."""
        self.adjustSize()
        self.move(self._viewport.rect().center() - self.rect().center())

    def _show_or_hide(self) -> None:
        self.setVisible(not self._drawing.diagram.parts.ids)
        self.follow_view()
