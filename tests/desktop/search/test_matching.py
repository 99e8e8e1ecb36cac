"""The matcher finds what people mean by a few letters, and says by which letters."""

from __future__ import annotations

import pytest

from chainrule_desktop.search.matching import Entry, Index, matched_letters, plain

ACTIONS = Index(
    (
        Entry("Tidy Layout", group="Graph", says="Arrange all nodes from left to right."),
        Entry("Check Gradients", group="Run", says="Compare with central differences."),
        Entry("Zoom to Fit", group="View", says="Show the whole graph."),
        Entry("Subtle Grid", group="View", says="Show the grid."),
    )
)


def titles(query: str, most: int | None = None) -> list[str]:
    return [ACTIONS.entries[row].title for row in ACTIONS.find(query, most)]


def test_the_first_letters_of_words_find_a_title() -> None:
    assert titles("cg") == ["Check Gradients"]


def test_pieces_of_words_find_a_title_before_letters_inside_another() -> None:
    assert titles("tl") == ["Tidy Layout", "Subtle Grid"]


def test_a_part_of_a_word_is_found() -> None:
    assert titles("ayou") == ["Tidy Layout"]


def test_every_word_must_be_meant() -> None:
    assert titles("view grid") == ["Subtle Grid"]
    assert titles("run grid") == []


def test_words_may_stand_in_any_order() -> None:
    assert titles("layout tidy") == ["Tidy Layout"]


@pytest.mark.parametrize("query", ["Tydi layout", "tidylayuot", "chekc gradients"])
def test_a_slip_is_forgiven(query: str) -> None:
    assert len(titles(query)) == 1


def test_what_fits_equally_well_keeps_its_order() -> None:
    assert titles("view") == ["Zoom to Fit", "Subtle Grid"]


def test_no_query_means_all_up_to_the_number_wanted() -> None:
    assert titles("") == [each.title for each in ACTIONS.entries]
    assert titles("  ", 2) == ["Tidy Layout", "Check Gradients"]


def test_only_so_many_are_returned() -> None:
    assert titles("view", 1) == ["Zoom to Fit"]


def test_separators_of_names_are_spaces() -> None:
    index = Index((Entry("log_softmax"),))
    assert index.find("log softmax") == index.find("log-softmax") == [0]


@pytest.mark.parametrize(
    ("title", "query", "letters"),
    [
        ("log_softmax", "soft", (4, 5, 6, 7)),
        ("log_softmax", "ls", (0, 4)),
        ("log_softmax", "lmx", (0, 8, 10)),
        ("Tidy Layout", "lay ti", (0, 1, 5, 6, 7)),
        ("mul", "times", ()),
        ("mul", "", ()),
        ("axis at x", "x", (8,)),
    ],
)
def test_the_letters_that_matched_are_told(
    title: str, query: str, letters: tuple[int, ...]
) -> None:
    assert matched_letters(title, query) == letters


def test_letters_keep_their_places_where_small_forms_are_longer() -> None:
    assert len(plain("İx_y")) == 4
    assert matched_letters("İx_y", "y") == (3,)


def test_names_made_to_match_in_many_ways_are_searched_at_once() -> None:
    index = Index((Entry("a_" * 100), Entry("a" * 200)))
    assert index.find("a" * 12 + "b") == index.find("aaaaa" * 3 + "^]-\\b") == []
