"""Editing a leaf's value in place: one line edit that floats over the canvas."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.errors import ShapeError
from chainrule.graph.node import NodeId
from chainrule_desktop.document.values import parse_value, typed_value
from chainrule_desktop.theme import set_part

_LEAST_WIDTH = 76
_MOST_WIDTH = 420
_PADDING = 26


@final
class ValueEdit(QLineEdit):
    """Edits the value of one leaf; Enter and Tab take it, Escape leaves it as it was.

    What can't be read stays in the field with a sentence, and nothing is lost.

    Signals:
        entered(str, object): a leaf's id and its new value.
        finished(str, int): editing of a leaf is over; 1 or -1 asks for the next or previous leaf.
    """

    entered = Signal(str, object)
    finished = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._node: NodeId = ""
        self._before = ""
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.textEdited.connect(self._accept_look)
        self.hide()

    @property
    def node(self) -> NodeId:
        """The leaf that is being edited; "" for none."""
        return self._node

    def begin(self, node: NodeId, value: Array, middle: QPoint) -> None:
        """Edit `value` in a field around `middle`, in the parent's pixels."""
        self._node = node
        self._before = typed_value(value)
        self.setText(self._before)
        self.setAccessibleName(f"Value of {node}")
        self._accept_look()
        width = self.fontMetrics().horizontalAdvance(self._before) + _PADDING
        self.resize(min(max(width, _LEAST_WIDTH), _MOST_WIDTH), self.sizeHint().height())
        self.move(middle - self.rect().center())
        self.show()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.selectAll()

    def leave(self) -> None:
        """Stop editing without taking what was typed."""
        self._node = ""
        self.hide()

    @override
    def event(self, event: QEvent, /) -> bool:
        # Tab would move the focus before keyPressEvent hears of it.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._take(step)
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end(0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(0)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if self._node:
            self._take(0, keep_open=False)

    def _take(self, step: int, *, keep_open: bool = True) -> None:
        if self.text() != self._before:
            try:
                value = parse_value(self.text())
            except ShapeError as error:
                if keep_open:
                    self._complain(str(error))
                    return
            else:
                self.entered.emit(self._node, value)
        self._end(step)

    def _end(self, step: int) -> None:
        node, self._node = self._node, ""
        if node:
            self.hide()
            self.finished.emit(node, step)

    def _complain(self, sentence: str) -> None:
        set_part(self, "problem")
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), sentence, self)

    def _accept_look(self) -> None:
        if self.property("part") == "problem":
            self.setProperty("part", "")
            self.style().unpolish(self)
            self.style().polish(self)
