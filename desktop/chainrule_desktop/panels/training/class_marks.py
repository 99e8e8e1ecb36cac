"""How classes look in charts: each has a colour and a shape of its own."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from chainrule.arrays import Floats
from chainrule.graph.comments import Hue
from chainrule.training.metrics import Decision
from chainrule_desktop.figures.surroundings import shades_for, tints_for
from chainrule_desktop.theme import Palette

SIZE: Final = 4.2
_HUES: Final = (Hue.GREEN, Hue.PURPLE, Hue.RED, Hue.YELLOW, Hue.GREY)
_STRONGEST: Final = 0.62


def class_colours(palette: Palette) -> list[QColor]:
    """Return the colours of classes: the two ends of the scale of tensors come first."""
    shades, tints = shades_for(palette), tints_for(palette)
    ends = [shades.lowest, shades.highest]
    return [QColor(each) for each in (*ends, *(tints[hue].title for hue in _HUES))]


def paint_mark(painter: QPainter, at: QPointF, kind: int, *, hollow: bool) -> None:
    """Paint the shape of a class: a disc, a square, a triangle, a diamond, and so on again."""
    if hollow:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    shape = kind % 4
    if shape == 0:
        painter.drawEllipse(at, SIZE, SIZE)
        return
    corners, start = {1: (4, math.pi / 4), 2: (3, -math.pi / 2), 3: (4, 0.0)}[shape]
    angles = [start + 2 * math.pi * corner / corners for corner in range(corners)]
    reach = SIZE * 1.25
    points = [at + QPointF(reach * math.cos(each), reach * math.sin(each)) for each in angles]
    painter.drawPolygon(QPolygonF(points))


def paint_points(
    painter: QPainter,
    points: Floats,
    classes: npt.NDArray[np.intp],
    palette: Palette,
    *,
    hollow: bool,
) -> None:
    """Paint rows of data at pixels (n, 2), in the colours and shapes of their classes."""
    colours = class_colours(palette)
    kinds: list[int] = classes.tolist() or [0] * len(points)
    edge = QColor(palette.canvas)
    places: list[list[float]] = points.tolist()
    for (x, y), kind in zip(places, kinds, strict=True):
        colour = colours[kind % len(colours)]
        painter.setPen(QPen(colour if hollow else edge, 1.4 if hollow else 0.8))
        painter.setBrush(colour)
        paint_mark(painter, QPointF(x, y), kind, hollow=hollow)


def heights_of(values: Floats, decision: Decision) -> list[Floats]:
    """Return for each class by how much it wins; where one is 0, a border of it runs.

    `values` are predictions over a grid (rows, columns, k).
    """
    if values.shape[2] == 1:
        limit = 0.5 if decision is Decision.THRESHOLD else 0.0
        return [values[:, :, 0] - limit]
    found: list[Floats] = []
    for kind in range(values.shape[2]):
        others = np.delete(values, kind, axis=2)
        found.append(values[:, :, kind] - others.max(axis=2))
    return found


def heat_image(values: Floats, decision: Decision, palette: Palette) -> QImage:
    """Return a picture of predictions: the colour of the class that wins, fainter where it's close.

    The first row of the grid is at the bottom.
    """
    heights = heights_of(values, decision)
    colours = class_colours(palette)
    ground = rgb_of(QColor(palette.canvas))
    if len(heights) == 1:
        won = np.abs(heights[0])
        kinds = (heights[0] > 0).astype(np.intp)
    else:
        stacked = np.stack(heights)
        kinds, won = stacked.argmax(axis=0), np.maximum(stacked.max(axis=0), 0.0)
    finite = won[np.isfinite(won)]
    scale = float(np.quantile(finite, 0.9)) if finite.size else 1.0
    with np.errstate(all="ignore"):
        share = _STRONGEST * np.clip(0.25 + 0.75 * np.nan_to_num(won) / (scale or 1.0), 0, 1)
    inks = np.array([rgb_of(each) for each in colours])[kinds % len(colours)]
    mixed = ground + share[:, :, None] * (inks - ground)
    return image_of(mixed)


def image_of(pixels: Floats) -> QImage:
    """Return a picture of red, green and blue from 0 to 255, its first row at the bottom."""
    turned = np.ascontiguousarray(pixels[::-1].round().astype(np.uint8))
    rows, columns, _ = turned.shape
    return QImage(turned.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def rgb_of(colour: QColor) -> Floats:
    """Return red, green and blue of a colour from 0 to 255."""
    return np.array([colour.red(), colour.green(), colour.blue()], np.float64)
