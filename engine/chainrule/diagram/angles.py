"""Where wires with right angles turn among the nodes of a drawing, each for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.detours import detours
from chainrule.diagram.obstacles import Area, Obstacles, Pairs
from chainrule.diagram.parts import Flags
from chainrule.diagram.turns import Turns, turns_in_order
from chainrule.diagram.ways import ROUNDING

FROM_ENDS: Final = 24.0
"""How far from its end, or behind its start, a wire turns if nothing else is there."""

CLEARANCE: Final = 4.0
"""How far from nodes wires with right angles run where there is room."""

_BELOW, _APART = 52.0, 80.0
_EXACT = 1e-6


@final
@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """All m wires of a drawing, from `starts` to `ends`, both (m, 2); `sources` (m,) are nodes."""

    sources: Indices
    starts: Floats
    ends: Floats


def turns_of(obstacles: Obstacles, bodies: Obstacles, passage: Passage, rows: Indices) -> Turns:
    """Return where each of the wires `rows` turns: once where it can, otherwise around nodes.

    Where it can't pass all that is written, it passes at least the bodies of nodes.
    """
    is_forward = passage.ends[rows, 0] >= passage.starts[rows, 0]
    forward = rows[is_forward]
    starts, ends = passage.starts[forward], passage.ends[forward]
    at, free = _single_turns(obstacles, starts, ends, forward)
    single, found = free.copy(), [_backward_turns(obstacles, passage, rows[~is_forward])]
    shut = np.flatnonzero(~free)
    for each in (obstacles, bodies):
        around = detours(each, starts[shut], ends[shut], forward[shut])
        turns = around.turns
        found.append(Turns(forward[shut[turns.owners]], turns.at, turns.level))
        shut = shut[~around.found]
    single[shut] = True
    found.append(Turns(forward[single], at[single], ends[single, 1]))
    return _without_idle(turns_in_order(found), passage)


def room_at_ends(passage: Passage, rows: Indices) -> Floats:
    """Return how far from its ends each of the wires may turn at least, (n,)."""
    across = np.abs(passage.ends[rows, 0] - passage.starts[rows, 0])
    return np.minimum(ROUNDING, across / 2)


def levels_before(turns: Turns, passage: Passage) -> Floats:
    """Return on which level wires come to each turn, (v,)."""
    before = np.roll(turns.level, 1)
    firsts = turns.are_first
    before[firsts] = passage.starts[turns.owners[firsts], 1]
    return before


def _without_idle(turns: Turns, passage: Passage) -> Turns:
    """Return the turns without those that lead neither up nor down."""
    kept = np.abs(turns.level - levels_before(turns, passage)) > _EXACT
    return turns if kept.all() else Turns(turns.owners[kept], turns.at[kept], turns.level[kept])


def _single_turns(
    obstacles: Obstacles, starts: Floats, ends: Floats, rows: Indices
) -> tuple[Floats, Flags]:
    """Return where each wire turns if it does so once (n,), and whether that way is free.

    It turns near its end, or where nothing stands that is nearest to there.
    """
    out = np.minimum(ROUNDING, (ends[:, 0] - starts[:, 0]) / 2)
    least, most = starts[:, 0] + out, ends[:, 0] - out
    wish = np.clip(ends[:, 0] - FROM_ENDS, least, most)
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    area = (low[:, 0], low[:, 1] - CLEARANCE, high[:, 0], high[:, 1] + CLEARANCE)
    pairs, _ = obstacles.in_the_way(area, rows, obstacles.most)
    sides = _grown(obstacles.sides(pairs[1]))
    least, most = _level_room(pairs, sides, starts, ends, (least, most))
    first = _free_place(np.minimum(wish, most), pairs, sides)
    second = -_free_place(-np.maximum(wish, least), pairs, (-sides[2], sides[1], -sides[0]))
    # The places found are at the sides of boxes, where these do not count.
    at = np.where(first >= least, first, second)
    free = (at >= least) & (at <= most)
    return np.where(free, at, wish), free


def _grown(sides: Area) -> Area:
    left, top, right, bottom = sides
    return left - CLEARANCE, top - CLEARANCE, right + CLEARANCE, bottom + CLEARANCE


def _level_room(
    pairs: Pairs, sides: Area, starts: Floats, ends: Floats, room: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return from where to where wires may turn so that nothing stands before and behind it."""
    which, _ = pairs
    left, top, right, bottom = sides
    least, most = room[0].copy(), room[1].copy()
    ahead = (top < starts[which, 1]) & (bottom > starts[which, 1])
    np.minimum.at(most, which[ahead], left[ahead])
    behind = (top < ends[which, 1]) & (bottom > ends[which, 1])
    np.maximum.at(least, which[behind], right[behind])
    return least, most


def _free_place(places: Floats, pairs: Pairs, sides: Area) -> Floats:
    """Return the first places from `places` (n,) to the left at which no box of a pair stands."""
    which, _ = pairs
    left, right = sides[0], sides[2]
    free = places.copy()
    while True:
        there = (left < free[which]) & (right > free[which])
        if not there.any():
            return free
        np.minimum.at(free, which[there], left[there])


def _backward_turns(obstacles: Obstacles, passage: Passage, rows: Indices) -> Turns:
    """Return the turns of wires that lead back to the left: out, over a free level, and in."""
    if len(rows) == 0:
        return Turns(rows, np.empty(0), np.empty(0))
    starts, ends = passage.starts[rows], passage.ends[rows]
    out, into = starts[:, 0] + FROM_ENDS, ends[:, 0] - FROM_ENDS
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    pairs = obstacles.beside((into, low - obstacles.swing, out, high + obstacles.swing))
    _, tops, _, bottoms = _grown(obstacles.sides(pairs[1]))
    middle = np.where(high - low > _APART, (low + high) / 2, high + _BELOW)
    below = -_free_place(-middle, pairs, (-bottoms, tops, -tops))
    above = _free_place(
        np.where(high - low > _APART, middle, low - _BELOW), pairs, (tops, tops, bottoms)
    )
    lower = np.abs(below - middle) <= np.abs(above - middle)
    level = np.where(lower, below, above)
    owners = np.repeat(rows, 2)
    at, levels = np.stack((out, into), axis=1), np.stack((level, ends[:, 1]), axis=1)
    return Turns(owners, at.reshape(-1), levels.reshape(-1))
