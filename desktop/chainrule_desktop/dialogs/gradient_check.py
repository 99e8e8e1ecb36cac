"""The gradient check and its results: one line for each number of each input and parameter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import cast, final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule.autodiff.gradient_check import Check, Verdict, check_gradients
from chainrule.graph.graph import GateGraph
from chainrule_desktop.dialogs.labels import text_label
from chainrule_desktop.messages import count, explain
from chainrule_desktop.tasks import Progress, Tasks
from chainrule_desktop.theme import ScreenFit, set_part

_COLUMNS = ("Node", "Index", "Analytic", "Numerical", "Relative error", "Verdict")
_MOST_LINES = 2_000


@final
class GradientCheckDialog(QDialog):
    """Runs the check beside the window, and can be closed at any time, which ends it."""

    def __init__(self, parent: QWidget, graph: GateGraph, tasks: Tasks) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Gradient Check")
        self.resize(760, 460)
        ScreenFit(self)
        self._summary = text_label("Checking …")
        self._progress = QProgressBar()
        self._progress.setAccessibleName("Progress of the check")
        self._table = _empty_table()
        self._lay_out()
        self._task = tasks.start(lambda progress: _run(graph, progress))
        self._task.progressed.connect(self._show_progress)
        self._task.succeeded.connect(self._show_results)
        self._task.failed.connect(self._show_failure)

    @override
    def done(self, result: int, /) -> None:
        if not self._progress.isHidden():
            self._task.cancel()
        super().done(result)

    def _lay_out(self) -> None:
        note = text_label(
            "Each analytic gradient against (f(x + h) − f(x − h)) / 2h. A kink of max, relu or abs "
            "has no single slope and is no error.",
            "muted",
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._summary, self._progress, self._table, note, buttons):
            column.addWidget(widget)

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setMaximum(total)
        self._progress.setValue(done)

    def _show_failure(self, error: Exception) -> None:
        self._progress.hide()
        self._summary.setText(explain(error))
        set_part(self._summary, "problem")

    def _show_results(self, result: object) -> None:
        checks = cast("tuple[Check, ...]", result)
        self._progress.hide()
        self._summary.setText(summary(checks))
        agrees = all(check.verdict is not Verdict.DIFFERS for check in checks)
        set_part(self._summary, "ok" if agrees else "problem")
        shown = checks[:_MOST_LINES]
        self._table.setRowCount(len(shown))
        for row, check in enumerate(shown):
            for column, text in enumerate(_cells(check)):
                self._table.setItem(row, column, _item(text, check))


def summary(checks: Sequence[Check]) -> str:
    """Return what came out in one sentence: how many numbers, and what is not as it should be."""
    if not checks:
        return "There are no inputs or parameters to check."
    found = Counter(check.verdict for check in checks)
    if found[Verdict.AGREES] == len(checks):
        return f"All gradients agree: {count(len(checks), 'number')} checked."
    parts = [f"{found[each]:,} {each.value}" for each in Verdict if found[each]]
    more = f" The first {_MOST_LINES:,} are shown." if len(checks) > _MOST_LINES else ""
    return f"{count(len(checks), 'number')} checked: {', '.join(parts)}.{more}"


def _run(graph: GateGraph, progress: Progress) -> tuple[Check, ...]:
    return check_gradients(graph, progress.report, lambda: progress.cancelled)


def _empty_table() -> QTableWidget:
    table = QTableWidget(0, len(_COLUMNS))
    table.setAccessibleName("Results of the gradient check")
    table.setHorizontalHeaderLabels(list(_COLUMNS))
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(len(_COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table


def _cells(check: Check) -> tuple[str, ...]:
    verdict = f"{check.verdict.value}: {check.says}" if check.says else check.verdict.value
    return (
        check.node,
        ", ".join(str(each) for each in check.index) or "–",
        _number(check.analytic, ".8g"),
        _number(check.numerical, ".8g"),
        _number(check.error, ".1e"),
        verdict,
    )


def _number(number: float | None, form: str) -> str:
    return "–" if number is None else format(number, form).replace("-", "−")


def _item(text: str, check: Check) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(check.says)
    return item
