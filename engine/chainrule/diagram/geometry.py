"""Where everything in a drawing stands, computed for all nodes and wires at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.diagram.leading import Led, Terrain, lead
from chainrule.diagram.parts import BRANCH_ABOVE, BRANCH_BELOW, BRANCH_GAP, Floats, Parts
from chainrule.diagram.waypoints import NO_WAYPOINTS, Waypoints
from chainrule.diagram.ways import Ways


@final
@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Geometry:
    """The places of n nodes and m wires, in canvas units, y downwards.

    `centers` (n, 2); `stub_starts`, `stub_ends` (n, 2): the straight wire at each output; `middles`
    (n, 2): the middle of that part of it which carries the numbers;
    `led`: how each wire runs, from the end of the stub to the straight piece before the port;
    `port_ends` (m, 2): where the wire meets its target.
    `branch_spots` (m, 2): the right end of the baseline of a wire's own gradient: above the wire
    for ports in the upper half of the target, below for others. `open_ports` (k, 2): the ports that
    are not wired.
    """

    centers: Floats
    stub_starts: Floats
    stub_ends: Floats
    middles: Floats
    led: Led
    port_ends: Floats
    branch_spots: Floats
    open_ports: Floats

    @property
    def ways(self) -> Ways:
        """The cubic pieces of all wires."""
        return self.led.ways

    @property
    def waypoints(self) -> Waypoints:
        """The points through which wires are led."""
        return self.led.terrain.waypoints


def place_parts(
    parts: Parts,
    centers: Floats,
    waypoints: Waypoints = NO_WAYPOINTS,
    before: Geometry | None = None,
) -> Geometry:
    """Return the geometry of `parts` whose nodes stand at `centers`, an array (n, 2).

    Where `before` is the geometry of the same parts, only wires that run otherwise than in it are
    led anew.
    """
    right = np.zeros_like(centers)
    right[:, 0] = np.where(parts.outlines == 0, parts.half[:, 0], 0.0)
    stub_starts = centers + right
    stub_ends = stub_starts.copy()
    stub_ends[:, 0] += parts.stubs
    middles = stub_ends.copy()
    middles[:, 0] -= parts.spans / 2
    port_ends = centers[parts.ends[:, 1]] + parts.ports
    terrain = Terrain(parts, centers, stub_ends[parts.ends[:, 0]], port_ends, waypoints)
    return Geometry(
        centers=centers,
        stub_starts=stub_starts,
        stub_ends=stub_ends,
        middles=middles,
        led=lead(terrain, None if before is None else before.led),
        port_ends=port_ends,
        branch_spots=_branch_spots(parts, port_ends),
        open_ports=centers[parts.open_nodes] + parts.open_ports,
    )


def _branch_spots(parts: Parts, port_ends: Floats) -> Floats:
    spots = port_ends.copy()
    spots[:, 0] -= BRANCH_GAP
    spots[:, 1] += parts.text_scale * np.where(parts.ports[:, 1] < 0, -BRANCH_ABOVE, BRANCH_BELOW)
    return spots
