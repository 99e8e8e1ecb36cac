"""Getting about on the canvas: zooming, fitting, bringing nodes into sight."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsView

from chainrule.diagram.diagram import bounds
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.placing import node_area
from chainrule_desktop.canvas.viewport import STEP, Camera
from chainrule_desktop.document.drawing import Drawing


@final
class Navigator(QObject):
    """Moves the camera as commands ask for it.

    Signals:
        zoom_changed(float): the pixels of a canvas unit.
        moved(): the view shows another place, or another size.
    """

    zoom_changed = Signal(float)
    moved = Signal()

    def __init__(self, camera: Camera, drawing: Drawing, view: QGraphicsView) -> None:
        super().__init__(view)
        self._camera = camera
        self._drawing = drawing

    @property
    def scale(self) -> float:
        """How many pixels a canvas unit has."""
        return self._camera.scale

    def zoom_in(self) -> None:
        """Show everything larger."""
        self.zoom_by(STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self.zoom_by(1 / STEP)

    def zoom_actual(self) -> None:
        """Show everything in its actual size."""
        self.zoom_by(1 / self._camera.scale)

    def zoom_to_fit(self) -> None:
        """Show the whole diagram; a resized view goes on showing it until it is moved."""
        self._camera.fit(self.content)
        self.zoom_by(1.0)
        self._camera.remember_fit()

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the place under `anchor`, in the viewport's pixels, stays where it is."""
        self._camera.zoom_by(factor, self.content, anchor)
        self.moved.emit()
        self.zoom_changed.emit(self._camera.scale)

    def follow_size(self, *, was_fitted: bool) -> None:
        """The view has another size: show the whole diagram again if it did before."""
        if was_fitted:
            self.zoom_to_fit()

    def reveal(self, node_id: NodeId) -> None:
        """Bring a node into view."""
        self._camera.reveal(node_area(self._drawing.diagram, node_id))

    @property
    def content(self) -> QRectF:
        """The rectangle of all that is drawn."""
        return QRectF(*bounds(self._drawing.diagram))
