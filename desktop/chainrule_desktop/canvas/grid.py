"""The grid behind the diagram."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF

from chainrule.diagram.parts import Floats

GRID = 24.0
_CLOSEST = 11.0


def grid_lines(area: QRectF, scale: float) -> Floats:
    """Return the lines of the grid in `area`, (n, 4); wider apart the further away it is seen."""
    spacing = GRID
    while spacing * scale < _CLOSEST:
        spacing *= 4
    xs = np.arange(np.floor(area.left() / spacing), area.right() / spacing + 1) * spacing
    ys = np.arange(np.floor(area.top() / spacing), area.bottom() / spacing + 1) * spacing
    upright = np.stack((xs, np.full_like(xs, area.top()), xs, np.full_like(xs, area.bottom())), 1)
    level = np.stack((np.full_like(ys, area.left()), ys, np.full_like(ys, area.right()), ys), 1)
    return np.concatenate((upright, level))
