"""A choice among nodes, or none of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import final

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from chainrule.graph.node import NodeId
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.fields import Note, guard_wheel

_LEAST_LETTERS = 7


@final
@dataclass(frozen=True, slots=True)
class Choosing:
    """What a choice is about: the word for no node, the node now, those there are, what to do."""

    nothing: Callable[[], str]
    current: Callable[[], NodeId | None]
    candidates: Callable[[], list[NodeId]]
    choose: Callable[[NodeId | None], None]


@final
class NodeChoice(QComboBox):
    """Chooses a node; which ones there are is looked up only when someone is about to choose."""

    def __init__(self, context: Context, name: str, choosing: Choosing) -> None:
        super().__init__()
        self._context = context
        self._choosing = choosing
        self._compiled: Hashable = None
        self.note = Note(self)
        self.setObjectName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        guard_wheel(self)
        self.activated.connect(self._choose)

    def refresh(self) -> None:
        """Show the node that is chosen now."""
        node = self._choosing.current()
        shown = self._choosing.nothing() if node is None else node
        if self.hasFocus() and self._compiled != self._context.compilation:
            self._list_nodes()
        elif self.currentText() != shown:
            self.setModel(QStringListModel([shown], self))
        self.setToolTip(shown)
        if node is not None or not self.hasFocus():
            self.note.say("")

    @override
    def showPopup(self) -> None:
        self._list_nodes()
        super().showPopup()

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        self._list_nodes()
        super().focusInEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._list_nodes()
        super().mousePressEvent(event)

    def _list_nodes(self) -> None:
        self._compiled = self._context.compilation
        node = self._choosing.current()
        names = [self._choosing.nothing(), *self._choosing.candidates()]
        if names != self._listed():
            self.setModel(QStringListModel(names, self))
        self.setCurrentIndex(0 if node is None else names.index(node))

    def _listed(self) -> list[str]:
        model = self.model()
        return model.stringList() if isinstance(model, QStringListModel) else []

    def _choose(self, row: int) -> None:
        node = None if row == 0 else self.itemText(row)
        if node != self._choosing.current():
            self.note.attempt(lambda: self._choosing.choose(node))
