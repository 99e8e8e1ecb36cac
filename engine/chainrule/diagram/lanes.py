"""Parallel pieces of wires side by side, in an order in which few cross, a lane apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Flags

Known: TypeAlias = dict[bytes, Floats]
"""Where pieces stand, by all that this hangs on."""

LANE: Final = 8.0
"""How far apart parallel wires from different sources run."""

# How much worse than a crossing it is that two wires cover each other, or stand where they can't.
_COVERED, _IMPOSSIBLE = 20.0, 1000.0
_OUT_OF_PLACE = 1e-3
_CLOSER, _CLOSEST = 0.75, 1.0
# Larger bundles are ordered by where their pieces would stand, which takes less time.
_MOST_TRIED = 60
_EXACT = 1e-6


@final
@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """n parallel pieces, each at one coordinate and over an interval of the other.

    A piece wants to be `at` (n,) and may be from `low` to `high`; it reaches from `begin` to `end`.
    Those of one of the `groups` may cover each other.
    Wires join it at `joint_at` (j,), places in the interval of the piece `joints`, from the side of
    smaller coordinates or, where `joint_beyond`, of larger ones.
    """

    at: Floats
    low: Floats
    high: Floats
    begin: Floats
    end: Floats
    groups: Indices
    joints: Indices
    joint_at: Floats
    joint_beyond: Flags


def in_lanes(bundle: Bundle, before: Known, known: Known) -> Floats:
    """Return where each piece runs (n,): apart from those beside it, where there is room for that.

    Pieces that others might meet are ordered so that few cross and none covers another, and stand
    LANE apart; where they have not so much room, they stand closer. What was found of companies of
    pieces `before` is not sought again; all that is then `known` is written down.
    """
    places = np.clip(bundle.at, bundle.low, bundle.high)
    for company in _companies(bundle):
        found = before.get(company.key)
        known[company.key] = company.placed() if found is None else found
        places[company.members] = known[company.key]
    return places


def _companies(bundle: Bundle) -> Iterator[_Company]:
    """Yield the pieces that could stand in each other's way, two or more together."""
    number = _numbered(len(bundle.at), *_meeting(bundle))
    order = np.argsort(number, kind="stable")
    columns = (bundle.at, bundle.low, bundle.high, bundle.begin, bundle.end, bundle.groups)
    pieces: Floats = np.stack([each[order].astype(np.float64) for each in columns], axis=1)
    places = np.empty(len(order), np.intp)
    places[order] = np.arange(len(order))
    joint_order = np.argsort(places[bundle.joints], kind="stable")
    rows = places[bundle.joints].astype(np.float64)
    joints = np.stack((rows, bundle.joint_at, bundle.joint_beyond), axis=1)[joint_order]
    begins = np.flatnonzero(np.diff(number[order], prepend=-1))
    ends = np.append(begins[1:], len(order))
    joint_begins = np.searchsorted(joints[:, 0], begins).tolist()
    joint_ends = np.searchsorted(joints[:, 0], ends).tolist()
    several = ends - begins > 1
    if len(order):
        several &= np.logical_or.reduceat(pieces[:, 1] < pieces[:, 2], begins)
    for each in np.flatnonzero(several).tolist():
        first, last = int(begins[each]), int(ends[each])
        own = joints[joint_begins[each] : joint_ends[each]] - np.array((first, 0.0, 0.0))
        yield _Company(order[first:last], pieces[first:last], own)


def _numbered(count: int, one: Indices, other: Indices) -> Indices:
    """Return to which company each of `count` pieces belongs, from pairs of one company."""
    company = np.arange(count)
    while True:
        least = np.minimum(company[one], company[other])
        joined = company.copy()
        np.minimum.at(joined, one, least)
        np.minimum.at(joined, other, least)
        joined = joined[joined]
        if (joined == company).all():
            return company
        company = joined


def _meeting(bundle: Bundle) -> tuple[Indices, Indices]:
    """Return all pairs of pieces over a common interval which may come nearer than a lane."""
    order = np.argsort(bundle.low, kind="stable")
    low, high = bundle.low[order], bundle.high[order] + LANE
    last = np.searchsorted(low, high)
    counts = np.maximum(last - np.arange(len(low)) - 1, 0)
    one = np.repeat(np.arange(len(low)), counts)
    begins = np.cumsum(counts) - counts
    other = one + 1 + np.arange(len(one)) - np.repeat(begins, counts)
    one, other = order[one], order[other]
    over = bundle.begin[one] < bundle.end[other] + LANE
    over &= bundle.begin[other] < bundle.end[one] + LANE
    return one[over], other[over]


