"""Wires as lines with corners: straight ones, and ones with right angles between the columns."""

from __future__ import annotations

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Flags
from chainrule.diagram.ways import ROUNDING

_COLUMN = 32.0
_WIDEST = 48.0
_AROUND = 24.0
_APART = 80.0
_BELOW = 52.0
_TURN = 64.0


def tracks_of(starts: Floats, ends: Floats, sources: Indices) -> Floats:
    """Return where between columns each wire turns, a share (m,) of the room that there is.

    Wires from one source into one column turn at one place; others side by side, in an order in
    which few cross: of those that lead down, the lowest turns first.
    """
    columns = np.round(ends[:, 0] / _COLUMN).astype(np.int64)
    columns -= columns.min(initial=0)
    keys = columns * (int(sources.max(initial=0)) + 1) + sources
    _, firsts, which = np.unique(keys, return_index=True, return_inverse=True)
    heights: Floats = starts[firsts, 1]
    leads_down: Flags = ends[firsts, 1] > heights
    level = np.where(leads_down, -1.0, 1.0) * heights
    order = np.lexsort((level, columns[firsts]))
    ordered: Indices = columns[firsts][order]
    begin = np.searchsorted(ordered, ordered)
    count = np.searchsorted(ordered, ordered, side="right") - begin
    shares = np.empty(len(firsts))
    # The first of an order turns furthest from the gates that it leads to.
    shares[order] = 1.0 - (np.arange(len(order)) - begin + 0.5) / np.maximum(count, 1)
    return shares[which]


def straight_lines(starts: Floats, ends: Floats) -> Floats:
    """Return straight lines as lines of four corners, (n, 4, 2)."""
    return np.stack((starts, starts, ends, ends), axis=1)


def soon_level(lines: Floats) -> Floats:
    """Return lines that go to the level of their end at once."""
    soon = lines.copy()
    soon[:, 1], soon[:, 2] = lines[:, 0], lines[:, 3]
    soon[:, 2, 0] = lines[:, 0, 0] + _TURN
    return soon


def late_level(lines: Floats) -> Floats:
    """Return lines that stay on the level of their start for long."""
    late = lines.copy()
    late[:, 1], late[:, 2] = lines[:, 0], lines[:, 3]
    late[:, 1, 0] = lines[:, 3, 0] - _TURN
    return late


def angled_lines(starts: Floats, ends: Floats, tracks: Floats) -> Floats:
    """Return lines with right angles of four corners, which turn shortly before they arrive."""
    x = ends[:, 0] - ROUNDING - tracks * _room(starts, ends)
    return _turning_at(starts, ends, np.maximum(x, (starts[:, 0] + ends[:, 0]) / 2))


def soon_angled(lines: Floats) -> Floats:
    """Return lines that turn shortly after their start, as far from it as before from the end."""
    away = lines[:, 3, 0] - lines[:, 1, 0]
    return _turning_at(lines[:, 0], lines[:, 3], lines[:, 0, 0] + away)


def halfway_angled(lines: Floats) -> Floats:
    """Return lines that turn halfway."""
    return _turning_at(lines[:, 0], lines[:, 3], (lines[:, 0, 0] + lines[:, 3, 0]) / 2)


def squared(lines: Floats) -> Floats:
    """Return lines of four corners, of which some lead to a level aslant, with right angles.

    They have six corners, (n, 6, 2).
    """
    start, one, other, end = np.moveaxis(lines, 1, 0)
    first, last = one.copy(), other.copy()
    first[:, 1], last[:, 1] = start[:, 1], end[:, 1]
    return np.stack((start, first, one, other, last, end), axis=1)


def backward_lines(starts: Floats, ends: Floats, tracks: Floats) -> Floats:
    """Return lines with right angles that lead back to the left, of six corners (n, 6, 2)."""
    out = starts[:, 0] + ROUNDING + tracks * _AROUND
    into = ends[:, 0] - ROUNDING - tracks * _AROUND
    y1, y2 = starts[:, 1], ends[:, 1]
    apart = np.abs(y1 - y2) > _APART
    level = np.where(apart, (y1 + y2) / 2, np.maximum(y1, y2) + _BELOW)
    corners = ((starts[:, 0], y1), (out, y1), (out, level), (into, level), (into, y2))
    lines = [np.stack(corner, axis=1) for corner in (*corners, (ends[:, 0], y2))]
    return np.stack(lines, axis=1)


def _turning_at(starts: Floats, ends: Floats, x: Floats) -> Floats:
    lines = np.stack((starts, starts, ends, ends), axis=1)
    lines[:, 1, 0] = lines[:, 2, 0] = x
    return lines


def _room(starts: Floats, ends: Floats) -> Floats:
    return np.clip(ends[:, 0] - starts[:, 0] - 2 * ROUNDING, 0.0, _WIDEST)
