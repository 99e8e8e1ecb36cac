"""All windows of the program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from chainrule_desktop.app.common import Common
from chainrule_desktop.app.window import OpenWindow
from chainrule_desktop.document.open_graph import OpenGraph

_BESIDE = 28


@final
class AllWindows(QObject):
    """Opens windows and forgets them when they have closed; Qt ends the program after the last.

    Signals:
        replaced(): some tab shows another graph.
    """

    replaced = Signal()

    def __init__(self, common: Common, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._common = common
        self.graphs = common.graphs
        self._open: list[OpenWindow] = []

    def __iter__(self) -> Iterator[OpenWindow]:
        return iter([*self._open])

    @property
    def front(self) -> OpenWindow:
        """The window that is in use, or was last."""
        active = QApplication.activeWindow()
        for each in self._open:
            if active is not None and each.window in (active, active.parentWidget()):
                return each
        return self._open[-1]

    def add(self, graph: OpenGraph) -> OpenWindow:
        """Return a new window with a graph in its only tab, not yet shown."""
        made = OpenWindow(self._common, self, graph, self)
        made.emptied.connect(lambda: self._forget(made))
        made.replaced.connect(self.replaced)
        if self._open:
            made.window.resize(self.front.window.size())
            made.window.move(self.front.window.pos().x() + _BESIDE, self.front.window.pos().y())
        self._open.append(made)
        return made

    def open(self, graph: OpenGraph) -> OpenWindow:
        """Show a graph in a new window."""
        made = self.add(graph)
        made.window.show()
        made.desk.canvas.navigator.zoom_to_fit()
        return made

    def quit(self) -> None:
        """Close all windows; each asks about its own unsaved changes, and Cancel keeps it alone."""
        for each in self:
            each.window.close()

    def _forget(self, window: OpenWindow) -> None:
        self._open.remove(window)
        window.deleteLater()
