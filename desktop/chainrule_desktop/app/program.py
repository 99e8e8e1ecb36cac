"""The program: the only place that constructs everything and connects it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from chainrule.diagram.parts import Display
from chainrule.errors import ChainruleError
from chainrule.graph.checks import Problem, Severity
from chainrule.threads import DEFAULT_THREADS, set_blas_threads
from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.file_commands import FileCommands
from chainrule_desktop.actions.tensor_commands import TensorCommands
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.app.collector import Collector
from chainrule_desktop.app.parting import leave_on_clipboard
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.dialogs.message import tell
from chainrule_desktop.dialogs.unsaved_work import UnsavedWorkDialog
from chainrule_desktop.document.clipboard import GraphClipboard
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.opening import Opening
from chainrule_desktop.document.recovery import Recovery, unsaved_work
from chainrule_desktop.document.rewriting import rewrite
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.document.tidying import Tidying
from chainrule_desktop.main_window import MainWindow, Views
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.formula_bar import FormulaBar
from chainrule_desktop.panels.inspector import InspectorPanel
from chainrule_desktop.panels.palette import PalettePanel
from chainrule_desktop.panels.problems import ProblemsPanel
from chainrule_desktop.panels.start_view import StartView
from chainrule_desktop.panels.status_bar import StatusBar
from chainrule_desktop.panels.tensors.window import Surroundings
from chainrule_desktop.panels.tensors.windows import TensorWindows
from chainrule_desktop.resources import example_files
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme, ThemeMode


@final
@dataclass(frozen=True, slots=True)
class Places:
    """Where the program keeps what is the user's: settings and unsaved work."""

    settings: Path | None
    recovery: Path


