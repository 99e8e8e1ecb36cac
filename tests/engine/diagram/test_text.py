"""Names and sizes of texts."""

from __future__ import annotations

import pytest

from chainrule.diagram.text import fitting_size, one_line, shorten, text_width, typeset_name


@pytest.mark.parametrize(
    ("name", "text"),
    [("w0", "w₀"), ("x_12", "x₁₂"), ("f", "f"), ("a1b", "a1b"), ("α2", "α₂"), ("_1", "_1")],
)
def test_digits_at_the_end_of_a_name_are_set_lower(name: str, text: str) -> None:
    assert typeset_name(name) == text


def test_a_text_that_fits_is_kept_whole() -> None:
    assert shorten("loss", 14, 100) == "loss"


def test_a_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    cut = shorten("a very long label indeed", 14, 100)
    assert cut.endswith("…")
    assert text_width(cut, 14) <= 100


def test_a_number_shrinks_to_its_room_but_not_below_the_smallest_size() -> None:
    assert fitting_size("1.00", 13, 100, 9) == 13
    shrunk = fitting_size("1.00", 13, 25, 9)
    assert text_width("1.00", shrunk) == pytest.approx(25)
    assert fitting_size("1.00", 13, 1, 9) == 9


def test_line_breaks_and_control_characters_become_single_spaces() -> None:
    assert one_line(" a\n\tb\x00c ") == "a b c"
