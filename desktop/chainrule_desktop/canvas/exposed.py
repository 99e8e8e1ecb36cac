"""The areas that are to be painted anew: where they lie apart, not all between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QRegion

_MOST = 12
# To find out what an area shows takes as long as to paint so many pixels.
_WORTH = 40_000


def exposed_areas(painter: QPainter, whole: QRectF) -> Iterator[QRectF]:
    """Yield the areas to paint within `whole`; while one is painted, the others are clipped off.

    As the canvas is panned, a strip at its side is new and so is what the minimap leaves. All that
    lies between them would be painted in vain.
    """
    region: QRegion = painter.paintEngine().systemClip()
    groups = _groups([*region]) if 1 < region.rectCount() <= _MOST else []  # pyright: ignore[reportGeneralTypeIssues, reportUnknownArgumentType]  the stub knows of no iteration
    to_scene, _ = painter.deviceTransform().inverted()
    if len(groups) < 2:
        yield whole
        return
    for group in groups:
        path, around = QPainterPath(), QRect()
        for each in group:
            path.addRect(QRectF(each))
            around = around.united(each)
        painter.setClipPath(to_scene.map(path))
        # A pixel more on every side: what is at an edge is painted half.
        yield to_scene.mapRect(QRectF(around.adjusted(-1, -1, 1, 1)))
    painter.setClipping(False)


def _groups(rectangles: list[QRect]) -> list[list[QRect]]:
    """Return rectangles in groups, of which each has little between its own."""
    groups = [[each] for each in rectangles]
    while True:
        for one, other in combinations(groups, 2):
            if _size(_around(one + other)) <= _size(_around(one)) + _size(_around(other)) + _WORTH:
                groups = [each for each in groups if each is not one and each is not other]
                groups.append(one + other)
                break
        else:
            return groups


def _around(rectangles: list[QRect]) -> QRect:
    around = QRect()
    for each in rectangles:
        around = around.united(each)
    return around


def _size(rectangle: QRect) -> int:
    return rectangle.width() * rectangle.height()
