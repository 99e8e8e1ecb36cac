"""What lies behind the diagram: the colour of the canvas, and its grid."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from chainrule_desktop.canvas.batch import draw_lines
from chainrule_desktop.canvas.grid import grid_lines
from chainrule_desktop.theme import Palette


def paint_backdrop(
    painter: QPainter, area: QRectF, palette: Palette, scale: float, *, grid: bool
) -> None:
    """Fill `area`, and draw the lines of the grid where it is wanted."""
    # At 125 or 150 % an area may end within a pixel, which must be filled whole: nothing else is
    # behind it.
    beyond = 1.0 / scale
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(area.adjusted(-beyond, -beyond, beyond, beyond), QColor(palette.canvas))
    if grid:
        painter.setPen(QPen(QColor(palette.grid), 0))
        draw_lines(painter, grid_lines(area, scale))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
