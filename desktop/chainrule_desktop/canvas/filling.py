"""Filling the blanks of an exercise in place, one after the other."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGraphicsView, QToolTip
from typing_extensions import override

from chainrule.diagram.blanks import BlankBox
from chainrule.errors import ExpressionError
from chainrule.expression.tensors import parse_tensor
from chainrule.graph.exercises import Blank
from chainrule.practice.blanks import name_of
from chainrule_desktop.canvas.item import MIDDLE
from chainrule_desktop.canvas.value_edit import ValueEdit
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

_LEFT = Qt.MouseButton.LeftButton
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_STARTS = "0123456789-−.["
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@final
class BlankFilling(QObject):
    """Hears what is meant for blanks before the canvas does, and keeps a field over one of them.

    A click chooses a blank and a double click types in it; Tab and Shift+Tab walk through them in
    the order of the forward, then of the backward pass. Enter, or beginning to type, fills the one
    that is chosen.

    Signals:
        said(str): what is wrong with what was typed; "" once that is over.
    """

    said = Signal(str)

    def __init__(
        self, view: QGraphicsView, camera: Camera, editor: Editor, drawing: Drawing
    ) -> None:
        super().__init__(view)
        self._view = view
        self._camera = camera
        self._practice = editor.practice
        self._drawing = drawing
        self._graph = editor.document
        self._blank: Blank | None = None
        self._made_field: ValueEdit | None = None
        editor.document.replaced.connect(self._leave)
        drawing.redrawn.connect(self.follow_view)
        self._practice.filling_wanted.connect(self.begin)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def begin(self, blank: Blank, typed: str = "") -> None:
        """Let an answer be typed; `typed` is what has been typed already."""
        placed = self._drawing.diagram.blanks.get(blank)
        if placed is None:
            return
        self._practice.choose(blank)
        self._camera.reveal(_area(placed))
        self._blank = blank
        called = f"Answer for the {name_of(self._graph.graph, blank)}"
        self._field.begin(str(blank), placed.text, typed, called)
        self.follow_view()

    def follow_view(self) -> None:
        """Keep the field over its blank when the view has zoomed, scrolled or drawn anew."""
        if self._made_field is None or not self._field.node:
            return
        placed = self._placed()
        if placed is None:
            self._field.leave()
            return
        middle = self._camera.to_pixel(_area(placed).center())
        self._field.put(middle, self._view.viewport().rect())

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if not self._drawing.diagram.blanks:
            return False
        if watched is self._view:
            return isinstance(event, QKeyEvent) and self._hear(event)
        if isinstance(event, QMouseEvent):
            return self._point(event)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._explain(event)
        return False

    def blank_at(self, pixel: QPointF) -> Blank | None:
        """Return the blank whose box is at a pixel; from far away there is none to be seen."""
        if self._camera.scale < MIDDLE:
            return None
        point = self._camera.point(pixel)
        boxes = self._drawing.diagram.blanks.values()
        return next((each.blank for each in boxes if each.box.holds(point)), None)

    def _point(self, event: QMouseEvent) -> bool:
        """Choose or open the blank under the pointer, and say whether there is one."""
        pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if not pressed or event.button() != _LEFT:
            return False
        blank = self.blank_at(event.position())
        if blank is None:
            self._practice.choose(None)
            return False
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._practice.choose(blank)
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.begin(blank)
        return True

    def _hear(self, event: QKeyEvent) -> bool:
        """Do what a key stands for in an exercise, and say whether it stands for anything."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        wanted = self._wanted(event)
        if wanted is None:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            # Tab is a command of the canvas otherwise.
            event.accept()
            return True
        self.begin(*wanted)
        return True

    def _wanted(self, event: QKeyEvent) -> tuple[Blank, str] | None:
        """Return the blank that a key asks to fill, and what it types already."""
        chosen, typed = self._practice.chosen, event.text()
        step = _TABS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & _COMMANDS:
            beside = self._practice.beside(chosen, step) if chosen else self._practice.first_open()
            return None if beside is None else (beside, "")
        if chosen is None or event.modifiers() & _COMMANDS:
            return None
        if event.key() in _ENTER:
            return chosen, ""
        return (chosen, typed) if len(typed) == 1 and typed in _STARTS else None

    def _explain(self, event: QHelpEvent) -> bool:
        """Show the tooltip of the blank under the pointer, and say whether there is one."""
        blank = self.blank_at(QPointF(event.pos()))
        if blank is None:
            return False
        name = name_of(self._graph.graph, blank)
        text, mark = self._practice.text(blank), self._practice.mark(blank)
        said = f"The {name}: {text or 'to be found'}."
        if mark is not None:
            said += f" {mark.says or 'Right.'}"
        QToolTip.showText(event.globalPos(), f"{said}\nDouble-click to type it.", self._view)
        return True

    @property
    def _field(self) -> ValueEdit:
        """The field, made when it is first used: few graphs are exercises."""
        if self._made_field is None:
            self._made_field = ValueEdit(self._view.viewport(), read_text, goes_on=True)
            self._made_field.setObjectName("answer")
            self._made_field.entered.connect(self._take)
            self._made_field.finished.connect(self._go_on)
            self._made_field.refused.connect(self.said)
        return self._made_field

    def _leave(self) -> None:
        if self._made_field is not None:
            self._made_field.leave()

    def _placed(self) -> BlankBox | None:
        return None if self._blank is None else self._drawing.diagram.blanks.get(self._blank)

    def _take(self, _key: str, text: object) -> None:
        if self._blank is not None:
            self._practice.answer(self._blank, str(text))

    def _go_on(self, _key: str, step: int) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        following = self._practice.beside(self._blank, step) if step else None
        self._blank = None
        if following is not None:
            self.begin(following)


def read_text(text: str) -> str:
    """Return an answer as it was typed; raise ExpressionError if it is no number."""
    typed = text.strip()
    if typed:
        try:
            parse_tensor(typed)
        except ExpressionError as error:
            raise ExpressionError(error.problem) from None
    return typed


def _area(placed: BlankBox) -> QRectF:
    left, top, right, bottom = placed.box
    return QRectF(QPointF(left, top), QPointF(right, bottom))
