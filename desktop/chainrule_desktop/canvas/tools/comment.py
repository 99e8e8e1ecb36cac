"""Moving frames with all that is in them, and notes."""

from __future__ import annotations

import math
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.graph.node import NodeId, Position
from chainrule_desktop.canvas.held import Held
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Stage, Tool
from chainrule_desktop.document.selection import Comment, CommentKind

_SAYS = "Escape puts everything back."


@final
class CommentTool(Tool):
    """A drag of a frame or a note with all that is selected; a click selects.

    A frame takes its nodes along, the frames in it with them, and the notes that stand in it.
    """

    def __init__(self, stage: Stage, comment: Comment, start: Point, held: Held) -> None:
        self._stage = stage
        self._comment = comment
        self._start = start
        self._extend = held.extends
        self._moving = False
        self._nodes: dict[NodeId, Position] = {}
        self._notes: dict[int, Position] = {}
        selection = stage.editor.selection
        self._before = selection.nodes, selection.wires, selection.comments
        self._was_selected = comment in selection
        if not self._was_selected and held.extends:
            selection.add(comments=(comment,))
        elif not self._was_selected:
            selection.set(comments=(comment,))

    @override
    def move(self, point: Point, held: Held) -> None:
        dx, dy = point[0] - self._start[0], point[1] - self._start[1]
        if not self._moving:
            if math.hypot(dx, dy) * self._stage.scale_factor() < STARTS_AFTER:
                return
            self._begin()
        dx, dy = round(dx), round(dy)
        nodes = {each: (x + dx, y + dy) for each, (x, y) in self._nodes.items()}
        notes = {each: (x + dx, y + dy) for each, (x, y) in self._notes.items()}
        self._stage.editor.commenter.move(nodes, notes, merge=self)

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
            selection.toggle(comments=(self._comment,))
        else:
            selection.set(comments=(self._comment,))

    @override
    def restore(self) -> None:
        editor = self._stage.editor
        editor.document.take_back(self)
        editor.selection.set(*self._before)

    def _begin(self) -> None:
        self._moving = True
        selection, diagram = self._stage.editor.selection, self._stage.diagram()
        placed = diagram.comments
        chosen = selection.comments
        rows = {diagram.parts.index[each] for each in selection.nodes}
        notes = {each.number for each in chosen if each.kind is CommentKind.NOTE}
        for frame, number in enumerate(placed.of.numbers):
            if Comment(CommentKind.FRAME, number) in chosen:
                rows.update(placed.of.rows_in(frame).tolist())
                notes.update(_within(placed.notes, placed.frames[frame]))
        ids, centers = diagram.parts.ids, diagram.geometry.centers
        self._nodes = {ids[row]: (centers[row, 0].item(), centers[row, 1].item()) for row in rows}
        self._notes = {each: placed.of.notes[each].position for each in notes}
        self._stage.say(_SAYS)


def _within(boxes: np.ndarray, around: np.ndarray) -> list[int]:
    """Return the rows of the boxes whose middle is within another."""
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    inside = (middles >= around[:2]).all(axis=1) & (middles <= around[2:]).all(axis=1)
    return np.flatnonzero(inside).tolist()
