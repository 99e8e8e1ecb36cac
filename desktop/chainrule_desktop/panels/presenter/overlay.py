"""What lies over the canvas while it is presented: a spotlight and the strokes of a pen."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QGraphicsView, QWidget
from typing_extensions import override

from chainrule_desktop.theme import SHADE, Theme

_PEN_WIDTH = 4.0
_THICKNESS = 0.62
"""How much of what is shaded is covered."""

_RADIUS = 0.16
"""The radius of the spotlight, as a share of the shorter side of the screen."""


@final
class Overlay(QWidget):
    """Paints over a canvas and lets the mouse through, but for the strokes of the pen.

    Strokes keep their place on the canvas when that is moved or zoomed.
    """

    def __init__(self, canvas: QGraphicsView, theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._theme = theme
        self._strokes: list[list[QPointF]] = []
        self._drawing = False
        self._spot = QPointF()
        self.spotlight = False
        self.pen = False
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Spotlight and pen")
        self._let_through()
        canvas.installEventFilter(self)
        canvas.viewport().installEventFilter(self)
        self._follow_size()

    @property
    def strokes(self) -> int:
        """How many strokes there are."""
        return len(self._strokes)

    def set_spotlight(self, on: bool) -> None:
        """Darken all but a circle around the pointer, or not any more."""
        self.spotlight = on
        self._spot = QPointF(self._canvas.mapFromGlobal(self._canvas.cursor().pos()))
        self.update()

    def shine_at(self, place: QPointF) -> None:
        """Bring the spotlight to a place of the canvas."""
        self._spot = self._canvas.viewportTransform().map(place)
        if self.spotlight:
            self.update()

    def set_pen(self, on: bool) -> None:
        """Let the mouse draw, or let it through to the canvas again."""
        self.pen = on
        self._drawing = False
        self._let_through()

    def clear(self) -> None:
        """Wipe all strokes away."""
        self._strokes.clear()
        self.update()

    def undo(self) -> None:
        """Wipe the last stroke away."""
        if self._strokes:
            self._strokes.pop()
            self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._canvas:
            self._follow_size()
        elif event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._follow_pointer(event.position())
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drawing = True
            self._strokes.append([self._on_canvas(event.position())])

    @override
    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        self._follow_pointer(event.position())
        if self._drawing:
            self._strokes[-1].append(self._on_canvas(event.position()))
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        self._drawing = False

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.spotlight:
            self._paint_spotlight(painter)
        pen = QPen(QColor(self._theme.palette.accent), _PEN_WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        to_pixels = self._canvas.viewportTransform()
        for stroke in self._strokes:
            points = [to_pixels.map(point) for point in stroke]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))

    def _paint_spotlight(self, painter: QPainter) -> None:
        radius = _RADIUS * min(self.width(), self.height())
        shade = QPainterPath()
        shade.addRect(QRectF(self.rect()))
        shade.addEllipse(self._spot, radius, radius)
        colour = QColor(SHADE)
        colour.setAlphaF(_THICKNESS)
        painter.fillPath(shade, colour)

    def _follow_pointer(self, place: QPointF) -> None:
        self._spot = place
        if self.spotlight:
            self.update()

    def _follow_size(self) -> None:
        self.setGeometry(self._canvas.rect())
        self.raise_()

    def _let_through(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self.pen)
        self.setMouseTracking(self.pen)
        if self.pen:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.unsetCursor()

    def _on_canvas(self, pixel: QPointF) -> QPointF:
        return self._canvas.viewportTransform().inverted()[0].map(pixel)
