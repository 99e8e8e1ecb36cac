"""The status bar's hint lasts as long as it is true."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.status_bar import StatusBar
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import Desk
from tests.helpers.lecture_graphs import lecture_graph

REFUSAL = "A wire from 'f' to 'a' would close a cycle, since 'f' already depends on 'a'."


@pytest.fixture
def bar(desk: Desk, theme: Theme, qtbot: QtBot) -> StatusBar:
    made = StatusBar(desk.document, desk.drawing, theme)
    qtbot.addWidget(made)
    made.show_hint(REFUSAL)
    return made


def shown(bar: StatusBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel)]


def test_a_hint_is_shown(bar: StatusBar) -> None:
    assert REFUSAL in shown(bar)


def test_a_hint_goes_with_the_next_edit(bar: StatusBar, desk: Desk) -> None:
    desk.editor.set_value("x0", np.float64(2.0))
    assert REFUSAL not in shown(bar)


def test_a_hint_goes_with_its_graph(bar: StatusBar, desk: Desk) -> None:
    desk.document.load(lecture_graph("two-paths"), None)
    assert REFUSAL not in shown(bar)


def test_a_long_hint_does_not_make_the_window_wider(bar: StatusBar, qtbot: QtBot) -> None:
    bar.show_hint("")
    least = bar.minimumSizeHint().width()
    bar.show_hint(REFUSAL * 9)
    qtbot.wait(0)
    assert bar.minimumSizeHint().width() == least
    bar.grab()


def test_what_a_menu_says_stands_where_hints_do_and_goes_again(bar: StatusBar) -> None:
    bar.show_tip("Show everything larger.")
    assert "Show everything larger." in shown(bar)
    assert REFUSAL not in shown(bar)
    bar.show_tip("")
    assert REFUSAL in shown(bar)


def test_a_hint_that_went_while_a_menu_spoke_does_not_come_back(bar: StatusBar, desk: Desk) -> None:
    bar.show_tip("Show everything larger.")
    desk.editor.set_value("x0", np.float64(2.0))
    bar.show_tip("")
    assert REFUSAL not in shown(bar)
