"""The column at the right of the canvas: the exercise, if there is one, above the inspector."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from chainrule_desktop.document.document import Document
from chainrule_desktop.document.practising import Practice
from chainrule_desktop.panels.practice.panel import PracticePanel
from chainrule_desktop.theme import Theme

_SHARE = 0.66
_LEAST_BELOW = 150


@final
class PracticeColumn(QSplitter):
    """Keeps the practice panel above another one; without an exercise that one has all the room.

    The panel gets the greater share, and as much more as hints need; who moves the handle decides.
    """

    def __init__(
        self, document: Document, practice: Practice, theme: Theme, below: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.panel = PracticePanel(document, practice, theme)
        self._moved = False
        self._most = 0
        self.addWidget(self.panel)
        self.addWidget(below)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._leave_it)
        self.panel.grown.connect(self._share)
        document.replaced.connect(self._begin_anew)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._share()

    def _leave_it(self) -> None:
        self._moved = True

    def _begin_anew(self) -> None:
        self._most = 0
        self._share()

    def _share(self) -> None:
        """Share the room out anew; what the panel has got it keeps, so that little jumps."""
        if self._moved:
            return
        room = self.height()
        self._most = max(self._most, self.panel.wanted_height)
        above = max(round(_SHARE * room), min(self._most, room - _LEAST_BELOW))
        self.setSizes([above, room - above])
