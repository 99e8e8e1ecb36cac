"""Where everything in a drawing stands, computed for all nodes and wires at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.diagram.parts import BRANCH_ABOVE, BRANCH_BELOW, BRANCH_GAP, Floats, Parts
from chainrule.diagram.routes import route

_SHORTEST_BEND = 26.0
_BEND = 0.55
_LEAST_ACROSS = 44.0


@final
@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Geometry:
    """The places of n nodes and m wires, in canvas units, y downwards.

    `centers` (n, 2); `stub_starts`, `stub_ends` (n, 2): the straight wire at each output; `middles`
    (n, 2): the middle of that part of it which carries the numbers;
    `curves` (m, 4, 2): the control points of each wire's Bézier curve, from the end of the stub to
    the straight piece before the port; `port_ends` (m, 2): where the wire meets its target.
    `branch_spots` (m, 2): the right end of the baseline of a wire's own gradient: above the wire
    for ports in the upper half of the target, below for others. `open_ports` (k, 2): the ports that
    are not wired.
    """

    centers: Floats
    stub_starts: Floats
    stub_ends: Floats
    middles: Floats
    curves: Floats
    port_ends: Floats
    branch_spots: Floats
    open_ports: Floats


def place_parts(parts: Parts, centers: Floats) -> Geometry:
    """Return the geometry of `parts` whose nodes stand at `centers`, an array (n, 2)."""
    right = np.zeros_like(centers)
    right[:, 0] = np.where(parts.outlines == 0, parts.half[:, 0], 0.0)
    stub_starts = centers + right
    stub_ends = stub_starts.copy()
    stub_ends[:, 0] += parts.stubs
    middles = stub_ends.copy()
    middles[:, 0] -= parts.spans / 2
    port_ends = centers[parts.ends[:, 1]] + parts.ports
    curves = wire_curves(stub_ends[parts.ends[:, 0]], port_ends, parts.leads)
    return Geometry(
        centers=centers,
        stub_starts=stub_starts,
        stub_ends=stub_ends,
        middles=middles,
        curves=route(parts, centers, curves, port_ends),
        port_ends=port_ends,
        branch_spots=_branch_spots(parts, port_ends),
        open_ports=centers[parts.open_nodes] + parts.open_ports,
    )


def _branch_spots(parts: Parts, port_ends: Floats) -> Floats:
    spots = port_ends.copy()
    spots[:, 0] -= BRANCH_GAP
    spots[:, 1] += parts.text_scale * np.where(parts.ports[:, 1] < 0, -BRANCH_ABOVE, BRANCH_BELOW)
    return spots


def wire_curves(starts: Floats, ends: Floats, lead: Floats) -> Floats:
    """Return the control points (m, 4, 2) of curves that leave and arrive horizontally.

    Where there is little room, the straight piece before the port gives way to the curve.
    """
    curves = np.empty((len(starts), 4, 2))
    curves[:, 0] = starts
    curves[:, 3] = ends
    curves[:, 3, 0] -= np.clip(ends[:, 0] - starts[:, 0] - _LEAST_ACROSS, 0.0, lead)
    across = curves[:, 3, 0] - starts[:, 0]
    # A wire that runs backwards swings out further, so that it can be told from its gates.
    bend = np.where(across >= 0, np.maximum(_BEND * across, np.minimum(across, _SHORTEST_BEND)), 0)
    bend = np.where(across < 0, _SHORTEST_BEND - 0.4 * across, bend)
    curves[:, 1] = starts
    curves[:, 1, 0] += bend
    curves[:, 2] = curves[:, 3]
    curves[:, 2, 0] -= bend
    return curves
