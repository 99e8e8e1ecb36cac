"""The rough placement: quick, from left to right, nothing on anything."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chainrule.layout import Extent, LayeredProblem, WireEnds, rough


@st.composite
def problems(draw: st.DrawFn) -> LayeredProblem:
    count = draw(st.integers(1, 30))
    extents = [
        Extent(*draw(st.tuples(*[st.floats(1, 60)] * 4))) for _ in range(count)
    ]  # left, right, up, down
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    ends = draw(st.lists(pairs.filter(lambda pair: pair[0] < pair[1]), max_size=40))
    return LayeredProblem(extents, [WireEnds(*pair) for pair in ends])


def test_no_nodes_have_no_positions() -> None:
    assert rough(LayeredProblem([], [])).shape == (0, 2)


@given(problems())
def test_every_wire_goes_from_left_to_right(problem: LayeredProblem) -> None:
    x = rough(problem)[:, 0]
    for wire in problem.wires:
        end = x[wire.source] + problem.extents[wire.source].right
        assert end < x[wire.target] - problem.extents[wire.target].left


@given(problems())
def test_no_node_lies_on_another(problem: LayeredProblem) -> None:
    positions = rough(problem)
    for row, one in enumerate(problem.extents):
        for other_row in range(row):
            other = problem.extents[other_row]
            dx, dy = positions[row] - positions[other_row]
            beside = dx >= other.right + one.left or -dx >= one.right + other.left
            apart = dy >= other.down + one.up or -dy >= one.down + other.up
            assert beside or apart


@given(problems())
def test_nothing_reaches_above_the_top(problem: LayeredProblem) -> None:
    top = rough(problem)[:, 1] - np.array([extent.up for extent in problem.extents])
    assert top.min() >= -0.5
