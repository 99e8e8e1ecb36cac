"""A picture of what stays while numbers change, so that turning a value paints texts only."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget


@final
class StillLayer:
    """Paints something once into a picture of the viewport and shows that as long as it holds."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._picture = QPixmap()

    def forget_unless(self, painter: QPainter, of: tuple[object, ...]) -> None:
        """Give the picture, which is as large as the screen, back where it holds no more."""
        still = (*of, painter.worldTransform())
        if self._of[: len(still)] != still:
            self._of, self._picture = (), QPixmap()

    def paint(
        self,
        painter: QPainter,
        viewport: QWidget,
        of: tuple[object, ...],
        paint: Callable[[QPainter, QRectF], None],
    ) -> None:
        """Show what `paint` paints; `of` is all that it depends on but the place of the view."""
        transform, size = painter.worldTransform(), viewport.size()
        ratio = viewport.devicePixelRatio()
        of = (*of, transform, size, ratio)
        if of != self._of:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._picture)
            inner.setRenderHints(painter.renderHints())
            inner.setWorldTransform(transform)
            paint(inner, transform.inverted()[0].mapRect(QRectF(viewport.rect())))
            inner.end()
            self._of = of
        painter.resetTransform()
        painter.drawPixmap(0, 0, self._picture)
        painter.setWorldTransform(transform)
