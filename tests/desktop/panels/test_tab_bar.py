"""Only the tab in front and the one under the pointer show a cross."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.tab_bar import TabBar

NONE = Qt.MouseButton.NoButton


@pytest.fixture
def tabs(qtbot: QtBot) -> TabBar:
    made = TabBar()
    for name in ("one", "two", "three"):
        made.addTab(name)
    qtbot.addWidget(made)
    made.show()
    return made


def crosses(tabs: TabBar) -> list[int]:
    return [tab for tab in range(tabs.count()) if tabs.has_cross(tab)]


def hover(tabs: TabBar, tab: int) -> None:
    middle = QPointF(tabs.tabRect(tab).center())
    kind, keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    there = QPointF(tabs.mapToGlobal(middle))
    QApplication.sendEvent(tabs, QMouseEvent(kind, middle, there, NONE, NONE, keys))


def test_the_tab_in_front_has_a_cross(tabs: TabBar) -> None:
    assert crosses(tabs) == [0]
    tabs.setCurrentIndex(2)
    assert crosses(tabs) == [2]


def test_the_tab_under_the_pointer_has_a_cross_too_until_it_is_left(tabs: TabBar) -> None:
    hover(tabs, 1)
    assert crosses(tabs) == [0, 1]
    QApplication.sendEvent(tabs, QEvent(QEvent.Type.Leave))
    assert crosses(tabs) == [0]


def test_tabs_keep_their_width_whether_they_have_a_cross_or_not(tabs: TabBar) -> None:
    before = [tabs.tabRect(tab) for tab in range(3)]
    hover(tabs, 2)
    assert [tabs.tabRect(tab) for tab in range(3)] == before


def test_tabs_that_come_go_and_move_leave_one_cross_in_front(tabs: TabBar) -> None:
    tabs.addTab("four")
    tabs.moveTab(0, 2)
    tabs.removeTab(0)
    assert crosses(tabs) == [tabs.currentIndex()]


def test_no_line_is_drawn_below_the_tabs(tabs: TabBar) -> None:
    assert not tabs.drawBase()


def test_among_many_tabs_short_names_stay_whole(tabs: TabBar) -> None:
    for number in range(12):
        tabs.addTab(f"A very long name of a graph that somebody has made, number {number}")
    tabs.resize(900, tabs.sizeHint().height())
    short = [tabs.tabRect(tab).width() for tab in range(3)]
    assert all(width >= tabs.tabSizeHint(tab).width() for tab, width in enumerate(short))
    assert all(tabs.tabRect(tab).width() <= 220 for tab in range(tabs.count()))
