"""Beside the numbers: what the chosen one depends on, looked for without letting anybody wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chainrule.autodiff.dependence import Dependence
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.page_parts import column
from chainrule_desktop.panels.tensors.dependence_finder import MOST_NODES, DependenceFinder
from chainrule_desktop.panels.tensors.dependence_list import DependenceList
from chainrule_desktop.panels.tensors.look import Look
from chainrule_desktop.panels.tensors.scene import Scene
from chainrule_desktop.panels.tensors.slicing import indexed
from chainrule_desktop.tasks import Tasks

_CHOOSE = "Choose a cell to see which numbers it depends on."
_GRADIENT = "Choose Value to see which numbers a value depends on."
_COVERED = "An exercise hides numbers, so the tensors before this one are not shown here."
_GIVEN = "Its numbers are given: they depend on nothing."


@final
class DependencePanel(QWidget):
    """Shows a sentence, or the tensors that a number depends on with their cells marked.

    Signals:
        node_chosen(str): the tensor of this node is wanted.
    """

    node_chosen = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._finder = DependenceFinder(tasks, self)
        self._list = DependenceList()
        self._title = ""
        self._look: Look | None = None
        column(self).addWidget(self._list)
        self._finder.found.connect(self._show_found)
        self._finder.failed.connect(self._show_failure)
        self._list.node_chosen.connect(self.node_chosen)

    def forget(self) -> None:
        """Look for nothing any more, and ask for a choice."""
        self._finder.forget()
        self._list.show_sentence("Depends on", _CHOOSE)

    def show_gradient(self) -> None:
        """Say that what a gradient depends on is not looked for."""
        self._finder.forget()
        self._list.show_sentence("Depends on", _GRADIENT)

    def show_covered(self) -> None:
        """Say that other tensors are not shown while an exercise hides numbers."""
        self._finder.forget()
        self._list.show_sentence("Depends on", _COVERED)

    def show_for(
        self, graph: GateGraph, node: NodeId, index: tuple[int, ...], scene: Scene
    ) -> None:
        """Look for what a number of a node depends on, and show it when it is found."""
        self._title = f"{indexed(node, index, scene.origin)} depends on"
        self._look = scene.look
        if graph.node(node).is_leaf:
            self._finder.forget()
            self._list.show_sentence(self._title, _GIVEN)
        elif not self._finder.ask(graph, node, index):
            says = f"More than {MOST_NODES:,} nodes lie before it; choose one further upstream."
            self._list.show_sentence(self._title, says)

    def _show_found(self, found: object) -> None:
        if self._look is not None:
            these = cast(Sequence[Dependence], found)
            self._list.show_dependences(self._title, these, self._look)

    def _show_failure(self, error: Exception) -> None:
        self._list.show_sentence(self._title, explain(error))
