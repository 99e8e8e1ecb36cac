"""The verbs for the places that a file keeps: bookmarks, and where it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chainrule.graph.bookmarks import (
    Bookmark,
    Place,
    SetView,
    bookmarks_of,
    with_bookmarks,
    with_start,
)
from chainrule_desktop.document.document import Document


def add_bookmark(document: Document, name: str, place: Place) -> None:
    """Keep a place under a name, behind the others."""
    mark = Bookmark(name.strip(), place)
    _keep(document, (*bookmarks_of(document.graph.header), mark), f"Bookmark {mark.name}")


def rename_bookmark(document: Document, number: int, name: str) -> None:
    """Give the bookmark with that number, from 0, another name; IndexError if there is none."""
    marks = [*bookmarks_of(document.graph.header)]
    before, marks[number] = marks[number], replace(marks[number], name=name.strip())
    if marks[number] != before:
        _keep(document, marks, f"Rename bookmark {before.name}")


def remove_bookmark(document: Document, number: int) -> None:
    """Keep the bookmark with that number, from 0, no longer; IndexError if there is none."""
    marks = [*bookmarks_of(document.graph.header)]
    gone = marks.pop(number)
    _keep(document, marks, f"Remove bookmark {gone.name}")


def open_at(document: Document, place: Place | None) -> None:
    """Let the file open at a place from now on; None lets it open with everything in view."""
    view = with_start(document.graph.header, place)
    text = "Open with everything in view" if place is None else "Open at this place"
    if view != document.graph.header.view:
        document.apply(SetView(view), text)


def _keep(document: Document, marks: Sequence[Bookmark], text: str) -> None:
    document.apply(SetView(with_bookmarks(document.graph.header, marks)), text)
