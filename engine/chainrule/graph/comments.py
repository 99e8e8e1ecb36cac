"""What people write around a graph: frames with a title around nodes, and notes.

A file's `frames` and `notes` stay in the header as they were read. What is sound of them is read
from there; what isn't is kept and shown nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeAlias, cast, final

from chainrule.graph.node import NO_EXTRAS, Extras, Header, NodeId, Position

_FRAME_KEYS = frozenset(("title", "colour", "nodes"))
_NOTE_KEYS = frozenset(("text", "position"))
_FARTHEST = 1e9

Json: TypeAlias = Any


@final
class Hue(StrEnum):
    """The colours of frames, by the names that stand in files."""

    GREY = "grey"
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PURPLE = "purple"


def _no_extras() -> Extras:
    return NO_EXTRAS


@final
@dataclass(frozen=True, slots=True)
class Frame:
    """A titled frame around nodes; ids that the graph doesn't have mean nothing.

    `colour` is the name of a hue; one that this version doesn't know is kept and shown grey.
    """

    title: str
    nodes: tuple[NodeId, ...]
    colour: str = Hue.GREY.value
    extras: Extras = field(default_factory=_no_extras)

    @property
    def hue(self) -> Hue:
        """The colour in which the frame is shown."""
        return Hue(self.colour) if self.colour in tuple(Hue) else Hue.GREY


@final
@dataclass(frozen=True, slots=True)
class Note:
    """A text of its own with its top left corner at `position`; `$…$` in it is LaTeX."""

    text: str
    position: Position
    extras: Extras = field(default_factory=_no_extras)


@final
@dataclass(frozen=True, slots=True)
class Comments:
    """The frames and notes of a graph, in the order of its file."""

    frames: tuple[Frame, ...] = ()
    notes: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.frames or self.notes)


def comments_of(header: Header) -> Comments:
    """Return the frames and notes that a header holds, without what is malformed."""
    frames = (_frame(each) for each in _items(header.frames))
    notes = (_note(each) for each in _items(header.notes))
    return Comments(
        tuple(each for each in frames if each is not None),
        tuple(each for each in notes if each is not None),
    )


def with_comments(header: Header, comments: Comments) -> Header:
    """Return the header with other frames and notes; what was malformed stays, behind them."""
    before = comments_of(header)
    frames, notes = header.frames, header.notes
    if comments.frames != before.frames:
        odd = [each for each in _items(frames) if _frame(each) is None]
        frames = [*map(_frame_json, comments.frames), *odd] or None
    if comments.notes != before.notes:
        odd = [each for each in _items(notes) if _note(each) is None]
        notes = [*map(_note_json, comments.notes), *odd] or None
    return replace(header, frames=frames, notes=notes)


def mentions(header: Header, ids: Collection[NodeId]) -> bool:
    """Say whether any frame has one of these nodes."""
    if header.frames is None:
        return False
    return any(each in ids for frame in comments_of(header).frames for each in frame.nodes)


def without_nodes(header: Header, gone: Collection[NodeId]) -> Header:
    """Return the header with frames that have lost these nodes; one without any other goes too."""
    if not mentions(header, gone):
        return header
    comments = comments_of(header)
    frames: list[Frame] = []
    for frame in comments.frames:
        left = tuple(each for each in frame.nodes if each not in gone)
        if left or not frame.nodes:
            frames.append(replace(frame, nodes=left))
    return with_comments(header, replace(comments, frames=tuple(frames)))


def with_renamed(header: Header, old: NodeId, new: NodeId) -> Header:
    """Return the header with frames that know a node by its new id."""
    if not mentions(header, (old,)):
        return header
    return with_comments(header, _renamed(comments_of(header), {old: new}))


def comments_among(comments: Comments, ids: Collection[NodeId], notes: Iterable[int]) -> Comments:
    """Return the frames all of whose nodes are among `ids`, and the notes with these numbers."""
    frames = (each for each in comments.frames if each.nodes and {*each.nodes} <= {*ids})
    chosen = {*notes}
    return Comments(
        tuple(frames), tuple(each for row, each in enumerate(comments.notes) if row in chosen)
    )


def joined_comments(
    comments: Comments, other: Comments, ids: Mapping[NodeId, NodeId], offset: Position
) -> Comments:
    """Return `comments` and then `other`, whose nodes are called otherwise and stand elsewhere."""
    dx, dy = offset
    moved = (
        replace(note, position=(note.position[0] + dx, note.position[1] + dy))
        for note in other.notes
    )
    return Comments(
        (*comments.frames, *_renamed(other, ids).frames),
        (*comments.notes, *moved),
    )


def _renamed(comments: Comments, ids: Mapping[NodeId, NodeId]) -> Comments:
    frames = (
        replace(frame, nodes=tuple(dict.fromkeys(ids.get(each, each) for each in frame.nodes)))
        for frame in comments.frames
    )
    return replace(comments, frames=tuple(frames))


def _items(value: Json) -> list[Json]:
    """Return the entries of an array; anything else is one entry, which can't be sound."""
    if isinstance(value, list):
        return cast("list[Json]", value)
    return [] if value is None else [value]


def _frame(value: Json) -> Frame | None:
    fields = _fields(value)
    title, colour = fields.get("title", ""), fields.get("colour", Hue.GREY.value)
    nodes = fields.get("nodes")
    if not (isinstance(title, str) and isinstance(colour, str) and isinstance(nodes, list)):
        return None
    ids = cast("list[Json]", nodes)
    if not all(isinstance(each, str) for each in ids):
        return None
    return Frame(title, tuple(dict.fromkeys(ids)), colour, _extras(fields, _FRAME_KEYS))


def _note(value: Json) -> Note | None:
    fields = _fields(value)
    text, position = fields.get("text"), fields.get("position")
    if not (isinstance(text, str) and isinstance(position, list)):
        return None
    place = cast("list[Json]", position)
    if len(place) != 2 or not all(_is_place(each) for each in place):
        return None
    return Note(text, (float(place[0]), float(place[1])), _extras(fields, _NOTE_KEYS))


def _is_place(number: Json) -> bool:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return False
    return math.isfinite(number) and abs(number) <= _FARTHEST


def _fields(value: Json) -> dict[str, Json]:
    return cast("dict[str, Json]", value) if isinstance(value, dict) else {}


def _extras(fields: Mapping[str, Json], known: frozenset[str]) -> Extras:
    if known.issuperset(fields):
        return NO_EXTRAS
    return MappingProxyType({key: each for key, each in fields.items() if key not in known})


def _frame_json(frame: Frame) -> dict[str, Json]:
    return {
        "title": frame.title,
        "colour": frame.colour,
        "nodes": [*frame.nodes],
        **frame.extras,
    }


def _note_json(note: Note) -> dict[str, Json]:
    return {"text": note.text, "position": [*map(_short, note.position)], **note.extras}


def _short(number: float) -> float | int:
    """Return a whole number as such, as a file says it."""
    return int(number) if number == int(number) else number
