"""What is under the pointer while no gesture is under way."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt

from chainrule_desktop.canvas.hit import NO_HIT, Hit, Part, hit_test
from chainrule_desktop.canvas.hit_comments import frame_at, note_at
from chainrule_desktop.canvas.item import FAR, MIDDLE
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.stage import CanvasStage
from chainrule_desktop.canvas.words import problem_at
from chainrule_desktop.document.selection import holds_wire

_SHAPES = {
    Part.OUTPUT: Qt.CursorShape.CrossCursor,
    Part.INPUT: Qt.CursorShape.CrossCursor,
    Part.NODE: Qt.CursorShape.ArrowCursor,
    Part.PICTURE: Qt.CursorShape.PointingHandCursor,
    Part.FRAME: Qt.CursorShape.SizeAllCursor,
    Part.POINT: Qt.CursorShape.SizeAllCursor,
    Part.NOTE: Qt.CursorShape.SizeAllCursor,
}


@final
class Hovering:
    """Marks what the pointer is over, and says what is amiss there."""

    def __init__(self, stage: CanvasStage) -> None:
        self._stage = stage
        self._hit = NO_HIT
        self._amiss = ""
        stage.drawing.redrawn.connect(self._forget_vanished)

    def hover(self, point: Point) -> None:
        """Look what is under the pointer and mark it."""
        hit = self.look(point)
        if hit == self._hit:
            return
        self._hit = hit
        wire = hit.wire if hit.part in (Part.WIRE, Part.PICTURE, Part.POINT) else None
        self._stage.change_marks(
            hovered_node=hit.node, hovered_wire=wire, hovered_comment=hit.comment
        )
        self._tell_problem(problem_at(self._stage.drawing.problems, hit))

    def look(self, point: Point) -> Hit:
        """Return what is at a point; what is drawn without text has no ports to grab."""
        scale = self._stage.scale_factor()
        hit = hit_test(self._stage.diagram(), point, slack=max(0.0, 4.0 / scale - 4.0))
        if scale < MIDDLE and hit.part in (Part.INPUT, Part.OUTPUT):
            return Hit(Part.NODE, hit.node)
        if scale < FAR and hit.part in (Part.PICTURE, Part.POINT):
            return Hit(
                Part.WIRE if hit.node is None else Part.NUMBERS, hit.node, hit.port, hit.wire
            )
        return self._comment_over(hit, point, scale) or hit

    def _comment_over(self, hit: Hit, point: Point, scale: float) -> Hit | None:
        """Return the note or the frame that is at a point: notes lie above wires, frames below."""
        placed = self._stage.diagram().comments
        note = note_at(placed, point, scale) if hit.node is None else None
        return note or (frame_at(placed, point, scale) if hit.part is Part.NOTHING else None)

    def leave(self) -> None:
        """Mark nothing as hovered."""
        self._hit = NO_HIT
        self._stage.change_marks(hovered_node=None, hovered_wire=None, hovered_comment=None)
        self._tell_problem("")

    def forget(self) -> None:
        """Let the next move mark anew: a gesture has marked what it liked."""
        self._hit = NO_HIT

    def cursor_shape(self) -> Qt.CursorShape:
        """Return the shape of the cursor over what it hovers."""
        return _SHAPES.get(self._hit.part, Qt.CursorShape.ArrowCursor)

    def _tell_problem(self, sentence: str) -> None:
        """Say what is amiss under the pointer, and no longer what was amiss elsewhere."""
        if sentence != self._amiss:
            self._amiss = sentence
            self._stage.say(sentence)

    def _forget_vanished(self) -> None:
        graph, hit = self._stage.editor.document.graph, self._hit
        lost_node = hit.node is not None and hit.node not in graph
        if lost_node or (hit.wire is not None and not holds_wire(graph, hit.wire)):
            self.leave()
