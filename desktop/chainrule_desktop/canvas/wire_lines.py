"""Wires as straight lines, close enough to measure distances with and to see what crosses them."""

from __future__ import annotations

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.geometry import Geometry
from chainrule_desktop.canvas.batch import flatten_curves

PIECES = 16
"""Into how many straight lines a curve is divided."""


def wire_lines(geometry: Geometry, rows: Indices, pieces: int = PIECES) -> tuple[Floats, Indices]:
    """Return the wires in `rows` as straight lines (n, 4), and the row of the wire of each (n,).

    The straight pieces before ports are among them, those at outputs are not.
    """
    which, owners = pieces_of(geometry, rows)
    curves = geometry.ways.curves
    ends = curves[geometry.ways.firsts[rows + 1] - 1, 3]
    leads = np.concatenate((ends, geometry.port_ends[rows]), axis=1)
    lines = np.concatenate((flatten_curves(curves[which], pieces), leads))
    return lines, np.concatenate((np.repeat(owners, pieces), rows))


def pieces_of(geometry: Geometry, rows: Indices) -> tuple[Indices, Indices]:
    """Return the cubic pieces of the wires in `rows`, and the row of the wire of each."""
    firsts = geometry.ways.firsts
    if len(geometry.ways.curves) == len(firsts) - 1:
        return rows, rows
    counts = firsts[rows + 1] - firsts[rows]
    owners = np.repeat(rows, counts)
    steps = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    return firsts[owners] + steps, owners
