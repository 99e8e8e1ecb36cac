"""Painting the pictures of tensors, cell by cell as pixels of small images."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.patches import crosses_of, holes_of
from chainrule.diagram.pictures import Grid
from chainrule.diagram.primitives import FRAME_WIDTH, Thumbnail
from chainrule.diagram.shades import Shades, colours_of
from chainrule.diagram.thumbnails import Kind, branch_thumbnail_at, thumbnail_at
from chainrule_desktop.canvas.batch import listed_rows
from chainrule_desktop.canvas.look import Look
from chainrule_desktop.canvas.paint_labels import paint_text
from chainrule_desktop.canvas.sight import CLEAR, least_size

_MOST_IMAGES = 1024


def paint_thumbnails(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the pictures at the nodes in `rows`, with their scales where these can be read."""
    least = least_size(painter, CLEAR)
    for row in listed_rows(rows[diagram.parts.thumbnails[rows, 0] > 0]):
        for kind in Kind:
            drawn = thumbnail_at(diagram, row, kind)
            if drawn is not None:
                _paint(painter, drawn[0], look.shades)
                if drawn[1].size >= least:
                    paint_text(painter, drawn[1], look)


def paint_branch_thumbnails(painter: QPainter, diagram: Diagram, rows: Indices, look: Look) -> None:
    """Paint the pictures of the own gradients of the wires in `rows`."""
    for row in listed_rows(rows[diagram.parts.branch_thumbnails[rows, 0] > 0]):
        drawn = branch_thumbnail_at(diagram, row)
        if drawn is not None:
            _paint(painter, drawn, look.shades)


def _paint(painter: QPainter, thumbnail: Thumbnail, shades: Shades) -> None:
    left, top = thumbnail.at
    picture = thumbnail.picture
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for grid in picture.grids:
        box = QRectF(left + grid.left, top + grid.top, *grid.size)
        if len(grid.shades) == 1:
            painter.fillRect(box, QColor(colours_of(shades)[grid.shades[0]]))
        else:
            painter.drawImage(box, _image(grid.shades, grid.columns, shades))
    _paint_odd_cells(painter, thumbnail, shades)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    if picture.framed:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(shades.frame), FRAME_WIDTH))
        painter.drawRects([_frame(grid, left, top) for grid in picture.grids])


def _frame(grid: Grid, left: float, top: float) -> QRectF:
    return QRectF(left + grid.left, top + grid.top, *grid.size)


def _paint_odd_cells(painter: QPainter, thumbnail: Thumbnail, shades: Shades) -> None:
    """Paint a cross over what is not a number and a hole into infinities."""
    corner = QPointF(*thumbnail.at)
    for left, top, right, bottom in holes_of(thumbnail.picture):
        hole = QRectF(QPointF(left, top) + corner, QPointF(right, bottom) + corner)
        painter.fillRect(hole, QColor(shades.cross))
    crosses = crosses_of(thumbnail.picture)
    if crosses:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(shades.cross), 1.0))
    for left, top, right, bottom in crosses:
        painter.drawLine(QPointF(left, top) + corner, QPointF(right, bottom) + corner)
        painter.drawLine(QPointF(left, bottom) + corner, QPointF(right, top) + corner)


@lru_cache(maxsize=_MOST_IMAGES)
def _image(codes: bytes, columns: int, shades: Shades) -> QImage:
    """Return an image with a pixel for each cell."""
    pixels = _pixels(shades)[np.frombuffer(codes, np.uint8)].reshape(-1, columns)
    image = QImage(pixels.data, columns, len(pixels), 4 * columns, QImage.Format.Format_RGB32)
    # The pixels are NumPy's, and go; the image's copy stays.
    return image.copy()


@lru_cache(maxsize=4)
def _pixels(shades: Shades) -> np.ndarray:
    """Return the pixel of each code as Qt stores it."""
    colours = [int(colour[1:], 16) | 0xFF000000 for colour in colours_of(shades)]
    return np.array(colours, np.uint32)
