"""The camera over the canvas: zooming, panning, fitting; no editing."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

SMALLEST = 0.05
LARGEST = 8.0
SMALLEST_FIT = 0.001
LARGEST_FIT = 1.5
STEP = 1.25
_MARGIN = 24.0


@final
class Camera:
    """Moves a view over its scene, and keeps the scene large enough to go everywhere."""

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view
        self._fitted: tuple[float, int, int] | None = None
        self.largest_fit = LARGEST_FIT
        """How many pixels a canvas unit has at most when something is fitted."""

    @property
    def is_fitted(self) -> bool:
        """Whether the view still stands where `remember_fit` found it."""
        return self._fitted is not None and self._fitted == self._stand()

    def remember_fit(self) -> None:
        """Take where the view stands now for a fit."""
        self._fitted = self._stand()

    @property
    def scale(self) -> float:
        """How many pixels a canvas unit has."""
        return self._view.transform().m11()

    @property
    def shown(self) -> QRectF:
        """The part of the canvas that is seen."""
        transform = self._view.viewportTransform().inverted()[0]
        return transform.mapRect(QRectF(self._view.viewport().rect()))

    @property
    def middle(self) -> QPoint:
        """The pixel in the middle of the viewport."""
        return self._view.viewport().rect().center()

    def zoom_by(self, factor: float, content: QRectF, anchor: QPointF | None = None) -> None:
        """Zoom so that the place under `anchor`, in the viewport's pixels, stays where it is.

        The scene is made to hold `content` and what the view will show.
        """
        # All of a huge graph may be smaller than one can zoom out.
        target = min(max(self.scale * factor, min(SMALLEST, self.scale)), LARGEST)
        pixel = anchor or QPointF(self.middle)
        place = self.to_scene(pixel)
        self._view.setTransform(QTransform.fromScale(target, target))
        shown = QRectF(place - pixel / target, QSizeF(self._view.viewport().size()) / target)
        # Where the scene ends the view could not scroll, and the place would slip away.
        self._view.setSceneRect(self.room_around(content).united(shown))
        shift = self._view.viewportTransform().map(place) - pixel
        self.pan_by(QPointF(-shift.x(), -shift.y()))

    def pan_by(self, pixels: QPointF) -> None:
        """Let the canvas follow the pointer by so many pixels."""
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(round(across.value() - pixels.x()))
        down.setValue(round(down.value() - pixels.y()))

    def stand_at(self, centre: QPointF, scale: float, content: QRectF) -> None:
        """Show `centre` in the middle; the scene is made to hold that and `content`."""
        scale = min(max(scale, SMALLEST_FIT), LARGEST)
        self._view.setTransform(QTransform.fromScale(scale, scale))
        size = QSizeF(self._view.viewport().size()) / scale
        shown = QRectF(QPointF(), size)
        shown.moveCenter(centre)
        self._view.setSceneRect(self.room_around(content).united(shown))
        self._view.centerOn(centre)

    def fit(self, area: QRectF) -> None:
        """Show all of `area` with a margin, not larger than is good to read."""
        scale = self.fitting_scale(area)
        self._view.setTransform(QTransform.fromScale(scale, scale))
        self._view.centerOn(area.center())

    def fitting_scale(self, area: QRectF) -> float:
        """Return how many pixels a canvas unit has when all of `area` is shown."""
        if area.isEmpty():
            return 1.0
        size = QSizeF(self._view.viewport().size())
        room = QSizeF(max(size.width() - 2 * _MARGIN, 40), max(size.height() - 2 * _MARGIN, 40))
        scale = min(room.width() / area.width(), room.height() / area.height())
        return min(max(scale, SMALLEST_FIT), self.largest_fit)

    def _stand(self) -> tuple[float, int, int]:
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        return self.scale, across.value(), down.value()

    def reveal(self, area: QRectF) -> None:
        """Bring `area` into view without zooming, if it isn't there."""
        margin = round(_MARGIN)
        self._view.ensureVisible(area, margin, margin)

    def to_scene(self, pixel: QPointF) -> QPointF:
        """Return the place under a pixel of the viewport, to the fraction."""
        return self._view.viewportTransform().inverted()[0].map(pixel)

    def point(self, pixel: QPointF) -> tuple[float, float]:
        """Return the place under a pixel of the viewport as a pair of numbers."""
        place = self.to_scene(pixel)
        return place.x(), place.y()

    def to_pixel(self, place: QPointF) -> QPoint:
        """Return the pixel of the viewport under which a place is."""
        return self._view.viewportTransform().map(place).toPoint()

    def to_pixels(self, area: QRectF) -> QRectF:
        """Return the part of the viewport that shows an area, which may be beyond it."""
        return self._view.viewportTransform().mapRect(area)

    def room_around(self, area: QRectF) -> QRectF:
        """Return a scene that can be panned so far that `area` leaves the view on every side."""
        size = QSizeF(self._view.viewport().size()) / max(self.scale, SMALLEST_FIT)
        return area.adjusted(-size.width(), -size.height(), size.width(), size.height())


def without_scroll_bars(view: QGraphicsView) -> None:
    """Hide the scroll bars: the canvas is panned, and its size means nothing."""
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
