"""The list of what is amiss in the graph."""

from __future__ import annotations

from typing import cast, final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chainrule.graph.checks import Problem, Severity
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.theme import Theme, set_part

_PROBLEM_ROLE = Qt.ItemDataRole.UserRole
_MOST_LISTED = 500
_SPOKEN = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.HINT: "Hint"}


@final
class ProblemsPanel(QWidget):
    """Lists the drawing's problems; a click or Enter goes to the node.

    Signals:
        problem_chosen(Problem): the user wants to see this one.
    """

    problem_chosen = Signal(object)

    def __init__(self, drawing: Drawing, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_part(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Problems")
        self._drawing = drawing
        self._theme = theme
        self._list = QListWidget()
        self._none = QLabel("No problems: every number of this graph is computed and finite.")
        self._pages = QStackedWidget(self)
        self._lay_out()
        drawing.problems_changed.connect(self._show)
        theme.changed.connect(self._show)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._show()

    def _lay_out(self) -> None:
        set_part(self._list, "flat")
        self._list.setAccessibleName("Problems")
        self._list.setWordWrap(True)
        self._list.setIconSize(QSize(16, 16))
        set_part(self._none, "muted")
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._none.setMargin(8)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self._pages)
        self.setFocusProxy(self._list)

    def _show(self) -> None:
        problems = self._drawing.problems
        chosen = self._list.currentRow()
        self._list.clear()
        for problem in problems[:_MOST_LISTED]:
            self._list.addItem(self._item(problem))
        if len(problems) > _MOST_LISTED:
            self._list.addItem(_more(len(problems) - _MOST_LISTED))
        self._list.setCurrentRow(min(chosen, self._list.count() - 1))
        self._pages.setCurrentIndex(0 if problems else 1)

    def _item(self, problem: Problem) -> QListWidgetItem:
        name = problem.node or "graph"
        hint = problem.severity is Severity.HINT
        icon = self._theme.icon("help") if hint else self._theme.problem_icon()
        item = QListWidgetItem(icon, f"{name}: {problem.sentence}")
        item.setToolTip(problem.sentence)
        spoken = f"{_SPOKEN[problem.severity]} at {name}: {problem.sentence}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setData(_PROBLEM_ROLE, problem)
        return item

    def _choose(self, item: QListWidgetItem) -> None:
        problem = cast("Problem | None", item.data(_PROBLEM_ROLE))
        if problem is not None:
            self.problem_chosen.emit(problem)


def _more(count: int) -> QListWidgetItem:
    item = QListWidgetItem(f"… and {count:,} more")
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
