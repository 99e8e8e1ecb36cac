"""Moving the selected nodes."""

from __future__ import annotations

import math
from typing import final

from typing_extensions import override

from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Stage, Tool


@final
class MoveTool(Tool):
    """A drag of a node, which takes all selected nodes with it; a click selects."""

    def __init__(self, stage: Stage, node: NodeId, start: Point, held: Held) -> None:
        self._stage = stage
        self._node = node
        self._start = start
        self._extend = held.extends
        self._moving = False
        selection = stage.editor.selection
        self._before = selection.nodes, selection.wires
        # The node stays selected while the button is down; a click with the key held may drop it.
        self._was_selected = node in selection
        if not self._was_selected and held.extends:
            selection.add((node,))
        elif not self._was_selected:
            selection.set((node,))

    @override
    def move(self, point: Point, held: Held) -> None:
        dx, dy = point[0] - self._start[0], point[1] - self._start[1]
        if not self._moving:
            if math.hypot(dx, dy) * self._stage.scale_factor() < STARTS_AFTER:
                return
            self._begin()
        places = {each: (round(x + dx), round(y + dy)) for each, (x, y) in self._places.items()}
        self._stage.editor.move(places, merge=self)

    @override
    def clear(self) -> None:
        if self._moving:
            self._stage.say("")

    @override
    def release(self, point: Point, held: Held) -> None:
        selection = self._stage.editor.selection
        if self._moving or not self._was_selected:
            return
        if self._extend:
            selection.toggle((self._node,))
        else:
            selection.set((self._node,))

    @override
    def restore(self) -> None:
        self._stage.editor.document.take_back(self)
        nodes, wires = self._before
        self._stage.editor.selection.set(nodes, wires)

    def _begin(self) -> None:
        self._moving = True
        diagram = self._stage.diagram()
        rows = {each: diagram.parts.index[each] for each in self._stage.editor.selection.nodes}
        centers = diagram.geometry.centers
        self._places = {each: tuple(centers[row].tolist()) for each, row in rows.items()}
        self._stage.say("Escape puts everything back.")
