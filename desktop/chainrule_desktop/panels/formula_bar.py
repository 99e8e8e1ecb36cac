"""The formula above the canvas: what the graph computes, and a way to type another graph."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from chainrule.errors import ChainruleError, ExpressionError
from chainrule.expression import formula_of, graph_from_formula
from chainrule.gates.leaf import Constant
from chainrule.graph.changes import Changes
from chainrule_desktop.document.document import Document
from chainrule_desktop.messages import explain
from chainrule_desktop.theme import Theme

EXAMPLE = "f = (x + y) * z"

_TOO_LONG = "This graph is too large to be written as a formula; type one for a new graph"
_PATIENCE = 60
_PADDING = 22


@final
class FormulaField(QLineEdit):
    """Shows a formula, shortened where it is too long; while it has the keyboard, all of it.

    What was typed and not entered comes back when the keyboard does.

    Signals:
        entered(str): Enter was pressed on another text than the formula shown.
        fault_found(str): what was typed can't be understood; "" when that is over.
    """

    entered = Signal(str)
    fault_found = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formula = ""
        self._draft: str | None = None
        self.setPlaceholderText(EXAMPLE)
        self.textEdited.connect(self._keep_draft)

    def show_formula(self, formula: str) -> None:
        """Show what the graph computes now; a draft for the graph before is dropped."""
        if formula == self._formula:
            return
        self._formula = formula
        self.setToolTip(formula)
        if not self.hasFocus():
            self._draft = None
            self._complain("")
            self._show_short()
        elif self._draft is None:
            self._show_whole()

    def show_fault(self, sentence: str, column: int | None) -> None:
        """Mark what was typed as not understood, and go to the column, which counts from 1."""
        self._complain(sentence)
        if column is not None:
            self.setCursorPosition(column - 1)

    @property
    def has_fault(self) -> bool:
        """Whether what was typed is marked as not understood."""
        return self.property("part") == "problem"

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._forget_draft()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        self.setText(self._formula if self._draft is None else self._draft)
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._complain("")
            self._show_short()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        if not self.hasFocus():
            self._show_short()

    def drop_draft(self) -> None:
        """Take what was typed as done: it will not come back when the keyboard does."""
        self._draft = None

    def _keep_draft(self, text: str) -> None:
        self._draft = text if text != self._formula else None
        self._complain("")

    def _forget_draft(self) -> None:
        self._draft = None
        self._complain("")
        self._show_whole()
        self.selectAll()

    def _enter(self) -> None:
        text = self.text().strip()
        if text and text != self._formula:
            self.entered.emit(text)

    def _show_whole(self) -> None:
        self.setText(self._formula)

    def _show_short(self) -> None:
        room = max(0, self.width() - _PADDING)
        self.setText(
            self.fontMetrics().elidedText(self._formula, Qt.TextElideMode.ElideRight, room)
        )
        self.setCursorPosition(0)

    def _complain(self, sentence: str) -> None:
        if bool(sentence) != self.has_fault:
            self.setProperty("part", "problem" if sentence else "")
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleDescription(sentence)
        self.fault_found.emit(sentence)


@final
class FormulaBar(QWidget):
    """The field with the graph's formula, and the sentence on what is wrong with a typed one.

    Signals:
        formula_entered(str): a formula that can be read was entered.
        fault_found(str): a sentence on what can't be read; "" when that is over.
    """

    formula_entered = Signal(str)
    fault_found = Signal(str)

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self.field = FormulaField(self)
        self.field.setAccessibleName("Formula of the graph")
        self._bubble = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._bubble.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        self.setFocusProxy(self.field)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._connect()
        self._write()

    def show_fault(self, sentence: str, column: int | None = None) -> None:
        """Say what is wrong with the formula that was entered."""
        self.field.show_fault(sentence, column)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._say_again()

    def _say_again(self) -> None:
        if self._bubble.isVisible():
            self._show_sentence(self._bubble.text())

    def _connect(self) -> None:
        self._theme.changed.connect(self._say_again)
        self._timer.timeout.connect(self._write)
        self._document.changed.connect(self._schedule)
        self._document.replaced.connect(self._write)
        self.field.entered.connect(self._enter)
        self.field.fault_found.connect(self._show_sentence)
        self.field.fault_found.connect(self.fault_found)

    def _schedule(self, changes: Changes) -> None:
        if changes.structure or changes.run or self._writes_any(changes):
            self._timer.start()

    def _writes_any(self, changes: Changes) -> bool:
        """Whether a number that stands in the formula has changed."""
        graph = self._document.graph
        return any(
            each in graph and isinstance(graph.node(each).kind, Constant) for each in changes.values
        )

    def _write(self) -> None:
        self._timer.stop()
        formula = formula_of(self._document.graph)
        self.field.setPlaceholderText(EXAMPLE if formula is not None else _TOO_LONG)
        self.field.show_formula(formula or "")

    def _enter(self, text: str) -> None:
        try:
            graph_from_formula(text, definitions=self._document.graph.definitions)
        except ExpressionError as error:
            self.show_fault(explain(error), error.column)
        except ChainruleError as error:
            self.show_fault(explain(error))
        else:
            self.field.drop_draft()
            self.formula_entered.emit(text)

    def _show_sentence(self, sentence: str) -> None:
        """Let the sentence float below the field, over what is there."""
        self._bubble.setVisible(bool(sentence))
        if not sentence:
            return
        window, palette = self.window(), self._theme.palette
        self._bubble.setParent(window)
        # A field's look in a label that floats; no part of the style sheet has it.
        self._bubble.setStyleSheet(
            f"background: {palette.problem_fill}; color: {palette.problem}; padding: 5px 8px;"
            f"border: 1px solid {palette.problem}; border-radius: 4px;"
        )
        self._bubble.setText(sentence)
        self._bubble.setFixedWidth(self.width())
        self._bubble.adjustSize()
        self._bubble.move(self.mapTo(window, QPoint(0, self.height() + 2)))
        self._bubble.raise_()
        self._bubble.show()
