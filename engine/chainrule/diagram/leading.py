"""Leads the wires of a drawing, or those that changed: through points, and around nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.angles import Passage, turns_of
from chainrule.diagram.bodies import Indices
from chainrule.diagram.bypaths import bypaths
from chainrule.diagram.differences import rows_that_differ
from chainrule.diagram.lanes import Known
from chainrule.diagram.lines import (
    angled_lines,
    backward_lines,
    halfway_angled,
    late_level,
    soon_angled,
    soon_level,
    squared,
    straight_lines,
    tracks_of,
)
from chainrule.diagram.obstacles import Obstacles, are_few, farthest_swing
from chainrule.diagram.parts import Flags, Parts
from chainrule.diagram.reach import reaches
from chainrule.diagram.routes import (
    along_curves,
    along_lines,
    is_routed,
    routed_curves,
    routed_lines,
)
from chainrule.diagram.smoothing import are_cornered, smoothed
from chainrule.diagram.trunks import corners_of, side_by_side
from chainrule.diagram.turns import NO_TURNS, Turns, turns_in_order
from chainrule.diagram.waypoints import Waypoints
from chainrule.diagram.ways import (
    ROUNDING,
    Lines,
    Pieces,
    Ways,
    WireStyle,
    curved,
    joined,
    lead_starts,
    lines_of,
    room_before_lead,
    rounded,
    straight,
    through_points,
    turned_lines,
)

_MOSTLY = 0.2
# So much of the height between its ends a curve goes further than the level that it swings to.
_OVERSHOOT = 0.08
_BLUNTED = 6.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """Where m wires are led: from `starts` (m, 2) to `tips` (m, 2), past nodes at `centers`."""

    parts: Parts
    centers: Floats
    starts: Floats
    tips: Floats
    waypoints: Waypoints


@final
@dataclass(frozen=True, slots=True, eq=False)
class Led:
    """Wires that are led over a terrain.

    `tracks` (m,) says where those with right angles turn in a large drawing. In a small one `turns`
    says where each would turn if it were alone, and `known` where they then do beside each other.
    """

    terrain: Terrain
    tracks: Floats
    ways: Ways
    turns: Turns = NO_TURNS
    known: Known = field(default_factory=dict[bytes, Floats])


def lead(terrain: Terrain, before: Led | None = None) -> Led:
    """Lead all wires; those that run as `before`, over a terrain of the same parts, are kept."""
    count = len(terrain.parts.wires)
    tracks = _tracks(terrain)
    changed = None if before is None else _changed(terrain, tracks, before)
    if before is None or changed is None:
        before, changed = None, np.ones(count, np.bool_)
    if _has_lanes(terrain.parts):
        return _led_in_lanes(terrain, tracks, changed, before)
    pieces = [*_Leader(terrain, tracks, np.flatnonzero(changed)).pieces()]
    if before is None:
        return Led(terrain, tracks, _as_ways(count, pieces))
    return Led(terrain, tracks, _spliced(before.ways, changed, pieces))


def _has_lanes(parts: Parts) -> bool:
    """Say whether wires are led beside each other: ones with right angles, in a small drawing."""
    return parts.wire_style is WireStyle.ANGLED and are_few(parts)


def _passage(terrain: Terrain) -> Passage:
    parts = terrain.parts
    ends = lead_starts(terrain.starts, terrain.tips, parts.leads)
    return Passage(parts.ends[:, 0], terrain.starts, ends)


def _led_in_lanes(terrain: Terrain, tracks: Floats, changed: Flags, before: Led | None) -> Led:
    """Lead wires with right angles: those that changed anew, then all beside each other."""
    parts = terrain.parts
    passage = _passage(terrain)
    obstacles = Obstacles(parts, terrain.centers)
    free = np.ones(len(parts.wires), np.bool_)
    free[terrain.waypoints.rows] = False
    rows = np.flatnonzero(changed & free)
    bodies = Obstacles(parts, terrain.centers, bodies=True)
    turns = turns_of(obstacles, bodies, passage, rows)
    if before is not None:
        old, kept = before.turns, (~changed & free)[before.turns.owners]
        turns = turns_in_order([Turns(old.owners[kept], old.at[kept], old.level[kept]), turns])
    rows = np.flatnonzero(free)
    old_known = {} if before is None else before.known
    apart, known = side_by_side(obstacles, turns, passage, rows, old_known)
    pieces = [rounded(corners_of(apart, passage, rows), ROUNDING)]
    pieces.extend(_Leader(terrain, tracks, np.flatnonzero(~free)).pieces())
    return Led(terrain, tracks, joined(len(free), pieces), turns, known)


def _as_ways(count: int, pieces: list[Pieces]) -> Ways:
    if len(pieces) == 1 and len(pieces[0][0]) == count:
        return Ways(pieces[0][0], np.arange(count + 1))
    return joined(count, pieces)


def _spliced(before: Ways, changed: Flags, new: list[Pieces]) -> Ways:
    """Return the ways before with other pieces for the wires that changed."""
    count = len(changed)
    if len(before.curves) == count and sum(len(each) for each, _ in new) == changed.sum():
        curves = before.curves.copy()
        for each, owners in new:
            curves[owners] = each
        return Ways(curves, before.firsts)
    owners = before.owners
    kept = ~changed[owners]
    return joined(count, [(before.curves[kept], owners[kept]), *new])


def _tracks(terrain: Terrain) -> Floats:
    parts = terrain.parts
    if parts.wire_style is not WireStyle.ANGLED or _has_lanes(parts):
        return np.broadcast_to(0.0, len(parts.wires))
    before = lead_starts(terrain.starts, terrain.tips, parts.leads)
    return tracks_of(terrain.starts, before, parts.ends[:, 0])


def _changed(terrain: Terrain, tracks: Floats, before: Led) -> Flags | None:
    """Return which wires may run otherwise than before, (m,); None for so many that all may."""
    old = before.terrain
    moved = np.flatnonzero(rows_that_differ(terrain.centers, old.centers))
    if len(moved) > _MOSTLY * len(terrain.centers):
        return None
    changed = rows_that_differ(terrain.starts, old.starts)
    changed |= rows_that_differ(terrain.tips, old.tips)
    changed |= tracks != before.tracks
    if terrain.waypoints is not old.waypoints:
        changed[terrain.waypoints.rows] = changed[old.waypoints.rows] = True
    if len(moved) and is_routed(terrain.parts):
        changed |= _beside(terrain, old.centers[moved], moved)
        changed |= _beside(terrain, terrain.centers[moved], moved)
    return changed


def _beside(terrain: Terrain, centers: Floats, nodes: Indices) -> Flags:
    """Return which wires are led with a look at nodes that stand at `centers`.

    Ways around nodes leave the room between the ends of a wire up- and downwards only; they pass
    by what stands beside the nodes that they would run over.
    """
    reach = reaches(terrain.parts)
    low, high = np.minimum(terrain.starts, terrain.tips), np.maximum(terrain.starts, terrain.tips)
    margin: Floats = np.ones_like(low)
    margin[:, 0] += (reach[:, 0] + reach[:, 2]).max(initial=0.0)
    margin[:, 1] += 2 * (reach[:, 1] + reach[:, 3]).max(initial=0.0)
    margin[:, 1] += farthest_swing(terrain.parts) + _OVERSHOOT * (high[:, 1] - low[:, 1])
    low, high = (low - margin)[:, None], (high + margin)[:, None]
    near = (low < centers + reach[nodes, 2:]) & (high > centers - reach[nodes, :2])
    beside: Flags = np.logical_and.reduce(near, axis=2)
    return np.logical_or.reduce(beside, axis=1)


@final
class _Leader:
    """Makes the pieces of the wires `rows`."""

    def __init__(self, terrain: Terrain, tracks: Floats, rows: Indices) -> None:
        self._terrain = terrain
        self._style = terrain.parts.wire_style
        self._tracks = tracks
        through = np.zeros(len(terrain.parts.wires), bool)
        through[terrain.waypoints.rows] = True
        self._rows = rows[~through[rows]]
        self._through = rows[through[rows]]
        self._obstacles = None
        if is_routed(terrain.parts) and len(self._rows):
            self._obstacles = Obstacles(terrain.parts, terrain.centers)

    def pieces(self) -> Iterator[Pieces]:
        """Yield the pieces of the wires, those of each in their order."""
        yield from self._free_pieces()
        if len(self._through):
            yield self._pieces_through()

    def _free_pieces(self) -> Iterator[Pieces]:
        terrain, rows = self._terrain, self._rows
        starts, tips = terrain.starts[rows], terrain.tips[rows]
        ends = lead_starts(starts, tips, terrain.parts.leads[rows])
        if self._style is WireStyle.CURVED:
            yield from self._curves(curved(starts, ends), tips)
        elif self._style is WireStyle.STRAIGHT:
            yield from self._straights(starts, ends, tips)
        else:
            forward = ends[:, 0] >= starts[:, 0]
            yield self._angles(starts[forward], ends[forward], tips[forward], rows[forward])
            back = ~forward
            lines = backward_lines(starts[back], ends[back], self._tracks[rows[back]])
            yield rounded(lines_of(lines, rows[back]), ROUNDING)

    def _curves(self, curves: Floats, tips: Floats) -> Iterator[Pieces]:
        if self._obstacles is None:
            yield curves, self._rows
            return
        curves, touched = routed_curves(self._obstacles, curves, tips, self._rows)
        pieces, led = self._bypaths(touched, along_curves(curves, tips))
        smooth, done = smoothed(self._obstacles, curves, self._rows, ~led)
        led |= done
        around, done = self._around(np.flatnonzero(~led & are_cornered(curves)))
        led |= done
        yield curves[~led], self._rows[~led]
        yield from (*pieces, smooth, *around)

    def _straights(self, starts: Floats, ends: Floats, tips: Floats) -> Iterator[Pieces]:
        if self._obstacles is None:
            yield straight(starts, ends), self._rows
            return
        lines, others = straight_lines(starts, ends), (soon_level, late_level)
        lines, touched = routed_lines(self._obstacles, lines, others, along_lines, tips, self._rows)
        pieces, led = self._bypaths(touched, along_lines(lines, tips))
        yield rounded(lines_of(lines[~led], self._rows[~led]), _BLUNTED)
        yield from pieces

    def _angles(self, starts: Floats, ends: Floats, tips: Floats, rows: Indices) -> Pieces:
        lines = angled_lines(starts, ends, self._tracks[rows])
        if self._obstacles is None:
            return rounded(lines_of(lines, rows), ROUNDING)
        others = (soon_angled, halfway_angled)
        lines, _ = routed_lines(self._obstacles, lines, others, _along_squared, tips, rows)
        return rounded(lines_of(squared(lines), rows), ROUNDING)

    def _bypaths(self, touched: Floats, points: Floats) -> tuple[list[Pieces], Flags]:
        """Lead wires around nodes that else run over some, or around their bodies at least."""
        return self._around(np.flatnonzero(touched), points)

    def _around(self, hit: Indices, points: Floats | None = None) -> tuple[list[Pieces], Flags]:
        """Lead wires around all nodes, or around their bodies at least, where a way is found.

        Those of which `points` are given are left as they are where these run over no body.
        """
        led: Flags = np.zeros(len(self._rows), np.bool_)
        found: list[Pieces] = []
        if self._obstacles is None or not self._obstacles.are_few or len(hit) == 0:
            return found, led
        passage = _passage(self._terrain)
        bodies = Obstacles(self._terrain.parts, self._terrain.centers, bodies=True)
        for obstacles in (self._obstacles, bodies):
            if points is not None:
                hit = hit[obstacles.touched(points[hit], self._rows[hit]) > 0]
            pieces, done = bypaths(obstacles, passage, self._rows[hit], self._style)
            found.extend(pieces)
            led[hit[done]] = True
            hit = hit[~done]
        return found, led

    def _pieces_through(self) -> Pieces:
        anchors = self._anchors()
        if self._style is WireStyle.CURVED:
            return through_points(anchors)
        if self._style is WireStyle.STRAIGHT:
            return rounded(anchors, _BLUNTED)
        return rounded(turned_lines(anchors), ROUNDING)

    def _anchors(self) -> Lines:
        """Return the start, the points and the end of each wire that is led through points."""
        terrain, rows = self._terrain, self._through
        points = terrain.waypoints
        here = np.isin(points.rows, rows)
        last = points.places[np.searchsorted(points.rows, rows, side="right") - 1]
        ends = room_before_lead(last, terrain.tips[rows], terrain.parts.leads[rows])
        places = np.concatenate((terrain.starts[rows], points.places[here], ends))
        owners = np.concatenate((rows, points.rows[here], rows))
        order = np.argsort(owners, kind="stable")
        return places[order], owners[order]


def _along_squared(lines: Floats, tips: Floats) -> Floats:
    return along_lines(squared(lines), tips)


def lead_between(style: WireStyle, start: Floats, end: Floats) -> Floats:
    """Return the pieces (p, 4, 2) of a wire from one place to another, each (2,), on its own."""
    starts, ends = start[None], end[None]
    if style is WireStyle.CURVED:
        return curved(starts, ends)
    if style is WireStyle.STRAIGHT:
        return straight(starts, ends)
    middle = np.array([0.5])
    forward = bool(end[0] >= start[0])
    lines = angled_lines(starts, ends, middle) if forward else backward_lines(starts, ends, middle)
    return rounded(lines_of(lines, np.array([0])), ROUNDING)[0]
