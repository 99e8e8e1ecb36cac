"""What the parts that a window has once mean for the tab in front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import final

from PySide6.QtCore import QObject, QPoint

from chainrule.errors import ChainruleError
from chainrule_desktop.app.desk import Desk
from chainrule_desktop.dialogs.message import tell
from chainrule_desktop.document.tensor_files import is_tensor_file
from chainrule_desktop.main_window import MainWindow, WindowViews
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.palette import PalettePanel
from chainrule_desktop.panels.start_view import StartView
from chainrule_desktop.resources import example_files


@final
class Front(QObject):
    """Hands what palette, start view, status bar and drops ask for to the tab in front."""

    def __init__(self, window: MainWindow, desk: Callable[[], Desk]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk

    def connect_views(self, palette: PalettePanel, start: StartView, views: WindowViews) -> None:
        """Hear of all that is asked for."""
        palette.gate_chosen.connect(self._place_gate)
        start.file_chosen.connect(self._open)
        start.new_chosen.connect(self._start_new)
        start.formula_entered.connect(self._start_formula)
        views.status.cancel_clicked.connect(self._cancel_work)
        self._window.file_dropped.connect(self._take_dropped)

    def _place_gate(self, name: str) -> None:
        self._desk().canvas.place_gate(name)

    def _start_new(self) -> None:
        self._desk().files.new()

    def _start_formula(self, text: str) -> None:
        try:
            self._desk().files.new_from_formula(text)
        except ChainruleError as error:
            tell(self._window, explain(error))

    def _open(self, path: Path) -> None:
        files = self._desk().files
        (files.open_example if path in example_files() else files.open)(path)

    def _cancel_work(self) -> None:
        self._desk().cancel_work()

    def _take_dropped(self, path: Path, there: QPoint) -> None:
        """Open a graph; give a tensor to the leaf on which it was dropped, or to a new input."""
        desk, canvas = self._desk(), self._desk().canvas
        if not is_tensor_file(path):
            desk.files.open(path)
            return
        pixel = canvas.viewport().mapFrom(self._window, there)
        if canvas.isVisible() and canvas.viewport().rect().contains(pixel):
            desk.tensors.drop(path, pixel)
        else:
            desk.tensors.insert(path)
