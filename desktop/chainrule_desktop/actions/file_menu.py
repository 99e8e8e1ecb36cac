"""The actions on files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.attempt import attempt
from chainrule_desktop.actions.conditions import HAS_FILE, HAS_RECENT, IS_OPEN, MODIFIED, NOT_EMPTY
from chainrule_desktop.actions.figure_options import figure_options
from chainrule_desktop.actions.spec import (
    SEPARATOR,
    ActionSpec,
    FilledMenu,
    MenuItem,
    MenuSpec,
)
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.resources import EXAMPLE_GROUPS, about_example, example_files

_Key = QKeySequence.StandardKey


def _recent_files(bench: Workbench) -> Iterator[MenuItem]:
    for number, path in enumerate(bench.settings.recent_files(), 1):
        mnemonic = f"&{number}  " if number < 10 else ""
        text = mnemonic + path.name.replace("&", "&&")
        yield ActionSpec(f"file.recent.{number}", text, _opener(path), str(path))
    yield SEPARATOR
    yield CLEAR_RECENT


def _opener(path: Path) -> Callable[[Workbench], None]:
    return lambda bench: bench.files.open(path)


def _examples(_: Workbench) -> Iterator[MenuItem]:
    """Yield a menu for each group of examples, which are called what the start view calls them."""
    paths = {path.stem: path for path in example_files()}
    for group, names in EXAMPLE_GROUPS.items():
        yield MenuSpec(group, tuple(_example(paths[name]) for name in names if name in paths))


def _example(path: Path) -> ActionSpec:
    title = about_example(path).title
    return ActionSpec(
        f"file.example.{path.stem}",
        title.replace("&", "&&"),
        _example_opener(path),
        f"Open a copy of the example “{title}”.",
    )


def _example_opener(path: Path) -> Callable[[Workbench], None]:
    return lambda bench: bench.files.open_example(path)


def _export(bench: Workbench) -> None:
    from chainrule_desktop.dialogs.export import ExportDialog

    say = bench.files.saving.said.emit
    options = figure_options(bench)
    ExportDialog(bench.window, bench.document, bench.settings, options, say).open()


def _copy_picture(bench: Workbench) -> None:
    from chainrule_desktop.figures.clipboard import copy_picture

    copy_picture(bench.document.graph, figure_options(bench, scale=2.0))
    bench.files.saving.said.emit("Copied the whole graph as a picture")


NEW = ActionSpec(
    "file.new", "&New", lambda bench: bench.files.new(), "Start an empty graph.", "new", (_Key.New,)
)
OPEN = ActionSpec(
    "file.open",
    "&Open…",
    lambda bench: bench.files.choose_and_open(),
    "Open a graph from a file.",
    "open",
    (_Key.Open,),
)
CLEAR_RECENT = ActionSpec(
    "file.recent.clear",
    "&Clear List",
    lambda bench: bench.settings.clear_recent_files(),
    "Forget the files used last; the files themselves stay.",
)
CLOSE = ActionSpec(
    "file.close",
    "&Close",
    lambda bench: bench.files.close(),
    "Close the tab.",
    "close",
    ("Ctrl+W",),
    (IS_OPEN,),
)
SAVE = ActionSpec(
    "file.save",
    "&Save",
    lambda bench: bench.files.saving.save(),
    "Save the graph to its file.",
    "save",
    (_Key.Save,),
    (IS_OPEN,),
)
SAVE_AS = ActionSpec(
    "file.save_as",
    "Save &As…",
    lambda bench: bench.files.saving.save_as(),
    "Save the graph to another file.",
    "save-as",
    ("Ctrl+Shift+S",),
    (IS_OPEN,),
)
REVERT = ActionSpec(
    "file.revert",
    "Re&vert…",
    lambda bench: bench.files.revert(),
    "Go back to the file as it was saved last.",
    "revert",
    (),
    (IS_OPEN, HAS_FILE, MODIFIED),
)
EXPORT = ActionSpec(
    "file.export",
    "&Export…",
    _export,
    "Write the whole graph as a figure.",
    "export",
    ("Ctrl+E",),
    (IS_OPEN, NOT_EMPTY),
)
COPY_PICTURE = ActionSpec(
    "file.copy_picture",
    "Copy as &Picture",
    attempt(_copy_picture),
    "Put a picture of the whole graph on the clipboard.",
    "picture",
    ("Ctrl+Shift+C",),
    (IS_OPEN, NOT_EMPTY),
)
QUIT = ActionSpec(
    "file.quit",
    "&Quit",
    lambda bench: bench.tabs.quit(),
    "Close all windows and end the program.",
    None,
    ("Ctrl+Q",),
)

FILE_MENU = MenuSpec(
    "&File",
    (
        NEW,
        OPEN,
        FilledMenu("Open &Recent", _recent_files, None, (HAS_RECENT,)),
        FilledMenu("Open E&xample", _examples),
        SEPARATOR,
        SAVE,
        SAVE_AS,
        REVERT,
        CLOSE,
        SEPARATOR,
        EXPORT,
        COPY_PICTURE,
        SEPARATOR,
        QUIT,
    ),
)
