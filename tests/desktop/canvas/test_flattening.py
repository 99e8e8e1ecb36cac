"""Curves that are painted as straight lines look like curves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chainrule.arrays import Floats
from chainrule.diagram.ways import curved
from chainrule_desktop.canvas.flattening import flatten_curves, flatten_finely

T = np.linspace(0.0, 1.0, 201)[:, None]


def test_a_flattened_curve_runs_from_its_start_through_its_middle_to_its_end() -> None:
    curve = np.array([[[0.0, 0.0], [10.0, 0.0], [20.0, 30.0], [30.0, 30.0]]])
    lines = flatten_curves(curve, 2)
    assert lines.tolist() == [[0.0, 0.0, 15.0, 15.0], [15.0, 15.0, 30.0, 30.0]]


@given(
    hnp.arrays(np.float64, (3, 4, 2), elements=st.floats(-900, 900)),
    st.sampled_from([0.25, 1.0, 2.0]),
)
def test_a_finely_flattened_curve_is_no_pixel_away_from_its_lines(
    curves: Floats, scale: float
) -> None:
    for curve in curves:
        lines = flatten_finely(curve[None], scale)
        assert distances(points_on(curve), lines).max() * scale < 1.0


@given(
    hnp.arrays(np.float64, (2, 2), elements=st.floats(-3000, 3000)),
    st.sampled_from([0.25, 1.0, 2.0]),
)
def test_a_wire_to_the_right_is_less_than_a_third_of_a_pixel_away_from_its_lines(
    ends: Floats, scale: float
) -> None:
    start, end = ends[np.argsort(ends[:, 0])][:, None]
    (curve,) = curved(start, end)
    lines = flatten_finely(curve[None], scale)
    assert distances(points_on(curve), lines).max() * scale < 1 / 3


def test_curves_that_turn_at_their_ends_and_others_are_flattened_together() -> None:
    starts = np.zeros((3, 2))
    curves = curved(starts, np.array([[300.0, 80.0], [-300.0, 80.0], [90.0, 900.0]]))
    lines = flatten_finely(curves, 1.0)
    alone = [flatten_finely(curve[None], 1.0) for curve in curves]
    found, expected = (np.unique(each.round(6), axis=0) for each in (lines, np.concatenate(alone)))
    np.testing.assert_array_equal(found, expected)


def points_on(curve: Floats) -> Floats:
    """Return points along a curve (4, 2)."""
    before = (1 - T) ** 3 * curve[0] + 3 * (1 - T) ** 2 * T * curve[1]
    return before + 3 * (1 - T) * T**2 * curve[2] + T**3 * curve[3]


def distances(points: Floats, lines: Floats) -> Floats:
    """Return how far each point is from the nearest of the lines."""
    start, along = lines[:, :2], lines[:, 2:] - lines[:, :2]
    towards = points[:, None] - start
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    t = np.clip((towards * along).sum(axis=2) / length, 0.0, 1.0)
    return np.hypot(*np.moveaxis(towards - t[..., None] * along, -1, 0)).min(axis=1)


def test_a_straight_wire_is_one_line() -> None:
    flat = np.array([[[0.0, 5.0], [300.0, 5.0], [700.0, 5.0], [1000.0, 5.0]]])
    assert len(flatten_finely(flat, 1.0)) == 1
    assert flatten_finely(flat[:0], 1.0).shape == (0, 4)
