"""One goes back and forward among the places of the canvas, as in a browser."""

from __future__ import annotations

import pytest

from chainrule.graph.bookmarks import Place
from chainrule_desktop.canvas.navigator import Navigator
from chainrule_desktop.canvas.places import Places
from tests.desktop.easel import Easel

FAR = Place((5000.0, 0.0), 1.0)
FARTHER = Place((9000.0, 400.0), 0.5)


@pytest.fixture
def navigator(easel: Easel) -> Navigator:
    easel.view.navigator.places.begin()
    return easel.view.navigator


def stands_at(navigator: Navigator, place: Place) -> bool:
    here = navigator.place()
    return here.zoom == pytest.approx(place.zoom) and here.centre == pytest.approx(
        place.centre, abs=2 / place.zoom
    )


@pytest.fixture
def places(navigator: Navigator) -> Places:
    return navigator.places


def test_at_the_beginning_there_is_nowhere_to_go(places: Places) -> None:
    assert not places.can_go_back
    assert not places.can_go_forward


def test_a_jump_is_gone_back_from_and_made_again(navigator: Navigator, places: Places) -> None:
    start = navigator.place()
    navigator.go(FAR)
    places.back()
    assert stands_at(navigator, start)
    places.forward()
    assert stands_at(navigator, FAR)


def test_a_place_is_visited_once_the_view_rests_there(
    easel: Easel, navigator: Navigator, places: Places
) -> None:
    start = navigator.place()
    navigator.look_at((700.0, 100.0))
    navigator.look_at((3000.0, 100.0))
    places.rest()
    navigator.look_at((6000.0, 100.0))
    places.rest()
    places.back()
    assert stands_at(navigator, Place((3000.0, 100.0), 1.0))
    places.back()
    assert stands_at(navigator, start)
    assert not places.can_go_back


def test_a_few_pixels_make_no_other_place(navigator: Navigator, places: Places) -> None:
    navigator.look_at((300.0, 120.0))
    places.rest()
    assert not places.can_go_back


def test_from_an_unrested_place_back_leads_to_the_last_one(
    navigator: Navigator, places: Places
) -> None:
    navigator.go(FAR)
    navigator.look_at((7000.0, 0.0))
    places.back()
    assert stands_at(navigator, FAR)


def test_straying_after_going_back_keeps_the_way_forward(
    navigator: Navigator, places: Places
) -> None:
    start = navigator.place()
    navigator.go(FAR)
    places.back()
    navigator.look_at((-4000.0, 0.0))
    places.back()
    assert stands_at(navigator, start)
    places.forward()
    assert stands_at(navigator, FAR)


def test_a_jump_after_going_back_ends_the_way_forward(navigator: Navigator, places: Places) -> None:
    navigator.go(FAR)
    places.back()
    navigator.go(FARTHER)
    assert not places.can_go_forward
    assert stands_at(navigator, FARTHER)


def test_only_the_last_hundred_places_are_kept(navigator: Navigator, places: Places) -> None:
    for number in range(130):
        navigator.go(Place((1000.0 * number, 0.0), 1.0))
    steps = 0
    while places.can_go_back:
        places.back()
        steps += 1
    assert steps == 99


@pytest.mark.parametrize("jump", ["fit", "reveal", "things"])
def test_commands_that_jump_are_remembered(easel: Easel, navigator: Navigator, jump: str) -> None:
    navigator.go(FAR)
    if jump == "fit":
        navigator.zoom_to_fit()
    elif jump == "reveal":
        navigator.reveal("q")
    else:
        navigator.zoom_to_things(("q",))
    navigator.places.back()
    assert stands_at(navigator, FAR)


def test_opening_a_graph_forgets_the_places_before(navigator: Navigator) -> None:
    navigator.go(FAR)
    navigator.begin(FARTHER)
    assert stands_at(navigator, FARTHER)
    assert not navigator.places.can_go_back


def test_a_graph_without_a_place_opens_with_everything_in_view(
    easel: Easel, navigator: Navigator
) -> None:
    navigator.go(FAR)
    navigator.begin(None)
    assert navigator.shown.contains(navigator.content)
