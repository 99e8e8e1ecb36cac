"""The pointer over the canvas: what it hovers over, and the gesture that is under way."""

from __future__ import annotations

import math
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, final

from PySide6.QtCore import QObject, Qt, Signal

from chainrule.diagram.diagram import Diagram
from chainrule.graph.changes import Changes
from chainrule_desktop.canvas.held import NOTHING_HELD, Held
from chainrule_desktop.canvas.hit import NO_HIT, Hit, Part, hit_test
from chainrule_desktop.canvas.item import FAR, MIDDLE
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.tools.move import MoveTool
from chainrule_desktop.canvas.tools.select import SelectTool
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Armed, Tool
from chainrule_desktop.canvas.tools.wire import WireTool
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.canvas.words import problem_at
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.document.selection import holds_wire

_SHAPES = {
    Part.OUTPUT: Qt.CursorShape.CrossCursor,
    Part.INPUT: Qt.CursorShape.CrossCursor,
    Part.NODE: Qt.CursorShape.ArrowCursor,
    Part.PICTURE: Qt.CursorShape.PointingHandCursor,
}


@final
class Pointer(QObject):
    """Begins, feeds and ends gestures.

    Signals:
        said(str, bool): a sentence for the user; whether it belongs beside the pointer.
        picture_clicked(object, str): the picture of a node or a wire; "value" or "gradient".
        opened(object, tuple): a double click on that Hit, at that point.
        gate_wanted(tuple, object): something is to be added at a point; what is found there may
            have to be wired to a LooseEnd, or None.
        armed_changed(): the next drag is another gesture now.
    """

    said = Signal(str, bool)
    picture_clicked = Signal(object, str)
    opened = Signal(object, tuple)
    gate_wanted = Signal(tuple, object)
    armed_changed = Signal()

    def __init__(
        self, editor: Editor, drawing: Drawing, marking: Marking, camera: Camera, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._drawing = drawing
        self._marking = marking
        self._camera = camera
        self._tool: Tool | None = None
        self._armed: Armed | None = None
        self._last: Point = (0.0, 0.0)
        self._acting = False
        self._hit = NO_HIT
        self._pressed: tuple[Hit, Point] = NO_HIT, (0.0, 0.0)
        self._amiss = ""
        drawing.redrawn.connect(self._forget_vanished)
        editor.document.changed.connect(self._notice_edit)
        editor.document.replaced.connect(self._abandon)

    @property
    def editor(self) -> Editor:
        """The verbs that gestures use."""
        return self._editor

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._tool is not None

    def diagram(self) -> Diagram:
        """Return what is drawn now."""
        return self._drawing.diagram

    def scale_factor(self) -> float:
        """Return how many pixels a canvas unit has."""
        return self._camera.scale

    def change_marks(self, **changes: Any) -> None:
        """Change fields of the marks that are painted."""
        self._marking.change(**changes)

    def say(self, sentence: str, *, beside_pointer: bool = False) -> None:
        """Tell the user something."""
        self.said.emit(sentence, beside_pointer)

    def ask_for_gate(self, point: Point, end: LooseEnd | None = None) -> None:
        """Search for what to add at `point`; with a loose end, for what can be wired to it."""
        self.gate_wanted.emit(point, end)

    def arm(self, armed: Armed | None) -> None:
        """Make the next drag a gesture of that kind, wherever it begins; None for the usual."""
        self._armed = armed
        self.say("" if armed is None else armed.sentence)
        self.armed_changed.emit()

    @property
    def armed(self) -> bool:
        """Whether the next drag is a gesture that was chosen before."""
        return self._armed is not None

    def cursor_shape(self) -> Qt.CursorShape:
        """Return the shape of the cursor over what it hovers."""
        if self._armed is not None:
            return self._armed.cursor
        return _SHAPES.get(self._hit.part, Qt.CursorShape.ArrowCursor)

    def hover(self, point: Point) -> None:
        """Look what is under the pointer and mark it."""
        hit = self.look(point)
        if hit == self._hit:
            return
        self._hit = hit
        wire = hit.wire if hit.part in (Part.WIRE, Part.PICTURE) else None
        self.change_marks(hovered_node=hit.node, hovered_wire=wire)
        self._tell_problem(problem_at(self._drawing.problems, hit))

    def look(self, point: Point) -> Hit:
        """Return what is at a point; what is drawn without text has no ports to grab."""
        scale = self._camera.scale
        hit = hit_test(self.diagram(), point, slack=max(0.0, 4.0 / scale - 4.0))
        if scale < MIDDLE and hit.part in (Part.INPUT, Part.OUTPUT):
            return Hit(Part.NODE, hit.node)
        if scale < FAR and hit.part is Part.PICTURE:
            return Hit(
                Part.WIRE if hit.node is None else Part.NUMBERS, hit.node, hit.port, hit.wire
            )
        return hit

    def leave(self) -> None:
        """Mark nothing as hovered."""
        self._hit = NO_HIT
        self.change_marks(hovered_node=None, hovered_wire=None)
        self._tell_problem("")

    def press(self, point: Point, held: Held) -> None:
        """Begin the gesture that belongs to what is at `point`, or the one that is armed."""
        self._last = point
        if self._armed is not None:
            armed = self._armed
            self.arm(None)
            self.begin(armed, point, held)
            return
        hit = self.look(point)
        self._pressed = hit, point
        selection = self._editor.selection
        if hit.part in (Part.OUTPUT, Part.INPUT):
            self._tool = WireTool(self, hit, point, held)
        elif hit.node is not None:
            self._tool = MoveTool(self, hit.node, point, held)
        elif hit.wire is not None:
            (selection.toggle if held.extends else selection.set)(wires=(hit.wire,))
        else:
            self._tool = SelectTool(self, point, held)

    def begin(self, armed: Armed, point: Point, held: Held) -> None:
        """Begin a gesture at `point`, whatever is there."""
        self._pressed, self._last = (NO_HIT, point), point
        self._tool = armed.make(self, point, held)

    def open(self, point: Point) -> None:
        """Say what was double-clicked."""
        self.opened.emit(self.look(point), point)

    def move(self, point: Point, held: Held) -> None:
        """The pointer moved with the button held."""
        self._last = point
        if self._tool is not None:
            with self._own_edits():
                self._tool.move(point, held)

    def hold(self, held: Held) -> None:
        """Other keys are held now, in the middle of a gesture."""
        self.move(self._last, held)

    def release(self, point: Point, held: Held = NOTHING_HELD) -> None:
        """End the gesture that is under way; raise a GraphError if what it asks for can't be.

        A click on a picture asks for the numbers behind it.
        """
        tool = self._abandon()
        if tool is not None:
            with self._own_edits():
                tool.release(point, held)
            self.hover(point)
        (hit, start), self._pressed = self._pressed, (NO_HIT, point)
        still = math.dist(start, point) * self._camera.scale < STARTS_AFTER
        if still and not held.extends and hit.kind is not None:
            self.picture_clicked.emit(hit.node or hit.wire, hit.kind.value)

    def cancel(self) -> None:
        """Leave everything as it was before the gesture."""
        self._pressed = NO_HIT, (0.0, 0.0)
        tool = self._abandon()
        if tool is not None:
            with self._own_edits():
                tool.restore()

    def _tell_problem(self, sentence: str) -> None:
        """Say what is amiss under the pointer, and no longer what was amiss elsewhere."""
        if sentence != self._amiss:
            self._amiss = sentence
            self.say(sentence)

    def _abandon(self) -> Tool | None:
        """Drop the gesture and return it; the document stays as it is."""
        tool, self._tool = self._tool, None
        if tool is not None:
            tool.clear()
            # The gesture marked what it liked; the next move marks anew.
            self._hit = NO_HIT
        return tool

    @contextmanager
    def _own_edits(self) -> Generator[None]:
        """Mark that edits come from the gesture itself."""
        self._acting = True
        try:
            yield
        finally:
            self._acting = False

    def _notice_edit(self, changes: Changes) -> None:
        """Drop the gesture when something else, such as undo, changes what it began with."""
        if not self._acting and (changes.structure or changes.moved):
            self._abandon()

    def _forget_vanished(self) -> None:
        graph, hit = self._editor.document.graph, self._hit
        lost_node = hit.node is not None and hit.node not in graph
        if lost_node or (hit.wire is not None and not holds_wire(graph, hit.wire)):
            self.leave()
