"""NumPy arrays handed to QPainter in one call instead of one call a shape."""

from __future__ import annotations

import operator
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
_PIECES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 96)


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
    levels: Indices = np.searchsorted(np.array(_PIECES[:-1]), _pieces_needed(curves, scale))
    counts: list[int] = np.bincount(levels, minlength=len(_PIECES)).tolist()
    ordered = curves[np.argsort(levels, kind="stable")]
    # The control points of all curves side by side, so that one product of matrices makes the
    # points of all that have equally many pieces.
    controls = np.ascontiguousarray(ordered.transpose(1, 0, 2)).reshape(4, -1)
    lines = np.empty((sum(map(operator.mul, counts, _PIECES)), 4))
    curve = line = 0
    for pieces, count in zip(_PIECES, counts, strict=True):
        if count:
            points = _bernstein(pieces) @ controls[:, 2 * curve : 2 * (curve + count)]
            points = points.reshape(pieces + 1, count, 2)
            part = lines[line : line + pieces * count].reshape(pieces, count, 4)
            part[:, :, :2], part[:, :, 2:] = points[:-1], points[1:]
            curve, line = curve + count, line + pieces * count
    return lines


def _pieces_needed(curves: Floats, scale: float) -> Floats:
    """Return how many pieces each curve needs to look smooth, not yet rounded up."""
    # Whole columns are many times quicker than reductions along a short axis.
    x0, y0, x1, y1, x2, y2, x3, y3 = curves.reshape(-1, 8).T
    bend_x = np.maximum(np.abs(x0 - 2 * x1 + x2), np.abs(x1 - 2 * x2 + x3))
    bend_y = np.maximum(np.abs(y0 - 2 * y1 + y2), np.abs(y1 - 2 * y2 + y3))
    width, height = _extent(x0, x1, x2, x3), _extent(y0, y1, y2, y3)
    bent = np.maximum(bend_y, np.minimum(bend_x, height + width - np.abs(x3 - x0)))
    return np.sqrt(0.75 * bent * scale / _FLATNESS)


def _extent(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    high, low = np.maximum(np.maximum(a, b), np.maximum(c, d)), np.minimum(np.minimum(a, b), c)
    return high - np.minimum(low, d)


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
