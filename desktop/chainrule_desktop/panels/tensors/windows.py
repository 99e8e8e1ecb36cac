"""The windows of the tensor view that are open: one that follows the selection, others pinned."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.panels.tensors.subject import TensorSubject, selected_subject
from chainrule_desktop.panels.tensors.window import Surroundings, TensorWindow


@final
class TensorWindows(QObject):
    """Opens the tensor view, or brings the one that is open to the front."""

    def __init__(self, parent: QWidget | None, around: Surroundings) -> None:
        super().__init__(parent)
        self._window_parent = parent
        self._around = around
        self._open: list[TensorWindow] = []

    def show_selected(self) -> None:
        """Show the numbers of what is selected."""
        self.show_subject(selected_subject(self._around.editor.selection))

    def show_node(self, node: str) -> None:
        """Select a node and show its numbers."""
        self._around.editor.selection.set((node,))
        self.show_selected()

    def show_requested(self, what: NodeId | Wire, which: str) -> None:
        """Select a node or a wire and show its "value" or its "gradient"."""
        selection = self._around.editor.selection
        if isinstance(what, Wire):
            selection.set(wires=(what,))
        else:
            selection.set((what,))
        self.show_subject(selected_subject(selection), which)

    def show_subject(self, subject: TensorSubject | None, which: str = "") -> None:
        """Show the numbers of a node or wire in the window that isn't pinned, or in a new one."""
        window = next((each for each in self._open if not each.is_pinned), None) or self._made()
        window.show_subject(subject, which)
        window.show()
        window.activateWindow()

    def _made(self) -> TensorWindow:
        window = TensorWindow(self._window_parent, self._around)
        window.node_chosen.connect(self.show_node)
        window.closed.connect(lambda: self._forget(window))
        self._open.append(window)
        return window

    def _forget(self, window: TensorWindow) -> None:
        if window in self._open:
            self._open.remove(window)
