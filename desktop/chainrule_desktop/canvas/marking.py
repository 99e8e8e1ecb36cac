"""Marks what is selected, faulty and focused, for the painter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, final

from PySide6.QtCore import QObject

from chainrule.graph.checks import Severity
from chainrule_desktop.canvas.item import DiagramItem
from chainrule_desktop.canvas.marks import Marks
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.selection import Selection


@final
class Marking(QObject):
    """Keeps the marks that the item paints; gestures and the pointer add theirs."""

    def __init__(
        self, selection: Selection, drawing: Drawing, item: DiagramItem, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._selection = selection
        self._drawing = drawing
        self._item = item
        self._marks = Marks()
        selection.changed.connect(self._mark_selection)
        drawing.problems_changed.connect(self._mark_problems)
        self._mark_selection()
        self._mark_problems()

    @property
    def marks(self) -> Marks:
        """What is marked now."""
        return self._marks

    def change(self, **changes: Any) -> None:
        """Change fields of the marks that are painted."""
        self._marks = replace(self._marks, **changes)
        self._item.show_marks(self._marks)

    def _mark_selection(self) -> None:
        nodes = self._selection.nodes
        self.change(
            selected_nodes=frozenset(nodes),
            selected_wires=self._selection.wires,
            selected_comments=self._selection.comments,
            current_node=nodes[-1] if nodes else None,
            current_point=self._selection.point,
        )

    def _mark_problems(self) -> None:
        problems = self._drawing.problems
        serious = [each for each in problems if each.severity is not Severity.HINT]
        self.change(
            faulty=frozenset(each.node for each in serious if each.node is not None),
            misfits=frozenset(
                (each.node, each.port)
                for each in serious
                if each.node is not None and each.port is not None
            ),
        )
