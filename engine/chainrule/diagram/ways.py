"""The ways that wires take: curved, straight or with right angles, each made of cubic pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices

ROUNDING = 8.0
"""The radius of the corners of wires with right angles."""

_SHORTEST_BEND = 26.0
_BEND = 0.55
_LEAST_ACROSS = 44.0
_TURN_BEFORE_LEAD = 10.0
# A piece through points leaves them along the line between their neighbours, so far of its length.
_PULL = 0.36
_QUARTER = 0.5523  # of the control points of a quarter of a circle
_NEXT_TO_NOTHING = 1e-6


class WireStyle(StrEnum):
    """How wires are drawn; the values are those of a setting."""

    CURVED = "curved"
    STRAIGHT = "straight"
    ANGLED = "angled"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The ways of m wires as k cubic pieces: `curves` (k, 4, 2), a wire's one after the other.

    The pieces of wire i are those from `firsts[i]` up to `firsts[i + 1]`, an array (m + 1,).
    """

    curves: Floats
    firsts: Indices

    @property
    def owners(self) -> Indices:
        """The wire of each piece, (k,)."""
        count = len(self.firsts) - 1
        if len(self.curves) == count:
            return np.arange(count)
        return np.repeat(np.arange(count), np.diff(self.firsts))

    def of(self, wire: int) -> Floats:
        """Return the pieces (p, 4, 2) of a wire."""
        first, last = self.firsts[wire : wire + 2].tolist()
        return self.curves[first:last]


Lines: TypeAlias = tuple[Floats, Indices]
"""Lines with corners: their corners (v, 2), those of a line in a row, and the wire of each (v,)."""

Pieces: TypeAlias = tuple[Floats, Indices]
"""Cubic pieces (k, 4, 2) and the wire of each (k,)."""


def joined(count: int, parts: Iterable[Pieces]) -> Ways:
    """Return the ways of `count` wires from their pieces; those of each wire are in their order."""
    curves, owners = zip(*parts, strict=True)
    all_curves, all_owners = np.concatenate(curves), np.concatenate(owners)
    if len(all_owners) and (np.diff(all_owners) < 0).any():
        order = np.argsort(all_owners, kind="stable")
        all_curves, all_owners = all_curves[order], all_owners[order]
    counts = np.bincount(all_owners, minlength=count)
    return Ways(all_curves, np.concatenate(([0], np.cumsum(counts))))


def lead_starts(starts: Floats, ends: Floats, leads: Floats) -> Floats:
    """Return where the straight pieces before ports begin: they give way where room is scarce."""
    before = ends.copy()
    before[:, 0] -= np.clip(ends[:, 0] - starts[:, 0] - _LEAST_ACROSS, 0.0, leads)
    return before


def curved(starts: Floats, ends: Floats) -> Floats:
    """Return the control points (n, 4, 2) of curves that leave and arrive horizontally."""
    curves = np.empty((len(starts), 4, 2))
    curves[:, 0] = starts
    curves[:, 3] = ends
    across = ends[:, 0] - starts[:, 0]
    # A wire that runs backwards swings out further, so that it can be told from its gates.
    bend = np.where(across >= 0, np.maximum(_BEND * across, np.minimum(across, _SHORTEST_BEND)), 0)
    bend = np.where(across < 0, _SHORTEST_BEND - 0.4 * across, bend)
    curves[:, 1] = starts
    curves[:, 1, 0] += bend
    curves[:, 2] = ends
    curves[:, 2, 0] -= bend
    return curves


def straight(starts: Floats, ends: Floats) -> Floats:
    """Return straight lines as curves, their control points (n, 4, 2)."""
    along = ends - starts
    return np.stack((starts, starts + along / 3, ends - along / 3, ends), axis=1)


def through_points(anchors: Lines) -> Pieces:
    """Return smooth curves through points that leave their first and meet their last horizontally.

    Between these they run, at each point, as the line between its neighbours does.
    """
    places, owners = anchors
    inner = owners[1:] == owners[:-1]
    directions = _directions(places, owners)
    starts, ends = places[:-1][inner], places[1:][inner]
    length = np.hypot(*(ends - starts).T)[:, None]
    along = np.abs(ends[:, :1] - starts[:, :1])
    is_first, is_last = _ends_of(owners)
    # Where a curve leaves or arrives it may be as flat as one without points.
    out = np.where(is_first[:-1][inner, None], np.maximum(_PULL * length, 0.45 * along), 0.0)
    out = np.maximum(out, _PULL * length)
    back = np.where(is_last[1:][inner, None], np.maximum(_PULL * length, 0.45 * along), 0.0)
    back = np.maximum(back, _PULL * length)
    first = starts + out * directions[:-1][inner]
    second = ends - back * directions[1:][inner]
    return np.stack((starts, first, second, ends), axis=1), owners[1:][inner]


def _directions(places: Floats, owners: Indices) -> Floats:
    """Return in which direction curves run through their points, (v, 2); from end to end, right."""
    directions = np.zeros_like(places)
    directions[:, 0] = 1.0
    is_first, is_last = _ends_of(owners)
    inner = np.flatnonzero(~is_first & ~is_last)
    towards = places[inner + 1] - places[inner - 1]
    length = np.hypot(*towards.T)
    known = length > _NEXT_TO_NOTHING
    directions[inner[known]] = towards[known] / length[known, None]
    return directions


