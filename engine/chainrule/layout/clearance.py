"""Whether wires keep clear of nodes that they do not belong to."""

from __future__ import annotations

import numpy as np

from chainrule.layout.problem import LayeredProblem, Positions

SAMPLES = np.linspace(0.0, 1.0, 33)
"""Where along a wire it is looked at."""


def count_hits(problem: LayeredProblem, positions: Positions) -> int:
    """Return how many (wire, node) pairs there are where the wire runs over the node's extent.

    A wire is the curve that a canvas draws: a cubic Bézier from the source's right end to the
    target's left end, level at both and steepest midway.
    """
    if not problem.wires:
        return 0
    reach = np.array([(each.left, each.right, each.up, each.down) for each in problem.extents])
    low, high = positions - reach[:, [0, 2]], positions + reach[:, [1, 3]]
    source = np.array([wire.source for wire in problem.wires])
    target = np.array([wire.target for wire in problem.wires])
    x0, x1 = high[source, 0], low[target, 0]
    y0, y1 = positions[source, 1], positions[target, 1]
    t = SAMPLES[:, None]
    # Control points halfway across at the heights of the ends give these two polynomials.
    across = x0 + (x1 - x0) * (1.5 * t * (1 - t) + t**3)
    down = y0 + (y1 - y0) * (3 * t**2 - 2 * t**3)
    hits = 0
    for node in range(len(positions)):
        inside = (across > low[node, 0]) & (across < high[node, 0])
        inside &= (down > low[node, 1]) & (down < high[node, 1])
        hits += int(np.sum(inside.any(axis=0) & (source != node) & (target != node)))
    return hits
