"""The names and the numbers along the two axes of a map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from chainrule_desktop.panels.jacobian.map_window import MapWindow
from chainrule_desktop.theme import Palette

LEFT, TOP = 64, 44
_NUMBER_LINE: Final = 16.0
# Between two numbers side by side, and one above the other.
_GAP: Final = 8.0
_LINE_GAP: Final = 2.0


def paint_axes(
    painter: QPainter,
    window: MapWindow,
    field: QRect,
    names: tuple[str, str],
    origin: int,
    palette: Palette,
) -> None:
    """Write what rows and columns are, and their numbers from `origin` where there is room."""
    rows, columns, box = window.in_sight(field.size())
    painter.save()
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.85)
    painter.setFont(font)
    painter.setPen(QColor(palette.muted_text))
    metrics = painter.fontMetrics()
    wide = metrics.horizontalAdvance(f"{columns.stop - 1 + origin:,}") + _GAP
    for number in ticks(columns, window.cell, wide, origin):
        x = field.left() + window.place_of((0, number)).x()
        cell = QRectF(x - 40, field.top() - _NUMBER_LINE - 2, 80, _NUMBER_LINE)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{number + origin:,}")
    for number in ticks(rows, window.cell, metrics.height() + _LINE_GAP, origin):
        y = field.top() + window.place_of((number, 0)).y()
        cell = QRectF(_NUMBER_LINE, y - 10, field.left() - _NUMBER_LINE - 4, 20)
        painter.drawText(
            cell,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            f"{number + origin:,}",
        )
    _write_names(painter, field, names, box)
    painter.restore()


def ticks(numbers: range, cell: float, room: float, origin: int) -> Iterator[int]:
    """Yield which rows or columns get their number written: those of round numbers from `origin`.

    They are so far apart that each has `room`.
    """
    step = next(size for size in _steps() if size * cell >= room)
    first = -(-(numbers.start + origin) // step) * step - origin
    yield from range(first, numbers.stop, step)


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _write_names(painter: QPainter, field: QRect, names: tuple[str, str], box: QRectF) -> None:
    rows, columns = names
    middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(field.left(), 2, field.width(), 20), middle, f"{columns} →")
    painter.save()
    painter.translate(QPointF(0, field.top() + min(box.height(), field.height())))
    painter.rotate(-90)
    top = min(box.height(), field.height())
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    name = f"← {rows}"
    # It may reach below a map of few rows, but never loses its arrow.
    length = max(top, painter.fontMetrics().horizontalAdvance(name) + 2.0)
    painter.drawText(QRectF(top - length, 0, length, 18), right, name)
    painter.restore()
