"""NumPy arrays handed to QPainter in one call instead of one call a shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Floats


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Draw n straight lines; `lines` is (n, 4): x1, y1, x2, y2."""
    if len(lines) == 0:
        return
    buffer = np.ascontiguousarray(lines, dtype=np.float64)
    first: Any = shiboken6.wrapInstance(buffer.ctypes.data, QLineF)
    painter.drawLines(first, len(buffer))


def draw_rectangles(painter: QPainter, rectangles: Floats) -> None:
    """Draw n rectangles; `rectangles` is (n, 4): left, top, width, height."""
    if len(rectangles) == 0:
        return
    buffer = np.ascontiguousarray(rectangles, dtype=np.float64)
    first: Any = shiboken6.wrapInstance(buffer.ctypes.data, QRectF)
    painter.drawRects(first, len(buffer))


def listed_rows(rows: Indices) -> list[int]:
    """Return rows as Python integers, of which loops are quicker."""
    return rows.tolist()


def listed_points(points: Floats) -> list[list[float]]:
    """Return points (n, 2) as Python floats."""
    return points.tolist()
