"""Places on the canvas that a file keeps: where it opens, and bookmarks with a name.

They stand in the header's `view` as they were read. What is sound of it is read from there; what
isn't is kept and means nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeAlias, TypeGuard, cast, final

from typing_extensions import override

from chainrule.graph.changes import NOTHING, Changes
from chainrule.graph.edits import Edit
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NO_EXTRAS, Extras, Header, Position

_CENTRE, _ZOOM, _NAME, _BOOKMARKS = "centre", "zoom", "name", "bookmarks"
_OWN_KEYS = frozenset((_NAME, _CENTRE, _ZOOM))
_FARTHEST = 1e9
_LEAST_ZOOM, _MOST_ZOOM = 1e-4, 1e4

Json: TypeAlias = Any


def _no_extras() -> Extras:
    return NO_EXTRAS


@final
@dataclass(frozen=True, slots=True)
class Place:
    """Where a view stands: the point in its middle, and the pixels of a canvas unit."""

    centre: Position
    zoom: float


@final
@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place with a name."""

    name: str
    place: Place
    extras: Extras = field(default_factory=_no_extras)


@final
@dataclass(frozen=True)
class SetView(Edit):
    """Keep other places on the canvas: where the file opens, and bookmarks."""

    view: Any

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = SetView(graph.header.view)
        graph.header = replace(graph.header, view=self.view)
        return before

    @override
    def changes(self) -> Changes:
        return NOTHING


def start_of(header: Header) -> Place | None:
    """Return the place at which a file is to open, None for a view of everything."""
    return _place(_fields(header.view))


def with_start(header: Header, place: Place | None) -> Json:
    """Return the header's view with another place to open at."""
    fields = {**_fields(header.view)}
    for key in (_CENTRE, _ZOOM):
        fields.pop(key, None)
    return {**({} if place is None else _place_json(place)), **fields} or None


def bookmarks_of(header: Header) -> tuple[Bookmark, ...]:
    """Return the bookmarks of a graph in the order of its file, without what is malformed."""
    found = (_bookmark(each) for each in _entries(header))
    return tuple(each for each in found if each is not None)


def with_bookmarks(header: Header, bookmarks: Iterable[Bookmark]) -> Json:
    """Return the header's view with other bookmarks; what was malformed stays, behind them."""
    fields = {**_fields(header.view)}
    odd = [each for each in _entries(header) if _bookmark(each) is None]
    entries = [*map(_bookmark_json, bookmarks), *odd]
    fields.pop(_BOOKMARKS, None)
    if entries:
        fields[_BOOKMARKS] = entries
    return fields or None


def _entries(header: Header) -> list[Json]:
    """Return the entries of an array; anything else is one entry, which can't be sound."""
    value = _fields(header.view).get(_BOOKMARKS)
    if isinstance(value, list):
        return cast("list[Json]", value)
    return [] if value is None else [value]


def _bookmark(value: Json) -> Bookmark | None:
    fields = _fields(value)
    name, place = fields.get(_NAME), _place(fields)
    if not isinstance(name, str) or not name.strip() or place is None:
        return None
    extras = {key: each for key, each in fields.items() if key not in _OWN_KEYS}
    return Bookmark(name, place, MappingProxyType(extras) if extras else NO_EXTRAS)


def _place(fields: Mapping[str, Json]) -> Place | None:
    centre, zoom = fields.get(_CENTRE), fields.get(_ZOOM)
    if not isinstance(centre, list) or not _is_number(zoom, _MOST_ZOOM):
        return None
    if zoom < _LEAST_ZOOM:
        return None
    point = cast("list[Json]", centre)
    if len(point) != 2 or not all(_is_number(each, _FARTHEST) for each in point):
        return None
    return Place((float(point[0]), float(point[1])), float(zoom))


def _is_number(value: Json, largest: float) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= largest


def _fields(value: Json) -> dict[str, Json]:
    return cast("dict[str, Json]", value) if isinstance(value, dict) else {}


def _bookmark_json(bookmark: Bookmark) -> dict[str, Json]:
    return {_NAME: bookmark.name, **_place_json(bookmark.place), **bookmark.extras}


def _place_json(place: Place) -> dict[str, Json]:
    x, y = place.centre
    return {_CENTRE: [_short(round(x)), _short(round(y))], _ZOOM: _short(round(place.zoom, 4))}


def _short(number: float) -> float | int:
    """Return a whole number as such, as a file says it."""
    return int(number) if number == int(number) else number
