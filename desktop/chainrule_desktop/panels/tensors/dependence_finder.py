"""Finding beside the window what a chosen number depends on."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject, QTimer, Signal

from chainrule.autodiff.dependence import dependences, part_before
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import upstream_of
from chainrule_desktop.tasks import Task, Tasks

MOST_NODES = 5_000
_QUIET = 60


@final
class DependenceFinder(QObject):
    """Asks for the latest choice only, when no other has followed for a moment.

    Signals:
        found(object): the list of Dependence.
        failed(object): the exception with which it ended.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._wanted: tuple[GateGraph, NodeId, tuple[int, ...]] | None = None
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=_QUIET)
        self._timer.timeout.connect(self._start)

    def ask(self, graph: GateGraph, node: NodeId, index: tuple[int, ...]) -> bool:
        """Look for what a number depends on; say False where too many nodes lie before it."""
        self.forget()
        if len(upstream_of(graph, [node])) > MOST_NODES:
            return False
        self._wanted = graph, node, index
        self._timer.start()
        return True

    def forget(self) -> None:
        """Want nothing any more."""
        self._wanted = None
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self) -> None:
        if self._wanted is None:
            return
        graph, node, index = self._wanted
        if node not in graph:
            return
        part = part_before(graph, node)
        self._task = self._tasks.start(lambda _: dependences(part, node, index))
        self._task.succeeded.connect(self.found)
        self._task.failed.connect(self.failed)
