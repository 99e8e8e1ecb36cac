"""Lines of equal height: they lie where the height is, and are closed where it is round."""

from __future__ import annotations

import numpy as np

from chainrule.training.contours import contour, levels_of

AXIS = np.linspace(-2, 2, 41)
BOWL = AXIS[None, :] ** 2 + AXIS[:, None] ** 2


def test_the_line_of_a_bowl_is_a_circle() -> None:
    pieces = contour(AXIS, AXIS, BOWL, 1.0)
    np.testing.assert_allclose(np.hypot(pieces[:, 0], pieces[:, 1]), 1.0, atol=0.01)
    ends = np.round(pieces.reshape(-1, 2), 9)
    _, counts = np.unique(ends, axis=0, return_counts=True)
    assert (counts % 2 == 0).all()


def test_a_plane_is_cut_straight() -> None:
    pieces = contour(AXIS, AXIS, np.broadcast_to(AXIS[None, :], (41, 41)), 0.03)
    np.testing.assert_allclose(pieces[:, [0, 2]], 0.03)
    assert np.ptp(pieces[:, [1, 3]]) == 4.0


def test_a_saddle_has_two_pieces_in_its_cell() -> None:
    ends = np.array([0.0, 1.0])
    assert len(contour(ends, ends, np.array([[1.0, 0.0], [0.0, 1.0]]), 0.5)) == 2


def test_where_the_height_is_not_finite_there_is_no_line() -> None:
    heights = BOWL.copy()
    heights[:20] = np.nan
    pieces = contour(AXIS, AXIS, heights, 1.0)
    assert pieces[:, [1, 3]].min() >= 0.0
    assert len(contour(AXIS, AXIS, np.full((41, 41), np.nan), 1.0)) == 0


def test_levels_are_closer_in_the_valley() -> None:
    levels = levels_of(BOWL, 8)
    assert (np.diff(levels, 2) > 0).all()
    assert len(levels_of(np.ones((3, 3)), 8)) == 0
