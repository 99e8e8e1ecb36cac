"""Editing values in place, leaf after leaf."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtWidgets import QGraphicsView

from chainrule.arrays import Array
from chainrule.diagram.numbers import format_dimensions
from chainrule.errors import ChainruleError
from chainrule.graph.composites import Composite
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.filling import BlankFilling
from chainrule_desktop.canvas.placing import node_area
from chainrule_desktop.canvas.value_edit import ValueEdit
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.values import typed_value
from chainrule_desktop.messages import explain

MOST_NUMBERS = 1000
_ABOVE_WIRE = 10.0


@final
class ValueEditing(QObject):
    """Keeps the floating field over a leaf's value, and takes what was typed into the document.

    Signals:
        said(str): why a value can't be edited, or what was typed can't be taken; "" once
            that is over.
        tensor_wanted(object, str): the "value" of this gate, which is a tensor, is to be shown.
        inside_wanted(str): what this composite gate consists of is to be shown.
    """

    said = Signal(str)
    tensor_wanted = Signal(object, str)
    inside_wanted = Signal(str)

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
        self._field.refused.connect(self.said)
        self._blanks = BlankFilling(view, camera, editor, drawing)
        self._blanks.said.connect(self.said)
        editor.document.replaced.connect(self._field.leave)
        drawing.redrawn.connect(self._follow_drawing)

    def begin(self, node_id: NodeId, typed: str = "") -> None:
        """Edit a leaf's value; `typed` is what has been typed already.

        A gate's can be seen, and a composite gate opens.
        """
        node = self._editor.document.graph.node(node_id)
        self._camera.reveal(node_area(self._drawing.diagram, node_id))
        if node.is_leaf and self._editor.document.cover.is_locked:
            self.said.emit(f"This exercise is locked, so {node_id} stays as it is.")
            return
        if isinstance(node.kind, Composite):
            if self._editor.document.cover.covered is None:
                self.inside_wanted.emit(node_id)
            else:
                self.said.emit(f"The inside of {node_id} would give away what is asked for.")
            return
        if node.value is None:
            self._show_computed(node_id)
            return
        large = node.value.size > MOST_NUMBERS
        self._field.begin(node_id, "" if large else typed_value(node.value), typed)
        self.follow_view()
        if large:
            size = format_dimensions(node.value.shape)
            self.said.emit(f"{node_id} is {size}; type what it shall be, such as randn(3, 4).")

    def _show_computed(self, node_id: NodeId) -> None:
        value = self._editor.document.cover.known.value(node_id)
        if value is not None and value.ndim:
            self.tensor_wanted.emit(node_id, "value")
        else:
            self.said.emit(f"{node_id} computes its value; edit the leaves that it depends on.")

    def follow_view(self) -> None:
        """Keep the field over the value after the view has zoomed or scrolled."""
        self._blanks.follow_view()
        if not self._field.node:
            return
        diagram = self._drawing.diagram
        row = diagram.parts.index[self._field.node]
        geometry = diagram.geometry
        x, y = ((geometry.stub_starts[row] + geometry.stub_ends[row]) / 2).tolist()
        room = self._view.viewport().rect()
        self._field.put(self._camera.to_pixel(QPointF(x, y - _ABOVE_WIRE)), room)

    def _follow_drawing(self) -> None:
        if self._field.node in self._drawing.diagram.parts.index:
            self.follow_view()
        else:
            self._field.leave()

    def _take(self, node_id: NodeId, value: Array) -> None:
        try:
            self._editor.set_value(node_id, value)
        except ChainruleError as error:
            self.said.emit(explain(error))

    def _go_on(self, node_id: NodeId, step: int) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        leaves = [node.id for node in self._editor.document.graph if node.is_leaf]
        if step and node_id in leaves:
            following = leaves[(leaves.index(node_id) + step) % len(leaves)]
            self._editor.selection.set((following,))
            self.begin(following)
