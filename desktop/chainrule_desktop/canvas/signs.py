"""The signs beside the pointer, tooltips among them: near it, and clear of gates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import final

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QToolTip, QWidget

from chainrule.diagram.diagram import Diagram
from chainrule_desktop.canvas.bubble import Bubble
from chainrule_desktop.canvas.culling import visible_nodes
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing

# Below the pointer first, then above it; to the right, around the middle, to the left.
_BELOW = (22, 34, 48, 64)
_ABOVE = (10, 22, 36)
_APART = 4.0
_AROUND = 260
_MOST = 200
# Where Qt puts a tooltip from the place that it is given, and what the style adds to its text.
_QT_SHIFT = QPoint(2, 16)
_TIP_FRAME = QSize(16, 10)


@final
class Signs:
    """Shows what a gesture would do, and what is under the pointer."""

    def __init__(self, viewport: QWidget, camera: Camera, drawing: Drawing) -> None:
        self._viewport = viewport
        self._camera = camera
        self._drawing = drawing
        self._bubble = Bubble(viewport)

    def say(self, sentence: str, pointer: QPoint) -> None:
        """Show a sentence beside the pointer; "" for none."""
        self._bubble.show_sentence(sentence)
        if sentence:
            self._bubble.move(self._place(pointer, self._bubble.size()))

    def tell(self, sentence: str, pointer: QPoint) -> None:
        """Show a tooltip; "" for none."""
        place = pointer
        if sentence:
            metrics = QFontMetrics(QToolTip.font())
            size = metrics.size(0, sentence) + _TIP_FRAME
            place = self._place(pointer, size) - _QT_SHIFT
        QToolTip.showText(self._viewport.mapToGlobal(place), sentence, self._viewport)

    def _place(self, pointer: QPoint, size: QSize) -> QPoint:
        room = self._viewport.rect().adjusted(4, 4, -4, -4)
        return clear_place(pointer, size, room, self._bodies_near(pointer, size))

    def _bodies_near(self, pointer: QPoint, size: QSize) -> list[QRectF]:
        """Return the bodies of gates around the pointer, in pixels."""
        wide, high = size.width() + _AROUND, size.height() + _AROUND
        around = QRectF(pointer.x() - wide, pointer.y() - high, 2 * wide, 2 * high)
        corners = (self._camera.to_scene(each) for each in (around.topLeft(), around.bottomRight()))
        boxes = body_boxes(self._drawing.diagram, QRectF(*corners))
        return [self._camera.to_pixels(box) for box in boxes]


def body_boxes(diagram: Diagram, area: QRectF) -> list[QRectF]:
    """Return the bodies of nodes in an area; none where there are too many to stay clear of."""
    rows = visible_nodes(diagram, area)
    if len(rows) > _MOST:
        return []
    centers, halves = diagram.geometry.centers[rows], diagram.parts.half[rows]
    boxes = np.concatenate((centers - halves, 2 * halves), axis=1)
    return [QRectF(*box) for box in boxes.tolist()]


def clear_place(pointer: QPoint, size: QSize, room: QRect, bodies: Sequence[QRectF]) -> QPoint:
    """Return the corner of a sign near the pointer, within `room` and clear of bodies if it can.

    All are in pixels.
    """
    downs = (*_BELOW, *(-size.height() - away for away in _ABOVE))
    acrosses = (14, -size.width() // 2, -size.width() - 14)
    first: QPoint | None = None
    for down, across in product(downs, acrosses):
        box = QRect(pointer + QPoint(across, down), size)
        held = _within(box, room)
        if held.contains(pointer):
            continue
        first = first or held.topLeft()
        kept = QRectF(held).adjusted(-_APART, -_APART, _APART, _APART)
        if not any(map(kept.intersects, bodies)):
            return held.topLeft()
    return first or _within(QRect(pointer + QPoint(14, _BELOW[0]), size), room).topLeft()


def _within(box: QRect, room: QRect) -> QRect:
    """Return a box moved into a room; its corner is there, whatever its size."""
    x = max(room.left(), min(box.left(), room.right() - box.width()))
    y = max(room.top(), min(box.top(), room.bottom() - box.height()))
    return QRect(QPoint(x, y), box.size())
