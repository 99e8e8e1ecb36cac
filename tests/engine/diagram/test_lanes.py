"""Parallel pieces stand side by side where there is room, and never leave their room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.lanes import LANE, Bundle, Known, in_lanes

PLACES = st.integers(-60, 60).map(float)
EVERYWHERE = 10_000.0


@st.composite
def bundles(draw: st.DrawFn, room: st.SearchStrategy[float]) -> Bundle:
    """Draw pieces of up to four groups with joints at their ends, and `room` on either side."""
    count = draw(st.integers(1, 7))
    numbers = st.lists(PLACES, min_size=count, max_size=count)
    at, start, stop = (np.array(draw(numbers)) for _ in range(3))
    low, high = (np.array([draw(room) for _ in range(count)]) for _ in range(2))
    groups = np.array(draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)), np.intp)
    beyond = draw(st.lists(st.booleans(), min_size=2 * count, max_size=2 * count))
    return Bundle(
        at=at,
        low=at - low,
        high=at + high,
        begin=np.minimum(start, stop),
        end=np.maximum(start, stop),
        groups=groups,
        joints=np.tile(np.arange(count), 2),
        joint_at=np.concatenate((start, stop)),
        joint_beyond=np.array(beyond),
    )


def pairs_beside(bundle: Bundle) -> tuple[Indices, Indices]:
    """Return all pairs of pieces of different groups over a common interval."""
    one, other = np.triu_indices(len(bundle.at), 1)
    over = np.minimum(bundle.end[one], bundle.end[other]) > np.maximum(
        bundle.begin[one], bundle.begin[other]
    )
    over &= bundle.groups[one] != bundle.groups[other]
    return one[over], other[over]


def distances(bundle: Bundle, places: Floats) -> Floats:
    one, other = pairs_beside(bundle)
    return np.abs(places[one] - places[other])


@given(bundles(st.just(EVERYWHERE)))
def test_pieces_of_different_groups_stand_a_lane_apart_where_there_is_room(bundle: Bundle) -> None:
    assert (distances(bundle, in_lanes(bundle, {}, {})) > LANE - 1e-6).all()


@given(bundles(st.floats(0.0, 30.0)))
def test_no_piece_leaves_its_room(bundle: Bundle) -> None:
    places = in_lanes(bundle, {}, {})
    assert (places >= bundle.low - 1e-6).all()
    assert (places <= bundle.high + 1e-6).all()


@given(bundles(st.floats(0.0, 30.0)))
def test_what_is_known_is_what_would_be_found(bundle: Bundle) -> None:
    known: Known = {}
    places = in_lanes(bundle, {}, known)
    again: Known = {}
    np.testing.assert_array_equal(in_lanes(bundle, known, again), places)
    assert again.keys() == known.keys()


@given(bundles(st.just(EVERYWHERE)))
def test_pieces_of_one_group_stand_where_they_want_to(bundle: Bundle) -> None:
    alone = replace(bundle, groups=np.zeros_like(bundle.groups))
    np.testing.assert_array_equal(in_lanes(alone, {}, {}), bundle.at)


def test_pieces_without_room_for_a_lane_stand_closer() -> None:
    zeros, three = np.zeros(3), np.arange(3)
    none, nothing = np.empty(0, np.intp), np.empty(0)
    room = np.full(3, 5.0)
    bundle = Bundle(zeros, -room, room, zeros, zeros + 50, three, none, nothing, none > 0)
    places = np.sort(in_lanes(bundle, {}, {}))
    assert (np.diff(places) > 2.0).all()
    assert np.abs(places).max() <= 5.0


def test_a_piece_is_not_crossed_by_what_leaves_another() -> None:
    # The first leaves to larger coordinates in the middle of the second: it stands beyond it.
    bundle = Bundle(
        at=np.zeros(2),
        low=np.full(2, -50.0),
        high=np.full(2, 50.0),
        begin=np.zeros(2),
        end=np.array([60.0, 100.0]),
        groups=np.arange(2),
        joints=np.array([0, 0, 1, 1]),
        joint_at=np.array([0.0, 60.0, 0.0, 100.0]),
        joint_beyond=np.array([False, True, False, True]),
    )
    first, second = in_lanes(bundle, {}, {}).tolist()
    assert first == second + LANE
