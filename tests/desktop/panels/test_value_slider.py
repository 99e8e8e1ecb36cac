"""A slider's ends are round numbers that leave room on both sides."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.value_slider import SliderEnds, ValueSlider, number_at, reach_for


@pytest.mark.parametrize(
    ("number", "reach"), [(0.0, 5.0), (2.0, 5.0), (-3.0, 10.0), (30.0, 100.0), (1e-9, 5.0)]
)
def test_the_range_leaves_room_on_both_sides(number: float, reach: float) -> None:
    assert reach_for(number) == reach


def test_numbers_on_the_way_are_short() -> None:
    assert number_at(0.123, 5.0) == 0.615
    assert str(number_at(-0.0, 5.0)) == "0.0"
    assert number_at(0.0, 5.0, 1.23456789) == 1.23456789
    assert number_at(-1.0, 2.5, 1.0) == -1.5


def test_the_numbers_at_the_ends_are_shown(qtbot: QtBot) -> None:
    numbers: list[float] = []
    slider = ValueSlider("n", lambda number, _: numbers.append(number))
    ends = SliderEnds(slider)
    for widget in (slider, ends):
        qtbot.addWidget(widget)
    slider.show_number(-3.0)
    assert [each.text() for each in ends.findChildren(QLabel)] == ["−10", "10"]
    slider.show_around(-2.0, 2.5, -1.0)
    assert [each.text() for each in ends.findChildren(QLabel)] == ["−4.5", "0.5"]
    slider.setValue(slider.minimum())
    assert numbers == [-4.5]
