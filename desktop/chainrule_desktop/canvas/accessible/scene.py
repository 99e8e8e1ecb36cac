"""What the accessible objects of a canvas know of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.hit import hit_test
from chainrule_desktop.canvas.order import Order, Thing, holds, order_of
from chainrule_desktop.canvas.placing import node_area, wire_area
from chainrule_desktop.canvas.sentences import sentence_on, value_of
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

_REACH = 4.0


@final
class Scene:
    """A canvas with its document: what it shows, where, and what the keyboard is at.

    `here` says the node or wire from which keys lead on; `open` edits a node's value.
    """

    def __init__(
        self,
        canvas: QAbstractScrollArea,
        editor: Editor,
        drawing: Drawing,
        camera: Camera,
        here: Callable[[], Thing | None],
        open_node: Callable[[NodeId], object],
    ) -> None:
        self.canvas = canvas
        self.editor = editor
        self.drawing = drawing
        self.here = here
        self.open = open_node
        self._camera = camera
        self._order: Order | None = None
        self._revision = -1

    @property
    def graph(self) -> GateGraph:
        """The graph that is open now."""
        return self.editor.document.graph

    @property
    def viewport(self) -> QWidget:
        """What shows the drawing; it holds the widgets that float over it."""
        return self.canvas.viewport()

    @property
    def order(self) -> Order:
        """All nodes and wires in order, found anew after each edit when it is asked for."""
        document = self.editor.document
        known = self._order
        if known is None or known.graph is not self.graph or self._revision != document.revision:
            known = self._order = order_of(self.graph)
            self._revision = document.revision
        return known

    def holds(self, thing: Thing) -> bool:
        """Say whether the graph has a node or wire."""
        return holds(self.graph, thing)

    def name_of(self, thing: Thing) -> str:
        """Return the sentence on a node or wire."""
        decimals = self.drawing.display.decimals
        return sentence_on(self.editor.document, thing, decimals, self.order)

    def value_of(self, thing: Thing) -> str:
        """Return the value of a node, or that on a wire, as it is shown."""
        return value_of(self.editor.document, thing, self.drawing.display.decimals)

    def rect_of(self, thing: Thing) -> QRect:
        """Return where a node or wire is on the screen; it may be out of sight."""
        diagram = self.drawing.diagram
        area = node_area(diagram, thing) if isinstance(thing, str) else wire_area(diagram, thing)
        scale = self._camera.scale
        box = QRectF(self._camera.to_pixel(area.topLeft()), area.size() * scale).toAlignedRect()
        return QRect(self.viewport.mapToGlobal(box.topLeft()), box.size())

    def is_seen(self, thing: Thing) -> bool:
        """Say whether some of a node or wire is in view."""
        viewport = self.viewport
        shown = QRect(viewport.mapToGlobal(viewport.rect().topLeft()), viewport.size())
        return viewport.isVisible() and shown.intersects(self.rect_of(thing))

    def at(self, pixel: QPointF) -> Thing | None:
        """Return the node or wire under a pixel of the viewport."""
        slack = max(0.0, _REACH / self._camera.scale - _REACH)
        hit = hit_test(self.drawing.diagram, self._camera.point(pixel), slack)
        return hit.wire if hit.node is None else hit.node

    def is_selected(self, thing: Thing) -> bool:
        """Say whether a node or wire is selected."""
        return thing in self.editor.selection

    def is_focused(self, thing: Thing) -> bool:
        """Say whether keys lead on from a node or wire."""
        return self.canvas.hasFocus() and self.here() == thing

    def select(self, thing: Thing) -> None:
        """Select a node or wire alone."""
        if isinstance(thing, str):
            self.editor.selection.set((thing,))
        else:
            self.editor.selection.set(wires=(thing,))
