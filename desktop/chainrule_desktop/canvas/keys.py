"""The keys of the canvas: arrows walk or move, Enter edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.grid import GRID
from chainrule_desktop.canvas.navigator import Navigator
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.canvas.walking import Walker, Way
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_PAN_STEP = 60.0
_FINE_STEP = 1.0
_STARTS_OF_NUMBERS = "0123456789-−.["
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@final
class Keys:
    """Hears the keys of the canvas that are no commands of a menu.

    Arrows walk along wires, with Shift what was selected stays so. With Ctrl they move the selected
    nodes, or the chosen reroute point, by half a step of the grid, with Ctrl and Shift by one unit;
    where none is selected, they move the view. Home shows everything, F what is selected. Enter
    edits a leaf's value; so does typing a number.
    """

    def __init__(
        self, editor: Editor, drawing: Drawing, camera: Camera, navigator: Navigator, walker: Walker
    ) -> None:
        self._editor = editor
        self._drawing = drawing
        self._camera = camera
        self._navigator = navigator
        self._walker = walker
        self.space_held = False

    def press(self, event: QKeyEvent, edit_value: Callable[[NodeId, str], None]) -> bool:
        """Do what a key stands for and say whether it stands for anything."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.space_held = True
            return True
        if key in _ARROWS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._arrow(_ARROWS[key], event.modifiers())
            return True
        if key == Qt.Key.Key_Escape:
            self._editor.selection.clear()
            return True
        return self._look(event) or self._edit(event, edit_value)

    def release(self, event: QKeyEvent) -> None:
        """Notice that the space bar was let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.space_held = False

    def place(self) -> QPoint:
        """Return the pixel of the viewport where the keyboard is: at a node, or in the middle."""
        diagram, nodes = self._drawing.diagram, self._editor.selection.nodes
        if not nodes:
            return self._camera.middle
        x, y = diagram.geometry.centers[diagram.parts.index[nodes[-1]]].tolist()
        return self._camera.to_pixel(QPointF(x, y))

    def _edit(self, event: QKeyEvent, edit_value: Callable[[NodeId, str], None]) -> bool:
        """Edit the selected leaf on Enter, or on the first character of a number."""
        single, typed = self._editor.selection.single, event.text()
        if single is None or event.modifiers() & _COMMANDS:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            edit_value(single, "")
            return True
        begins = len(typed) == 1 and typed in _STARTS_OF_NUMBERS
        if begins and self._editor.document.graph.node(single).is_leaf:
            edit_value(single, typed)
            return True
        return False

    def _arrow(self, way: Way, modifiers: Qt.KeyboardModifier) -> None:
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if not modifiers & Qt.KeyboardModifier.ControlModifier:
            self._walker.walk(way, extend=shift)
        elif self._can_nudge():
            step = _FINE_STEP if shift else GRID / 2
            self._editor.nudge(way[0] * step, way[1] * step)
        else:
            self._camera.pan_by(QPointF(-way[0] * _PAN_STEP, -way[1] * _PAN_STEP))

    def _can_nudge(self) -> bool:
        selection = self._editor.selection
        if self._editor.document.cover.is_locked:
            return False
        return bool(selection.nodes or selection.comments) or selection.point is not None

    def _look(self, event: QKeyEvent) -> bool:
        """Show everything on Home, what is selected on F."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        selection = self._editor.selection
        if event.key() == Qt.Key.Key_Home:
            self._navigator.zoom_to_fit()
        elif event.key() == Qt.Key.Key_F:
            self._navigator.zoom_to_things(selection.nodes, selection.wires)
        else:
            return False
        return True
