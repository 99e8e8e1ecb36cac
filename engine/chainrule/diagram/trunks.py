"""Wires with right angles led side by side: one trunk for each source, a lane for each trunk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.angles import (
    CLEARANCE,
    FROM_ENDS,
    Passage,
    levels_before,
    room_at_ends,
)
from chainrule.diagram.bodies import Indices
from chainrule.diagram.lanes import Bundle, Known, in_lanes
from chainrule.diagram.obstacles import Obstacles
from chainrule.diagram.parts import Flags
from chainrule.diagram.turns import Turns
from chainrule.diagram.ways import Lines

_REACH: Final = 96.0
"""How far from where it would run alone a piece may be moved for others."""

_ONE_TRUNK: Final = 48.0
"""How far apart pieces of wires from one source may be wanted that then run as one."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """p parallel pieces of wires as they would run alone; fields as those of a bundle.

    `before` and `after` (p,) are the other coordinate's neighbours: where what comes to the
    piece comes from, and where what leaves it leads.
    """

    sources: Indices
    at: Floats
    low: Floats
    high: Floats
    start: Floats
    stop: Floats
    before: Floats
    after: Floats


def side_by_side(
    obstacles: Obstacles, turns: Turns, passage: Passage, rows: Indices, before: Known
) -> tuple[Turns, Known]:
    """Return the turns of the wires `rows` moved so that those of two sources share no line.

    What wires run along between two turns is moved up or down first, then where they turn. What is
    known from `before` is not found again; what is known now comes with the turns.
    """
    known: Known = {}
    inner = np.flatnonzero(~turns.are_last)
    level = turns.level.copy()
    if len(inner):
        pieces = _levels(obstacles, turns, passage, inner)
        fixed = _ends_along(turns, passage, rows)
        level[inner] = _moved(pieces, fixed, before, known)[: len(inner)]
    turns = Turns(turns.owners, turns.at, level)
    uprights = _uprights(obstacles, turns, passage)
    return Turns(turns.owners, _moved(uprights, None, before, known), level), known


def corners_of(turns: Turns, passage: Passage, rows: Indices) -> Lines:
    """Return the wires `rows` as lines with corners at their turns, from their starts to ends."""
    before = np.stack((turns.at, levels_before(turns, passage)), axis=1)
    both = np.stack((before, np.stack((turns.at, turns.level), axis=1)), axis=1).reshape(-1, 2)
    owners = np.concatenate((rows, np.repeat(turns.owners, 2), rows))
    corners = np.concatenate((passage.starts[rows], both, passage.ends[rows]))
    order = np.argsort(owners, kind="stable")
    return corners[order], owners[order]


def _levels(obstacles: Obstacles, turns: Turns, passage: Passage, inner: Indices) -> _Pieces:
    """Return what wires run along between two turns, of which the first ones are `inner`."""
    at, start, stop = turns.level[inner], turns.at[inner], turns.at[inner + 1]
    owners = turns.owners[inner]
    room = at - _REACH, at + _REACH
    low, high = _free_room(obstacles, owners, (at, room), (start, stop), upright=False)
    before, after = levels_before(turns, passage)[inner], turns.level[inner + 1]
    return _Pieces(passage.sources[owners], at, low, high, start, stop, before, after)


def _ends_along(turns: Turns, passage: Passage, rows: Indices) -> _Pieces:
    """Return what wires run along before their first and behind their last turn; that is fixed."""
    first, last = np.flatnonzero(turns.are_first), np.flatnonzero(turns.are_last)
    owners = turns.owners[first]
    level = passage.starts[rows, 1]
    outgoing = passage.ends[rows, 0].copy()
    turned = np.searchsorted(rows, owners)
    outgoing[turned] = turns.at[first]
    led = level.copy()
    led[turned] = turns.level[first]
    final = turns.level[last]
    return _Pieces(
        sources=passage.sources[np.concatenate((rows, owners))],
        at=np.concatenate((level, final)),
        low=np.concatenate((level, final)),
        high=np.concatenate((level, final)),
        start=np.concatenate((passage.starts[rows, 0], turns.at[last])),
        stop=np.concatenate((outgoing, passage.ends[owners, 0])),
        before=np.concatenate((level, levels_before(turns, passage)[last])),
        after=np.concatenate((led, final)),
    )


def _uprights(obstacles: Obstacles, turns: Turns, passage: Passage) -> _Pieces:
    """Return where wires run up and down, with room between what stands left and right of it."""
    owners, at = turns.owners, turns.at
    first, last = turns.are_first, turns.are_last
    out = room_at_ends(passage, owners)
    begins, ends = passage.starts[owners, 0], passage.ends[owners, 0]
    before, after = np.roll(at, 1), np.roll(at, -1)
    before[first], after[last] = begins[first], ends[last]
    start = levels_before(turns, passage)
    # The first and the last turn of a wire may be moved all the way to its ends.
    room = (
        np.where(first, np.minimum(begins, at - _REACH), at - _REACH),
        np.where(last, np.maximum(ends, at + _REACH), at + _REACH),
    )
    low, high = _free_room(obstacles, owners, (at, room), (start, turns.level), upright=True)
    # A turn stays on its side of the one before it and of the one behind it.
    apart = np.where(first, before + np.sign(at - before) * out, (before + at) / 2)
    low, high = _bounded(low, high, at, before, apart)
    apart = np.where(last, after + np.sign(at - after) * out, (after + at) / 2)
    low, high = _bounded(low, high, at, after, apart)
    wish = np.where(first & ~last, np.minimum(begins + FROM_ENDS, high), at)
    wish = np.where(last & ~first, np.maximum(ends - FROM_ENDS, low), wish)
    wish = np.clip(wish, low, high)
    return _Pieces(passage.sources[owners], wish, low, high, start, turns.level, before, after)


def _bounded(
    low: Floats, high: Floats, at: Floats, other: Floats, bound: Floats
) -> tuple[Floats, Floats]:
    """Return the room where it ends at a bound between a piece and another."""
    low = np.where(other <= at, np.minimum(at, np.maximum(low, bound)), low)
    high = np.where(other >= at, np.maximum(at, np.minimum(high, bound)), high)
    return low, high


def _free_room(
    obstacles: Obstacles,
    owners: Indices,
    places: tuple[Floats, tuple[Floats, Floats]],
    interval: tuple[Floats, Floats],
    *,
    upright: bool,
) -> tuple[Floats, Floats]:
    """Return from where to where pieces may be moved and run over nothing, (p,) each.

    `places` are where they run, and from where to where they may be moved at most.
    """
    at, (low, high) = places
    low, high = low.copy(), high.copy()
    begin = np.minimum(*interval) - CLEARANCE
    end = np.maximum(*interval) + CLEARANCE
    area = (low, begin, high, end) if upright else (begin, low, end, high)
    (which, boxes), _ = obstacles.in_the_way(area, owners, obstacles.most)
    sides = obstacles.sides(boxes)
    near, far = (sides[0], sides[2]) if upright else (sides[1], sides[3])
    before, behind = far <= at[which], near >= at[which]
    np.maximum.at(low, which[before], far[before] + CLEARANCE)
    np.minimum.at(high, which[behind], near[behind] - CLEARANCE)
    return np.minimum(low, at), np.maximum(high, at)


def _moved(pieces: _Pieces, fixed: _Pieces | None, before: Known, known: Known) -> Floats:
    """Return where pieces run beside each other, those of one source as one where they can."""
    number = _trunks(pieces)
    count = int(number.max(initial=-1)) + 1
    if fixed is not None:
        pieces = _together(pieces, fixed)
        number = np.concatenate((number, count + np.arange(len(fixed.at))))
    return in_lanes(_bundle(pieces, number), before, known)[number]


def _together(some: _Pieces, others: _Pieces) -> _Pieces:
    return _Pieces(
        sources=np.concatenate((some.sources, others.sources)),
        at=np.concatenate((some.at, others.at)),
        low=np.concatenate((some.low, others.low)),
        high=np.concatenate((some.high, others.high)),
        start=np.concatenate((some.start, others.start)),
        stop=np.concatenate((some.stop, others.stop)),
        before=np.concatenate((some.before, others.before)),
        after=np.concatenate((some.after, others.after)),
    )


def _trunks(pieces: _Pieces) -> Indices:
    """Return to which trunk each piece belongs, numbered from 0."""
    order = np.lexsort((pieces.at, pieces.sources))
    new = np.diff(pieces.sources[order], prepend=-1) != 0
    new |= np.diff(pieces.at[order], prepend=-np.inf) > _ONE_TRUNK
    number = np.empty(len(order), np.intp)
    number[order] = np.cumsum(new) - 1
    low, high = (
        _extremes(number, pieces.low, np.maximum),
        _extremes(number, pieces.high, np.minimum),
    )
    parted = (low > high)[number]
    number[parted] = len(order) + np.flatnonzero(parted)
    return np.unique(number, return_inverse=True)[1].reshape(-1)


def _extremes(number: Indices, values: Floats | Indices, extreme: np.ufunc) -> Floats:
    """Return the least or the greatest value of each number."""
    order = np.argsort(number, kind="stable")
    begins = np.flatnonzero(np.diff(number[order], prepend=-1))
    found = extreme.reduceat(values[order], begins) if len(order) else values
    return found.astype(np.float64)


def _bundle(pieces: _Pieces, number: Indices) -> Bundle:
    """Return trunks as a bundle."""
    begin, end = np.minimum(pieces.start, pieces.stop), np.maximum(pieces.start, pieces.stop)
    joints = np.concatenate((number, number))
    places = np.concatenate((pieces.start, pieces.stop))
    away = np.concatenate((pieces.before - pieces.at, pieces.after - pieces.at))
    beyond = away > 0
    kept = _without_twins(joints, places, beyond)
    kept = kept[away[kept] != 0]
    return Bundle(
        at=_extremes(number, pieces.at, np.minimum),
        low=_extremes(number, pieces.low, np.maximum),
        high=_extremes(number, pieces.high, np.minimum),
        begin=_extremes(number, begin, np.minimum),
        end=_extremes(number, end, np.maximum),
        groups=_extremes(number, pieces.sources, np.minimum).astype(np.intp),
        joints=joints[kept],
        joint_at=places[kept],
        joint_beyond=beyond[kept],
    )


def _without_twins(joints: Indices, places: Floats, beyond: Flags) -> Indices:
    """Return one of all joints that are in one place on one side of a trunk."""
    order = np.lexsort((places, beyond, joints))
    new = np.diff(joints[order], prepend=-1) != 0
    new |= np.diff(beyond[order].astype(np.int8), prepend=-1) != 0
    new |= np.diff(places[order], prepend=np.inf) != 0
    return order[new]
