"""Ways around nodes for straight and curved wires that nothing simple leads free."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.angles import Passage
from chainrule.diagram.bodies import Indices
from chainrule.diagram.detours import detours
from chainrule.diagram.obstacles import Obstacles
from chainrule.diagram.parts import Flags
from chainrule.diagram.trunks import corners_of
from chainrule.diagram.ways import Lines, Pieces, WireStyle, rounded

_BLUNTED = 6.0
_CLEARANCE = 2.0
_NOTHING = 1e-9
_WIDE, _NARROW = 24.0, 6.0
_T = np.linspace(0.0, 1.0, 13)
_WEIGHTS = np.stack(((1 - _T) ** 3, 3 * (1 - _T) ** 2 * _T, 3 * (1 - _T) * _T**2, _T**3))


def bypaths(
    obstacles: Obstacles, passage: Passage, rows: Indices, style: WireStyle
) -> tuple[list[Pieces], Flags]:
    """Return the pieces of those of the wires `rows` that a way leads around all nodes, and which.

    It is the shortest with right angles, its corners cut where that is free.
    """
    starts, ends = passage.starts[rows], passage.ends[rows]
    around = detours(obstacles, starts, ends, rows)
    led = np.flatnonzero(around.found)
    done: Flags = np.zeros(len(rows), np.bool_)
    if len(led) == 0:
        return [], done
    turns = around.turns.renamed(rows)
    corners = corners_of(turns, passage, rows[led])
    found: list[Pieces] = []
    for pieces in _shapes(obstacles, corners, style):
        left = led[~done[led]]
        if len(left) == 0:
            break
        free = obstacles.touched(points_along(pieces, rows[left]), rows[left]) == 0
        done[left[free]] = True
        found.append(_of(pieces, rows[left[free]]))
    return found, done


def _shapes(obstacles: Obstacles, corners: Lines, style: WireStyle) -> Iterator[Pieces]:
    """Yield the wires in the shapes that they may have, the best first.

    Curved ones leave and arrive horizontally.
    """
    if style is WireStyle.CURVED:
        yield rounded(_flat_at_ends(obstacles, corners), _WIDE)
        yield rounded(corners, _WIDE)
    else:
        yield rounded(_taut(obstacles, corners), _BLUNTED)
    yield rounded(corners, _NARROW)


def _flat_at_ends(obstacles: Obstacles, lines: Lines) -> Lines:
    """Return lines made taut between their first corner and a place shortly before their end."""
    places, owners = lines
    first, last = np.diff(owners, prepend=-1) != 0, np.diff(owners, append=-1) != 0
    before = places.copy()
    before[last, 0] -= np.minimum(_WIDE, np.diff(places[:, 0], prepend=0.0)[last] / 2)
    inner, led = _taut(obstacles, (before[~first], owners[~first]))
    places = np.concatenate((places[first], inner, places[last]))
    owners = np.concatenate((owners[first], led, owners[last]))
    order = np.argsort(owners, kind="stable")
    return places[order], owners[order]


def _of(pieces: Pieces, rows: Indices) -> Pieces:
    curves, owners = pieces
    chosen = np.isin(owners, rows)
    return curves[chosen], owners[chosen]


def points_along(pieces: Pieces, rows: Indices) -> Floats:
    """Return points along the pieces of the wires `rows`, (n, t, 2); a short one ends in many."""
    curves, owners = pieces
    along = np.einsum("tk,nkd->ntd", _WEIGHTS.T, curves)
    first = np.searchsorted(owners, rows)
    counts = np.searchsorted(owners, rows, side="right") - first
    steps = np.arange(int(counts.max()))
    points = along[first[:, None] + np.minimum(steps, counts[:, None] - 1)]
    over = steps >= counts[:, None]
    points[over] = points[over][:, -1:]
    return points.reshape(len(rows), -1, 2)


def _taut(obstacles: Obstacles, lines: Lines) -> Lines:
    """Return lines that leave out the corners between any two that see each other."""
    corners, owners = lines
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    counts = np.diff(np.append(begins, len(owners)))
    ones, others = _corner_pairs(begins, counts)
    seen = np.zeros((len(owners), int(counts.max(initial=0))), np.bool_)
    rows = np.repeat(np.arange(len(begins)), counts)
    shut = _shut_pairs(obstacles, lines, begins, ones, others, rows)
    seen[ones[~shut], (others - begins[rows[ones]])[~shut]] = True
    last = seen.shape[1] - 1 - np.argmax(seen[:, ::-1], axis=1)
    kept: list[int] = []
    for begin, count in zip(begins.tolist(), counts.tolist(), strict=True):
        here, end = begin, begin + count - 1
        kept.append(here)
        while here < end:
            here = max(here + 1, begin + int(last[here]) if seen[here].any() else 0)
            kept.append(here)
    return corners[kept], owners[kept]


def _corner_pairs(begins: Indices, counts: Indices) -> tuple[Indices, Indices]:
    """Return all pairs of corners of one line between which there are others."""
    ones: list[Indices] = []
    others: list[Indices] = []
    for count in np.unique(counts).tolist():
        one, other = np.triu_indices(count, 2)
        alike = begins[counts == count][:, None]
        ones.append((alike + one).reshape(-1))
        others.append((alike + other).reshape(-1))
    return np.concatenate(ones), np.concatenate(others)


def _shut_pairs(
    obstacles: Obstacles,
    lines: Lines,
    begins: Indices,
    ones: Indices,
    others: Indices,
    rows: Indices,
) -> Flags:
    """Return between which corners a straight line meets a box, or nearly; by the slab method."""
    corners, owners = lines
    low, high = (extreme.reduceat(corners, begins) for extreme in (np.minimum, np.maximum))
    area = (low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    (which, boxes), _ = obstacles.in_the_way(area, owners[begins], obstacles.most)
    order = np.argsort(which, kind="stable")
    which, boxes = which[order], boxes[order]
    sides = np.stack(obstacles.sides(boxes), axis=1)
    first = np.searchsorted(which, rows[ones])
    counts = np.searchsorted(which, rows[ones], side="right") - first
    pair = np.repeat(np.arange(len(ones)), counts)
    box = np.arange(len(pair)) + (first - (np.cumsum(counts) - counts))[pair]
    start = corners[ones][pair]
    along = corners[others][pair] - start
    # A line along an axis divides by nothing; it is beside a box or within for ever.
    along = np.where(np.abs(along) < _NOTHING, _NOTHING, along)
    near = (sides[box, :2] - _CLEARANCE - start) / along
    far = (sides[box, 2:] + _CLEARANCE - start) / along
    enter = np.minimum(near, far).max(axis=1, initial=0.0)
    leave = np.maximum(near, far).min(axis=1, initial=1.0)
    shut: Flags = np.zeros(len(ones), np.bool_)
    shut[pair[enter < leave]] = True
    return shut
