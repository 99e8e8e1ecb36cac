"""In a narrow window palette and inspector give way before the canvas does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.columns import LEAST, USUAL, Columns, shared_widths


@pytest.fixture
def columns(qtbot: QtBot) -> Columns:
    made = Columns()
    made.fill(QWidget(), QWidget(), QWidget())
    qtbot.addWidget(made)
    made.resize(1280, 600)
    made.show()
    return made


@pytest.mark.parametrize("whole", [1180, 1280, 2000])
def test_in_a_wide_window_the_panels_are_as_wide_as_wished(whole: int) -> None:
    assert shared_widths(whole, USUAL) == USUAL


@pytest.mark.parametrize("whole", [900, 1000, 1100])
def test_in_a_narrow_window_more_than_half_is_left_to_the_canvas(whole: int) -> None:
    assert whole - sum(shared_widths(whole, USUAL)) > 0.54 * whole


def test_no_panel_grows_as_the_window_becomes_narrower() -> None:
    widths = [shared_widths(whole, USUAL) for whole in range(1300, 500, -10)]
    assert all(a >= c and b >= d for (a, b), (c, d) in pairwise(widths))
    assert widths[-1] == LEAST


def test_a_window_made_narrow_and_wide_again_is_as_before(columns: Columns) -> None:
    before = columns.sizes()
    columns.resize(900, 600)
    assert columns.sizes()[0] < before[0]
    assert columns.sizes()[1] > 450
    columns.resize(1280, 600)
    assert columns.sizes() == before


def test_panels_that_were_pulled_come_back_as_wide_next_time(columns: Columns) -> None:
    columns.moveSplitter(260, 1)
    columns.resize(820, 600)
    other = Columns()
    other.fill(QWidget(), QWidget(), QWidget())
    other.resize(1400, 600)
    other.restore(columns.remembered())
    other.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    other.show()
    assert other.sizes()[0] == 260
    assert other.sizes()[2] == USUAL[1]
    other.close()


@pytest.mark.parametrize("told", [b"", b"\x00\xff\x01", b"12", b"a,b", b"1,2,3"])
def test_what_cant_be_read_changes_nothing(columns: Columns, told: bytes) -> None:
    before = columns.sizes()
    columns.restore(told)
    assert columns.sizes() == before
