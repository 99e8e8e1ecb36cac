"""Axes leave room for their numbers and titles, however long and large these are."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.training.axes import Axis, most_rows, room_of, tick_text


@pytest.mark.parametrize("points", [9.4, 13.2, 20.0])
@pytest.mark.parametrize("high", [1.0, 123.0, 98_765.4, 5.065e13, 3e-7])
def test_the_title_stands_left_of_all_numbers(qtbot: QtBot, high: float, points: float) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    font = widget.font()
    font.setPointSizeF(points)
    widget.setFont(font)
    widget.resize(560, 380)
    axis = Axis(-0.1 * high, high)
    room, metrics = room_of(widget, axis), widget.fontMetrics()
    wide = max(
        metrics.horizontalAdvance(tick_text(number))
        for number in axis.ticks(most_rows(room, metrics))
    )
    title = metrics.height() + 3
    assert room.left() - 8 - wide >= title
    assert widget.height() - room.bottom() >= 2 * metrics.height() + 4


def test_powers_of_ten_are_written_as_everywhere_else() -> None:
    assert [tick_text(number) for number in (2.5e13, 1e-7, -3.0, 0.0)] == [
        "2.5e13",
        "1e−07",
        "−3",
        "0",
    ]
