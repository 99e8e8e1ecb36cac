"""Bringing tensors in from files: chosen in a dialog, or dropped on the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast, final

from PySide6.QtCore import QObject, QPoint, QPointF, Signal
from PySide6.QtWidgets import QWidget

from chainrule.errors import ChainruleError
from chainrule.graph.node import NodeId
from chainrule_desktop.actions.file_commands import FileCommands
from chainrule_desktop.canvas.hit import node_at
from chainrule_desktop.canvas.placing import free_place
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.dialogs.message import tell
from chainrule_desktop.dialogs.tensor_files import ask_tensor_file
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.tensor_files import FoundTensor, read_tensor
from chainrule_desktop.messages import explain, explain_failure
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks


@final
class TensorCommands(QObject):
    """Reads tensors in the background and gives them to a leaf, or to a new input.

    Signals:
        said(str): what was made of a file.
    """

    said = Signal(str)

    def __init__(
        self,
        editor: Editor,
        drawing: Drawing,
        canvas: CanvasView,
        files: FileCommands,
        settings: Settings,
        tasks: Tasks,
    ) -> None:
        super().__init__(canvas)
        self._editor = editor
        self._drawing = drawing
        self._canvas = canvas
        self._files = files
        self._settings = settings
        self._tasks = tasks

    def choose_and_insert(self) -> None:
        """Ask for a file; it replaces the value of the selected leaf, or makes a new input."""
        single = self._editor.selection.single
        leaf = single if single is not None and self._is_leaf(single) else None
        folder = self._settings.last_folder()
        ask_tensor_file(self._window, folder, partial(self.insert, leaf=leaf))

    def drop(self, path: Path, there: QPoint) -> None:
        """Take a file that was dropped at a place of the canvas's viewport."""
        place = self._canvas.viewportTransform().inverted()[0].map(QPointF(there))
        point = place.x(), place.y()
        node = node_at(self._drawing.diagram, point) if self._files.is_open else None
        leaf = node if node is not None and self._is_leaf(node) else None
        self.insert(path, leaf, point)

    def insert(
        self, path: Path, leaf: NodeId | None = None, place: tuple[float, float] | None = None
    ) -> None:
        """Read a tensor and give it to a leaf, or to a new input at a place of the canvas."""
        if not self._files.is_open:
            self._files.new()
        graph = self._editor.document.graph
        task = self._tasks.start(lambda _: read_tensor(path))

        def take(found: object) -> None:
            # The numbers belong to the graph that was open when they were asked for.
            if self._editor.document.graph is graph:
                self._take(cast(FoundTensor, found), leaf, place)

        task.succeeded.connect(take)
        task.failed.connect(partial(self._tell_of, path))

    def _take(
        self, found: FoundTensor, leaf: NodeId | None, place: tuple[float, float] | None
    ) -> None:
        try:
            if leaf is not None and self._is_leaf(leaf):
                self._editor.set_value(leaf, found.value)
                self._editor.selection.set((leaf,))
            else:
                leaf = self._editor.add_value(found.value, self._free(place), found.name)
        except ChainruleError as error:
            tell(self._window, explain(error))
            return
        self._canvas.navigator.reveal(leaf)
        self._canvas.setFocus()
        self.said.emit(f"{leaf} is now {found.says}")

    def _free(self, place: tuple[float, float] | None) -> tuple[float, float]:
        if place is None:
            middle = self._canvas.viewport().rect().center()
            there = self._canvas.viewportTransform().inverted()[0].map(QPointF(middle))
            place = there.x(), there.y()
        return free_place(self._drawing.diagram, place)

    def _is_leaf(self, node: NodeId) -> bool:
        graph = self._editor.document.graph
        return node in graph and graph.node(node).is_leaf

    def _tell_of(self, path: Path, error: Exception) -> None:
        tell(self._window, explain_failure("read", path, error))

    @property
    def _window(self) -> QWidget:
        return self._canvas.window()
