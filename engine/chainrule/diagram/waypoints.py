"""The reroute points of a graph's wires as arrays, for its drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.memory import kept_with_arguments
from chainrule.diagram.parts import Parts
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Points, Wire


@final
@dataclass(frozen=True, slots=True, eq=False)
class Waypoints:
    """k points through which wires are led: `places` (k, 2), and the row of the wire of each (k,).

    The rows ascend, and the points of a wire stand in the order in which it runs through them.
    """

    rows: Indices
    places: Floats

    def of(self, row: int) -> list[tuple[float, float]]:
        """Return the points of the wire in a row."""
        first, last = np.searchsorted(self.rows, (row, row + 1)).tolist()
        return [(x, y) for x, y in self.places[first:last].tolist()]


NO_WAYPOINTS = Waypoints(np.empty(0, np.intp), np.empty((0, 2)))


def waypoints_of(graph: GateGraph, parts: Parts) -> Waypoints:
    """Return the reroute points of all wires of a graph."""
    routed = [node for node in graph if node.routes]
    if not routed:
        return NO_WAYPOINTS
    rows = _wire_rows(parts)
    found: list[tuple[int, Points]] = []
    for node in routed:
        inputs = graph.inputs(node.id)
        for port, points in node.routes.items():
            source = inputs[port] if port < len(inputs) else None
            if source is not None:
                found.append((rows[Wire(source, node.id, port)], points))
    found.sort(key=lambda each: each[0])
    return Waypoints(
        np.array([row for row, points in found for _ in points], np.intp),
        np.array([point for _, points in found for point in points], np.float64).reshape(-1, 2),
    )


@kept_with_arguments
def _wire_rows(parts: Parts) -> dict[Wire, int]:
    return {wire: row for row, wire in enumerate(parts.wires)}