@final
class _Company:
    """Pieces that may stand in each other's way.

    `pieces` (n, 6) are their at, low, high, begin, end and group, `joints` (j, 3) whose piece each
    is, where, and 1.0 for one from larger coordinates. `key` tells apart what differs in these.
    """

    def __init__(self, members: Indices, pieces: Floats, joints: Floats) -> None:
        self.members = members
        self.key = pieces.tobytes() + joints.tobytes()
        at, self._low, self._high, self._begin, self._end, self._groups = pieces.T
        self._at = np.clip(at, self._low, self._high)
        self._joints = joints[:, 0].astype(np.intp)
        self._joint_at, self._beyond = joints[:, 1], joints[:, 2] > 0.5

    def placed(self) -> Floats:
        """Return where the pieces stand."""
        still = self._low == self._high
        others = self._groups[:, None] != self._groups
        over = self._begin[:, None] < self._end + LANE
        beside = over & over.T & others & ~(still[:, None] & still)
        order, gap = self._order(beside, others), LANE
        while gap > _CLOSEST:
            places = self._places(order, beside, gap)
            if (places <= self._high + _EXACT).all():
                return places
            gap *= _CLOSER
        return np.minimum(self._places(order, beside, gap), self._high)

    def _order(self, beside: Flags, others: Flags) -> Indices:
        """Return the pieces by rising coordinates, in an order with few crossings."""
        costs = self._costs(beside, others)
        wished = np.lexsort((self._begin, self._at))
        if len(wished) > _MOST_TRIED:
            return wished
        order: list[int] = []
        # How much worse it is to stand behind a piece, the row, than before it.
        worse = costs - costs.T
        for piece in wished.tolist():
            totals = worse[order, piece].cumsum()
            best = len(order) - int(totals[::-1].argmin()) if order else 0
            order.insert(best if order and totals[best - 1] <= 0.0 else 0, piece)
        return _swapped(order, costs)

    def _costs(self, beside: Flags, others: Flags) -> Floats:
        """Return how bad it is that one piece, the row, stands before another, the column."""
        count = len(self._at)
        costs = _OUT_OF_PLACE * np.maximum(0.0, self._at[:, None] - self._at) / LANE
        costs += _IMPOSSIBLE * (self._low[:, None] + LANE > self._high + _EXACT)
        costs *= beside
        at = self._joint_at[:, None]
        crossed = ((self._begin < at) & (at < self._end)).astype(np.float64)
        beyond = self._beyond
        np.add.at(costs, self._joints[beyond], crossed[beyond])
        np.add.at(costs.T, self._joints[~beyond], crossed[~beyond])
        # What leaves the first piece covers what comes to the second one.
        leaving, coming = np.flatnonzero(beyond), np.flatnonzero(~beyond)
        near = np.abs(self._joint_at[leaving, None] - self._joint_at[coming]) < LANE
        one, other = np.nonzero(near)
        pairs = self._joints[leaving[one]] * count + self._joints[coming[other]]
        costs += _COVERED * np.bincount(pairs, minlength=count * count).reshape(count, count)
        return costs * others

    def _places(self, order: Indices, beside: Flags, gap: float) -> Floats:
        """Return places in an order and with a gap; some may be beyond where they may be at most.

        Each is as near below where it wants to be as those behind it allow, and otherwise above
        where those before it end.
        """
        # How far those are away that a piece need not care about.
        away = np.where(beside[np.ix_(order, order)], 0.0, np.inf)
        most, least = self._at[order], self._low[order]
        for place in range(len(order) - 2, -1, -1):
            behind = (most[place + 1 :] + away[place, place + 1 :]).min()
            most[place] = min(most[place], behind - gap)
        for place in range(1, len(order)):
            before = (least[:place] - away[place, :place]).max()
            least[place] = max(least[place], before + gap)
        places = np.empty_like(most)
        places[order] = np.maximum(most, least)
        return places


def _swapped(order: list[int], costs: Floats) -> Indices:
    """Return an order after swaps of neighbours, each of which made it better."""
    for _ in range(len(order)):
        changed = False
        for place in range(len(order) - 1):
            one, other = order[place], order[place + 1]
            if costs[other, one] < costs[one, other] - _EXACT:
                order[place], order[place + 1] = other, one
                changed = True
        if not changed:
            break
    return np.array(order, np.intp)
