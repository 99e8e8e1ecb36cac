"""A workbench for tests: a document with a canvas and all commands, in a window of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.actions.file_commands import FileCommands
from chainrule_desktop.actions.tensor_commands import TensorCommands
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.document.clipboard import GraphClipboard
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.opening import Opening
from chainrule_desktop.document.recovery import Recovery
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.document.tidying import Tidying
from chainrule_desktop.panels.tensors.window import Surroundings
from chainrule_desktop.panels.tensors.windows import TensorWindows
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme, ThemeMode

EXAMPLE = Path(__file__).parents[2] / "assets/examples/add-then-multiply.chainrule"


def make_bench(qapp: QApplication, qtbot: QtBot, folder: Path) -> Workbench:
    """Return a workbench that keeps its settings and unsaved work in `folder`."""
    window = QMainWindow()
    qtbot.addWidget(window)
    settings = Settings(folder / "settings.json", window)
    settings.change(last_folder=str(folder))
    theme = Theme(qapp, ThemeMode.LIGHT)
    theme.setParent(window)
    document = Document(window)
    editor = Editor(document, Selection(document, window))
    drawing = Drawing(document, window)
    tidying = Tidying(document, window)
    tasks = Tasks(window)
    recovery = Recovery(document, folder / "unsaved", tasks, window)
    files = FileCommands(window, document, recovery, tidying, settings, Opening(tasks, window))
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
        tidying,
        settings,
        theme,
        tasks,
        TensorCommands(editor, drawing, canvas, files, settings, tasks),
        TensorWindows(window, Surroundings(editor, drawing, theme, settings, tasks)),
    )


def open_dialogs(bench: Workbench) -> list[QDialog]:
    """Return the dialogs that are open on the window, the latest last."""
    found = bench.window.findChildren(QDialog)
    return [dialog for dialog in found if dialog.isVisible()]


def only_dialog(bench: Workbench) -> QDialog:
    """Return the one dialog that is open."""
    (dialog,) = open_dialogs(bench)
    return dialog
