"""Painting the cells of a heat map: the part in sight, its numbers where they fit, its indices."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from chainrule.arrays import Floats
from chainrule.diagram.numbers import format_number
from chainrule.diagram.shades import codes_of
from chainrule_desktop.panels.tensors.scene import Scene
from chainrule_desktop.theme import Palette

_LEAST_LINED = 7.0
_LEAST_TALL = 17.0
# Four pixels at either side of a number.
_PADDING = 8.0
_LABEL_GAP = 6.0


@final
@dataclass(frozen=True, slots=True)
class Area:
    """Where cells are painted: the place of the first, their size, and where their room begins."""

    origin: QPointF
    cell: QSizeF
    corner: QPointF

    def visible(self, room: QRectF, shape: tuple[int, int]) -> tuple[range, range]:
        """Return the rows and columns of which something is in sight."""
        across = (self.corner.x(), room.right(), self.origin.x(), self.cell.width(), shape[1])
        down = (self.corner.y(), room.bottom(), self.origin.y(), self.cell.height(), shape[0])
        return _within(*down), _within(*across)

    def box(self, row: int, column: int) -> QRectF:
        """Return the rectangle of a cell."""
        across, down = column * self.cell.width(), row * self.cell.height()
        return QRectF(self.origin + QPointF(across, down), self.cell)


def paint_cells(painter: QPainter, room: QRectF, area: Area, scene: Scene, image: QImage) -> None:
    """Paint the cells of `scene` that lie in `room`, and the indices beside them."""
    rows, columns = scene.matrix.shape
    down, across = area.visible(room, (rows, columns))
    if not down or not across:
        return
    painter.save()
    painter.setClipRect(QRectF(area.corner, room.bottomRight()))
    whole = QRectF(area.origin, QSizeF(columns * area.cell.width(), rows * area.cell.height()))
    small = min(area.cell.width(), area.cell.height()) < 1
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, small)
    painter.drawImage(whole, image)
    if min(area.cell.width(), area.cell.height()) >= _LEAST_LINED:
        _paint_lines(painter, area, down, across, scene.look.palette.canvas)
    if not _paint_numbers(painter, area, down, across, scene):
        _paint_odd(painter, area, down, across, scene)
    painter.restore()
    _paint_indices(painter, room, area, (down, across), scene)


def paint_frame(painter: QPainter, widget: QWidget, palette: Palette) -> None:
    """Paint a thin frame inside a widget, in another colour while it has the keyboard."""
    painter.setPen(QPen(QColor(palette.focus_ring if widget.hasFocus() else palette.border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(widget.rect().adjusted(0, 0, -1, -1))


def _within(start: float, end: float, origin: float, side: float, most: int) -> range:
    first = max(0, math.floor((start - origin) / side))
    return range(first, min(most, math.ceil((end - origin) / side)))


def _paint_lines(painter: QPainter, area: Area, down: range, across: range, colour: str) -> None:
    first = area.box(down.start, across.start).topLeft()
    last = area.box(down.stop - 1, across.stop - 1).bottomRight()
    xs = [area.box(0, column).left() for column in range(across.start, across.stop + 1)]
    ys = [area.box(row, 0).top() for row in range(down.start, down.stop + 1)]
    painter.setPen(QPen(QColor(colour), 1.0))
    painter.drawLines([QLineF(x, first.y(), x, last.y()) for x in xs])
    painter.drawLines([QLineF(first.x(), y, last.x(), y) for y in ys])


def _paint_odd(painter: QPainter, area: Area, down: range, across: range, scene: Scene) -> None:
    """Cross out what is not finite."""
    if min(area.cell.width(), area.cell.height()) < _LEAST_LINED:
        return
    part = scene.matrix[down.start : down.stop, across.start : across.stop]
    painter.setPen(QPen(QColor(scene.look.shades.cross), 1.4))
    for row, column in np.argwhere(~np.isfinite(part)).tolist():
        box = area.box(down.start + row, across.start + column).adjusted(2, 2, -2, -2)
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())


def _paint_numbers(painter: QPainter, area: Area, down: range, across: range, scene: Scene) -> bool:
    """Write the numbers into the cells and say so, if all in sight have room for theirs."""
    if area.cell.height() < _LEAST_TALL or area.cell.width() < 2 * _LEAST_TALL:
        return False
    part = scene.matrix[down.start : down.stop, across.start : across.stop]
    texts = _fitting(part, scene.decimals, painter.fontMetrics(), area.cell.width() - _PADDING)
    codes = codes_of(part, scene.largest)
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            box = area.box(down.start + row, across.start + column)
            painter.setPen(scene.look.ink_on(int(codes[row, column])))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return bool(texts)


def _fitting(part: Floats, decimals: int, metrics: QFontMetrics, room: float) -> list[list[str]]:
    """Write numbers with as many decimals as fit, but no less than two; nothing if none do."""
    listed: list[list[float]] = part.tolist()
    for kept in dict.fromkeys((decimals, min(decimals, 3), min(decimals, 2))):
        texts = [[format_number(each, kept) for each in row] for row in listed]
        if max(metrics.horizontalAdvance(each) for row in texts for each in row) <= room:
            return texts
    return []


def _paint_indices(
    painter: QPainter, room: QRectF, area: Area, shown: tuple[range, range], scene: Scene
) -> None:
    """Write the indices along the top and the left, as many as have room."""
    down, across = shown
    metrics = painter.fontMetrics()
    painter.setPen(QColor(scene.look.palette.muted_text))
    if scene.slicing.columns is not None:
        wide = metrics.horizontalAdvance(str(across.stop - 1 + scene.origin)) + _LABEL_GAP
        for column in _spaced(across, wide / area.cell.width(), scene.origin):
            middle = area.box(0, column).center().x()
            box = QRectF(middle - wide, 0, 2 * wide, area.corner.y() - 2)
            if middle >= area.corner.x():
                painter.drawText(box, _CENTER_BOTTOM, str(column + scene.origin))
    if scene.slicing.rows is not None:
        high = float(metrics.height())
        for row in _spaced(down, high / area.cell.height(), scene.origin):
            middle = area.box(row, 0).center().y()
            box = QRectF(0, middle - high / 2, area.corner.x() - _LABEL_GAP, high)
            if middle >= area.corner.y():
                painter.drawText(box, _RIGHT, str(row + scene.origin))


_CENTER_BOTTOM = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _spaced(places: range, apart: float, origin: int) -> range:
    """Return places at a round distance that is at least so far apart, round ones from `origin`."""
    steps = (size * 10**power for power in range(9) for size in (1, 2, 5))
    step = next(each for each in steps if each >= apart)
    return range(math.ceil((places.start + origin) / step) * step - origin, places.stop, step)
