"""Cutting wires by a drag across them."""

from __future__ import annotations

import math
from typing import Final, final

from PySide6.QtCore import Qt
from typing_extensions import override

from chainrule.graph.node import Wire
from chainrule_desktop.canvas.crossing import wires_across
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.tools.tool import Armed, Stage, Tool
from chainrule_desktop.document.rewiring import cut
from chainrule_desktop.messages import count

_CLOSEST = 2.0
"""How many pixels the pointer goes before the trace gets another corner."""


@final
class KnifeTool(Tool):
    """A line drawn anywhere: the wires that it crosses are cut when the button is let go."""

    def __init__(self, stage: Stage, start: Point, held: Held) -> None:
        self._stage = stage
        self._trace = [start]
        # A dictionary keeps the order in which wires were crossed.
        self._crossed: dict[Wire, None] = {}

    @override
    def move(self, point: Point, held: Held) -> None:
        last = self._trace[-1]
        if math.dist(last, point) * self._stage.scale_factor() < _CLOSEST:
            return
        self._trace.append(point)
        self._crossed.update(dict.fromkeys(wires_across(self._stage.diagram(), last, point)))
        self._stage.change_marks(trace=tuple(self._trace), cut_wires=frozenset(self._crossed))
        self._stage.say(self._sentence(), beside_pointer=True)

    @override
    def clear(self) -> None:
        self._stage.change_marks(trace=(), cut_wires=frozenset())
        self._stage.say("", beside_pointer=True)

    @override
    def release(self, point: Point, held: Held) -> None:
        if self._crossed:
            cut(self._stage.editor, self._crossed)
            self._stage.say(f"Cut {count(len(self._crossed), 'wire')}.")

    @override
    def restore(self) -> None:
        # Nothing is cut before the button is let go.
        pass

    def _sentence(self) -> str:
        if not self._crossed:
            return "Drag across wires to cut them; Escape leaves them."
        return f"Cuts {count(len(self._crossed), 'wire')}; Escape leaves them."


KNIFE: Final = Armed(
    KnifeTool,
    Qt.CursorShape.CrossCursor,
    "Drag across wires to cut them; Escape puts the knife away.",
)
