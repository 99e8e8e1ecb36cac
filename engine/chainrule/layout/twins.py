"""Port order in large graphs: nodes that differ in nothing but the port that reads them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chainrule.layout.problem import Extent
from chainrule.layout.quadratic import Vector


def twins_in_port_order(
    extents: Sequence[Extent],
    sources: Sequence[Sequence[int]],
    readers: Sequence[Sequence[int]],
    column: Sequence[int],
    heights: Vector,
) -> Vector:
    """Return the heights with twins handed the places they hold together in port order.

    Twins stand in one column, have the same extent and the same sources, and feed one and the same
    gate. Exchanging them exchanges nothing but names, so no crossing can come of it.
    """
    result = heights.copy()
    for gate, inputs in enumerate(sources):
        groups: dict[tuple[object, ...], list[int]] = {}
        for node in inputs:
            if list(readers[node]) == [gate]:
                alike = (column[node], extents[node], frozenset(sources[node]))
                groups.setdefault(alike, []).append(node)
        for twins in groups.values():
            result[twins] = np.sort(result[twins])
    return result
