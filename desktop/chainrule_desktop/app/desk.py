"""One tab: a view of a graph with everything that is used to work on it."""

from __future__ import annotations

from functools import partial
from typing import final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from chainrule.errors import ChainruleError
from chainrule.graph.bookmarks import start_of
from chainrule.graph.checks import Problem, Severity
from chainrule.graph.node import NodeId
from chainrule_desktop.actions.composite_menu import MAY_LOOK
from chainrule_desktop.actions.file_commands import FileCommands
from chainrule_desktop.actions.tabs import Tabs
from chainrule_desktop.actions.tensor_commands import TensorCommands
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.app.common import Common
from chainrule_desktop.canvas.playing import PlayingMark
from chainrule_desktop.canvas.practising_mark import PractisingMark
from chainrule_desktop.canvas.tracing import Tracing
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.document.clipboard import GraphClipboard
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.level import Level
from chainrule_desktop.document.open_graph import OpenGraph
from chainrule_desktop.document.rewriting import rewrite
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.main_window import TabViews
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.breadcrumbs import Breadcrumbs, whose_numbers
from chainrule_desktop.panels.formula_bar import FormulaBar
from chainrule_desktop.panels.inspector import InspectorPanel
from chainrule_desktop.panels.practice.column import PracticeColumn
from chainrule_desktop.panels.problems import ProblemsPanel
from chainrule_desktop.panels.tensors.window import Surroundings
from chainrule_desktop.panels.tensors.windows import TensorWindows

_HEIGHTS = (670, 130)