@final
class Program:
    """Everything that lives while the program runs, connected."""

    def __init__(self, app: QApplication, places: Places, mode: ThemeMode | None = None) -> None:
        self.settings = Settings(places.settings)
        values = self.settings.values
        self.theme = Theme(app, mode or values.theme_mode, values.number_colours)
        self.theme.apply()
        self.tasks = Tasks()
        self.collector = Collector()
        self.document = Document()
        self.window = MainWindow(self.document, self.settings)
        self.selection = Selection(self.document)
        self.editor = Editor(self.document, self.selection)
        self.drawing = Drawing(self.document)
        self.recovery = Recovery(self.document, places.recovery, self.tasks)
        self.tidying = Tidying(self.document)
        self.clipboard = GraphClipboard(self.editor, app.clipboard())
        self.opening = Opening(self.tasks)
        self.files = FileCommands(
            self.window, self.document, self.recovery, self.tidying, self.settings, self.opening
        )
        self._make_views()
        self.actions = ActionSet(self._workbench(), self.window)
        self._connect_views()
        self._connect_settings()
        self._connect_work()
        self.window.place(self._views(), self.actions, self.files, self.tensors)

    def offer_unsaved_work(self, folder: Path) -> None:
        """Ask what to do with work that earlier runs have left, if there is any."""
        works = unsaved_work(folder)
        if works:
            UnsavedWorkDialog(self.window, works, self.files.restore).open()

    def end(self) -> None:
        """Stop what goes on beside the window; unsaved work stays in its side file."""
        self.recovery.flush()
        self.tidying.cancel()
        self.tasks.close()
        self.collector.stop()
        leave_on_clipboard(QApplication.clipboard())

    def _make_views(self) -> None:
        self.canvas = CanvasView(self.editor, self.drawing, self.theme)
        self.palette = PalettePanel(self.theme, self.settings)
        self.inspector = InspectorPanel(self.editor, self.drawing, self.theme)
        self.problems = ProblemsPanel(self.drawing, self.theme)
        self.problems.hide()
        self.formula = FormulaBar(self.document, self.theme)
        self.start = StartView(self.settings, self.theme)
        self.status = StatusBar(self.document, self.drawing, self.theme)
        around = Surroundings(self.editor, self.drawing, self.theme, self.settings, self.tasks)
        self.tensor_windows = TensorWindows(self.window, around)
        self.tensors = TensorCommands(
            self.editor, self.drawing, self.canvas, self.files, self.settings, self.tasks
        )

    def _views(self) -> Views:
        return Views(
            self.palette,
            self.canvas,
            self.inspector,
            self.problems,
            self.formula,
            self.start,
            self.status,
        )

    def _workbench(self) -> Workbench:
        return Workbench(
            self.editor,
            self.drawing,
            self.canvas,
            self.problems,
            self.files,
            self.clipboard,
            self.tidying,
            self.settings,
            self.theme,
            self.tasks,
            self.tensors,
            self.tensor_windows,
        )

    def _connect_views(self) -> None:
        self.palette.gate_chosen.connect(self.canvas.place_gate)
        self.inspector.tensor_requested.connect(self.tensor_windows.show_selected)
        self.problems.problem_chosen.connect(self._show_problem)
        self.formula.formula_entered.connect(self._enter_formula)
        self.start.file_chosen.connect(self._open_from_start)
        self.start.new_chosen.connect(self.files.new)
        self.start.formula_entered.connect(self._start_formula)
        self.canvas.navigator.zoom_changed.connect(self.status.show_zoom)
        self.canvas.hint.connect(self.status.show_hint)
        self.canvas.tensor_requested.connect(self.tensor_windows.show_requested)
        self.status.problems_clicked.connect(self.actions.named("view.problems").trigger)
        self.status.zoom_clicked.connect(self.canvas.navigator.zoom_actual)
        self.status.cancel_clicked.connect(self._cancel_work)

    def _connect_settings(self) -> None:
        self.settings.changed.connect(self._follow_settings)
        self.settings.save_failed.connect(self.status.say)
        if self.settings.values.blas_threads != DEFAULT_THREADS:
            set_blas_threads(self.settings.values.blas_threads)
        self._show_settings()

    def _connect_work(self) -> None:
        self.files.graph_opened.connect(self._show_opened)
        self.files.said.connect(self.status.say)
        self.recovery.failed.connect(self.status.say)
        self.clipboard.said.connect(self.status.say)
        self.tensors.said.connect(self.status.say)
        # When everything else has left the old document and drawn the new one.
        self.document.replaced.connect(self._renew_later)
        self.collector.start()
        self.tidying.started.connect(self._show_work)
        self.tidying.ended.connect(self._show_work)
        self.opening.began.connect(self.collector.rest)
        self.opening.slow.connect(self._show_work)
        self.opening.ended.connect(self._show_work)
        self.opening.ended.connect(self.collector.wake)
        self.tidying.placed.connect(self.canvas.navigator.zoom_to_fit)
        self.tidying.failed.connect(self.status.say)

    def _follow_settings(self, name: str) -> None:
        values = self.settings.values
        if name == "theme_mode":
            self.theme.set_mode(values.theme_mode)
        elif name == "number_colours":
            self.theme.set_number_colours(values.number_colours)
        elif name == "blas_threads":
            set_blas_threads(values.blas_threads)
        else:
            self._show_settings()

    def _show_settings(self) -> None:
        values = self.settings.values
        self.drawing.show(
            Display(values.decimals, values.show_values, values.show_gradients, values.show_names)
        )
        self.canvas.set_grid_visible(values.show_grid)

    def _show_opened(self) -> None:
        """Bring a graph that was just opened into sight, and what is wrong with it."""
        # The canvas has its size only after the window has made room for it.
        QTimer.singleShot(0, self.canvas, self.canvas.navigator.zoom_to_fit)
        errors = any(each.severity is Severity.ERROR for each in self.drawing.problems)
        self.problems.setVisible(errors)
        self.actions.refresh()

    def _show_work(self, file: str = "") -> None:
        """Show what goes on beside the window; `file` has been being read for a while."""
        if file:
            self.status.show_work(f"Reading {file}", "Stay with the graph that is open")
        elif self.tidying.is_running:
            self.status.show_work("Tidying the layout", "Leave the nodes where they are")
        else:
            self.status.hide_work()

    def _cancel_work(self) -> None:
        if self.opening.is_reading:
            self.opening.cancel()
        else:
            self.tidying.cancel()

    def _renew_later(self) -> None:
        self.collector.rest()
        QTimer.singleShot(0, self.collector, lambda: self.collector.renew(len(self.document.graph)))

    def _show_problem(self, problem: Problem) -> None:
        if problem.node is not None and problem.node in self.document.graph:
            self.selection.set((problem.node,))
            self.canvas.navigator.reveal(problem.node)
        self.canvas.setFocus()

    def _enter_formula(self, text: str) -> None:
        try:
            rewrite(self.document, text)
        except ChainruleError as error:
            self.formula.show_fault(explain(error))
        else:
            self.canvas.navigator.zoom_to_fit()

    def _start_formula(self, text: str) -> None:
        try:
            self.files.new_from_formula(text)
        except ChainruleError as error:
            tell(self.window, explain(error))

    def _open_from_start(self, path: Path) -> None:
        if path in example_files():
            self.files.open_example(path)
        else:
            self.files.open(path)
