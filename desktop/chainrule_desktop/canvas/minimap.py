"""A small map of the whole graph in a corner of the canvas, on which the view can be moved."""

from __future__ import annotations

from typing import final
from weakref import ref

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from chainrule.diagram.diagram import Diagram
from chainrule.diagram.geometry import Geometry
from chainrule.diagram.parts import Floats
from chainrule_desktop.canvas.batch import draw_rectangles
from chainrule_desktop.canvas.crowding import CELL, crowd_image, is_crowded
from chainrule_desktop.canvas.navigator import Navigator
from chainrule_desktop.canvas.placing import node_area
from chainrule_desktop.canvas.wheel import zoom_factor
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.theme import Theme

_LARGEST = QSize(200, 150)
_LEAST_SIDE = 36
_AWAY = 12
_INSIDE = 6
_LEAST_DOT = 1.6
_SHADE = 0.45
_PAUSE = 120
"""Milliseconds without an edit after which the picture is made anew."""


@final
class Minimap(QWidget):
    """Shows all nodes from one picture, and the part of them that is seen as a frame.

    It comes up when not all of the graph is seen. A click or a drag brings that place to the
    middle, the wheel zooms. It makes way for what is selected by going to another corner.

    Signals:
        hide_wanted(): it was asked to go.
    """

    hide_wanted = Signal()

    def __init__(
        self,
        viewport: QWidget,
        navigator: Navigator,
        drawing: Drawing,
        selection: Selection,
        theme: Theme,
    ) -> None:
        super().__init__(viewport)
        self._around = viewport
        self._navigator = navigator
        self._drawing = drawing
        self._selection = selection
        self._theme = theme
        self._wanted = True
        self._corner = 0
        self._picture = QPixmap()
        # Weakly: while a node is dragged the geometry before would stay beside the ones to come.
        self._of: ref[Geometry] | None = None
        self._how: tuple[object, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.draw_anew)
        self.setAccessibleName("Minimap")
        self.setToolTip("Click or drag to go there; right click to hide the map")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()
        drawing.redrawn.connect(self._draw_later)
        selection.changed.connect(self._make_way)
        theme.changed.connect(self.update)
        for moved in (navigator.moved, navigator.panned):
            moved.connect(self.follow_view)

    def set_wanted(self, wanted: bool) -> None:
        """Let it come up when not everything is seen, or never."""
        self._wanted = wanted
        self.follow_view()

    def follow_view(self) -> None:
        """The view has moved or has another size: show where it is now."""
        content = self._navigator.content
        needed = self._wanted and not content.isEmpty()
        if not needed or self._navigator.shown.contains(content):
            self.hide()
            return
        size = _size_for(content.size())
        place = QRect(self._places(size)[self._corner], size)
        if place != self.geometry():
            self.setGeometry(place)
        if not self.isVisible():
            self.show()
            self._make_way()
        self.update()

    def draw_anew(self) -> None:
        """Make the picture of all nodes now, if they stand elsewhere."""
        self._timer.stop()
        self.follow_view()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        self._prepare_picture()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        palette = self._theme.palette
        seen = self._frame()
        shade = QColor(palette.panel)
        shade.setAlphaF(_SHADE)
        for part in _around(QRectF(self.rect()), seen):
            painter.fillRect(part, shade)
        painter.setPen(QPen(QColor(palette.accent), 1.5))
        painter.drawRect(seen.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.setPen(QPen(QColor(palette.border), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            with self._navigator.places.jump():
                self._go(event.position())

    @override
    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        self._navigator.places.rest()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent, /) -> None:
        # The canvas below would take it for its own.
        self.mousePressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        self.hide_wanted.emit()

    @override
    def wheelEvent(self, event: QWheelEvent, /) -> None:
        self._navigator.zoom_by(zoom_factor(event))
        event.accept()

    def _go(self, pixel: QPointF) -> None:
        place = (pixel - self._offset()) / self._scale()
        self._navigator.look_at((place.x(), place.y()))

    def _draw_later(self) -> None:
        """Edits may come in rows, as in a drag; only the last one is drawn."""
        if not self._shows(self._drawing.diagram.geometry):
            self._timer.start()

    def _shows(self, geometry: Geometry) -> bool:
        return self._of is not None and self._of() is geometry

    def _make_way(self) -> None:
        """Go to a corner where it hides nothing of the one thing that is selected."""
        node = self._selection.single
        if node is None or not self.isVisible() or node not in self._drawing.diagram.parts.index:
            return
        hidden = self._on_screen(node_area(self._drawing.diagram, node))
        places = [QRect(place, self.size()) for place in self._places(self.size())]
        corners = [self._corner, *range(len(places))]
        free = (each for each in corners if not places[each].intersects(hidden))
        self._corner = next(free, self._corner)
        self.move(places[self._corner].topLeft())

    def _on_screen(self, area: QRectF) -> QRect:
        shown, scale = self._navigator.shown, self._navigator.scale
        place = (area.topLeft() - shown.topLeft()) * scale
        return QRectF(place, area.size() * scale).toAlignedRect()

    def _places(self, size: QSize) -> list[QPoint]:
        """Return where the corners are: bottom right, bottom left, top left, top right."""
        room = self._around.rect().adjusted(_AWAY, _AWAY, -_AWAY, -_AWAY)
        right, bottom = room.right() - size.width() + 1, room.bottom() - size.height() + 1
        left, top = room.left(), room.top()
        return [QPoint(right, bottom), QPoint(left, bottom), QPoint(left, top), QPoint(right, top)]

    def _scale(self) -> float:
        """Return the pixels of a canvas unit on the map."""
        content = self._navigator.content.size()
        across = (self.width() - 2 * _INSIDE) / max(content.width(), 1.0)
        down = (self.height() - 2 * _INSIDE) / max(content.height(), 1.0)
        return min(across, down)

    def _offset(self) -> QPointF:
        """Return the pixel of the map at which the canvas has its origin."""
        return QPointF(self.rect().center()) - self._navigator.content.center() * self._scale()

    def _frame(self) -> QRectF:
        """Return the part of the map that is seen on the canvas."""
        scale, shown = self._scale(), self._navigator.shown
        frame = QRectF(shown.topLeft() * scale + self._offset(), shown.size() * scale)
        return frame.intersected(QRectF(self.rect()))

    def _prepare_picture(self) -> None:
        diagram = self._drawing.diagram
        ratio = self.devicePixelRatioF()
        how = self._theme.palette, self.size(), ratio
        # In the middle of a drag the nodes of a moment ago do.
        if how != self._how or not (self._timer.isActive() or self._shows(diagram.geometry)):
            self._of, self._how = ref(diagram.geometry), how
            self._picture = self._drawn(diagram, ratio)

    def _drawn(self, diagram: Diagram, ratio: float) -> QPixmap:
        palette = self._theme.palette
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(palette.canvas))
        painter = QPainter(picture)
        offset = self._offset()
        boxes = _boxes(diagram, self._scale(), (offset.x(), offset.y()))
        drawn = self._navigator.content.size() * self._scale()
        if is_crowded(len(boxes), _LEAST_DOT, drawn.width() * drawn.height()):
            columns, rows = -(-self.width() // CELL), -(-self.height() // CELL)
            centers = boxes[:, :2] + boxes[:, 2:] / 2
            image = crowd_image(centers, columns, rows, palette.gate_outline)
            painter.drawImage(QRectF(0, 0, columns * CELL, rows * CELL), image)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.gate_outline))
            draw_rectangles(painter, boxes)
        painter.end()
        return picture


