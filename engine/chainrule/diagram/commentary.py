"""Frames and notes of a drawing: what of them is shown, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.geometry import Geometry
from chainrule.diagram.notes import NOTE_SIZE, NoteLayout, lay_out_note
from chainrule.diagram.parts import Parts
from chainrule.diagram.reach import reaches
from chainrule.diagram.readouts import readout_boxes
from chainrule.diagram.text import one_line, shorten
from chainrule.graph.checks import Problem, Severity
from chainrule.graph.comments import Comments, Frame, Note, comments_of
from chainrule.graph.graph import GateGraph

FRAME_PADDING: Final = 14.0
FRAME_CORNER: Final = 10.0
FRAME_BORDER: Final = 1.2
TITLE_SIZE: Final = 13.0
TITLE_BAND: Final = 24.0
"""The height of the strip of a frame that carries its title, at the usual size of text."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Commentary:
    """The k frames and n notes that are drawn, apart from where the frames stand.

    `numbers` (k,) are the frames' numbers in the graph; frames stand inner ones first, so that one
    that holds another comes behind it. `members` are the rows of the nodes in each frame, one frame
    after the other, from `starts` (k,) on. `held` names, for each frame, those directly within it.
    `scale` is that of all text.
    """

    frames: tuple[Frame, ...]
    numbers: tuple[int, ...]
    members: Indices
    starts: Indices
    held: tuple[tuple[int, ...], ...]
    notes: tuple[Note, ...]
    layouts: tuple[NoteLayout, ...]
    scale: float

    def rows_in(self, frame: int) -> Indices:
        """Return the rows of the nodes within a frame."""
        ends = [*self.starts[1:].tolist(), len(self.members)]
        return self.members[self.starts[frame] : ends[frame]]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Frames and notes at their places: left, top, right and bottom, arrays (k, 4) and (n, 4)."""

    of: Commentary
    frames: Floats
    notes: Floats

    @property
    def outer_first(self) -> range:
        """The frames in the order in which they are painted."""
        return range(len(self.of.frames) - 1, -1, -1)

    def title(self, frame: int) -> str:
        """Return a frame's title, as far as there is room for it."""
        left, _, right, _ = self.frames[frame].tolist()
        room = right - left - 2 * FRAME_PADDING * self.of.scale
        return shorten(one_line(self.of.frames[frame].title), TITLE_SIZE * self.of.scale, room)


_NOBODY: Final = np.zeros(0, np.intp)
_NOTHING: Final = Commentary((), (), _NOBODY, _NOBODY, (), (), (), 1.0)
_NOWHERE: Final = np.zeros((0, 4))
NO_COMMENTS: Final = Placed(_NOTHING, _NOWHERE, _NOWHERE)


def commentary_of(graph: GateGraph, parts: Parts) -> Commentary:
    """Return what is drawn of a graph's frames and notes: frames with nodes, and all notes."""
    comments = comments_of(graph.header)
    if not comments:
        return _NOTHING
    known = _members(comments, parts)
    inner_first = sorted(known, key=lambda number: (len(known[number]), -number))
    lists = [known[number] for number in inner_first]
    counts = np.array([len(each) for each in lists], np.intp)
    scale = parts.text_scale
    return Commentary(
        tuple(comments.frames[number] for number in inner_first),
        tuple(inner_first),
        np.array([row for each in lists for row in each], np.intp),
        np.cumsum(counts) - counts,
        _held(lists),
        comments.notes,
        tuple(lay_out_note(note.text, NOTE_SIZE * scale) for note in comments.notes),
        scale,
    )


def place_comments(commentary: Commentary, parts: Parts, geometry: Geometry) -> Placed:
    """Return the frames around their nodes and around the frames that they hold, and the notes."""
    if commentary is _NOTHING:
        return NO_COMMENTS
    boxes = _around_nodes(commentary, parts, geometry)
    padding, band = FRAME_PADDING * commentary.scale, TITLE_BAND * commentary.scale
    for frame, held in enumerate(commentary.held):
        if held:
            inner = boxes[[frame, *held]]
            boxes[frame, :2] = inner[:, :2].min(axis=0)
            boxes[frame, 2:] = inner[:, 2:].max(axis=0)
        boxes[frame] += (-padding, -padding - band, padding, padding)
    notes = np.empty((len(commentary.notes), 4))
    for row, (note, layout) in enumerate(zip(commentary.notes, commentary.layouts, strict=True)):
        x, y = note.position
        notes[row] = x, y, x + layout.width, y + layout.height
    return Placed(commentary, boxes, notes)


def comment_problems(placed: Placed) -> list[Problem]:
    """Return what is amiss in notes: formulas that can't be set."""
    faults = (fault for layout in placed.of.layouts for fault in layout.faults)
    return [Problem(None, f"in a note, {fault}", Severity.WARNING) for fault in faults]


def _members(comments: Comments, parts: Parts) -> dict[int, list[int]]:
    """Return the rows of the nodes of each frame that has any, by the frame's number."""
    index = parts.index
    rows = ([index[each] for each in frame.nodes if each in index] for frame in comments.frames)
    return {number: each for number, each in enumerate(rows) if each}


def _held(lists: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return for each frame the frames within it that no other frame within it holds.

    Frames are given by their nodes, inner ones first; of two around the same nodes the later one is
    around the other.
    """
    sets = [frozenset(each) for each in lists]
    around: dict[int, list[int]] = {}
    for number, each in enumerate(sets):
        for row in each:
            around.setdefault(row, []).append(number)
    held: list[list[int]] = [[] for _ in sets]
    for number, each in enumerate(sets):
        # The first frame behind it that has all of its nodes is the smallest one around it.
        candidates = (other for other in around[min(each)] if other > number)
        parent = next((other for other in candidates if each <= sets[other]), None)
        if parent is not None:
            held[parent].append(number)
    return tuple(map(tuple, held))


def _around_nodes(commentary: Commentary, parts: Parts, geometry: Geometry) -> Floats:
    members, starts = commentary.members, commentary.starts
    boxes = np.empty((len(starts), 4))
    if len(starts):
        centers, reach = geometry.centers[members], reaches(parts)[members]
        boxes[:, :2] = np.minimum.reduceat(centers - reach[:, :2], starts, axis=0)
        boxes[:, 2:] = np.maximum.reduceat(centers + reach[:, 2:], starts, axis=0)
    readouts = readout_boxes(parts, geometry)
    for frame in range(len(starts)) if readouts else ():
        for row in readouts.keys() & set(commentary.rows_in(frame).tolist()):
            boxes[frame, :2] = np.minimum(boxes[frame, :2], readouts[row][:2])
            boxes[frame, 2:] = np.maximum(boxes[frame, 2:], readouts[row][2:])
    return boxes
