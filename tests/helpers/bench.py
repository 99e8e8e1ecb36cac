"""A workbench for tests: a document with a canvas and all commands, in a window of its own."""

from __future__ import annotations

from pathlib import Path
from typing import final

from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.actions.file_commands import FileCommands
from chainrule_desktop.actions.tabs import TabEntry
from chainrule_desktop.actions.tensor_commands import TensorCommands
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.document.clipboard import GraphClipboard
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.library import Library
from chainrule_desktop.document.open_graph import OpenGraph
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.panels.tensors.window import Surroundings
from chainrule_desktop.panels.tensors.windows import TensorWindows
from chainrule_desktop.resources import asset_path
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme, ThemeMode

EXAMPLE = Path(__file__).parents[2] / "assets/examples/add-then-multiply.chainrule"


@final
class LoneTab:
    """The only tab there is: what would go to another replaces its graph, and `did` keeps count."""

    def __init__(self) -> None:
        self.files: FileCommands
        self.did: list[str] = []

    def another(self) -> FileCommands:
        self.did.append("another")
        return self.files

    def show(self, path: Path) -> bool:
        return False

    def holds(self, path: Path) -> bool:
        return False

    def is_shared(self) -> bool:
        return False

    def close(self) -> None:
        self.did.append("close")

    def close_window(self) -> None:
        self.did.append("close window")

    def quit(self) -> None:
        self.did.append("quit")

    def new_window(self) -> None:
        self.did.append("new window")

    def new_view(self) -> None:
        self.did.append("new view")

    def detach(self) -> None:
        self.did.append("detach")

    def step(self, by: int) -> None:
        self.did.append(f"step {by}")

    def entries(self) -> list[TabEntry]:
        return []

    def step_inside(self, use: str) -> None:
        self.did.append(f"inside {use}")

    def step_out(self, levels: int) -> None:
        self.did.append(f"out {levels}")

    def go_to_step(self, place: str | None) -> None:
        """There are no levels here to go to."""

    def next_pane(self, by: int) -> None:
        self.did.append(f"pane {by}")


def make_bench(qapp: QApplication, qtbot: QtBot, folder: Path) -> Workbench:
    """Return a workbench that keeps its settings and unsaved work in `folder`."""
    window = QMainWindow()
    qtbot.addWidget(window)
    settings = Settings(folder / "settings.json", window)
    settings.change(last_folder=str(folder))
    theme = Theme(qapp, ThemeMode.LIGHT)
    theme.setParent(window)
    tasks = Tasks(window)
    graph = OpenGraph(folder / "unsaved", tasks, window)
    drawing = graph.drawing
    library = Library(folder / "composites", asset_path("composites"), window)
    editor = Editor(graph.document, Selection(graph.document, window), library)
    tabs = LoneTab()
    files = tabs.files = FileCommands(window, graph, settings, tabs, window)
    canvas = CanvasView(editor, drawing, theme)
    window.setCentralWidget(canvas)
    problems = QWidget(window)
    problems.hide()
    clipboard = GraphClipboard(editor, qapp.clipboard(), window)
    clipboard_owner = qapp.clipboard()
    clipboard_owner.clear()
    return Workbench(
        editor,
        drawing,
        canvas,
        problems,
        files,
        clipboard,
        graph.tidying,
        graph.player,
        settings,
        theme,
        tasks,
        TensorCommands(editor, drawing, canvas, files, settings, tasks),
        TensorWindows(window, Surroundings(editor, drawing, theme, settings, tasks)),
        tabs,
        graph,
    )


def open_dialogs(bench: Workbench) -> list[QDialog]:
    """Return the dialogs that are open on the window, the latest last."""
    found = bench.window.findChildren(QDialog)
    return [dialog for dialog in found if dialog.isVisible()]


def only_dialog(bench: Workbench) -> QDialog:
    """Return the one dialog that is open."""
    (dialog,) = open_dialogs(bench)
    return dialog
