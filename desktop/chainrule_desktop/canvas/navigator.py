"""Getting about on the canvas: zooming, fitting, bringing nodes into sight, places visited."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import final

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsView

from chainrule.diagram.diagram import bounds
from chainrule.graph.bookmarks import Place
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.places import Places
from chainrule_desktop.canvas.placing import node_area, wire_area
from chainrule_desktop.canvas.viewport import STEP, Camera
from chainrule_desktop.document.drawing import Drawing


@final
class Navigator(QObject):
    """Moves the camera as commands ask for it; `places` leads back to where it was.

    Signals:
        zoom_changed(float): the pixels of a canvas unit.
        moved(): a command has brought the view to another place, or another size.
        panned(): another part is seen, by whatever means.
    """

    zoom_changed = Signal(float)
    moved = Signal()
    panned = Signal()

    def __init__(self, camera: Camera, drawing: Drawing, view: QGraphicsView) -> None:
        super().__init__(view)
        self._camera = camera
        self._drawing = drawing
        self.places = Places(self.place, self._stand_at, self)

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

    def zoom_to(self, scale: float) -> None:
        """Show so many pixels for a canvas unit; the middle stays where it is."""
        self.zoom_by(scale / self._camera.scale)

    def zoom_to_fit(self) -> None:
        """Show the whole diagram; a resized view goes on showing it until it is moved."""
        with self.places.jump():
            self._fit()

    def zoom_to_things(self, nodes: Iterable[NodeId], wires: Iterable[Wire] = ()) -> None:
        """Show these nodes and wires as large as there is room for; nothing for none."""
        diagram = self._drawing.diagram
        areas = [node_area(diagram, each) for each in nodes]
        areas += [wire_area(diagram, each) for each in wires]
        if areas:
            with self.places.jump():
                self._camera.fit(reduce(QRectF.united, areas))
                self.zoom_by(1.0)

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the place under `anchor`, in the viewport's pixels, stays where it is."""
        self._camera.zoom_by(factor, self.content, anchor)
        self._tell()

    def follow_size(self, *, was_fitted: bool) -> None:
        """The view has another size: show the whole diagram again if it did before."""
        if was_fitted:
            self._fit()
        self.panned.emit()

    def follow_pan(self) -> None:
        """The view was scrolled."""
        self.places.moved()
        self.panned.emit()

    def reveal(self, node_id: NodeId) -> None:
        """Bring a node into view."""
        with self.places.jump():
            self._camera.reveal(node_area(self._drawing.diagram, node_id))

    def begin(self, place: Place | None) -> None:
        """Show a graph that was just opened: at `place`, or all of it; forget the places before."""
        with self.places.jump():
            if place is None:
                self._fit()
            else:
                self._stand_at(place)
        self.places.begin()

    def place(self) -> Place:
        """Return where the view stands."""
        x, y = self._camera.point(QPointF(self._camera.middle))
        return Place((x, y), self._camera.scale)

    def go(self, place: Place) -> None:
        """Go to a place."""
        with self.places.jump():
            self._stand_at(place)

    def look_at(self, point: tuple[float, float]) -> None:
        """Bring a point to the middle, without zooming."""
        self._stand_at(Place(point, self._camera.scale))

    @property
    def content(self) -> QRectF:
        """The rectangle of all that is drawn."""
        return QRectF(*bounds(self._drawing.diagram))

    @property
    def shown(self) -> QRectF:
        """The part of the canvas that is seen."""
        return self._camera.shown

    def _fit(self) -> None:
        self._camera.fit(self.content)
        self.zoom_by(1.0)
        # What comes into an empty graph must not be fitted because the window changes its size.
        if not self.content.isEmpty():
            self._camera.remember_fit()

    def _stand_at(self, place: Place) -> None:
        self._camera.stand_at(QPointF(*place.centre), place.zoom, self.content)
        self._tell()

    def _tell(self) -> None:
        self.places.moved()
        self.moved.emit()
        self.zoom_changed.emit(self._camera.scale)
