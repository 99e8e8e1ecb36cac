"""Editing values in place, leaf after leaf."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtWidgets import QGraphicsView

from chainrule.arrays import Array
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.value_edit import ValueEdit
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

_ABOVE_WIRE = 10.0


@final
class ValueEditing(QObject):
    """Puts the floating field over a leaf's value, and takes what was typed into the document."""

    def __init__(
        self, view: QGraphicsView, camera: Camera, editor: Editor, drawing: Drawing
    ) -> None:
        super().__init__(view)
        self._view = view
        self._camera = camera
        self._editor = editor
        self._drawing = drawing
        self._field = ValueEdit(view.viewport())
        self._field.entered.connect(self._take)
        self._field.finished.connect(self._go_on)
        editor.document.replaced.connect(self.stop)

    def begin(self, node_id: NodeId) -> bool:
        """Edit a node's value; say False if the node computes it."""
        value = self._editor.document.graph.node(node_id).value
        if value is None:
            return False
        geometry = self._drawing.diagram.geometry
        row = self._drawing.diagram.parts.index[node_id]
        x, y = ((geometry.stub_starts[row] + geometry.stub_ends[row]) / 2).tolist()
        self._field.begin(node_id, value, self._camera.to_pixel(QPointF(x, y - _ABOVE_WIRE)))
        return True

    def stop(self) -> None:
        """Leave the value as it was."""
        self._field.leave()

    def _take(self, node_id: NodeId, value: Array) -> None:
        self._editor.set_value(node_id, value)

    def _go_on(self, node_id: NodeId, step: int) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        leaves = [node.id for node in self._editor.document.graph if node.is_leaf]
        if step and node_id in leaves:
            following = leaves[(leaves.index(node_id) + step) % len(leaves)]
            self._editor.selection.set((following,))
            self.begin(following)
