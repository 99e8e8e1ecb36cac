"""The accessible objects of a canvas, made when they are asked for, and what they announce."""

from __future__ import annotations

from functools import cache, partial
from typing import Any, TypeAlias, final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleStateChangeEvent,
    QAccessibleValueChangeEvent,
)
from PySide6.QtWidgets import QGraphicsView
from shiboken6 import Shiboken

from chainrule.graph.changes import Changes
from chainrule_desktop.canvas.accessible.canvas import AccessibleCanvas
from chainrule_desktop.canvas.accessible.scene import Scene
from chainrule_desktop.canvas.accessible.things import AccessibleThing
from chainrule_desktop.canvas.order import Thing

_Event = QAccessible.Event
_Made: TypeAlias = dict[Thing, AccessibleThing]


@final
class Contents(QObject):
    """Keeps the objects that screen readers have asked for, and tells these what changes.

    Qt knows an object that is no QObject by a number and would go on using it after its end, so
    each is kept here until Qt has been told to forget it.
    """

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.canvas)
        self._scene = scene
        self._made: _Made = {}
        self._canvas: AccessibleCanvas | None = None
        self._told: tuple[Thing | None, str] = None, ""
        _install_factory()
        document = scene.editor.document
        scene.editor.selection.changed.connect(self.tell_focus)
        document.changed.connect(self._follow_edit)
        document.replaced.connect(self._begin_anew)
        scene.drawing.redrawn.connect(self._tell_value)
        scene.canvas.destroyed.connect(partial(_forget_all, self._made))

    def interface(self) -> AccessibleCanvas:
        """Return a new object for the canvas itself, which Qt ends with the canvas."""
        self._canvas = AccessibleCanvas(self._scene, self.find)
        return self._canvas

    def find(self, thing: Thing) -> AccessibleThing:
        """Return the object of a node or wire."""
        made = self._made.get(thing)
        if made is None:
            made = self._made[thing] = AccessibleThing(self._scene, thing, self.find)
            QAccessible.uniqueId(made)  # which registers it
        return made

    def tell_focus(self) -> None:
        """Say what the keyboard is at, while the canvas has it: screen readers read it aloud."""
        if not (QAccessible.isActive() and self._scene.canvas.hasFocus()):
            return
        here = self._scene.here()
        before, self._told = self._told[0], (here, "" if here is None else self._value_of(here))
        if before is not None and before != here and before in self._made:
            self._tell_selected(before)
        if here is None:
            QAccessible.updateAccessibility(QAccessibleEvent(self._scene.canvas, _Event.Focus))
            return
        self._tell_selected(here)
        QAccessible.updateAccessibility(QAccessibleEvent(self.find(here), _Event.Focus))

    def _tell_selected(self, thing: Thing) -> None:
        if self._scene.holds(thing):
            changed = QAccessible.State()
            changed.selected = True
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self.find(thing), changed))

    def _tell_value(self) -> None:
        """Say that what the keyboard is at has another value."""
        here, before = self._told
        if here is None or not QAccessible.isActive() or not self._scene.holds(here):
            return
        value = self._value_of(here)
        if value != before:
            self._told = here, value
            made = self.find(here)
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(made, value))
            QAccessible.updateAccessibility(QAccessibleEvent(made, _Event.NameChanged))

    def _value_of(self, thing: Thing) -> str:
        return self._scene.value_of(thing)

    def _follow_edit(self, changes: Changes) -> None:
        if changes.structure:
            self._forget_lost()

    def _forget_lost(self) -> None:
        for thing in [each for each in self._made if not self._scene.holds(each)]:
            _forget(self._made, thing)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(
                QAccessibleEvent(self._scene.canvas, _Event.ObjectReorder)
            )

    def _begin_anew(self) -> None:
        self._told = None, ""
        _forget_all(self._made)
        self._forget_lost()


def _forget(made: _Made, thing: Thing) -> None:
    """Let Qt end an object, which readers may still know by its number."""
    interface = made.pop(thing)
    if Shiboken.isValid(interface):
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(interface, _Event.ObjectDestroyed))
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


def _forget_all(made: _Made, *_: object) -> None:
    for thing in [*made]:
        _forget(made, thing)


@cache
def _install_factory() -> None:
    QAccessible.installFactory(_make_accessible)


def _make_accessible(_class_name: str, widget: QObject) -> Any:
    """Return the object of a canvas, None for whatever else Qt asks for."""
    if not isinstance(widget, QGraphicsView):
        return None
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    contents = widget.findChild(Contents, options=directly)
    return None if contents is None else contents.interface()
