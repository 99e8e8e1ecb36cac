"""Port order of twins in large graphs."""

from __future__ import annotations

import numpy as np

from chainrule.layout.problem import Extent
from chainrule.layout.twins import twins_in_port_order

BOX = Extent.box(40, 40)


def test_twins_are_handed_their_places_in_port_order() -> None:
    heights = np.array([74.0, 0.0, 37.0])
    sorted_heights = twins_in_port_order(
        [BOX] * 3, [[], [], [0, 1]], [[2], [2], []], [0, 0, 1], heights
    )
    np.testing.assert_array_equal(sorted_heights, [0.0, 74.0, 37.0])


def test_a_node_that_another_gate_reads_too_keeps_its_place() -> None:
    heights = np.array([74.0, 0.0, 37.0, 111.0])
    readers = [[2, 3], [2], [], []]
    kept = twins_in_port_order([BOX] * 4, [[], [], [0, 1], [0]], readers, [0, 0, 1, 1], heights)
    np.testing.assert_array_equal(kept, heights)
