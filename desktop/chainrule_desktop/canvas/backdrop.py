"""What lies behind the diagram: the colour of the canvas, and its grid."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from chainrule.diagram.parts import Floats
from chainrule_desktop.canvas.batch import draw_rectangles
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
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.grid))
        draw_rectangles(painter, _thin(grid_lines(area, scale), painter.deviceTransform().m11()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _thin(lines: Floats, scale: float) -> Floats:
    """Return upright and level lines as rectangles one pixel wide, which fill twice as fast."""
    pixel = 1.0 / scale
    extents = lines[:, 2:] - lines[:, :2]
    starts = lines[:, :2] - np.where(extents > 0, 0.0, pixel / 2)
    return np.concatenate((starts, np.maximum(extents, pixel)), axis=1)