def _ends_of(owners: Indices) -> tuple[np.ndarray, np.ndarray]:
    """Return which corners are the first and the last of their line."""
    differ = owners[1:] != owners[:-1]
    return np.concatenate(([True], differ)), np.concatenate((differ, [True]))


def rounded(lines: Lines, radius: float) -> Pieces:
    """Return lines with corners as pieces, with corners of `radius`, or less where room is scarce.

    Lines that turn back on themselves, and ones without length, have no corner.
    """
    if len(lines[1]) == 0:
        return np.empty((0, 4, 2)), lines[1]
    corners, owners = _without_twins(*lines)
    inner = owners[1:] == owners[:-1]
    along = corners[1:] - corners[:-1]
    length = np.hypot(*along.T)
    unit = along / np.maximum(length, _NEXT_TO_NOTHING)[:, None]
    cut = np.zeros(len(corners))  # how much of the lines at a corner its rounding takes
    bends = np.flatnonzero(inner[1:] & inner[:-1]) + 1
    turn = (unit[bends - 1] * unit[bends]).sum(axis=1)
    room = np.minimum(length[bends - 1], length[bends]) / 2
    cut[bends] = np.where(np.abs(turn) < 1 - _NEXT_TO_NOTHING, np.minimum(radius, room), 0.0)
    rows = np.flatnonzero(inner)
    begin = corners[rows] + unit[rows] * cut[rows, None]
    end = corners[rows + 1] - unit[rows] * cut[rows + 1, None]
    sides = straight(begin, end)
    turned = np.flatnonzero(cut > 0)
    before = corners[turned] - unit[turned - 1] * cut[turned, None]
    after = corners[turned] + unit[turned] * cut[turned, None]
    arcs = _quarters(before, corners[turned], after)
    has_length = np.hypot(*(end - begin).T) > _NEXT_TO_NOTHING
    kept = has_length | (np.diff(owners[rows], prepend=-1) != 0)
    # Of a side and the corner before it, the corner comes first.
    keys = np.concatenate((2 * (rows[kept] + 1), 2 * turned + 1))
    order = np.argsort(keys, kind="stable")
    pieces = np.concatenate((sides[kept], arcs))
    return pieces[order], np.concatenate((owners[rows[kept]], owners[turned]))[order]


def _quarters(before: Floats, corner: Floats, after: Floats) -> Floats:
    """Return the curves (k, 4, 2) that turn round corners like quarters of a circle."""
    first, second = before + (corner - before) * _QUARTER, after + (corner - after) * _QUARTER
    return np.stack((before, first, second, after), axis=1)


def _without_twins(corners: Floats, owners: Indices) -> Lines:
    """Leave out corners that stand where the one before does, but for the second of two alone."""
    apart = np.abs(np.diff(corners, axis=0)).max(axis=1, initial=0.0) > _NEXT_TO_NOTHING
    is_first, _ = _ends_of(owners)
    second = np.concatenate(([False], is_first[:-1])) & ~is_first
    kept = is_first | second | np.concatenate(([True], apart))
    return corners[kept], owners[kept]


def turned_lines(anchors: Lines) -> Lines:
    """Return lines with right angles through points: to each along, then up or down to it.

    The first leaves, and the last arrives, horizontally.
    """
    places, owners = anchors
    is_first, is_last = _ends_of(owners)
    corner = np.empty_like(places)
    # Before a point the line turns above or below it; before the last, at the point before.
    corner[1:, 0] = np.where(is_last[1:], places[:-1, 0], places[1:, 0])
    corner[1:, 1] = np.where(is_last[1:], places[1:, 1], places[:-1, 1])
    both = np.stack((corner, places), axis=1).reshape(-1, 2)
    kept = np.stack((~is_first, np.ones(len(places), bool)), axis=1).reshape(-1)
    return both[kept], np.repeat(owners, 2)[kept]


def lines_of(corners: Floats, rows: Indices) -> Lines:
    """Return lines with equally many corners, (n, v, 2), as those of the wires `rows`."""
    return corners.reshape(-1, 2), np.repeat(rows, corners.shape[1])


def room_before_lead(before: Floats, ends: Floats, leads: Floats) -> Floats:
    """Return where the leads of wires through points begin, after the last point `before`."""
    starts = ends.copy()
    starts[:, 0] -= np.clip(ends[:, 0] - before[:, 0] - _TURN_BEFORE_LEAD, 0.0, leads)
    return starts


def are_straight(curves: Floats) -> np.ndarray:
    """Return which of the curves (k, 4, 2) are straight lines."""
    along = curves[:, 3] - curves[:, 0]
    thirds = curves[:, 0, None] + along[:, None] * np.array((1 / 3, 2 / 3))[:, None]
    return np.abs(curves[:, 1:3] - thirds).max(axis=(1, 2), initial=0.0) < _NEXT_TO_NOTHING
