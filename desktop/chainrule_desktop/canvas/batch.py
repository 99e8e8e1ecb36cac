"""NumPy arrays handed to QPainter in one call instead of one call a shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Floats

_FLATNESS = 0.2
_PIECES = (1, 4, 8, 16, 24, 48, 96)


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


def flatten_curves(curves: Floats, pieces: int) -> Floats:
    """Return cubic curves (n, 4, 2) as straight lines, an array (n * pieces, 4)."""
    points = np.einsum("tk,nkd->ntd", _bernstein(pieces), curves)
    return np.concatenate((points[:, :-1], points[:, 1:]), axis=2).reshape(-1, 4)


def flatten_finely(curves: Floats, scale: float) -> Floats:
    """Return cubic curves (n, 4, 2) as straight lines (k, 4) that look smooth at `scale`.

    A curve gets as many pieces as keep them within a fifth of a pixel from it: the distance is at
    most the largest second difference of the control points, times 6/8, over the square of the
    number of pieces. A difference along a flat curve that does not turn back does not show.
    """
    bends = np.abs(curves[:, :2] - 2 * curves[:, 1:3] + curves[:, 2:]).max(axis=1)
    widths, heights = np.ptp(curves, axis=1).T
    beyond = widths - np.abs(curves[:, 3, 0] - curves[:, 0, 0])
    bent = np.maximum(bends[:, 1], np.minimum(bends[:, 0], heights + beyond))
    needed: Floats = np.sqrt(0.75 * bent * scale / _FLATNESS)
    levels: Indices = np.searchsorted(np.array(_PIECES[:-1]), needed)
    used: list[int] = np.unique(levels).tolist()
    lines = [flatten_curves(curves[levels == level], _PIECES[level]) for level in used]
    return np.concatenate(lines) if lines else np.empty((0, 4))


@cache
def _bernstein(pieces: int) -> npt.NDArray[np.float64]:
    """Return the weights of the four control points at pieces + 1 places of a cubic curve."""
    t = np.linspace(0.0, 1.0, pieces + 1)
    u = 1.0 - t
    return np.stack((u**3, 3 * u * u * t, 3 * u * t * t, t**3), axis=1)


def listed_rows(rows: Indices) -> list[int]:
    """Return rows as Python integers, of which loops are quicker."""
    return rows.tolist()


def listed_points(points: Floats) -> list[list[float]]:
    """Return points (n, 2) as Python floats."""
    return points.tolist()
