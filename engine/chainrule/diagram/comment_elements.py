"""Frames and notes as primitives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chainrule.diagram.commentary import (
    FRAME_BORDER,
    FRAME_CORNER,
    FRAME_PADDING,
    TITLE_BAND,
    TITLE_SIZE,
    Placed,
)
from chainrule.diagram.notes import plain_text
from chainrule.diagram.primitives import Element, Enclosure, Formula, Primitive, Text, Title
from chainrule.diagram.text import one_line

# The baseline of a title in its strip.
_TITLE_DROP = 0.74


def frame_elements(placed: Placed) -> Iterator[Element]:
    """Yield the frames, outer ones first."""
    commentary = placed.of
    for row in placed.outer_first:
        frame = commentary.frames[row]
        left, top, right, bottom = placed.frames[row].tolist()
        drawn: list[Primitive] = [
            Enclosure((left, top, right, bottom), FRAME_CORNER, frame.hue, FRAME_BORDER)
        ]
        title = placed.title(row)
        if title:
            scale = commentary.scale
            at = left + FRAME_PADDING * scale, top + _TITLE_DROP * TITLE_BAND * scale
            drawn.append(Title(at, title, TITLE_SIZE * scale, frame.hue))
        said = f"frame {one_line(frame.title)}".rstrip()
        yield Element(f"frame-{commentary.numbers[row] + 1}", "frame", said, tuple(drawn))


def note_elements(placed: Placed) -> Iterator[Element]:
    """Yield the notes, each where it stands."""
    for row, (note, layout) in enumerate(zip(placed.of.notes, placed.of.layouts, strict=True)):
        x, y = note.position
        drawn = tuple(_moved(each, x, y) for each in layout.primitives)
        yield Element(f"note-{row + 1}", "note", f"note: {plain_text(note.text)}", drawn)


def _moved(primitive: Text | Formula, dx: float, dy: float) -> Text | Formula:
    x, y = primitive.at
    return replace(primitive, at=(x + dx, y + dy))
