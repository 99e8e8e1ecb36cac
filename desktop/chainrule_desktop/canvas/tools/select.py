"""Selecting by a drag from empty canvas: with a box, or with a lasso that was armed before."""

from __future__ import annotations

import math
from typing import Final, final

from PySide6.QtCore import Qt
from typing_extensions import override

from chainrule_desktop.canvas.batch import listed_rows
from chainrule_desktop.canvas.catching import Box, Lasso, Snare
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.tools.tool import Armed, Stage, Tool

_CLOSEST = 3.0
"""How many pixels the pointer goes before a lasso gets another corner."""


@final
class Catch:
    """Selects what a snare holds: instead of what was selected, and with keys more or less."""

    def __init__(self, stage: Stage, snare: Snare, held: Held) -> None:
        self._stage = stage
        self._snare = snare
        selection = stage.editor.selection
        self._before = selection.nodes, selection.wires
        if not held.extends:
            selection.clear()

    def select(self, held: Held) -> None:
        """Select what is caught now and say what keys would do.

        Wires are caught only where no node is, so that a box around gates holds no wire that merely
        passes by.
        """
        nodes, parts = self._snare.nodes(), self._stage.diagram().parts
        rows = [] if nodes else listed_rows(self._snare.wires())
        wires = frozenset(parts.wires[row] for row in rows)
        old_nodes, old_wires = self._before
        selection = self._stage.editor.selection
        if held.control:
            less = set(nodes)
            selection.set((each for each in old_nodes if each not in less), old_wires - wires)
        elif held.shift:
            selection.set((*old_nodes, *nodes), old_wires | wires)
        else:
            selection.set(nodes, wires)
        self._stage.say(_sentence(held))

    def restore(self) -> None:
        """Select what was selected before."""
        nodes, wires = self._before
        self._stage.editor.selection.set(nodes, wires)


@final
class SelectTool(Tool):
    """A box from empty canvas: selects the nodes that it touches, live; without any, wires."""

    def __init__(self, stage: Stage, start: Point, held: Held) -> None:
        self._stage = stage
        self._start = start
        self._box = Box(stage.diagram(), start)
        self._catch = Catch(stage, self._box, held)

    @override
    def move(self, point: Point, held: Held) -> None:
        self._stage.change_marks(band=(self._start, point))
        self._box.grow(point)
        self._catch.select(held)

    @override
    def clear(self) -> None:
        self._stage.change_marks(band=None)
        self._stage.say("")

    @override
    def release(self, point: Point, held: Held) -> None:
        # What the box touches was selected while it was drawn.
        pass

    @override
    def restore(self) -> None:
        self._catch.restore()


@final
class LassoTool(Tool):
    """A line around nodes, drawn anywhere: selects those whose middle is inside, live."""

    def __init__(self, stage: Stage, start: Point, held: Held) -> None:
        self._stage = stage
        self._lasso = Lasso(stage.diagram(), start)
        self._catch = Catch(stage, self._lasso, held)

    @override
    def move(self, point: Point, held: Held) -> None:
        if math.dist(self._lasso.line[-1], point) * self._stage.scale_factor() >= _CLOSEST:
            self._lasso.grow(point)
            self._stage.change_marks(lasso=self._lasso.line)
        self._catch.select(held)

    @override
    def clear(self) -> None:
        self._stage.change_marks(lasso=())
        self._stage.say("")

    @override
    def release(self, point: Point, held: Held) -> None:
        # What the lasso goes around was selected while it was drawn.
        pass

    @override
    def restore(self) -> None:
        self._catch.restore()


LASSO: Final = Armed(
    LassoTool,
    Qt.CursorShape.CrossCursor,
    "Draw around what is to be selected; Shift adds, Ctrl takes away, Escape puts the lasso away.",
)


def _sentence(held: Held) -> str:
    if held.control:
        return "Takes away from the selection; let Ctrl go to select only this, Escape goes back."
    if held.shift:
        return "Adds to the selection; let Shift go to select only this, Escape goes back."
    return "Shift adds to the selection, Ctrl takes away, Escape goes back."
