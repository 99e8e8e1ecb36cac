"""Editing a number in place: one line edit that floats over the canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from chainrule.errors import ExpressionError, ShapeError
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.bubble import Bubble
from chainrule_desktop.document.pasting import as_typed
from chainrule_desktop.document.values import parse_value
from chainrule_desktop.messages import explain
from chainrule_desktop.theme import set_part

_LEAST_WIDTH = 76
_MOST_WIDTH = 420
_PADDING = 26
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


@final
class ValueEdit(QLineEdit):
    """Edits the value of one leaf; Enter and Tab take it, Escape leaves it as it was.

    With another way to `read` a text it edits other things, each by a key of its own; Enter then
    may go on as Tab does.

    What can't be read stays in the field with a sentence. Another window or a menu may be used
    meanwhile; a click elsewhere in the window takes the value, or leaves it where that can't be.

    Signals:
        entered(str, object): a leaf's id and its new value, or a key and what was read.
        finished(str, int): editing of a leaf was ended with a key; 1 or -1 asks for the next or
            previous leaf.
        refused(str): what was typed can't be the value, and why; "" once that is over.
    """

    entered = Signal(str, object)
    finished = Signal(str, int)
    refused = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        read: Callable[[str], object] = parse_value,
        *,
        goes_on: bool = False,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._on_enter = 1 if goes_on else 0
        self._node: NodeId = ""
        self._before = ""
        self._around = parent
        self._bubble = Bubble(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.textEdited.connect(self._accept_look)
        self.hide()

    @property
    def node(self) -> NodeId:
        """The leaf that is being edited; "" for none."""
        return self._node

    def begin(self, node: NodeId, text: str, typed: str = "", called: str = "") -> None:
        """Edit the value written as `text`; `typed` replaces it where typing has begun already.

        Screen readers are told what it is `called`, which is the value of the node by itself.
        """
        if self._node:
            self._take(None)
        self._node = node
        self._before = text
        self.setText(typed or text)
        self.setAccessibleName(called or f"Value of {node}")
        self._accept_look()
        width = self.fontMetrics().horizontalAdvance(self._before) + _PADDING
        self.resize(min(max(width, _LEAST_WIDTH), _MOST_WIDTH), self.sizeHint().height())
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not typed:
            self.selectAll()

    def put(self, middle: QPoint, room: QRect) -> None:
        """Stand around `middle`, in the parent's pixels, but inside of `room`."""
        place = middle - self.rect().center()
        x = max(room.left(), min(place.x(), room.right() - self.width()))
        y = max(room.top(), min(place.y(), room.bottom() - self.height()))
        self.move(x, y)
        if self._bubble.isVisible():
            self._bubble.say(self._bubble.text(), self.geometry().bottomLeft())

    def leave(self) -> None:
        """Stop editing without taking what was typed."""
        self._node = ""
        self._accept_look()
        if self.hasFocus():
            # Hidden with the focus, it would send Tab's question to the canvas.
            self._around.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    @override
    def event(self, event: QEvent, /) -> bool:
        # Tab would move the focus, or be a command of the canvas, before keyPressEvent hears of it.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._take(step)
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._paste_table():
            return
        if event.key() == Qt.Key.Key_Escape:
            self._end(0)
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._on_enter)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        if self._node and event.reason() not in _PASSING:
            self._take(None)

    def _take(self, step: int | None) -> None:
        """Take what was typed; with a `step`, by a key, what can't be read stays in the field."""
        if self.text() != self._before:
            try:
                value = self._read(self.text())
            except (ExpressionError, ShapeError) as error:
                self.refused.emit(explain(error))
                if step is not None:
                    self._complain(explain(error))
                    return
            else:
                self.entered.emit(self._node, value)
        self._end(step)

    def _end(self, step: int | None) -> None:
        node = self._node
        self.leave()
        if node and step is not None:
            self.finished.emit(node, step)

    def _paste_table(self) -> bool:
        """Type the cells of a spreadsheet as a tensor; say whether there are any to paste."""
        try:
            typed = as_typed(QGuiApplication.clipboard().text())
        except ShapeError as error:
            self._complain(explain(error))
            return True
        if typed is not None:
            self.insert(typed)
        return typed is not None

    def _complain(self, sentence: str) -> None:
        set_part(self, "problem")
        self._bubble.say(sentence, self.geometry().bottomLeft())

    def _accept_look(self) -> None:
        if self._bubble.isVisible():
            self._bubble.say("", QPoint())
            self.refused.emit("")
        if self.property("part") == "problem":
            self.setProperty("part", "")
            self.style().unpolish(self)
            self.style().polish(self)
