"""Moving a reroute point of a wire."""

from __future__ import annotations

import math
from typing import final

from typing_extensions import override

from chainrule.graph.node import Wire
from chainrule.graph.routes import route_of
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Stage, Tool
from chainrule_desktop.document.rerouting import move_point

_SAYS = "With Shift the point moves straight across or down only. Escape puts it back."


@final
class RerouteTool(Tool):
    """A drag of a reroute point, which leads its wire elsewhere; a click selects the point."""

    def __init__(self, stage: Stage, wire: Wire, index: int, start: Point) -> None:
        self._stage = stage
        self._wire = wire
        self._index = index
        self._start = start
        self._moving = False
        selection = stage.editor.selection
        self._before = selection.nodes, selection.wires, selection.comments
        self._point_before = selection.point
        graph = stage.editor.document.graph
        self._origin = route_of(graph, wire.target, wire.port)[index]
        selection.set(wires=(wire,))
        selection.choose_point(index)

    @override
    def move(self, point: Point, held: Held) -> None:
        dx, dy = point[0] - self._start[0], point[1] - self._start[1]
        if not self._moving and math.hypot(dx, dy) * self._stage.scale_factor() < STARTS_AFTER:
            return
        self._moving = True
        if held.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        place = (float(round(self._origin[0] + dx)), float(round(self._origin[1] + dy)))
        move_point(self._stage.editor.document, self._wire, self._index, place, self)
        self._stage.say(_SAYS)

    @override
    def clear(self) -> None:
        if self._moving:
            self._stage.say("")

    @override
    def release(self, point: Point, held: Held) -> None:
        # The point has followed the pointer.
        pass

    @override
    def restore(self) -> None:
        selection = self._stage.editor.selection
        self._stage.editor.document.take_back(self)
        selection.set(*self._before)
        selection.choose_point(self._point_before)
