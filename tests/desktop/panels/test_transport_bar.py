"""The transport bar says where playback stands, and goes where it is clicked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chainrule.expression.formula import graph_from_formula
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.player import Player
from chainrule_desktop.document.scripting import toggle_breakpoints
from chainrule_desktop.panels.transport_bar import Track, TransportBar, words_of
from chainrule_desktop.theme import Theme
from tests.desktop.easel import theme
from tests.helpers.random_graphs import build

__all__ = ["theme"]


@pytest.fixture
def document() -> Document:
    made = Document()
    made.load(graph_from_formula("q = x + y; f = q * z"), None)
    return made


@pytest.fixture
def player(document: Document) -> Player:
    return Player(document, Drawing(document, document), document)


@pytest.fixture
def bar(theme: Theme, player: Player, qtbot: QtBot) -> TransportBar:
    made = TransportBar(theme)
    qtbot.addWidget(made)
    made.watch(player)
    made.resize(900, 44)
    made.show()
    QApplication.processEvents()
    return made


def track_of(bar: TransportBar) -> Track:
    (found,) = bar.findChildren(Track)
    return found


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (0, "Before the first of 5 steps"),
        (1, "Forward pass, 1 of 2: add q"),
        (2, "Forward pass, 2 of 2: mul f"),
        (3, "Backward pass, 1 of 3: the seed of f"),
        (4, "Backward pass, 2 of 3: mul f"),
        (5, "Backward pass, 3 of 3: add q"),
        (6, "Both passes are done"),
    ],
)
def test_it_says_where_playback_stands(
    bar: TransportBar, player: Player, position: int, words: str
) -> None:
    player.go(position)
    assert words_of(player) == words
    assert words in [each.text() for each in bar.findChildren(QLabel)]
    assert track_of(bar).accessibleDescription() == words


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ({"s": ("add", "x", "y"), "t": ("mul", "x", "y")}, "Forward pass done; choose an output"),
        ({"s": ("add", "x", "y"), "f": ("mul", "s", None)}, "Forward pass stops before f"),
    ],
)
def test_without_a_backward_pass_it_does_not_say_that_both_are_done(
    bar: TransportBar,
    document: Document,
    player: Player,
    nodes: dict[str, tuple[Any, ...]],
    words: str,
) -> None:
    document.load(build({"x": 1.0, "y": 2.0}, nodes), None)
    player.go(player.timeline.end)
    assert words_of(player) == words
    assert track_of(bar).accessibleDescription() == words


def test_a_click_on_the_track_goes_there(bar: TransportBar, player: Player) -> None:
    track = track_of(bar)
    for share, position in ((0.0, 0), (0.4, 2), (1.0, 6)):
        x = round(7 + share * (track.width() - 14))
        QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(x, track.height() // 2))
        assert player.position == position


def test_arrows_step_on_the_track(bar: TransportBar, player: Player) -> None:
    player.go(0)
    track = track_of(bar)
    QTest.keyClick(track, Qt.Key.Key_Right)
    QTest.keyClick(track, Qt.Key.Key_Right)
    assert player.position == 2
    QTest.keyClick(track, Qt.Key.Key_Left)
    assert player.position == 1


def test_another_playback_is_shown_from_then_on(bar: TransportBar, player: Player) -> None:
    other = Document()
    other.load(graph_from_formula("g = exp(u)"), None)
    second = Player(other, Drawing(other, other), other)
    bar.watch(second)
    second.go(1)
    player.go(0)
    assert "Forward pass, 1 of 1: exp g" in [each.text() for each in bar.findChildren(QLabel)]


def test_breakpoints_are_seen_on_the_track(bar: TransportBar, player: Player) -> None:
    player.go(1)
    before = track_of(bar).grab().toImage()
    document = player.parent()
    assert isinstance(document, Document)
    toggle_breakpoints(document, ("f",))
    QApplication.processEvents()
    assert track_of(bar).grab().toImage() != before


def test_the_speed_is_said(bar: TransportBar, player: Player) -> None:
    player.set_speed(4.0)
    bar.watch(player)
    names = [each.accessibleName() for each in bar.findChildren(QToolButton)]
    assert "Speed: 4 steps a second" in names


def test_a_step_is_read_aloud(
    bar: TransportBar, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    reader = SimpleNamespace(updateAccessibility=lambda event: told.append(event.message()))
    monkeypatch.setattr("chainrule_desktop.panels.transport_bar.QAccessible", reader)
    player.go(1)
    player.go(2)
    assert told == ["Forward pass, 1 of 2: add q", "Forward pass, 2 of 2: mul f"]


def test_the_words_are_clear_of_the_handle_however_low_the_window_is(
    bar: TransportBar, qtbot: QtBot
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    column.addWidget(QLabel("x" * 20), 1)
    column.addWidget(bar)
    around.resize(900, 100)
    around.show()
    QApplication.processEvents()
    track = track_of(bar)
    # The handle is 7 pixels around a place 10.5 above the lower edge.
    assert track.fontMetrics().height() <= track.height() - 17.5
    bar.setParent(None)
