"""The buttons of the mouse, of a trackpad and of a pen: gestures, panning, menus."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip

from chainrule.errors import ChainruleError
from chainrule_desktop.canvas.hand import Hand
from chainrule_desktop.canvas.held import held_keys
from chainrule_desktop.canvas.keys import Keys
from chainrule_desktop.canvas.pointer import Pointer
from chainrule_desktop.canvas.tools.tool import STARTS_AFTER, Armed
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.messages import explain

_NONE = Qt.MouseButton.NoButton
_LEFT = Qt.MouseButton.LeftButton
_RIGHT = Qt.MouseButton.RightButton


@final
class Mouse(QObject):
    """Turns presses, moves and releases into gestures.

    The left button begins the gesture of what is under the pointer; it pans while Space is held,
    as the middle one always does. The right one asks for a menu where it is let go, and a drag
    with it is the gesture `right_drag`.

    Signals:
        menu_wanted(QPointF): a menu for what is at this pixel.
        said(str): a sentence for the status bar.
    """

    menu_wanted = Signal(QPointF)
    said = Signal(str)

    def __init__(
        self,
        pointer: Pointer,
        camera: Camera,
        keys: Keys,
        right_drag: Armed | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pointer = pointer
        self._camera = camera
        self._keys = keys
        self._hand = Hand(camera)
        self._right_drag = right_drag
        self._button = _NONE
        self._pressed = QPointF()
        self.place = QPointF()

    @property
    def busy(self) -> bool:
        """Whether a button is held that means something."""
        return self._pointer.busy or self._hand.holds

    def press(self, event: QMouseEvent) -> None:
        """Begin what the button stands for; another one in the middle of it means nothing."""
        self.place = event.position()
        if self.busy or self._button != _NONE:
            return
        if self._hand.press(event, space_held=self._keys.space_held):
            return
        if event.button() in (_LEFT, _RIGHT):
            QToolTip.hideText()
            self._button, self._pressed = event.button(), event.position()
        if event.button() == _LEFT:
            self._pointer.press(self._point(event), held_keys(event.modifiers()))

    def double_click(self, event: QMouseEvent) -> None:
        """Open what is under the pointer; other buttons, and panning, are as in single clicks."""
        plain = event.button() == _LEFT and not self._keys.space_held
        if plain and not self.busy and not self._pointer.armed:
            self._pointer.open(self._point(event))
        else:
            self.press(event)

    def move(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self.place = event.position()
        if self._hand.holds:
            self._hand.move(event)
            return
        if self._button != _NONE and not event.buttons() & self._button:
            # The release went to another window.
            self._button = _NONE
            self._pointer.cancel()
        if self._button == _RIGHT and not self._pointer.busy:
            self._begin_right_drag(event)
        if self._pointer.busy:
            keys = held_keys(event.modifiers())
            self._pointer.move(self._point(event), keys, event.timestamp())
        elif self._button == _NONE:
            self._pointer.hovering.hover(self._point(event))

    def release(self, event: QMouseEvent) -> None:
        """End what the button stands for."""
        if self._hand.holds:
            self._hand.release(event)
            return
        if event.button() != self._button:
            return
        button, self._button = self._button, _NONE
        was_busy = self._pointer.busy
        if was_busy or button == _LEFT:
            self._release(event)
        elif (event.position() - self._pressed).manhattanLength() < STARTS_AFTER:
            self.menu_wanted.emit(event.position())

    def cursor_shape(self) -> Qt.CursorShape:
        """Return the shape of the cursor."""
        if self._hand.holds:
            return Qt.CursorShape.ClosedHandCursor
        if self._keys.space_held:
            return Qt.CursorShape.OpenHandCursor
        return self._pointer.cursor_shape()

    def _begin_right_drag(self, event: QMouseEvent) -> None:
        away = event.position() - self._pressed
        if self._right_drag is not None and away.manhattanLength() >= STARTS_AFTER:
            start = self._camera.point(self._pressed)
            self._pointer.begin(self._right_drag, start, held_keys(event.modifiers()))

    def _release(self, event: QMouseEvent) -> None:
        try:
            self._pointer.release(self._point(event), held_keys(event.modifiers()))
        except ChainruleError as error:
            self.said.emit(explain(error))

    def _point(self, event: QMouseEvent) -> tuple[float, float]:
        return self._camera.point(event.position())
