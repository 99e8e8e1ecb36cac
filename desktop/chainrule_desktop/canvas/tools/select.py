"""Selecting with a rubber band."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QPointF, QRectF
from typing_extensions import override

from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.hit import nodes_within
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.tools.tool import Stage, Tool


@final
class SelectTool(Tool):
    """A rubber band from empty canvas: selects the nodes that it touches, live."""

    def __init__(self, stage: Stage, start: Point, held: Held) -> None:
        self._stage = stage
        self._start = start
        selection = stage.editor.selection
        self._before = selection.nodes, selection.wires
        if not held.extends:
            selection.clear()
        self._kept = selection.nodes, selection.wires

    @override
    def move(self, point: Point, held: Held) -> None:
        self._stage.change_marks(band=(self._start, point))
        touched = nodes_within(self._stage.diagram(), self._area(point))
        nodes, wires = self._kept
        self._stage.editor.selection.set((*nodes, *touched), wires)

    @override
    def clear(self) -> None:
        self._stage.change_marks(band=None)

    @override
    def release(self, point: Point, held: Held) -> None:
        # What the band touches was selected while it was drawn.
        pass

    @override
    def restore(self) -> None:
        nodes, wires = self._before
        self._stage.editor.selection.set(nodes, wires)

    def _area(self, point: Point) -> QRectF:
        return QRectF(QPointF(*self._start), QPointF(*point)).normalized()
