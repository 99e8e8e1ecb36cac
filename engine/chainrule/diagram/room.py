"""Straight pieces of wire as long as there is room for, where numbers are longer than usual.

A layout makes room for the numbers that are shown when it runs. Shown with more decimals or in
larger letters later, nodes stay where they are; then a straight piece grows as far as it can, and
its number is set smaller or with fewer decimals where that is not far enough.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import positions_of
from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Display, Floats, Parts, build_parts
from chainrule.diagram.reach import reaches
from chainrule.graph.graph import GateGraph

_USUAL = Display()
# A wire needs as much to bend, and to leave straight the piece before its port.
_BETWEEN = 44.0
_MOST_NODES = 1_000


def usual_for(display: Display) -> Display | None:
    """Return what every layout has room for, None where `display` needs no more."""
    if display.decimals <= _USUAL.decimals and display.text_scale <= _USUAL.text_scale:
        return None
    decimals = min(display.decimals, _USUAL.decimals)
    return replace(display, decimals=decimals, text_scale=_USUAL.text_scale)


def parts_in_place(graph: GateGraph, passes: Passes, display: Display) -> tuple[Parts, Floats]:
    """Return the parts of a drawing and the centres (n, 2) of its nodes.

    Straight pieces end before what stands behind them. Drawings of very many nodes are left alone,
    as a number in them is too small to be read.
    """
    parts = build_parts(graph, passes, display)
    centers = positions_of(graph, parts)
    less = usual_for(display)
    if less is None or not 0 < len(centers) <= _MOST_NODES:
        return parts, centers
    return _with_room(parts, build_parts(graph, passes, less), centers), centers


def _with_room(parts: Parts, usual: Parts, centers: Floats) -> Parts:
    behind, before = _shares(reaches(usual), reaches(parts), centers)
    targets = parts.ends[:, 1]
    return replace(
        parts,
        stubs=_between(usual.stubs, parts.stubs, behind),
        spans=_between(usual.spans, parts.spans, behind),
        leads=_between(usual.leads, parts.leads, before[targets]),
    )


def _between(least: Floats, most: Floats, share: Floats) -> Floats:
    return np.where(most > least, least + share * (most - least), most)


def _shares(usual: Floats, wanted: Floats, centers: Floats) -> tuple[Floats, Floats]:
    """Return how much of what it wants more each node has room for at its right and at its left.

    Of a gap that is too narrow for two both have the same share.
    """
    x = centers[:, 0]
    growth = np.maximum(wanted - usual, 0.0)
    count = len(centers)
    behind, before = np.ones(count), np.ones(count)
    left, right = _neighbours(wanted, centers)
    gap = (x[right] - usual[right, 0]) - (x[left] + usual[left, 2]) - _BETWEEN
    more = growth[left, 2] + growth[right, 0]
    share = np.clip(gap / np.where(more > 0.0, more, 1.0), 0.0, 1.0)
    share[more <= 0.0] = 1.0
    np.minimum.at(behind, left, share)
    np.minimum.at(before, right, share)
    return behind, before


def _neighbours(wanted: Floats, centers: Floats) -> tuple[Indices, Indices]:
    """Return all pairs of nodes of which the second is right of the first and on its level."""
    x, y = centers.T
    top, bottom = y - wanted[:, 1], y + wanted[:, 3]
    level = (top[:, None] < bottom) & (top < bottom[:, None])
    near = x[:, None] + wanted[:, 2, None] + _BETWEEN > x - wanted[:, 0]
    left, right = np.nonzero(level & near & (x[:, None] < x))
    return left, right
