"""Notes as lines of words and formulas, in units of the canvas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias, final

from chainrule.diagram.formulas import Typeset, typeset
from chainrule.diagram.ink import Role
from chainrule.diagram.primitives import Anchor, Formula, Point, Text
from chainrule.diagram.text import ASCENT, DESCENT, one_line, text_width
from chainrule.errors import FormulaError

NOTE_SIZE: Final = 13.0
NOTE_WIDTH: Final = 360.0
"""Lines of a note are broken where they would be longer."""

FORMULA_SIZE: Final = 1.12
"""Formulas in the size of the text around them; their font looks smaller than that."""

_LINE_GAP = 0.35
_MATHS = re.compile(r"\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>(?:\\.|[^$\\])+)\$")

_Item: TypeAlias = str | Typeset
_Line: TypeAlias = list[tuple[float, _Item]]


@final
@dataclass(frozen=True, slots=True)
class NoteLayout:
    """A note's texts and formulas with its top left corner at (0, 0), its size and its faults."""

    width: float
    height: float
    primitives: tuple[Text | Formula, ...]
    faults: tuple[str, ...]


@lru_cache(maxsize=512)
def lay_out_note(text: str, size: float = NOTE_SIZE) -> NoteLayout:
    """Return the layout of a note; a formula that can't be set shows as it was typed."""
    faults: list[str] = []
    room = NOTE_WIDTH * size / NOTE_SIZE
    top, width = 0.0, 0.0
    drawn: list[Text | Formula] = []
    for paragraph in text.expandtabs(4).split("\n"):
        shown = "".join(each if each.isprintable() else " " for each in paragraph)
        for line in _broken([*_items(shown, size, faults)], size, room):
            ascent, descent = _reach(line, size)
            drawn.extend(_drawn(line, top + ascent, size))
            ends = (x + _width(item, size) for x, item in line if item != " ")
            width = max(width, *ends, 0.0)
            top += ascent + descent + _LINE_GAP * size
    return NoteLayout(max(width, size), top - _LINE_GAP * size, tuple(drawn), tuple(faults))


def plain_text(text: str) -> str:
    """Return a note's text in one line, for those who can't see it."""
    return one_line(text.replace("\\$", "$"))


def _items(paragraph: str, size: float, faults: list[str]) -> Iterator[_Item]:
    """Yield words, each space on its own, and formulas."""
    place = 0
    for found in _MATHS.finditer(paragraph):
        yield from _words(paragraph[place : found.start()])
        place = found.end()
        source = found["display"] or found["inline"]
        try:
            yield typeset(source.strip(), size * FORMULA_SIZE, display=found["display"] is not None)
        except FormulaError as error:
            faults.append(str(error))
            yield from _words(found[0])
    yield from _words(paragraph[place:])


def _words(text: str) -> Iterator[str]:
    yield from re.findall(r" |[^ ]+", text.replace("\\$", "$"))


def _broken(items: list[_Item], size: float, room: float) -> Iterator[_Line]:
    """Yield the lines of a paragraph, each item with its place; a long one has its line alone."""
    line: _Line = []
    x, continued = 0.0, False
    for item in items:
        width = _width(item, size)
        if line and item != " " and x + width > room:
            yield line
            line, x, continued = [], 0.0, True
        if item == " " and continued and not line:
            continue
        line.append((x, item))
        x += width
    yield line


def _drawn(line: _Line, baseline: float, size: float) -> Iterator[Text | Formula]:
    """Yield the primitives of a line; words in a row are one text."""
    words, start = "", 0.0
    for x, item in [*line, (0.0, None)]:
        if isinstance(item, str):
            start = start if words else x
            words += item
            continue
        if words.strip():
            lead = text_width(words[: len(words) - len(words.lstrip())], size)
            yield _text(words.strip(), (start + lead, baseline), size)
        words = ""
        if item is not None:
            yield Formula((x, baseline), item, Role.TEXT)


def _text(words: str, at: Point, size: float) -> Text:
    return Text(at, words, size, Anchor.START, Role.TEXT)


def _width(item: _Item, size: float) -> float:
    return text_width(item, size) if isinstance(item, str) else item.width


def _reach(line: _Line, size: float) -> tuple[float, float]:
    """Return how far a line reaches above and below its baseline."""
    formulas = [item for _, item in line if not isinstance(item, str)]
    ascent = max((each.ascent for each in formulas), default=0.0)
    descent = max((each.descent for each in formulas), default=0.0)
    return max(ascent, ASCENT * size), max(descent, DESCENT * size)