@final
class Desk(QObject):
    """Makes the views of a graph for one tab of a window, and connects them.

    Signals:
        said(str): a sentence for the status bar.
        work_changed(): something begins or ends that goes on beside the window.
    """

    said = Signal(str)
    work_changed = Signal()

    def __init__(
        self,
        graph: OpenGraph,
        window: QWidget,
        common: Common,
        tabs: Tabs,
        outer: Desk | None = None,
        level: Level | None = None,
    ) -> None:
        super().__init__(window)
        self.graph, self.outer, self.level = graph, outer, level
        shown = graph if level is None else level
        self.document, self.drawing = shown.document, shown.drawing
        self.player, self.tidying = shown.player, shown.tidying
        self.selection = Selection(self.document, self)
        self.editor = Editor(self.document, self.selection, common.library)
        self.clipboard = GraphClipboard(self.editor, common.clipboard, self)
        if outer is None:
            self.files = FileCommands(window, graph, common.settings, tabs, self)
            graph.views += 1
        else:
            self.files = outer.files
        self._reading = ""
        self._settings = common.settings
        self._make_views(common)
        self.bench = self._workbench(common, tabs)
        self._connect_views()
        self._connect_work()
        if outer is None:
            self._connect_file()

    @property
    def views(self) -> TabViews:
        """What the window shows of this tab."""
        return TabViews(self._middle, self.canvas, self.problems, self._right, self.formula)

    @property
    def chain(self) -> list[Desk]:
        """This desk, the one around it, and so on up to the one of the graph itself."""
        return [self] if self.outer is None else [self, *self.outer.chain]

    @property
    def stepped_out(self) -> SignalInstance:
        """The signal that says how many levels out the reader wants to go."""
        return self._crumbs.chosen

    @property
    def work(self) -> tuple[str, str] | None:
        """What goes on beside the window, and what cancelling it would mean."""
        if self._reading:
            return f"Reading {self._reading}", "Stay with the graph that is open"
        if self.tidying.is_running:
            return "Tidying the layout", "Leave the nodes where they are"
        return None

    def cancel_work(self) -> None:
        """Stop what goes on beside the window."""
        if self.graph.opening.is_reading:
            self.graph.opening.cancel()
        else:
            self.tidying.cancel()

    def enter_formula(self, text: str) -> None:
        """Replace the graph by that of another formula; what can't be understood is marked."""
        try:
            rewrite(self.document, text)
        except ChainruleError as error:
            self.formula.show_fault(explain(error))
        else:
            self.canvas.navigator.zoom_to_fit()

    def _make_views(self, common: Common) -> None:
        theme = common.theme
        self.canvas = CanvasView(self.editor, self.drawing, theme)
        self.canvas.adding.remember_in(common.settings)
        PlayingMark(self.canvas.marking, self.player)
        PractisingMark(self.canvas.marking, self.editor.practice)
        self.inspector = InspectorPanel(
            self.editor, self.drawing, theme, common.tasks, common.algebra
        )
        practice = self.editor.practice
        self._right = PracticeColumn(self.document, practice, theme, self.inspector)
        self._tracing = Tracing(self.canvas.marking, self.drawing)
        self.problems = ProblemsPanel(self.drawing, theme)
        self.problems.hide()
        self._crumbs = Breadcrumbs(theme)
        self._middle = _with_crumbs(self._crumbs, _one_above_the_other(self.canvas, self.problems))
        self.formula = FormulaBar(self.document, theme)
        around = Surroundings(self.editor, self.drawing, theme, common.settings, common.tasks)
        self.tensor_windows = TensorWindows(self.canvas, around)
        self.tensors = TensorCommands(
            self.editor, self.drawing, self.canvas, self.files, common.settings, common.tasks
        )

    def _workbench(self, common: Common, tabs: Tabs) -> Workbench:
        return Workbench(
            self.editor,
            self.drawing,
            self.canvas,
            self.problems,
            self.files,
            self.clipboard,
            self.tidying,
            self.player,
            common.settings,
            common.theme,
            common.tasks,
            self.tensors,
            self.tensor_windows,
            tabs,
            self.graph,
        )

    def _connect_views(self) -> None:
        self.inspector.tensor_requested.connect(self.tensor_windows.show_selected)
        self.inspector.path_traced.connect(self._tracing.show_path)
        self.problems.problem_chosen.connect(self._show_problem)
        self.formula.formula_entered.connect(self.enter_formula)
        self.canvas.tensor_requested.connect(self.tensor_windows.show_requested)
        self.canvas.values.inside_wanted.connect(self._step_inside)
        self.inspector.inside_requested.connect(self._step_inside)
        self.canvas.minimap.hide_wanted.connect(partial(self._settings.change, show_minimap=False))
        self._settings.changed.connect(self._show_settings)
        self._show_settings()
        if self.outer is not None:
            for changed in (self.document.root.changed, self.document.file_changed):
                changed.connect(self._show_crumbs)
        self._show_crumbs()

    def _connect_work(self) -> None:
        tidying = self.tidying
        for said in (self.clipboard.said, self.tensors.said, tidying.failed, self.player.stopped):
            said.connect(self.said)
        tidying.placed.connect(self.canvas.motion.follow_tidy)
        for changed in (tidying.started, tidying.ended):
            changed.connect(self.work_changed)

    def _connect_file(self) -> None:
        """Hear of what only the graph itself has: a file, and work that is kept safe."""
        self.files.graph_opened.connect(self._show_opened)
        self.files.saving.said.connect(self.said)
        self.graph.recovery.failed.connect(self.said)
        self.graph.opening.slow.connect(self._show_reading)
        self.graph.opening.ended.connect(self._show_read)

    def _step_inside(self, use: NodeId) -> None:
        """Show what a composite gate consists of, unless an exercise hides it."""
        if self.document.root.cover.covered is not None:
            self.said.emit(MAY_LOOK.reason)
            return
        try:
            self.bench.tabs.step_inside(use)
        except ChainruleError as error:
            self.said.emit(explain(error))

    def _show_crumbs(self) -> None:
        """Say inside which composite gates this is, from the graph itself on."""
        names = [desk.level.inside.name for desk in self.chain if desk.level is not None]
        says = "" if self.level is None else whose_numbers(self.level.inside)
        self._crumbs.show_path([self.document.name, *reversed(names)], says)

    def _show_settings(self) -> None:
        values = self._settings.values
        self.canvas.set_grid_visible(values.show_grid)
        self.canvas.minimap.set_wanted(values.show_minimap)
        self.canvas.snapping.neighbours = values.snap_neighbours
        self.canvas.snapping.grid = values.snap_grid
        self.canvas.motion.mode = values.motion
        self.player.set_speed(values.playback_speed)

    def _show_reading(self, file: str) -> None:
        self._reading = file
        self.work_changed.emit()

    def _show_read(self) -> None:
        self._reading = ""
        self.work_changed.emit()

    def _show_opened(self) -> None:
        """Bring a graph that was just opened into sight, and what is wrong with it."""
        # The canvas has its size only after the window has made room for it.
        QTimer.singleShot(0, self.canvas, self._begin_view)
        errors = any(each.severity is Severity.ERROR for each in self.drawing.problems)
        self.problems.setVisible(errors)

    def _begin_view(self) -> None:
        self.canvas.navigator.begin(start_of(self.document.graph.header))

    def _show_problem(self, problem: Problem) -> None:
        if problem.node is not None and problem.node in self.document.graph:
            self.selection.set((problem.node,))
            self.canvas.navigator.reveal(problem.node)
        self.canvas.setFocus()


def _with_crumbs(crumbs: QWidget, views: QWidget) -> QWidget:
    middle = QWidget()
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(crumbs)
    column.addWidget(views, 1)
    return middle


def _one_above_the_other(canvas: QWidget, problems: QWidget) -> QSplitter:
    down = QSplitter(Qt.Orientation.Vertical)
    for widget in (canvas, problems):
        down.addWidget(widget)
    down.setHandleWidth(1)
    down.setChildrenCollapsible(False)
    down.setSizes(_HEIGHTS)
    down.setStretchFactor(0, 1)
    return down
