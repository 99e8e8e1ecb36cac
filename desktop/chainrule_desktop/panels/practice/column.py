"""The column at the right of the canvas: the exercise, if there is one, above the inspector."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from chainrule_desktop.document.document import Document
from chainrule_desktop.document.practising import Practice
from chainrule_desktop.panels.practice.panel import PracticePanel
from chainrule_desktop.theme import Theme

_HEIGHTS = (430, 260)


@final
class PracticeColumn(QSplitter):
    """Keeps the practice panel above another one; without an exercise that one has all the room."""

    def __init__(
        self, document: Document, practice: Practice, theme: Theme, below: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.panel = PracticePanel(document, practice, theme)
        self.addWidget(self.panel)
        self.addWidget(below)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setSizes(_HEIGHTS)
