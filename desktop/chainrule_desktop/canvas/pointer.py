"""The pointer over the canvas, and the gesture that is under way."""

from __future__ import annotations

import math
from collections.abc import Generator
from contextlib import contextmanager
from typing import final

from PySide6.QtCore import QObject, Qt, Signal

from chainrule.graph.changes import Changes
from chainrule_desktop.canvas.held import NOTHING_HELD, Held
from chainrule_desktop.canvas.hit import NO_HIT, Hit, Part
from chainrule_desktop.canvas.hovering import Hovering
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.stage import CanvasStage
from chainrule_desktop.canvas.tools.comment import CommentTool
from chainrule_desktop.canvas.tools.move import MoveTool
from chainrule_desktop.canvas.tools.reroute import RerouteTool
from chainrule_desktop.canvas.tools.select import SelectTool
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Armed, Tool
from chainrule_desktop.canvas.tools.wire import WireTool


@final
class Pointer(QObject):
    """Begins, feeds and ends gestures.

    Signals:
        picture_clicked(object, str): the picture of a node or a wire; "value" or "gradient".
        opened(object, tuple): a double click on that Hit, at that point.
        armed_changed(): the next drag is another gesture now.
    """

    picture_clicked = Signal(object, str)
    opened = Signal(object, tuple)
    armed_changed = Signal()

    def __init__(self, stage: CanvasStage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self.hovering = Hovering(stage)
        self._tool: Tool | None = None
        self._armed: Armed | None = None
        self._last: Point = (0.0, 0.0)
        self._acting = False
        self._pressed: tuple[Hit, Point] = NO_HIT, (0.0, 0.0)
        document = stage.editor.document
        document.changed.connect(self._notice_edit)
        document.replaced.connect(self._abandon)

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._tool is not None

    @property
    def armed(self) -> bool:
        """Whether the next drag is a gesture that was chosen before."""
        return self._armed is not None

    def arm(self, armed: Armed | None) -> None:
        """Make the next drag a gesture of that kind, wherever it begins; None for the usual."""
        self._armed = armed
        self._stage.say("" if armed is None else armed.sentence)
        self.armed_changed.emit()

    def cursor_shape(self) -> Qt.CursorShape:
        """Return the shape of the cursor: that of the next drag, or over what it hovers."""
        return self.hovering.cursor_shape() if self._armed is None else self._armed.cursor

    def press(self, point: Point, held: Held) -> None:
        """Begin the gesture that belongs to what is at `point`, or the one that is armed."""
        self._last = point
        if self._armed is not None:
            armed = self._armed
            self.arm(None)
            self.begin(armed, point, held)
            return
        hit = self.hovering.look(point)
        self._pressed = hit, point
        selection = self._stage.editor.selection
        if self._stage.editor.document.cover.is_locked and hit.part is not Part.NOTHING:
            self._choose(hit, held)
        elif hit.part in (Part.OUTPUT, Part.INPUT):
            self._tool = WireTool(self._stage, hit, point, held)
        elif hit.comment is not None:
            self._tool = CommentTool(self._stage, hit.comment, point, held)
        elif hit.part is Part.POINT and hit.wire is not None:
            self._tool = RerouteTool(self._stage, hit.wire, hit.point, point)
        elif hit.node is not None:
            self._tool = MoveTool(self._stage, hit.node, point, held)
        elif hit.wire is not None:
            (selection.toggle if held.extends else selection.set)(wires=(hit.wire,))
        else:
            self._tool = SelectTool(self._stage, point, held)

    def _choose(self, hit: Hit, held: Held) -> None:
        """Select what was pressed; in a locked exercise nothing is dragged."""
        selection = self._stage.editor.selection
        choose = selection.toggle if held.extends else selection.set
        if hit.node is not None:
            choose((hit.node,))
        elif hit.wire is not None:
            choose(wires=(hit.wire,))
        elif hit.comment is not None:
            choose(comments=(hit.comment,))

    def begin(self, armed: Armed, point: Point, held: Held) -> None:
        """Begin a gesture at `point`, whatever is there."""
        self._pressed, self._last = (NO_HIT, point), point
        self._tool = armed.make(self._stage, point, held)

    def open(self, point: Point) -> None:
        """Say what was double-clicked."""
        self.opened.emit(self.hovering.look(point), point)

    def move(self, point: Point, held: Held, time: int = 0) -> None:
        """The pointer moved with the button held; `time` is in milliseconds, by its events."""
        self._stage.time = time or self._stage.time
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
            self.hovering.hover(point)
        (hit, start), self._pressed = self._pressed, (NO_HIT, point)
        still = math.dist(start, point) * self._stage.scale_factor() < STARTS_AFTER
        if still and not held.extends and hit.kind is not None:
            self.picture_clicked.emit(hit.node or hit.wire, hit.kind.value)

    def cancel(self) -> None:
        """Leave everything as it was before the gesture."""
        self._pressed = NO_HIT, (0.0, 0.0)
        tool = self._abandon()
        if tool is not None:
            with self._own_edits():
                tool.restore()

    def _abandon(self) -> Tool | None:
        """Drop the gesture and return it; the document stays as it is."""
        tool, self._tool = self._tool, None
        if tool is not None:
            tool.clear()
            self.hovering.forget()
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
        if not self._acting and (changes.structure or changes.moved or changes.comments):
            self._abandon()