def _size_for(content: QSizeF) -> QSize:
    """Return the size of the map of a graph of that size: of its shape, but never a mere line."""
    inside = QSizeF(_LARGEST) - QSizeF(2 * _INSIDE, 2 * _INSIDE)
    size = content.scaled(inside, Qt.AspectRatioMode.KeepAspectRatio).toSize()
    return size.expandedTo(QSize(_LEAST_SIDE, _LEAST_SIDE)) + QSize(2 * _INSIDE, 2 * _INSIDE)


def _boxes(diagram: Diagram, scale: float, offset: tuple[float, float]) -> Floats:
    """Return the nodes on the map as rectangles (n, 4), none too small to be seen."""
    half = np.maximum(diagram.parts.half * scale, _LEAST_DOT / 2)
    centers = diagram.geometry.centers * scale + offset
    return np.concatenate((centers - half, 2 * half), axis=1)


def _around(whole: QRectF, hole: QRectF) -> tuple[QRectF, ...]:
    """Return the four rectangles of `whole` around `hole`."""
    below = QRectF(whole.left(), hole.bottom(), whole.width(), whole.bottom() - hole.bottom())
    above = QRectF(whole.left(), whole.top(), whole.width(), hole.top() - whole.top())
    left = QRectF(whole.left(), hole.top(), hole.left() - whole.left(), hole.height())
    right = QRectF(hole.right(), hole.top(), whole.right() - hole.right(), hole.height())
    return above, below, left, right
