"""Curves that swing around nodes, made of two so that they leave and arrive horizontally."""

from __future__ import annotations

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.bypaths import points_along
from chainrule.diagram.obstacles import Obstacles
from chainrule.diagram.parts import Flags
from chainrule.diagram.ways import Pieces, through_points

_LEVEL = 1e-6


def are_cornered(curves: Floats) -> Flags:
    """Return which curves (n, 4, 2) leave their start up- or downwards, which is a corner there."""
    return np.abs(curves[:, 1, 1] - curves[:, 0, 1]) > _LEVEL


def smoothed(
    obstacles: Obstacles, curves: Floats, rows: Indices, free: Flags
) -> tuple[Pieces, Flags]:
    """Return pieces for those of the `free` curves (n, 4, 2) that swing, and which these are.

    A single curve that swings far up or down has a corner at either end. Two that meet in its
    middle have none; they are taken where they run over no more.
    """
    swings = free & are_cornered(curves)
    which = np.flatnonzero(swings)
    if len(which) == 0:
        return (curves[:0], rows[:0]), swings
    single, owners = curves[which], rows[which]
    middle = (single[:, 0] + 3 * single[:, 1] + 3 * single[:, 2] + single[:, 3]) / 8
    anchors = np.stack((single[:, 0], middle, single[:, 3]), axis=1).reshape(-1, 2)
    pieces = through_points((anchors, np.repeat(owners, 3)))
    before = obstacles.touched(points_along((single, owners), owners), owners)
    after = obstacles.touched(points_along(pieces, owners), owners)
    better = after <= before
    swings[which[~better]] = False
    kept = np.repeat(better, 2)
    return (pieces[0][kept], pieces[1][kept]), swings
