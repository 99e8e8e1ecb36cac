"""The actions of going back and forward among places, and of bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from chainrule.graph.bookmarks import Bookmark, bookmarks_of, start_of
from chainrule_desktop.actions.conditions import IS_OPEN, NOT_EMPTY
from chainrule_desktop.actions.spec import SEPARATOR, ActionSpec, Condition, FilledMenu, MenuSpec
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.text_question import TextQuestion, Wording
from chainrule_desktop.document.bookmarking import (
    add_bookmark,
    open_at,
    remove_bookmark,
    rename_bookmark,
)

_KEYS = 9
_LONGEST = 40


def _marks(bench: Workbench) -> tuple[Bookmark, ...]:
    return bookmarks_of(bench.document.graph.header)


def _back(bench: Workbench) -> None:
    places = bench.canvas.navigator.places
    if places.can_go_back:
        places.back()
    else:
        bench.canvas.hint.emit("There is no place to go back to.")


def _forward(bench: Workbench) -> None:
    places = bench.canvas.navigator.places
    if places.can_go_forward:
        places.forward()
    else:
        bench.canvas.hint.emit("There is no place to go forward to.")


def _add(bench: Workbench) -> None:
    place = bench.canvas.navigator.place()
    wording = Wording(
        title="Bookmark This Place",
        label="&Name of the bookmark:",
        button="Bookmark",
        text=bench.selection.single or f"Place {len(_marks(bench)) + 1}",
        note="The file keeps it. Alt and its number lead there.",
    )
    TextQuestion(
        bench.window, wording, lambda name: add_bookmark(bench.document, name, place)
    ).open()


def _rename(number: int, bench: Workbench) -> None:
    mark = _marks(bench)[number]
    wording = Wording("Rename Bookmark", "&New name:", "Rename", mark.name)
    TextQuestion(
        bench.window, wording, lambda name: rename_bookmark(bench.document, number, name)
    ).open()


def _remove(number: int, bench: Workbench) -> None:
    remove_bookmark(bench.document, number)


def _go(number: int, bench: Workbench) -> None:
    marks = _marks(bench)
    if number < len(marks):
        bench.canvas.navigator.go(marks[number].place)
        bench.canvas.hint.emit(f"{marks[number].name}: Alt+Left leads back.")


def _toggle_start(bench: Workbench) -> None:
    here = None if _has_start(bench) else bench.canvas.navigator.place()
    open_at(bench.document, here)


def _has_start(bench: Workbench) -> bool:
    return start_of(bench.document.graph.header) is not None


def _shown(name: str) -> str:
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return short.replace("&", "&&")


def _go_to(number: int) -> ActionSpec:
    """Return the action that goes to the bookmark with a number, from 0."""

    def text(bench: Workbench) -> str:
        marks = _marks(bench)
        name = _shown(marks[number].name) if number < len(marks) else "No Bookmark"
        return f"&{number + 1} {name}"

    there_is = Condition(lambda bench: number < len(_marks(bench)), "There is no such bookmark.")
    return ActionSpec(
        f"view.bookmark_{number + 1}",
        f"Go to Bookmark &{number + 1}",
        partial(_go, number),
        f"Go to bookmark {number + 1}.",
        None,
        (f"Alt+{number + 1}",),
        (IS_OPEN, there_is),
        text_now=text,
    )


def _each_bookmark(verb: str, bench: Workbench) -> Iterator[ActionSpec]:
    """Yield an action on every bookmark."""
    run = {"go": _go, "rename": _rename, "remove": _remove}[verb]
    for number, mark in enumerate(_marks(bench)):
        dots = "…" if verb == "rename" else ""
        name = f"view.{verb}_bookmark_{number + 1}"
        tip = f"{verb.capitalize()} this bookmark."
        yield ActionSpec(name, _shown(mark.name) + dots, partial(run, number), tip)


_HAS_BOOKMARKS = Condition(lambda bench: bool(_marks(bench)), "There are no bookmarks.")
_HAS_MORE = Condition(lambda bench: len(_marks(bench)) > _KEYS, "There are no more bookmarks.")

BACK = ActionSpec(
    "view.back",
    "&Back",
    _back,
    "Go to the place seen before.",
    None,
    ("Alt+Left",),
    (IS_OPEN, NOT_EMPTY),
)
FORWARD = ActionSpec(
    "view.forward",
    "&Forward",
    _forward,
    "Go to the place from which you went back.",
    None,
    ("Alt+Right",),
    (IS_OPEN, NOT_EMPTY),
)
ADD_BOOKMARK = ActionSpec(
    "view.bookmark",
    "Book&mark This Place…",
    _add,
    "Keep this place in the file, under a name.",
    None,
    ("Ctrl+B",),
    (IS_OPEN, NOT_EMPTY),
)
OPEN_HERE = ActionSpec(
    "view.open_here",
    "&Open the File Here",
    _toggle_start,
    "Let the file open at this place; otherwise it opens with everything in view.",
    None,
    (),
    (IS_OPEN, NOT_EMPTY),
    checked=_has_start,
)

PLACES_MENU = MenuSpec(
    "Pla&ces",
    (
        BACK,
        FORWARD,
        SEPARATOR,
        ADD_BOOKMARK,
        OPEN_HERE,
        SEPARATOR,
        *map(_go_to, range(_KEYS)),
        FilledMenu(
            "&All Bookmarks", lambda bench: _each_bookmark("go", bench), enabled=(_HAS_MORE,)
        ),
        SEPARATOR,
        FilledMenu(
            "&Rename Bookmark",
            lambda bench: _each_bookmark("rename", bench),
            enabled=(_HAS_BOOKMARKS,),
        ),
        FilledMenu(
            "R&emove Bookmark",
            lambda bench: _each_bookmark("remove", bench),
            enabled=(_HAS_BOOKMARKS,),
        ),
    ),
)
