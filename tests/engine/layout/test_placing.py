"""New nodes among old ones."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.layout import Extent, LayeredProblem, Spacing, WireEnds, layered, place_among

GATE = Extent(20.0, 66.0, 20.0, 20.0)
GAP = Spacing().column_gap


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_pinned_nodes_stay_and_new_ones_overlap_nothing(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 14))
    wires = [
        WireEnds(source, target, port)
        for target in range(1, count)
        for port, source in enumerate(data.draw(st.lists(st.integers(0, target - 1), max_size=2)))
    ]
    problem = LayeredProblem([GATE] * count, wires)
    fresh = layered(problem)
    kept = data.draw(st.sets(st.integers(0, count - 1)))
    positions = place_among(problem, {node: (fresh[node, 0], fresh[node, 1]) for node in kept})
    np.testing.assert_array_equal(positions[sorted(kept)], fresh[sorted(kept)])
    for node in range(count):
        apart = np.abs(positions - positions[node])
        assert np.sum((apart[:, 0] < 86) & (apart[:, 1] < 40)) == 1


def test_a_new_gate_stands_right_of_its_inputs_at_their_mean_height() -> None:
    problem = LayeredProblem([GATE] * 3, [WireEnds(0, 2, 0), WireEnds(1, 2, 1)])
    positions = place_among(problem, {0: (0.0, 0.0), 1: (0.0, 100.0)})
    assert positions[2].tolist() == [66.0 + GAP + 20.0, 50.0]


def test_a_new_leaf_stands_left_of_its_reader() -> None:
    problem = LayeredProblem([GATE] * 2, [WireEnds(0, 1)])
    assert place_among(problem, {1: (0.0, 10.0)})[0].tolist() == [-20.0 - GAP - 66.0, 10.0]


def test_without_pinned_nodes_the_layout_is_a_fresh_one() -> None:
    problem = LayeredProblem([GATE] * 2, [WireEnds(0, 1)])
    np.testing.assert_array_equal(place_among(problem, {}), layered(problem))
