"""Where nodes that are being moved come to rest: level with others, on straight wires, on the grid.

Coordinates are handled by axis: 0 is across, 1 is down.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import final

import numpy as np
from PySide6.QtCore import QRectF

from chainrule.diagram.bodies import RADIUS, Indices, Outline
from chainrule.diagram.diagram import Diagram
from chainrule.diagram.parts import Floats
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.grid import GRID
from chainrule_desktop.canvas.marks import Guide, Point

REACH = 7.0
"""How many pixels nodes are drawn to where they snap."""

_STRAIGHT = 0.75
_MOST_STRAIGHT = 12


@final
@dataclass(slots=True)
class Snapping:
    """To what a drag of nodes snaps; the user chooses."""

    grid: bool = False
    neighbours: bool = False


@final
@dataclass(frozen=True, slots=True)
class _Pull:
    """How far a node is drawn along an axis, and the lines that show to what."""

    by: float
    guides: tuple[Guide, ...] = ()


@final
class Snapper:
    """Draws nodes that are being moved to lines on which others stand.

    The node that was grabbed, the last of `nodes`, snaps by its middle; all together snap by their
    outer edges, which the dots of leaves have not. Straight wires come first, then middles and
    edges, equal distances, the grid.
    """

    def __init__(self, diagram: Diagram, nodes: tuple[NodeId, ...]) -> None:
        parts, centers = diagram.parts, diagram.geometry.centers
        rows = np.array([parts.index[each] for each in nodes], np.intp)
        # Nobody sees the edge of a dot: a line there would only be a little beside its wire.
        gates = (parts.outlines == Outline.GATE)[:, None]
        self._half = np.where(gates, parts.half, np.nan)
        self._centers = centers
        self._moving = np.zeros(len(centers), np.bool_)
        self._moving[rows] = True
        self._grabbed = int(rows[-1])
        bodies = rows[gates[rows, 0]]
        low, high = (centers[bodies] + side * parts.half[bodies] for side in (-1, 1))
        none = np.full(2, np.nan)
        self._low = low.min(axis=0) if len(bodies) else none
        self._high = high.max(axis=0) if len(bodies) else none
        # Wires between what moves and what stays: how far down straightens each.
        crossing = self._moving[parts.ends[:, 0]] != self._moving[parts.ends[:, 1]]
        wires = np.flatnonzero(crossing)
        self._starts = diagram.geometry.stub_ends[parts.ends[wires, 0]]
        self._ends = diagram.geometry.port_ends[wires]
        self._pulled_start = self._moving[parts.ends[wires, 0]]

    def snap(
        self, shift: Point, area: QRectF, reach: float, to: Snapping
    ) -> tuple[Point, tuple[Guide, ...]]:
        """Return another shift of the nodes, and the guide lines for it.

        Only what stands in `area` counts; `reach` is in canvas units.
        """
        still = self._still(area) if to.neighbours else np.empty(0, np.intp)
        moved = np.array(shift)
        guides: list[Guide] = []
        for axis in (0, 1):
            pull = self._straightened(moved, reach) if axis and to.neighbours else None
            pull = pull or self._level(still, moved, axis, reach)
            pull = pull or self._spaced(still, moved, axis, reach)
            if pull is None and to.grid:
                middle = float(self._centers[self._grabbed, axis] + moved[axis])
                pull = _Pull(round(middle / GRID) * GRID - middle)
            if pull is not None:
                moved[axis] += pull.by
                guides += pull.guides
        if to.neighbours:
            guides += self._straight_wires(moved)
        x, y = moved.tolist()
        return (x, y), tuple(guides)

    def _still(self, area: QRectF) -> Indices:
        x, y = self._centers.T
        shown = (x > area.left()) & (x < area.right()) & (y > area.top()) & (y < area.bottom())
        return np.flatnonzero(shown & ~self._moving)

    def _straightened(self, moved: Floats, reach: float) -> _Pull | None:
        """Return the pull that makes the nearest wire level."""
        away = self._ends[:, 1] - self._starts[:, 1]
        needed = np.where(self._pulled_start, away, -away) - moved[1]
        if len(needed) == 0 or np.abs(needed).min() > reach:
            return None
        return _Pull(float(needed[np.abs(needed).argmin()]))

    def _level(self, still: Indices, moved: Floats, axis: int, reach: float) -> _Pull | None:
        """Return the pull that brings a middle or an edge level with that of another node."""
        if len(still) == 0:
            return None
        middles, half = self._centers[still, axis], self._half[still, axis]
        own = self._centers[self._grabbed, axis]
        lines = np.stack((middles, middles - half, middles + half))
        edges = np.array((own, self._low[axis], self._high[axis])) + moved[axis]
        away = lines - edges[:, None]
        kind, nearest = divmod(int(np.nanargmin(np.abs(away))), len(still))
        by = float(away[kind, nearest])
        if abs(by) > reach:
            return None
        level = np.flatnonzero(np.abs(away[kind] - by) < 0.5)
        other = 1 - axis
        here = float(self._centers[self._grabbed, other] + moved[other])
        places: Floats = self._centers[still[level], other]
        there = float(places[int(np.abs(places - here).argmin())])
        line = float(lines[kind, nearest])
        return _Pull(by, (_guide(axis, line, there, here),))

    def _spaced(self, still: Indices, moved: Floats, axis: int, reach: float) -> _Pull | None:
        """Return the pull that leaves equal distances between three nodes of a row or a column."""
        middle, other = self._centers[self._grabbed] + moved, 1 - axis
        beside = still[np.abs(self._centers[still, other] - middle[other]) < RADIUS / 2]
        along: Floats = np.unique(self._centers[beside, axis])
        at = int(np.searchsorted(along, float(middle[axis])))
        before, after = along[max(0, at - 2) : at].tolist(), along[at : at + 2].tolist()
        wishes: list[tuple[float, list[float]]] = []
        if before and after:
            wishes.append(((before[-1] + after[0]) / 2, [before[-1], after[0]]))
        if len(before) == 2:
            wishes.append((2 * before[1] - before[0], before))
        if len(after) == 2:
            wishes.append((2 * after[0] - after[1], after))
        if not wishes:
            return None
        place, mates = min(wishes, key=lambda wish: abs(wish[0] - float(middle[axis])))
        by = place - float(middle[axis])
        if abs(by) > reach:
            return None
        level, stops = float(middle[other]), sorted([*mates, place])
        gaps = tuple(_guide(other, level, start, end, gap=True) for start, end in pairwise(stops))
        return _Pull(by, gaps)

    def _straight_wires(self, moved: Floats) -> list[Guide]:
        """Return lines along the wires between what moves and what stays that are level now."""
        start, end = self._starts.copy(), self._ends.copy()
        start[self._pulled_start] += moved
        end[~self._pulled_start] += moved
        level = np.flatnonzero(np.abs(start[:, 1] - end[:, 1]) < _STRAIGHT)[:_MOST_STRAIGHT]
        points = zip(start[level].tolist(), end[level].tolist(), strict=True)
        return [Guide((x1, y2), (x2, y2)) for (x1, _), (x2, y2) in points]


def _guide(axis: int, line: float, start: float, end: float, *, gap: bool = False) -> Guide:
    """Return a line across an axis, from `start` to `end` along the other."""
    if axis == 0:
        return Guide((line, start), (line, end), gap)
    return Guide((start, line), (end, line), gap)
