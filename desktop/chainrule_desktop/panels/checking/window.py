"""The window of the gradient check: it runs beside the main one and shows every number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast, final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule.autodiff.gradient_check import (
    Check,
    CheckSettings,
    ErrorCurve,
    Verdict,
    check_gradients,
    error_curve,
)
from chainrule.graph.changes import Changes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.selection import subgraph
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.checking.controls import Controls
from chainrule_desktop.panels.checking.error_plot import ErrorPlot, curve_sentence
from chainrule_desktop.panels.checking.findings import (
    READING,
    Finding,
    explained,
    findings_of,
    summary,
    worst_on_wires,
)
from chainrule_desktop.panels.checking.table import COLUMNS, FindingsTable
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.explanation import Explainer
from chainrule_desktop.panels.latest import Latest, Request
from chainrule_desktop.panels.page_parts import label_of
from chainrule_desktop.tasks import Progress, Task, Tasks
from chainrule_desktop.theme import ScreenFit, set_part

_A_MOMENT = 80


@final
@dataclass(frozen=True, slots=True)
class Canvas:
    """What the window may do on the canvas: mark wires, as some are already, and show a node."""

    mark: Callable[[Mapping[Wire, Verdict]], None]
    reveal: Callable[[NodeId], None]
    marked: bool = False


@final
class CheckWindow(QDialog):
    """Checks a copy of the graph; it can be closed at any time, which ends the check.

    The canvas has the names of all gates while it is open. Marks there stay when it is closed.
    """

    def __init__(self, parent: QWidget, context: Context, tasks: Tasks, canvas: Canvas) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Gradient Check")
        self.resize(940, 680)
        ScreenFit(self)
        self._context, self._tasks, self._canvas = context, tasks, canvas
        self._graph = context.graph
        self._task: Task | None = None
        self._summary = label_of("Checking …")
        self._progress = QProgressBar()
        self._progress.setAccessibleName("Progress of the check")
        self._controls = Controls()
        self._table = FindingsTable(context.palette)
        self._view = _table_view(self._table)
        self._explained, self._about_curve = label_of(), label_of(part="muted")
        self._plot = ErrorPlot()
        self._curves = Latest(tasks, _A_MOMENT, self)
        self._mark = QPushButton("Show on &Canvas")
        self._mark.setCheckable(True)
        self._mark.setChecked(canvas.marked)
        context.drawing.show_names(shown=True)
        self._names = True
        self._lay_out()
        self._connect()
        self._check()

    @override
    def done(self, result: int, /) -> None:
        self._stop()
        if self._names:
            self._names = False
            self._context.drawing.show_names(shown=False)
        super().done(result)

    def _lay_out(self) -> None:
        below = QWidget()
        row = QHBoxLayout(below)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._plot, 3)
        words = QVBoxLayout()
        for label in (self._explained, self._about_curve):
            words.addWidget(label)
        words.addStretch()
        row.addLayout(words, 2)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        for widget in (self._view, below):
            parts.addWidget(widget)
        parts.setSizes([340, 210])
        buttons = QHBoxLayout()
        again, close = QPushButton("Check &Again"), QPushButton("C&lose")
        again.clicked.connect(self._check)
        close.clicked.connect(self.reject)
        for button in (self._mark, again):
            button.setAutoDefault(False)
        close.setDefault(True)
        buttons.addWidget(self._mark)
        buttons.addWidget(again)
        buttons.addStretch()
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        for widget in (self._controls, self._summary, self._progress):
            column.addWidget(widget)
        column.addWidget(parts, 1)
        column.addWidget(label_of(READING, "muted"))
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._controls.check_wanted.connect(self._check)
        self._controls.filter_changed.connect(self._filter)
        self._view.selectionModel().currentRowChanged.connect(self._show_chosen)
        self._view.doubleClicked.connect(self._go)
        self._mark.toggled.connect(self._show_marks)
        self._mark.clicked.connect(self._step_aside)
        self._mark.setToolTip(
            "Mark each wire by what was found: a line, dashes, or a dot; until an edit, or Escape"
        )
        self._context.theme.changed.connect(self._repaint)
        document = self._context.editor.document
        document.changed.connect(self._notice)
        document.replaced.connect(self._leave_exercise)

    def _check(self) -> None:
        self._stop()
        self._curves.cancel()
        graph = self._context.graph
        # The check runs beside the window, so it gets a graph of its own; nodes are immutable.
        self._graph = subgraph(graph, graph.ids())
        self._graph.header = graph.header
        self._summary.setText("Checking …")
        set_part(self._summary, "muted")
        self._progress.setRange(0, 0)
        self._progress.show()
        self._task = self._tasks.start(partial(_run, self._graph, self._controls.settings))
        self._task.progressed.connect(self._show_progress)
        self._task.succeeded.connect(self._show_results)
        self._task.failed.connect(self._show_failure)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _notice(self, changes: Changes) -> None:
        """Say that what is shown is of a graph that has changed since."""
        self._leave_exercise()
        if changes.numbers and self._task is None:
            self._summary.setText("The graph has changed since; check again.")
            set_part(self._summary, "muted")

    def _leave_exercise(self) -> None:
        """Close where the gradients are what an exercise asks for."""
        if self._context.editor.document.cover.covered is not None:
            self._canvas.mark({})
            self.reject()

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setMaximum(total)
        self._progress.setValue(done)

    def _show_failure(self, error: Exception) -> None:
        self._task = None
        self._progress.hide()
        self._summary.setText(explain(error))
        set_part(self._summary, "problem")

    def _show_results(self, result: object) -> None:
        self._task = None
        checks = cast("tuple[Check, ...]", result)
        self._progress.hide()
        self._summary.setText(summary(checks))
        agrees = all(check.verdict is not Verdict.DIFFERS for check in checks)
        set_part(self._summary, "ok" if agrees else "problem")
        explainer = Explainer(self._graph, self._context.passes, self._context.decimals)
        self._table.show_findings(findings_of(checks, explainer))
        self._view.selectRow(0)
        self._show_chosen()
        self._show_marks()

    def _filter(self) -> None:
        self._table.show_only(self._controls.text, amiss=self._controls.only_amiss)
        self._view.selectRow(0)
        self._show_chosen()

    def _chosen(self) -> Finding | None:
        return self._table.finding(self._view.currentIndex().row())

    def _show_chosen(self) -> None:
        finding = self._chosen()
        self._explained.setText("" if finding is None else explained(finding.check, finding.name))
        self._about_curve.setText("")
        self._plot.show_curve(None, self._controls.settings.step, self._context.palette)
        if finding is not None and finding.check.analytic is not None:
            prepare = partial(partial, _curve_of, self._graph, finding.check)
            self._curves.ask(Request(prepare, self._show_curve, self._show_no_curve))

    def _show_curve(self, result: object) -> None:
        curve = cast(ErrorCurve, result)
        self._plot.show_curve(curve, self._controls.settings.step, self._context.palette)
        self._about_curve.setText(curve_sentence(curve))

    def _show_no_curve(self, error: Exception) -> None:
        self._about_curve.setText(explain(error))

    def _show_marks(self) -> None:
        shown = worst_on_wires(self._table.findings) if self._mark.isChecked() else {}
        self._canvas.mark(shown)

    def _step_aside(self) -> None:
        """Uncover as much of the canvas as there is room for."""
        if self._mark.isChecked():
            room, frame = self.screen().availableGeometry(), self.frameGeometry()
            frame.moveBottomRight(room.bottomRight())
            self.move(frame.topLeft())

    def _go(self, index: QModelIndex) -> None:
        finding = self._table.finding(index.row())
        if finding is not None and finding.check.node in self._context.graph:
            self._canvas.reveal(finding.check.node)

    def _repaint(self) -> None:
        self._table.use(self._context.palette)
        self._show_chosen()


def _run(graph: GateGraph, settings: CheckSettings, progress: Progress) -> tuple[Check, ...]:
    return check_gradients(graph, progress.report, lambda: progress.cancelled, settings)


def _curve_of(graph: GateGraph, check: Check, progress: Progress) -> ErrorCurve:
    subject = check.node if check.wire is None else check.wire
    return error_curve(graph, subject, check.index, lambda: progress.cancelled)


def _table_view(model: FindingsTable) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName("Results of the gradient check")
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)
    view.setSortingEnabled(True)
    header = view.horizontalHeader()
    header.setSortIndicator(len(COLUMNS) - 1, Qt.SortOrder.DescendingOrder)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for column, width in enumerate((190, 140, 140, 120, 150)):
        view.setColumnWidth(column, width)
    header.setStretchLastSection(True)
    return view
