"""The blanks of an exercise in a list, each with what was answered and what became of it."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from chainrule.graph.exercises import Blank
from chainrule.graph.graph import GateGraph
from chainrule.practice.blanks import name_of
from chainrule.practice.marking import Mark, Verdict
from chainrule_desktop.document.practising import Practice
from chainrule_desktop.theme import Palette

_ROWS = 6
_SIGNS = {
    Verdict.RIGHT: "✓",
    Verdict.FOLLOWS: "✓",
    Verdict.PARTLY: "△",
    Verdict.WRONG: "✗",
    Verdict.UNREADABLE: "✗",
    Verdict.SHOWN: "△",
    Verdict.EMPTY: "□",
}
_OPEN, _ANSWERED = "□", "•"


@final
class BlankList(QListWidget):
    """Shows all blanks in the order in which they are found.

    Signals:
        chosen(object): this Blank was chosen with the mouse or the keys.
        filling_wanted(object): an answer is to be typed for this Blank.
    """

    chosen = Signal(object)
    filling_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._blanks: list[Blank] = []
        self._showing = False
        self.setAccessibleName("Blanks")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.currentRowChanged.connect(self._tell_chosen)
        self.itemDoubleClicked.connect(self._ask_to_fill)

    def show_blanks(self, practice: Practice, graph: GateGraph, palette: Palette) -> None:
        """Show what holds now."""
        self._showing = True
        self._blanks = [*practice.blanks]
        while self.count() > len(self._blanks):
            self.takeItem(self.count() - 1)
        while self.count() < len(self._blanks):
            self.addItem(QListWidgetItem())
        for row, blank in enumerate(self._blanks):
            item = self.item(row)
            text, mark = practice.text(blank), practice.mark(blank)
            item.setText(_line(name_of(graph, blank), text, mark))
            item.setToolTip(item.text() if mark is None else mark.says or "Right.")
            colour = palette.text
            if mark is not None:
                colour = palette.ok if mark.is_full else palette.problem
            item.setForeground(QColor(colour))
        chosen = practice.chosen
        self.setCurrentRow(-1 if chosen is None else self._blanks.index(chosen))
        self._showing = False

    @override
    def sizeHint(self) -> QSize:
        row = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height() + 6
        rows = min(max(self.count(), 2), _ROWS)
        return QSize(super().sizeHint().width(), rows * row + 2 * self.frameWidth())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_to_fill()
        else:
            super().keyPressEvent(event)

    def _tell_chosen(self, row: int) -> None:
        if not self._showing and 0 <= row < len(self._blanks):
            self.chosen.emit(self._blanks[row])

    def _ask_to_fill(self) -> None:
        row = self.currentRow()
        if 0 <= row < len(self._blanks):
            self.filling_wanted.emit(self._blanks[row])


def _line(name: str, text: str, mark: Mark | None) -> str:
    sign = _SIGNS[mark.verdict] if mark is not None else _ANSWERED if text else _OPEN
    answer = f" = {text.replace('-', '−')}" if text else ""
    verdict = f", {mark.verdict.value}" if mark is not None else ""
    return f"{sign}  {name}{answer}{verdict}"
