"""The program: what lives while it runs, made and connected."""

from __future__ import annotations

from pathlib import Path
from typing import final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from chainrule.diagram.parts import Display
from chainrule.threads import DEFAULT_THREADS, set_blas_threads
from chainrule_desktop.app.collector import Collector
from chainrule_desktop.app.common import Common, Places
from chainrule_desktop.app.desk import Desk
from chainrule_desktop.app.parting import leave_on_clipboard
from chainrule_desktop.app.window import OpenWindow
from chainrule_desktop.app.windows import AllWindows
from chainrule_desktop.dialogs.unsaved_work import UnsavedWorkDialog
from chainrule_desktop.document.library import Library
from chainrule_desktop.document.open_graph import OpenGraph, OpenGraphs
from chainrule_desktop.document.recovery import UnsavedWork, unsaved_work
from chainrule_desktop.panels.local_gradients import LocalGradients
from chainrule_desktop.resources import asset_path
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import PROJECTOR_TEXT_SCALE, Theme, ThemeMode


@final
class Program:
    """Settings, looks, open graphs and windows; the first window is made at once."""

    def __init__(self, app: QApplication, places: Places, mode: ThemeMode | None = None) -> None:
        self.settings = Settings(places.settings)
        values = self.settings.values
        self.theme = Theme(app, mode or values.theme_mode, values.number_colours)
        self.theme.apply()
        self.theme.set_projector(values.projector)
        self.tasks = Tasks()
        self.collector = Collector()
        self.graphs = OpenGraphs(places.recovery, self.tasks)
        library = Library(places.library, asset_path("composites"))
        self.common = Common(
            self.settings,
            self.theme,
            self.tasks,
            self.graphs,
            app.clipboard(),
            library,
            LocalGradients(self.tasks),
        )
        self.windows = AllWindows(self.common)
        self._connect()
        self.windows.add(self.graphs.add())

    @property
    def front(self) -> OpenWindow:
        """The window in use."""
        return self.windows.front

    @property
    def desk(self) -> Desk:
        """The tab in front of the window in use."""
        return self.front.desk

    def offer_unsaved_work(self, folder: Path) -> None:
        """Ask what to do with work that earlier runs have left, if there is any."""
        works = unsaved_work(folder)
        if works:
            UnsavedWorkDialog(self.front.window, works, self._restore).open()

    def end(self) -> None:
        """Stop what goes on beside the windows; unsaved work stays in its side files."""
        self.graphs.end()
        self.tasks.close()
        self.collector.stop()
        leave_on_clipboard(QApplication.clipboard())

    def _connect(self) -> None:
        self.settings.changed.connect(self._follow_settings)
        if self.settings.values.blas_threads != DEFAULT_THREADS:
            set_blas_threads(self.settings.values.blas_threads)
        self.graphs.added.connect(self._prepare)
        # When everything else has left the old document and drawn the new one.
        self.windows.replaced.connect(self._renew_later)
        self.collector.start()

    def _prepare(self, graph: OpenGraph) -> None:
        """Let a graph be shown as the settings say, and the collector rest while it is read."""
        self._show(graph)
        graph.opening.began.connect(self.collector.rest)
        graph.opening.ended.connect(self.collector.wake)

    def _follow_settings(self, name: str) -> None:
        values = self.settings.values
        self.theme.set_projector(values.projector)
        if name == "theme_mode":
            self.theme.set_mode(values.theme_mode)
        elif name == "number_colours":
            self.theme.set_number_colours(values.number_colours)
        elif name == "blas_threads":
            set_blas_threads(values.blas_threads)
        else:
            for graph in self.graphs:
                self._show(graph)

    def _show(self, graph: OpenGraph) -> None:
        values = self.settings.values
        shown = values.show_values, values.show_gradients, values.show_names, values.show_shapes
        scale = PROJECTOR_TEXT_SCALE if values.projector else 1.0
        graph.drawing.show(
            Display(
                values.decimals,
                *shown,
                text_scale=scale,
                wire_style=values.wire_style,
                notation=values.notation,
            )
        )

    def _restore(self, work: UnsavedWork) -> None:
        self.desk.files.restore(work)

    def _renew_later(self) -> None:
        self.collector.rest()
        QTimer.singleShot(0, self.collector, lambda: self.collector.renew(self.graphs.size))
