"""The canvas as gestures see it."""

from __future__ import annotations

from typing import Any, final

from PySide6.QtCore import QObject, QRectF, Signal

from chainrule.diagram.diagram import Diagram
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.snapping import Snapping
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.loose_end import LooseEnd


@final
class CanvasStage(QObject):
    """What is drawn, the marks on it, and the ways to speak to the user.

    Signals:
        said(str, bool): a sentence for the user; whether it belongs beside the pointer.
        gate_wanted(tuple, object): something is to be added at a point; what is found there may
            have to be wired to a LooseEnd, or None.
    """

    said = Signal(str, bool)
    gate_wanted = Signal(tuple, object)

    def __init__(
        self, editor: Editor, drawing: Drawing, marking: Marking, camera: Camera, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._drawing = drawing
        self._marking = marking
        self._camera = camera
        self.time = 0
        self.snapping = Snapping()

    @property
    def editor(self) -> Editor:
        """The verbs that gestures use."""
        return self._editor

    @property
    def drawing(self) -> Drawing:
        """The diagram, and what is amiss in it."""
        return self._drawing

    def diagram(self) -> Diagram:
        """Return what is drawn now."""
        return self._drawing.diagram

    def scale_factor(self) -> float:
        """Return how many pixels a canvas unit has."""
        return self._camera.scale

    def visible_area(self) -> QRectF:
        """Return the part of the canvas that the view shows."""
        return self._camera.shown

    def change_marks(self, **changes: Any) -> None:
        """Change fields of the marks that are painted."""
        self._marking.change(**changes)

    def say(self, sentence: str, *, beside_pointer: bool = False) -> None:
        """Tell the user something."""
        self.said.emit(sentence, beside_pointer)

    def ask_for_gate(self, point: Point, end: LooseEnd | None = None) -> None:
        """Search for what to add at `point`; with a loose end, for what can be wired to it."""
        self.gate_wanted.emit(point, end)

    def forget_loose_wire(self) -> None:
        """Take away the wire that stayed while what to wire it to was searched."""
        self.change_marks(loose=None)
