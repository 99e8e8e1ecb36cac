"""Gates stand two to a line; one that needs more takes a line of its own."""

from __future__ import annotations

from chainrule_desktop.panels.palette_view import row_widths


def test_two_narrow_gates_share_a_line() -> None:
    assert row_widths([None, 40, 40, 40], 100) == [100, 48, 52, 48]


def test_a_wide_gate_has_a_line_of_its_own_and_the_next_begins_at_the_left() -> None:
    assert row_widths([40, 70, 40, 50], 100) == [48, 100, 48, 52]


def test_the_right_column_holds_a_little_more() -> None:
    assert row_widths([40, 52, 52], 100) == [48, 52, 100]
