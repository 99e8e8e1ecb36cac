"""Moving the selected nodes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias, final

from typing_extensions import override

from chainrule.graph.node import NodeId, Position
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.snapping import REACH, Snapper, Snapping
from chainrule_desktop.canvas.tools.companion import Companion
from chainrule_desktop.canvas.tools.shaking import Shake
from chainrule_desktop.canvas.tools.splicing import Splicing
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Stage, Tool
from chainrule_desktop.document.rewiring import detach

CompanionFactory: TypeAlias = Callable[[Stage, tuple[NodeId, ...]], Companion]
"""Makes a companion for a drag of these nodes that begins; the last one is under the pointer."""

COMPANIONS: tuple[CompanionFactory, ...] = (Splicing,)
"""What goes along with every drag of nodes."""

_BACK = "Escape puts everything back."


@final
class MoveTool(Tool):
    """A drag of a node, which takes all selected nodes with it; a click selects."""

    def __init__(self, stage: Stage, node: NodeId, start: Point, held: Held) -> None:
        self._stage = stage
        self._node = node
        self._start = start
        self._extend = held.extends
        self._companions: list[Companion] = []
        self._shake, self._shaken = Shake(), ""
        self._moving = False
        self._places: Mapping[NodeId, Position] = {}
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
        dx, dy = self._snapped((dx, dy), held)
        self._places = {
            each: (round(x + dx), round(y + dy)) for each, (x, y) in self._origin.items()
        }
        self._stage.editor.move(self._places, merge=self)
        self._feel_shake(point)
        said = [companion.move(self._places, held) for companion in self._companions]
        self._stage.say(" ".join(filter(None, (self._shaken, *said, self._snaps(held), _BACK))))

    @override
    def clear(self) -> None:
        for companion in self._companions:
            companion.clear()
        if self._moving:
            self._stage.change_marks(guides=())
            self._stage.say("")

    @override
    def release(self, point: Point, held: Held) -> None:
        selection = self._stage.editor.selection
        if self._moving:
            for companion in self._companions:
                companion.release(self._places, self, held)
        elif self._was_selected and self._extend:
            selection.toggle((self._node,))
        elif self._was_selected:
            selection.set((self._node,))

    @override
    def restore(self) -> None:
        self._stage.editor.document.take_back(self)
        nodes, wires = self._before
        self._stage.editor.selection.set(nodes, wires)

    def _begin(self) -> None:
        self._moving = True
        diagram = self._stage.diagram()
        others = (each for each in self._stage.editor.selection.nodes if each != self._node)
        nodes = (*others, self._node)
        centers = diagram.geometry.centers
        places = centers[[diagram.parts.index[each] for each in nodes]].tolist()
        self._origin = {each: (x, y) for each, (x, y) in zip(nodes, places, strict=True)}
        self._snapper = Snapper(diagram, nodes)
        self._companions = [make(self._stage, nodes) for make in COMPANIONS]

    def _snapped(self, shift: Point, held: Held) -> Point:
        """Return how far the nodes go: to where they snap, unless the key for free places is held.

        Guide lines show to what they have snapped.
        """
        to = Snapping() if held.control else self._stage.snapping
        reach = REACH / self._stage.scale_factor()
        shift, guides = self._snapper.snap(shift, self._stage.visible_area(), reach, to)
        self._stage.change_marks(guides=guides)
        return shift

    def _snaps(self, held: Held) -> str:
        """Return what the key for free places does."""
        if not (self._stage.snapping.grid or self._stage.snapping.neighbours):
            return ""
        return "Moving freely." if held.control else "Hold Ctrl to move freely."

    def _feel_shake(self, point: Point) -> None:
        """Take the nodes out of their wires when they are shaken."""
        scale = self._stage.scale_factor()
        if self._shake.feels(point[0] * scale, point[1] * scale, self._stage.time):
            loose = detach(self._stage.editor, tuple(self._origin), self)
            if loose:
                what = loose[0] if len(loose) == 1 else f"{len(loose)} nodes"
                self._shaken = f"Shaken loose: {what}."
