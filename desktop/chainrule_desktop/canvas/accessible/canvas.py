"""The canvas itself as an accessible object: its children are the wires and gates in order."""

from __future__ import annotations

from typing import Any, final

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleSelectionInterface
from PySide6.QtWidgets import QAccessibleWidget
from typing_extensions import override

from chainrule_desktop.canvas.accessible.scene import Scene
from chainrule_desktop.canvas.accessible.things import AccessibleThing, Find, given_or_nothing


@final
class AccessibleCanvas(QAccessibleWidget):
    """Its children: for each gate in topological order its wires by port, then the gate.

    The last child is the viewport, with the widgets that float over it. `find` makes the objects.
    """

    def __init__(self, scene: Scene, find: Find) -> None:
        super().__init__(scene.canvas, QAccessible.Role.Canvas)
        self._scene = scene
        self._find = find
        self._selection = _Selection(scene, find)

    @override
    def childCount(self) -> int:
        return len(self._scene.order) + 1

    @override
    def child(self, index: int, /) -> Any:
        order = self._scene.order
        if 0 <= index < len(order):
            return self._find(order.thing(index))
        return self._floating() if index == len(order) else None

    @override
    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        if isinstance(child, AccessibleThing):
            return self._scene.order.number(child.thing) if child.isValid() else -1
        is_viewport = child.object() is self._scene.viewport
        return len(self._scene.order) if is_viewport else -1

    @override
    def childAt(self, x: int, y: int, /) -> Any:
        viewport = self._scene.viewport
        pixel = viewport.mapFromGlobal(QPoint(x, y))
        if not viewport.rect().contains(pixel):
            return None
        if viewport.childAt(pixel) is not None:
            return self._floating()
        thing = self._scene.at(QPointF(pixel))
        return None if thing is None else self._find(thing)

    @override
    def focusChild(self) -> Any:
        if not self._scene.canvas.hasFocus():
            return super().focusChild()
        here = self._scene.here()
        return self if here is None else self._find(here)

    @override
    def state(self) -> QAccessible.State:
        state = super().state()
        state.multiSelectable = state.extSelectable = True
        return state

    @override
    def interface_cast(self, t: QAccessible.InterfaceType, /) -> Any:
        if t == QAccessible.InterfaceType.SelectionInterface:
            return self._selection
        return given_or_nothing(super().interface_cast(t))

    def _floating(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._scene.viewport)


@final
class _Selection(QAccessibleSelectionInterface):
    """What is selected, as screen readers ask for it and change it."""

    def __init__(self, scene: Scene, find: Find) -> None:
        super().__init__()
        self._scene = scene
        self._find = find

    @override
    def selectedItemCount(self) -> int:
        selection = self._scene.editor.selection
        return len(selection.nodes) + len(selection.wires)

    @override
    def selectedItems(self) -> list[QAccessibleInterface]:
        selection = self._scene.editor.selection
        return [self._find(each) for each in (*selection.nodes, *sorted(selection.wires))]

    @override
    def select(self, childItem: QAccessibleInterface, /) -> bool:
        return self._change(childItem, wanted=True)

    @override
    def unselect(self, childItem: QAccessibleInterface, /) -> bool:
        return self._change(childItem, wanted=False)

    @override
    def selectAll(self) -> bool:
        self._scene.editor.selection.select_all()
        return True

    @override
    def clear(self) -> bool:
        self._scene.editor.selection.clear()
        return True

    def _change(self, item: QAccessibleInterface, *, wanted: bool) -> bool:
        if not isinstance(item, AccessibleThing) or not item.isValid():
            return False
        selection, thing = self._scene.editor.selection, item.thing
        if (thing in selection) is not wanted:
            selection.toggle(*(((thing,), ()) if isinstance(thing, str) else ((), (thing,))))
        return True
