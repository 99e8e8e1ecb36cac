"""The start view offers a formula, a new graph, recent files and the examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.card_grid import CardGrid
from chainrule_desktop.panels.formula_preview import FormulaPreview
from chainrule_desktop.panels.graph_card import GraphCard
from chainrule_desktop.panels.picture_cache import PictureCache
from chainrule_desktop.panels.start_view import StartView
from chainrule_desktop.resources import example_files
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Scheme, Theme, ThemeMode
from tests.desktop.panels.desk import retype, show_active


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def start(settings: Settings, theme: Theme, tasks: Tasks, qtbot: QtBot) -> StartView:
    view = StartView(settings, theme, PictureCache(tasks, settings.cache_folder))
    qtbot.addWidget(view)
    view.resize(1000, 700)
    show_active(view, qtbot)
    return view


def cards(start: StartView) -> list[GraphCard]:
    """Return the cards of the examples."""
    return [card for card in start.findChildren(GraphCard) if card.path in example_files()]


def recent(start: StartView) -> list[GraphCard]:
    """Return the cards of the files used last."""
    return start.findChildren(CardGrid)[0].cards


def test_every_example_has_a_card_with_its_title(start: StartView) -> None:
    assert [card.path for card in cards(start)] == example_files()
    assert "Sigmoid neuron, one gate at a time" in [card.text() for card in cards(start)]


def test_pictures_come_after_the_window(start: StartView, qtbot: QtBot) -> None:
    assert not all(card.has_picture for card in cards(start))
    qtbot.waitUntil(lambda: all(card.has_picture for card in cards(start)), timeout=20_000)


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


def mine(tmp_path: Path, settings: Settings, content: bytes | None = None) -> Path:
    """Return a file that was used last."""
    path = tmp_path / "mine.chainrule"
    path.write_bytes(example_files()[0].read_bytes() if content is None else content)
    settings.add_recent_file(path)
    return path


def test_recent_files_appear_first_and_open(
    start: StartView, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    path = mine(tmp_path, settings)
    card = recent(start)[0]
    with qtbot.waitSignal(start.file_chosen) as chosen:
        QTest.keyClick(card, Qt.Key.Key_Return)
    assert chosen.args == [path]


def test_a_recent_file_has_a_picture_that_is_kept(
    start: StartView, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    mine(tmp_path, settings)
    qtbot.waitUntil(lambda: recent(start)[0].has_picture, timeout=20_000)
    assert [*(settings.cache_folder / "pictures").glob("*.png")]


def test_a_file_that_cannot_be_read_stops_no_picture(
    start: StartView, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    mine(tmp_path, settings, b"{")
    qtbot.waitUntil(lambda: all(card.has_picture for card in cards(start)), timeout=20_000)
    assert not recent(start)[0].has_picture


def test_a_missing_file_is_shown_as_such_and_can_be_taken_off(
    start: StartView, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    path = mine(tmp_path, settings)
    path.unlink()
    settings.add_recent_file(example_files()[0])
    missing = next(card for card in recent(start) if card.path == path)
    assert missing.is_missing
    assert "missing" in missing.accessibleName()
    with qtbot.waitSignal(settings.changed):
        missing.findChildren(QToolButton)[0].click()
    assert path not in settings.remembered_files()
    assert [card.path for card in recent(start)] == [example_files()[0]]


def test_delete_takes_a_file_off_the_list(
    start: StartView, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    path = mine(tmp_path, settings)
    with qtbot.waitSignal(settings.changed):
        QTest.keyClick(recent(start)[0], Qt.Key.Key_Delete)
    assert settings.remembered_files() == []
    assert path.exists()


def test_arrows_go_from_card_to_card(start: StartView) -> None:
    first, second, *_ = cards(start)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Left)
    QTest.keyClick(first, Qt.Key.Key_Down)
    focused = start.focusWidget()
    assert isinstance(focused, GraphCard)
    assert focused.geometry().left() == first.geometry().left()
    assert focused is not first


def test_up_from_the_first_row_leads_to_the_formula(start: StartView) -> None:
    first = cards(start)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Up)
    assert start.findChildren(QLineEdit)[0].hasFocus()


@pytest.mark.parametrize(
    ("typed", "says"),
    [("exp(-(w*x))", "3 gates and 2 inputs: w, x."), ("x +", "Column"), ("", "Enter draws")],
)
def test_what_is_typed_is_read_at_once(start: StartView, typed: str, says: str) -> None:
    field = start.findChildren(QLineEdit)[0]
    field.setText("y")
    field.setText(typed)
    preview = start.findChildren(FormulaPreview)[0]
    assert preview.text().startswith(says)


def test_a_picture_is_drawn_anew_for_another_theme(
    start: StartView, theme: Theme, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: all(card.has_picture for card in cards(start)), timeout=20_000)
    before = cards(start)[0].order().palette
    theme.set_mode(ThemeMode.DARK if before.scheme is Scheme.LIGHT else ThemeMode.LIGHT)
    assert cards(start)[0].order().palette != before


@pytest.mark.parametrize("width", [420, 1000, 1900])
def test_cards_hold_their_text_and_fit_the_width(start: StartView, width: int) -> None:
    start.resize(width, 700)
    QApplication.processEvents()
    for card in cards(start):
        assert card.height() >= card.height_for(card.width())
        assert card.geometry().right() <= start.viewport().width()
