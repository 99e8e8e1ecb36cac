"""Gates that are dragged in from the palette and dropped, beside wires or on one."""

from __future__ import annotations

from typing import TypeAlias, final

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QDragLeaveEvent, QDropEvent

from chainrule.errors import ChainruleError
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.crossing import nearest_wire
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.stage import CanvasStage
from chainrule_desktop.canvas.tools.splicing import SPLICE_REACH
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.splicing import add_on_wire
from chainrule_desktop.messages import explain

GATE_MIME_TYPE = "application/x-chainrule-gate"

DragEvent: TypeAlias = QDropEvent
"""Entering, moving and dropping: Qt derives the first two from the last."""


@final
class Dropping(QObject):
    """Adds the gate that is dropped, into the wire under it if there is one.

    Signals:
        dropped(str): a node of this id was added.
    """

    dropped = Signal(str)

    def __init__(self, stage: CanvasStage, camera: Camera, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._camera = camera

    def consider(self, event: DragEvent) -> None:
        """Welcome a gate, and light up the wire that would take it in."""
        if not event.mimeData().hasFormat(GATE_MIME_TYPE):
            event.ignore()
            return
        event.acceptProposedAction()
        wire = self._wire_under(event)
        self._stage.change_marks(hovered_wire=wire)
        self._stage.say(_sentence(_kind_name(event), wire))

    def leave(self, event: QDragLeaveEvent) -> None:
        """Forget the gate: it is dragged elsewhere."""
        self._clear()
        event.accept()

    def drop(self, event: DragEvent) -> None:
        """Add the gate where it was dropped."""
        if not event.mimeData().hasFormat(GATE_MIME_TYPE):
            event.ignore()
            return
        wire, name, point = self._wire_under(event), _kind_name(event), self._point(event)
        self._clear()
        event.acceptProposedAction()
        try:
            self.dropped.emit(self._add(name, (round(point[0]), round(point[1])), wire))
        except ChainruleError as error:
            self._stage.say(explain(error))

    def _add(self, name: str, place: Point, wire: Wire | None) -> NodeId:
        editor = self._stage.editor
        if wire is None:
            return editor.add(name, place)
        return add_on_wire(editor, self._stage.drawing, name, place, wire)

    def _wire_under(self, event: DragEvent) -> Wire | None:
        """Return the wire on which a gate is, None for one that a wire can't be led through."""
        held_apart = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if held_apart or not self._takes_inputs(_kind_name(event)):
            return None
        return nearest_wire(self._stage.diagram(), self._point(event), SPLICE_REACH)

    def _takes_inputs(self, kind_name: str) -> bool:
        try:
            return self._stage.editor.offered(kind_name).kind.least_ports > 0
        except ChainruleError:
            return False

    def _point(self, event: DragEvent) -> Point:
        return self._camera.point(QPointF(event.position()))

    def _clear(self) -> None:
        self._stage.change_marks(hovered_wire=None)
        self._stage.say("")


def _kind_name(event: DragEvent) -> str:
    return bytes(event.mimeData().data(GATE_MIME_TYPE).data()).decode("utf-8", "replace")


def _sentence(kind_name: str, wire: Wire | None) -> str:
    if wire is None:
        return f"Drop {kind_name} here to add it, or on a wire to put it into the wire."
    ends = f"{wire.source} to {wire.target}"
    return f"Splices {kind_name} into the wire from {ends} (Alt: only add)."
