"""The start view offers a formula, a new graph, recent files and the examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.example_card import ExampleCard
from chainrule_desktop.panels.start_view import StartView
from chainrule_desktop.resources import example_files
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import Theme
from tests.desktop.panels.desk import retype, show_active


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def start(settings: Settings, theme: Theme, qtbot: QtBot) -> StartView:
    view = StartView(settings, theme)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    show_active(view, qtbot)
    return view


def cards(start: StartView) -> list[ExampleCard]:
    return start.findChildren(ExampleCard)


def test_every_example_has_a_card_with_its_title(start: StartView) -> None:
    assert [card.path for card in cards(start)] == example_files()
    assert "Sigmoid neuron, one gate at a time" in [card.text() for card in cards(start)]


def test_pictures_come_after_the_window(start: StartView, qtbot: QtBot) -> None:
    assert not all(card.has_picture for card in cards(start))
    qtbot.waitUntil(lambda: all(card.has_picture for card in cards(start)))


def test_a_click_opens_an_example(start: StartView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(start.file_chosen) as chosen:
        QTest.mouseClick(cards(start)[0], Qt.MouseButton.LeftButton)
    assert chosen.args == [example_files()[0]]


def test_the_keyboard_opens_an_example(start: StartView, qtbot: QtBot) -> None:
    cards(start)[2].setFocus()
    with qtbot.waitSignal(start.file_chosen) as chosen:
        QTest.keyClick(cards(start)[2], Qt.Key.Key_Return)
    assert chosen.args == [example_files()[2]]


def test_a_formula_is_handed_over(start: StartView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(start.formula_entered) as entered:
        retype(start.findChildren(QLineEdit)[0], "f = (x + y)*z")
    assert entered.args == ["f = (x + y)*z"]


@pytest.mark.parametrize(("typed", "says"), [("", "Type a formula"), ("x +", "Column")])
def test_what_is_no_formula_gets_a_sentence(
    start: StartView, qtbot: QtBot, typed: str, says: str
) -> None:
    with qtbot.assertNotEmitted(start.formula_entered):
        retype(start.findChildren(QLineEdit)[0], typed)
    said = [each.text() for each in start.findChildren(QLabel) if each.isVisible()]
    assert any(text.startswith(says) for text in said)


def test_new_graph_is_a_button(start: StartView, qtbot: QtBot) -> None:
    button = start.findChildren(QPushButton)[0]
    with qtbot.waitSignal(start.new_chosen):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_recent_files_appear_and_open(
    start: StartView, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    recent = start.findChildren(QListWidget)[0]
    assert not recent.isVisible()
    path = tmp_path / "mine.chainrule"
    path.write_bytes(example_files()[0].read_bytes())
    settings.add_recent_file(path)
    assert recent.isVisible()
    recent.setFocus()
    recent.setCurrentRow(0)
    with qtbot.waitSignal(start.file_chosen) as chosen:
        QTest.keyClick(recent, Qt.Key.Key_Return)
    assert chosen.args == [path]


@pytest.mark.parametrize("width", [420, 1000, 1900])
def test_cards_hold_their_text_and_fit_the_width(start: StartView, width: int) -> None:
    start.resize(width, 700)
    for card in cards(start):
        assert card.height() >= card.height_for(card.width())
        assert card.geometry().right() <= start.viewport().width()
