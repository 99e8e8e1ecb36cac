"""A slider's ends are round numbers that leave room on both sides."""

from __future__ import annotations

import pytest

from chainrule_desktop.panels.value_slider import number_at, reach_for


@pytest.mark.parametrize(
    ("number", "reach"), [(0.0, 5.0), (2.0, 5.0), (-3.0, 10.0), (30.0, 100.0), (1e-9, 5.0)]
)
def test_the_range_leaves_room_on_both_sides(number: float, reach: float) -> None:
    assert reach_for(number) == reach


def test_numbers_on_the_way_are_short() -> None:
    assert number_at(0.123, 5.0) == 0.615
    assert str(number_at(-0.0, 5.0)) == "0.0"
