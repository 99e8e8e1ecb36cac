"""The main window: places the views, and hears of closing and of files dropped on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.file_commands import FileCommands
from chainrule_desktop.actions.table import CONTEXT_MENU
from chainrule_desktop.actions.tensor_commands import TensorCommands
from chainrule_desktop.actions.tool_bar import ToolBar
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.tensor_files import is_tensor_file
from chainrule_desktop.messages import APPLICATION_NAME, window_title
from chainrule_desktop.panels.status_bar import StatusBar
from chainrule_desktop.settings import Settings

_WIDTH, _HEIGHT = 1280, 800
_PALETTE_WIDTH = 204
_INSPECTOR_WIDTH = 320
_PROBLEMS_HEIGHT = 130


@final
@dataclass(frozen=True, slots=True)
class Views:
    """What the window shows."""

    palette: QWidget
    canvas: CanvasView
    inspector: QWidget
    problems: QWidget
    formula: QWidget
    start: QWidget
    status: StatusBar


@final
class MainWindow(QMainWindow):
    """Shows the start view, or palette, canvas and inspector side by side."""

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__()
        self._document = document
        self._settings = settings
        self._leaving = False
        self._files: FileCommands
        self._tensors: TensorCommands
        self._actions: ActionSet
        self._views: Views
        self._tool_bar: ToolBar
        self._stack = QStackedWidget()
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._down = QSplitter(Qt.Orientation.Vertical)
        self.setAcceptDrops(True)
        self.resize(_WIDTH, _HEIGHT)
        document.file_changed.connect(self._show_title)
        document.changed.connect(self._show_title)

    def place(
        self, views: Views, actions: ActionSet, files: FileCommands, tensors: TensorCommands
    ) -> None:
        """Put all views, menus and the toolbar where they belong; once."""
        self._views, self._actions, self._files, self._tensors = views, actions, files, tensors
        actions.fill_menu_bar(self.menuBar())
        actions.add_to(self, views.canvas)
        self._tool_bar = ToolBar(actions, views.formula)
        self.addToolBar(self._tool_bar)
        self.setStatusBar(views.status)
        self._place_views(views)
        self._restore()
        self._show_panels()
        self._settings.changed.connect(self._show_panels)
        files.opened_changed.connect(self.show_what_is_open)
        views.canvas.gate_menu_requested.connect(self._show_context_menu)
        self.show_what_is_open()

    def show_what_is_open(self) -> None:
        """Show the document, or the start view where there is none."""
        is_open = self._files.is_open
        self._stack.setCurrentIndex(1 if is_open else 0)
        self._tool_bar.setVisible(is_open)
        self._views.status.show_document_parts(is_open)
        focus = self._views.canvas if is_open else self._views.start
        focus.setFocus()
        self._show_title()

    @override
    def closeEvent(self, event: QCloseEvent, /) -> None:
        if not self._leaving and self._document.is_modified:
            event.ignore()
            self._files.before_loss(self._leave)
            return
        self._remember()
        super().closeEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent, /) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self._take_dropped(path, event.position().toPoint())

    def _take_dropped(self, path: Path, there: QPoint) -> None:
        """Open a graph; give a tensor to the leaf on which it was dropped, or to a new input."""
        if not is_tensor_file(path):
            self._files.open(path)
            return
        canvas = self._views.canvas
        pixel = canvas.viewport().mapFrom(self, there)
        on_canvas = canvas.isVisible() and canvas.viewport().rect().contains(pixel)
        if on_canvas:
            self._tensors.drop(path, pixel)
        else:
            self._tensors.insert(path)

    def _place_views(self, views: Views) -> None:
        views.palette.setMinimumWidth(_PALETTE_WIDTH - 24)
        views.inspector.setMinimumWidth(_INSPECTOR_WIDTH - 80)
        for widget in (views.canvas, views.problems):
            self._down.addWidget(widget)
        for widget in (views.palette, self._down, views.inspector):
            self._across.addWidget(widget)
        for splitter in (self._across, self._down):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        middle = _WIDTH - _PALETTE_WIDTH - _INSPECTOR_WIDTH
        self._across.setSizes([_PALETTE_WIDTH, middle, _INSPECTOR_WIDTH])
        self._across.setStretchFactor(1, 1)
        self._down.setSizes([_HEIGHT - _PROBLEMS_HEIGHT, _PROBLEMS_HEIGHT])
        self._down.setStretchFactor(0, 1)
        self._stack.addWidget(views.start)
        self._stack.addWidget(self._across)
        self.setCentralWidget(self._stack)

    def _show_panels(self) -> None:
        values = self._settings.values
        self._views.palette.setVisible(values.show_palette)
        self._views.inspector.setVisible(values.show_inspector)

    def _show_title(self) -> None:
        # The files are known only once the window is complete.
        if self._stack.currentIndex() == 1:
            self.setWindowTitle(window_title(self._document.name))
            self.setWindowModified(self._document.is_modified)
        else:
            self.setWindowTitle(APPLICATION_NAME)
            self.setWindowModified(False)

    def _show_context_menu(self, place: QPoint) -> None:
        menu = self._actions.make_menu(CONTEXT_MENU)
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    def _remember(self) -> None:
        self._settings.change(
            window_geometry=bytes(self.saveGeometry().data()),
            window_state=bytes(self._across.saveState().data()),
        )

    def _restore(self) -> None:
        values = self._settings.values
        if values.window_geometry:
            self.restoreGeometry(QByteArray(values.window_geometry))
        if values.window_state:
            self._across.restoreState(QByteArray(values.window_state))


def _dropped_file(event: QDropEvent) -> Path | None:
    """Return the one local file that is being dropped, None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
