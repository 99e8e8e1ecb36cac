"""Which nodes and wires a rectangle shows, found for all at once."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF

from chainrule.diagram.diagram import Diagram
from chainrule.diagram.parts import LONGEST_NAME, NAME_GAP, Indices

_AROUND_NODE = 26.0
_AROUND_WIRE = 22.0


def visible_nodes(diagram: Diagram, area: QRectF) -> Indices:
    """Return the rows of the nodes of which some part, numbers and name included, is in `area`."""
    geometry, half = diagram.geometry, diagram.parts.half
    x, y = geometry.centers[:, 0], geometry.centers[:, 1]
    reach = half[:, 1] + _AROUND_NODE
    # The output's name stands beyond its stub; a gate's label may be wider than its body.
    right = geometry.stub_ends[:, 0] + LONGEST_NAME
    left = x - half[:, 0] - NAME_GAP - LONGEST_NAME
    shown = (right > area.left()) & (left < area.right())
    shown &= (y + reach > area.top()) & (y - reach < area.bottom())
    return np.flatnonzero(shown)


def visible_wires(diagram: Diagram, area: QRectF) -> Indices:
    """Return the rows of the wires whose curve or own gradient may be in `area`."""
    geometry = diagram.geometry
    x, y = geometry.curves[:, :, 0], geometry.curves[:, :, 1]
    right = np.maximum(x.max(axis=1), geometry.port_ends[:, 0]) + _AROUND_WIRE
    left = x.min(axis=1) - _AROUND_WIRE
    top = np.minimum(y[:, 0], y[:, 3]) - _AROUND_WIRE
    bottom = np.maximum(y[:, 0], y[:, 3]) + _AROUND_WIRE
    shown = (right > area.left()) & (left < area.right())
    shown &= (bottom > area.top()) & (top < area.bottom())
    return np.flatnonzero(shown)
