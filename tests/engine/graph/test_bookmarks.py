"""Places that a file keeps: what is sound of them is read, what isn't stays in the file."""

from __future__ import annotations

from typing import Any

import pytest

from chainrule.graph.bookmarks import (
    Bookmark,
    Place,
    bookmarks_of,
    start_of,
    with_bookmarks,
    with_start,
)
from chainrule.graph.node import Header

HERE = Place((10.0, -20.5), 0.75)
ENTRY = {"name": "loss", "centre": [10, -20], "zoom": 0.75}

NO_PLACES: list[Any] = [
    None,
    7,
    "here",
    [],
    {},
    {"centre": [1, 2]},
    {"zoom": 1},
    {"centre": [1], "zoom": 1},
    {"centre": [1, "2"], "zoom": 1},
    {"centre": [1, True], "zoom": 1},
    {"centre": [1, 2], "zoom": 0},
    {"centre": [1, 2], "zoom": -1},
    {"centre": [1, 2], "zoom": 1e300},
    {"centre": [1e300, 2], "zoom": 1},
    {"centre": [float("nan"), 2], "zoom": 1},
]


@pytest.mark.parametrize("view", NO_PLACES)
def test_a_file_without_a_sound_place_opens_as_usual(view: Any) -> None:
    assert start_of(Header(view=view)) is None


@pytest.mark.parametrize("entry", NO_PLACES[3:])
def test_a_malformed_bookmark_means_nothing_and_stays(entry: Any) -> None:
    odd = {**entry, "name": "odd"} if isinstance(entry, dict) else entry
    header = Header(view={"bookmarks": [odd, ENTRY]})
    (mark,) = bookmarks_of(header)
    assert mark.name == "loss"
    assert with_bookmarks(header, ()) == {"bookmarks": [odd]}


@pytest.mark.parametrize("name", ["", "  ", 3, None])
def test_a_bookmark_needs_a_name(name: Any) -> None:
    assert bookmarks_of(Header(view={"bookmarks": [{**ENTRY, "name": name}]})) == ()


def test_bookmarks_come_back_from_what_is_kept() -> None:
    header = Header(view={"bookmarks": [{**ENTRY, "note": "kept"}], "other": 1})
    marks = bookmarks_of(header)
    assert with_bookmarks(header, marks) == header.view


def test_places_are_kept_to_the_unit() -> None:
    view = with_bookmarks(Header(), (Bookmark("a", Place((1.4, 2.6), 0.33333)),))
    assert view == {"bookmarks": [{"name": "a", "centre": [1, 3], "zoom": 0.3333}]}


def test_nothing_is_left_of_the_last_bookmark() -> None:
    assert with_bookmarks(Header(view={"bookmarks": [ENTRY]}), ()) is None


def test_where_a_file_opens_is_kept_beside_the_bookmarks() -> None:
    header = Header(view={"bookmarks": [ENTRY]})
    view = with_start(header, HERE)
    assert view == {"centre": [10, -20], "zoom": 0.75, "bookmarks": [ENTRY]}
    assert start_of(Header(view=view)) == Place((10.0, -20.0), 0.75)
    assert with_start(Header(view=view), None) == header.view
