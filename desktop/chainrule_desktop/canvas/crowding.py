"""Nodes on a small map as shades, where there are too many of them for a box each."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtGui import QColor, QImage

from chainrule.arrays import Floats

CELL: Final = 2
"""How many pixels wide and high a shade is."""

_CROWDED = 0.25
_PALEST, _DARKEST = 0.18, 0.72


def is_crowded(nodes: int, dot: float, area: float) -> bool:
    """Return whether so many boxes of `dot` pixels a side would fill an area of square pixels."""
    return nodes * dot * dot > _CROWDED * area


def crowd_shades(centers: Floats, columns: int, rows: int) -> Floats:
    """Return an opacity (rows, columns) for each cell from the nodes in it and around it.

    `centers` (n, 2) are in pixels. The most crowded cell is the darkest, and empty ones are clear.
    """
    x, y = (centers / CELL).astype(np.intp).T
    inside = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
    counts = np.bincount(y[inside] * columns + x[inside], minlength=rows * columns)
    # The nodes of a regular drawing fall on cells now and then; neighbours even that out.
    near = _blurred(counts.reshape(rows, columns).astype(np.float64))
    most = near.max(initial=0.0)
    if most == 0.0:
        return near
    shades: Floats = _PALEST + (_DARKEST - _PALEST) * np.sqrt(near / most)
    return np.where(near > 0.0, shades, 0.0)


def crowd_image(centers: Floats, columns: int, rows: int, colour: str) -> QImage:
    """Return the shades as an image of a pixel for each cell."""
    opacities = np.rint(255 * crowd_shades(centers, columns, rows)).astype(np.uint32)
    rgb = QColor(colour).rgb() & 0xFFFFFF
    pixels = np.ascontiguousarray((opacities << 24) | np.uint32(rgb))
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
    # The pixels are NumPy's, and go; the image's copy stays.
    return image.copy()


def _blurred(counts: Floats) -> Floats:
    padded = np.pad(counts, 1)
    across = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return across[:-2] + 2 * across[1:-1] + across[2:]
