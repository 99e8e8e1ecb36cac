"""What belongs to the inside of a composite gate while a tab shows it."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject

from chainrule.graph.node import NodeId
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.inside import Inside
from chainrule_desktop.document.player import Player
from chainrule_desktop.document.tidying import Tidying


@final
class Level(QObject):
    """A document of an inside with its drawing, its playback and its layouts.

    Raises GraphError for a node that is no composite gate, or whose definition is missing.
    """

    def __init__(self, outer: Document, drawing: Drawing, use: NodeId, parent: QObject) -> None:
        super().__init__(parent)
        self.inside = Inside(outer, use, self)
        self.document = self.inside.document
        self.drawing = Drawing(self.document, self)
        self._around = drawing
        self._follow_display()
        drawing.redrawn.connect(self._follow_display)
        self.player = Player(self.document, self.drawing, self)
        self.tidying = Tidying(self.document, self, lambda: self.drawing.display)

    def end(self) -> None:
        """Stop what goes on for it."""
        self.player.pause()
        self.tidying.cancel()

    def _follow_display(self) -> None:
        """Draw with the decimals and texts with which the graph around it is drawn."""
        self.drawing.show(self._around.display)
