"""Aligned nodes stand on one line, distributed ones at equal distances, and nothing else moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chainrule.layout import Edge, Positions, aligned, distributed

PLACES = st.integers(-2000, 2000).map(lambda each: each / 2)
SIZES = st.integers(1, 120).map(lambda each: each / 2)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Positions, Positions]:
    """Draw the places and half the sizes of a few nodes."""
    count = draw(st.integers(1, 7))
    shape = (count, 2)
    return draw(hnp.arrays(np.float64, shape, elements=PLACES)), draw(
        hnp.arrays(np.float64, shape, elements=SIZES)
    )


def lines(places: Positions, half: Positions, edge: Edge) -> Positions:
    """Return the line of each node that an edge is about."""
    sign = {"left": -1, "top": -1, "centre": 0, "middle": 0}.get(edge.value, 1)
    return places[:, edge.axis] + sign * half[:, edge.axis]


@pytest.mark.parametrize("edge", Edge)
@given(nodes=bodies())
def test_one_edge_of_all_is_on_one_line_and_the_other_axis_stays(
    edge: Edge, nodes: tuple[Positions, Positions]
) -> None:
    places, half = nodes
    new = aligned(places, half, edge)
    found = lines(new, half, edge)
    assert found.max() - found.min() <= 1.0  # places are on half units
    assert (new[:, 1 - edge.axis] == places[:, 1 - edge.axis]).all()


@given(nodes=bodies())
def test_an_outer_edge_stays_where_it_was(nodes: tuple[Positions, Positions]) -> None:
    places, half = nodes
    left = lines(places, half, Edge.LEFT).min()
    assert lines(aligned(places, half, Edge.LEFT), half, Edge.LEFT).min() == pytest.approx(left)
    bottom = lines(places, half, Edge.BOTTOM).max()
    below = lines(aligned(places, half, Edge.BOTTOM), half, Edge.BOTTOM).max()
    assert below == pytest.approx(bottom, abs=0.5)


@given(nodes=bodies(), axis=st.sampled_from((0, 1)))
def test_gaps_are_equal_and_the_ends_stay(nodes: tuple[Positions, Positions], axis: int) -> None:
    places, half = nodes
    new = distributed(places, half, axis)
    order = np.argsort(places[:, axis], kind="stable")
    low, high = (new - half)[order, axis], (new + half)[order, axis]
    gaps = low[1:] - high[:-1]
    if len(order) > 2:
        assert gaps.max() - gaps.min() <= 1.5
    assert (new[order[[0, -1]]] == places[order[[0, -1]]]).all()
    assert (new[:, 1 - axis] == places[:, 1 - axis]).all()
