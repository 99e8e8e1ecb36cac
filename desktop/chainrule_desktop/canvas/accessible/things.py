"""A gate or a wire as an accessible object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, final

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QWindow,
)
from shiboken6 import VoidPtr
from typing_extensions import override

from chainrule.gates.gate import Gate
from chainrule_desktop.canvas.accessible.scene import Scene
from chainrule_desktop.canvas.order import Thing

Find: TypeAlias = Callable[[Thing], QAccessibleInterface]
_Relation = QAccessible.RelationFlag


@final
class AccessibleThing(QAccessibleInterface):
    """A node or wire of the graph that is open; it is no longer valid when the graph loses it.

    `find` returns the objects of others. Qt reaches it through its number only, so it lives as long
    as somebody keeps it.
    """

    def __init__(self, scene: Scene, thing: Thing, find: Find) -> None:
        super().__init__()
        self.thing = thing
        self._scene = scene
        self._find = find
        self._actions = _Actions(scene, thing)

    @override
    def isValid(self) -> bool:
        return self._scene.holds(self.thing)

    @override
    def object(self) -> QObject | None:  # pyright: ignore[reportIncompatibleMethodOverride]  stub
        return None

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    @override
    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        state.focusable = state.selectable = state.multiSelectable = True
        state.extSelectable = True
        state.selected = self._scene.is_selected(self.thing)
        state.focused = state.active = self._scene.is_focused(self.thing)
        state.offscreen = not self._scene.is_seen(self.thing)
        return state

    @override
    def text(self, t: QAccessible.Text, /) -> str:
        if not self.isValid():
            return ""
        if t == QAccessible.Text.Name:
            return self._scene.name_of(self.thing)
        if t == QAccessible.Text.Value:
            return self._scene.value_of(self.thing)
        if t == QAccessible.Text.Description and isinstance(self.thing, str):
            kind = self._scene.graph.node(self.thing).kind
            return kind.rule if isinstance(kind, Gate) else kind.summary
        return ""

    @override
    def setText(self, t: QAccessible.Text, text: str, /) -> None:
        """Names and values are changed by editing, not by a reader."""

    @override
    def rect(self) -> QRect:
        return self._scene.rect_of(self.thing) if self.isValid() else QRect()

    @override
    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._scene.canvas)

    @override
    def window(self) -> QWindow:
        return self._scene.canvas.window().windowHandle()

    @override
    def childCount(self) -> int:
        return 0

    # The stubs know no None, which Qt expects where there is nothing.

    @override
    def child(self, index: int, /) -> Any:
        return None

    @override
    def childAt(self, x: int, y: int, /) -> Any:
        return None

    @override
    def focusChild(self) -> Any:
        return None

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface, /) -> int:
        return -1

    @override
    def relations(self, match: Any = _Relation.AllRelations) -> Any:
        """Return what flows into it and what it flows to: wires of nodes, ends of wires."""
        if not self.isValid():
            return []
        graph, thing = self._scene.graph, self.thing
        before: list[Thing] = []
        behind: list[Thing] = []
        if isinstance(thing, str):
            before += graph.wires_into(thing)
            behind += graph.wires_from(thing)
        else:
            before, behind = [thing.source], [thing.target]
        found = [(self._find(each), _Relation.FlowsFrom) for each in before]
        found += [(self._find(each), _Relation.FlowsTo) for each in behind]
        return [each for each in found if each[1] & match]

    @override
    def interface_cast(self, t: QAccessible.InterfaceType, /) -> Any:
        if t == QAccessible.InterfaceType.ActionInterface:
            return self._actions
        return given_or_nothing(super().interface_cast(t))


def given_or_nothing(interface: object) -> object:
    """Return what an `interface_cast` may return for a further interface, or for none."""
    # WORKAROUND(PySide6 6.8 to 6.11): None is not taken for a null pointer; the program crashes.
    return VoidPtr(0) if interface is None else interface


@final
class _Actions(QAccessibleActionInterface):
    """What a screen reader can do with a node or wire: go there, and open a node."""

    def __init__(self, scene: Scene, thing: Thing) -> None:
        super().__init__()
        self._scene = scene
        self._thing = thing

    @override
    def actionNames(self) -> list[str]:
        focus, press = self.setFocusAction(), self.pressAction()
        return [focus, press] if isinstance(self._thing, str) else [focus]

    @override
    def doAction(self, actionName: str, /) -> None:
        scene, thing = self._scene, self._thing
        if not scene.holds(thing):
            return
        scene.select(thing)
        scene.canvas.setFocus()
        if actionName == self.pressAction() and isinstance(thing, str):
            scene.open(thing)

    @override
    def keyBindingsForAction(self, actionName: str, /) -> list[str]:
        return ["Enter"] if actionName == self.pressAction() else []
