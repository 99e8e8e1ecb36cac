"""Ways for wires around the nodes that stand between their ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from chainrule.diagram.bodies import Indices
from chainrule.diagram.obstacles import Obstacles
from chainrule.diagram.parts import Floats, Parts

_TURN = 64.0
_LATE = 0.92
_EARLY = 0.15
_LIFTS = (0.0, 16.0, 40.0)
_T = np.linspace(0.0, 1.0, 25)
_WEIGHTS = np.stack(((1 - _T) ** 3, 3 * (1 - _T) ** 2 * _T, 3 * (1 - _T) * _T**2, _T**3))

MOST_PAIRS = 8_000_000
"""Drawings with more pairs of a wire and a node are left alone."""

Sampler: TypeAlias = Callable[[Floats, Floats], Floats]
"""From ways (n, 4, 2) and the ports that they lead to (n, 2): points along them, (n, t, 2)."""


def is_routed(parts: Parts) -> bool:
    """Say whether the wires of a drawing are led around nodes: in large ones they are not."""
    return len(parts.wires) * len(parts.ids) <= MOST_PAIRS


def routed_curves(
    obstacles: Obstacles, curves: Floats, tips: Floats, rows: Indices
) -> tuple[Floats, Floats]:
    """Return curves (n, 4, 2) of the wires `rows`, of which those over a node are bent otherwise.

    A wire bends over all of its way; where that leads over a node it bends at once and then runs
    straight to its port, or it bends late, whichever touches fewer. Where all do it swings above or
    below what stands there. How much each still touches (n,) comes with the curves.
    """
    return _led_around(obstacles, curves, (_early, _late), _swung, along_curves, tips, rows)


def routed_lines(
    obstacles: Obstacles,
    lines: Floats,
    others: Sequence[Callable[[Floats], Floats]],
    sample: Sampler,
    tips: Floats,
    rows: Indices,
) -> tuple[Floats, Floats]:
    """Return lines of four corners (n, 4, 2), of which those that run over a node run otherwise.

    `others` make lines that run otherwise of the usual ones. How much each still touches (n,) comes
    with the lines.
    """
    return _led_around(obstacles, lines, others, _stepped, sample, tips, rows)


def _led_around(
    obstacles: Obstacles,
    ways: Floats,
    others: Sequence[Callable[[Floats], Floats]],
    swing: Callable[[Floats, Floats], Floats],
    sample: Sampler,
    tips: Floats,
    rows: Indices,
) -> tuple[Floats, Floats]:
    """Return for each way (n, 4, 2) the one of all that touches least; the usual one if equal.

    Short ways have no room to run otherwise, and in a large drawing nobody asks what they touch.
    """
    far = ways[:, 3, 0] - ways[:, 0, 0] > 1.5 * _TURN
    asked = np.flatnonzero(far | obstacles.are_few)
    touched = np.zeros(len(ways))
    touched[asked] = obstacles.touched(sample(ways[asked], tips[asked]), rows[asked])
    chosen = ways.copy()
    hit = np.flatnonzero((touched > 0) & far)
    for other in others:
        if len(hit) == 0:
            return chosen, touched
        tried = other(ways[hit])
        touches = obstacles.touched(sample(tried, tips[hit]), rows[hit])
        better = hit[touches < touched[hit]]
        chosen[better] = tried[touches < touched[hit]]
        touched[better] = touches[touches < touched[hit]]
        hit = hit[touched[hit] > 0]
    for tried, which in _swings(obstacles, ways, tips, (hit, touched), swing, sample):
        touches = obstacles.touched(sample(tried, tips[which]), rows[which])
        fewer = touches < touched[which]
        chosen[which[fewer]], touched[which[fewer]] = tried[fewer], touches[fewer]
    return chosen, touched


def _swings(
    obstacles: Obstacles,
    ways: Floats,
    tips: Floats,
    hits: tuple[Indices, Floats],
    swing: Callable[[Floats, Floats], Floats],
    sample: Sampler,
) -> Iterator[tuple[Floats, Indices]]:
    """Yield the ways below, then those above what some ways run over, and which these are.

    Of `hits`, rows and how much each way touches, those are left out that touch nothing by then. In
    a small drawing ways further off follow, which pass by what stands near their ends.
    """
    hit, touched = hits
    if len(hit) == 0:
        return
    points = sample(ways[hit], tips[hit])[:, : -len(_T)]
    low = points[:, :, 1].min(axis=1) - obstacles.swing
    high = points[:, :, 1].max(axis=1) + obstacles.swing
    free = obstacles.levels(points).T
    for lift in _LIFTS if obstacles.are_few else _LIFTS[:1]:
        for levels, side in zip(free, (lift, -lift), strict=True):
            lifted = levels + side
            near = (low < lifted) & (lifted < high) & (touched[hit] > 0)
            if near.any():
                yield swing(ways[hit[near]], lifted[near]), hit[near]


def _swung(curves: Floats, levels: Floats) -> Floats:
    """Return curves that pass a level each in their middle."""
    start, end = curves[:, 0], curves[:, 3]
    swung = curves.copy()
    across = end[:, 0] - start[:, 0]
    swung[:, 1, 0], swung[:, 2, 0] = (
        start[:, 0] + across * _EARLY,
        start[:, 0] + across * (1 - _EARLY),
    )
    # In its middle a curve has gone three quarters of the way to its control points.
    swung[:, 1:3, 1] = ((levels - (start[:, 1] + end[:, 1]) / 8) * 4 / 3)[:, None]
    return swung


def _stepped(lines: Floats, levels: Floats) -> Floats:
    """Return lines that go to a level each soon and leave it late."""
    stepped = lines.copy()
    room = np.minimum(_TURN, (lines[:, 3, 0] - lines[:, 0, 0]) / 3)
    stepped[:, 1, 0], stepped[:, 2, 0] = lines[:, 0, 0] + room, lines[:, 3, 0] - room
    stepped[:, 1:3, 1] = levels[:, None]
    return stepped


def _early(curves: Floats) -> Floats:
    early = curves.copy()
    early[:, 3, 0] = curves[:, 0, 0] + _TURN
    early[:, 1, 0] = early[:, 2, 0] = curves[:, 0, 0] + _TURN / 2
    return early


def _late(curves: Floats) -> Floats:
    late = curves.copy()
    start, end = curves[:, 0, 0], curves[:, 3, 0]
    late[:, 1, 0] = late[:, 2, 0] = start + _LATE * (end - start)
    return late


def along_curves(curves: Floats, tips: Floats) -> Floats:
    """Return points along curves and the straight pieces behind them."""
    along = np.einsum("tk,nkd->ntd", _WEIGHTS.T, curves)
    return np.concatenate((along, _between(curves[:, 3], tips)), axis=1)


def along_lines(lines: Floats, tips: Floats) -> Floats:
    """Return points along lines with corners (n, v, 2) and the straight pieces behind them."""
    corners = (*np.moveaxis(lines, 1, 0), tips)
    return np.concatenate([_between(*pair) for pair in pairwise(corners)], axis=1)


def _between(starts: Floats, ends: Floats) -> Floats:
    return starts[:, None] + (ends - starts)[:, None] * _T[None, :, None]
