"""The pointer over the canvas: what it hovers over, and the gesture that is under way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, final

from PySide6.QtCore import QObject, Qt, Signal

from chainrule.diagram.diagram import Diagram
from chainrule.graph.checks import Severity
from chainrule_desktop.canvas.hit import NO_HIT, Hit, Part, hit_test
from chainrule_desktop.canvas.item import MIDDLE, DiagramItem
from chainrule_desktop.canvas.marks import Marks, Point
from chainrule_desktop.canvas.tools.move import MoveTool
from chainrule_desktop.canvas.tools.select import SelectTool
from chainrule_desktop.canvas.tools.tool import Tool
from chainrule_desktop.canvas.tools.wire import WireTool
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

_SHAPES = {
    Part.OUTPUT: Qt.CursorShape.CrossCursor,
    Part.INPUT: Qt.CursorShape.CrossCursor,
    Part.NODE: Qt.CursorShape.ArrowCursor,
}


@final
class Pointer(QObject):
    """Begins, feeds and ends gestures, and keeps the marks that the item paints.

    Signals:
        said(str, bool): a sentence for the user; whether it belongs beside the pointer.
        hovered(Hit): something else is under the pointer.
    """

    said = Signal(str, bool)
    hovered = Signal(object)

    def __init__(
        self, editor: Editor, drawing: Drawing, item: DiagramItem, camera: Camera, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._drawing = drawing
        self._item = item
        self._camera = camera
        self._tool: Tool | None = None
        self._hit = NO_HIT
        self._marks = Marks()
        editor.selection.changed.connect(self._mark_selection)
        drawing.redrawn.connect(self._forget_vanished)
        drawing.problems_changed.connect(self._mark_problems)
        editor.document.replaced.connect(self.cancel)
        self._mark_problems()

    @property
    def editor(self) -> Editor:
        """The verbs that gestures use."""
        return self._editor

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._tool is not None

    @property
    def hit(self) -> Hit:
        """What is under the pointer."""
        return self._hit

    def diagram(self) -> Diagram:
        """Return what is drawn now."""
        return self._drawing.diagram

    def scale_factor(self) -> float:
        """Return how many pixels a canvas unit has."""
        return self._camera.scale

    def change_marks(self, **changes: Any) -> None:
        """Change fields of the marks that are painted."""
        self._marks = replace(self._marks, **changes)
        self._item.show_marks(self._marks)

    def say(self, sentence: str, *, beside_pointer: bool = False) -> None:
        """Tell the user something."""
        self.said.emit(sentence, beside_pointer)

    def cursor_shape(self) -> Qt.CursorShape:
        """Return the shape of the cursor over what it hovers."""
        return _SHAPES.get(self._hit.part, Qt.CursorShape.ArrowCursor)

    def hover(self, point: Point) -> None:
        """Look what is under the pointer and mark it."""
        hit = self.look(point)
        if hit == self._hit:
            return
        self._hit = hit
        wire = hit.wire if hit.part is Part.WIRE else None
        self.change_marks(hovered_node=hit.node, hovered_wire=wire)
        self.hovered.emit(hit)

    def look(self, point: Point) -> Hit:
        """Return what is at a point; what is drawn without text has no ports to grab."""
        scale = self._camera.scale
        hit = hit_test(self.diagram(), point, slack=max(0.0, 4.0 / scale - 4.0))
        if scale < MIDDLE and hit.part in (Part.INPUT, Part.OUTPUT):
            return Hit(Part.NODE, hit.node)
        return hit

    def leave(self) -> None:
        """Mark nothing as hovered."""
        self._hit = NO_HIT
        self.change_marks(hovered_node=None, hovered_wire=None)

    def press(self, point: Point, *, extend: bool) -> None:
        """Begin the gesture that belongs to what is at `point`."""
        hit = self.look(point)
        selection = self._editor.selection
        if hit.part in (Part.OUTPUT, Part.INPUT):
            self._tool = WireTool(self, hit)
        elif hit.node is not None:
            self._tool = MoveTool(self, hit.node, point, extend=extend)
        elif hit.wire is not None:
            (selection.toggle if extend else selection.set)(wires=(hit.wire,))
        else:
            self._tool = SelectTool(self, point, extend=extend)

    def move(self, point: Point) -> None:
        """The pointer moved with the button held."""
        if self._tool is not None:
            self._tool.move(point)

    def release(self, point: Point, *, extend: bool) -> None:
        """End the gesture that is under way."""
        tool, self._tool = self._tool, None
        if tool is not None:
            tool.release(point, extend=extend)
            self.hover(point)

    def cancel(self) -> None:
        """Leave everything as it was before the gesture."""
        tool, self._tool = self._tool, None
        if tool is not None:
            tool.cancel()

    def set_focused(self, *, focused: bool) -> None:
        """Say whether the keyboard is at the canvas."""
        self.change_marks(focused=focused)

    def _mark_selection(self) -> None:
        selection = self._editor.selection
        self.change_marks(selected_nodes=frozenset(selection.nodes), selected_wires=selection.wires)

    def _mark_problems(self) -> None:
        serious = (each for each in self._drawing.problems if each.severity is not Severity.HINT)
        self.change_marks(faulty=frozenset(each.node for each in serious if each.node is not None))

    def _forget_vanished(self) -> None:
        index = self.diagram().parts.index
        gone = self._marks.hovered_node is not None and self._marks.hovered_node not in index
        wire = self._marks.hovered_wire
        if gone or (wire is not None and wire not in self.diagram().parts.wires):
            self.leave()
