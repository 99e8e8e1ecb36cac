"""Presenter mode follows playback on a screen of its own; keys step, light up, and draw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from chainrule.expression.formula import graph_from_formula
from chainrule_desktop.actions.action_set import ActionSet
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.scripting import caption_key, set_caption
from chainrule_desktop.panels.presenter.window import PresenterWindow

PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def presented(bench: Workbench, qtbot: QtBot) -> Iterator[PresenterWindow]:
    """The presenter's window on q = x + y; f = q z, before the first step."""
    bench.files.new()
    bench.document.load(graph_from_formula("q = x + y; f = q * z"), None)
    bench.player.go(0)
    window = PresenterWindow(
        bench.window, bench.document, bench.player, bench.theme, bench.drawing.display
    )
    window.resize(900, 600)
    window.show()
    qtbot.waitUntil(lambda: window.windowHandle().isExposed())
    yield window
    if Shiboken.isValid(window):
        window.close()
    QApplication.processEvents()


def press(window: PresenterWindow, keys: str) -> None:
    """Do what a key of the window does; offscreen windows can't have the keyboard."""
    found = [each for each in window.findChildren(QShortcut) if each.key().toString() == keys]
    assert found, keys
    found[0].activated.emit()


def brightness(window: PresenterWindow, place: QPoint) -> int:
    return window.grab().toImage().pixelColor(place).lightness()


def texts(window: PresenterWindow) -> list[str]:
    return [each.text() for each in window.findChildren(QLabel) if each.isVisible()]


def test_one_key_plays_the_next_step_and_another_takes_it_back(
    presented: PresenterWindow, bench: Workbench
) -> None:
    for keys in ("Space", "Right"):
        press(presented, keys)
    assert bench.player.position == 2
    press(presented, "Left")
    assert bench.player.position == 1
    press(presented, "End")
    assert bench.player.at_end
    press(presented, "Home")
    assert bench.player.position == 0


def test_stepping_on_past_the_end_keeps_all_numbers_in_sight(
    presented: PresenterWindow, bench: Workbench
) -> None:
    press(presented, "End")
    for keys in ("Space", "Right", "Down", "PgDown", "N"):
        press(presented, keys)
        assert bench.player.at_end
    press(presented, "Home")
    assert bench.player.position == 0


def shows_keys(window: PresenterWindow) -> bool:
    return any("Space or → next step" in text for text in texts(window))


def test_the_keys_are_shown_until_the_first_step_and_brought_back_by_a_key(
    presented: PresenterWindow,
) -> None:
    assert shows_keys(presented)
    press(presented, "Space")
    assert not shows_keys(presented)
    for keys in ("H", "?"):
        press(presented, keys)
        assert shows_keys(presented)
        press(presented, keys)
        assert not shows_keys(presented)
    assert any("H or ?" in each.text() for each in presented.findChildren(QLabel))


def test_the_graph_stands_still_when_the_keys_go(presented: PresenterWindow) -> None:
    before = presented.canvas.size()
    press(presented, "H")
    QApplication.processEvents()
    assert presented.canvas.size() == before


def test_a_small_graph_uses_most_of_the_screen(presented: PresenterWindow) -> None:
    presented.resize(1440, 900)
    QApplication.processEvents()
    press(presented, "F")
    navigator = presented.canvas.navigator
    room = presented.canvas.viewport().size()
    across = navigator.scale * navigator.content.width() / room.width()
    down = navigator.scale * navigator.content.height() / room.height()
    assert max(across, down) > 0.9 or navigator.scale == 4.0
    assert max(across, down) <= 1.0


def test_it_shows_what_is_known_and_the_caption_of_the_step(
    presented: PresenterWindow, bench: Workbench
) -> None:
    bench.player.go(1)
    set_caption(bench.document, caption_key(bench.player), "First, the sum")
    QApplication.processEvents()
    assert "First, the sum" in texts(presented)
    assert "Forward pass, 1 of 2: add q" in texts(presented)
    bench.player.go(2)
    assert "First, the sum" not in texts(presented)


def test_labels_are_larger_than_in_the_window_beside(
    presented: PresenterWindow, bench: Workbench
) -> None:
    assert presented.canvas.navigator.content.width() > bench.canvas.navigator.content.width()
    assert bench.drawing.display.text_scale == 1.0


def test_the_spotlight_goes_on_and_off_and_follows_steps(presented: PresenterWindow) -> None:
    bright = brightness(presented, QPoint(3, 3))
    press(presented, "S")
    assert presented.overlay.spotlight
    presented.overlay.shine_at(presented.canvas.mapToScene(QPoint(450, 260)))
    assert brightness(presented, QPoint(3, 3)) < bright / 2
    assert brightness(presented, QPoint(450, 300)) > bright / 2
    press(presented, "S")
    assert brightness(presented, QPoint(3, 3)) == bright
    assert not presented.overlay.spotlight


def test_the_pen_draws_and_strokes_are_wiped_away(presented: PresenterWindow) -> None:
    overlay = presented.overlay
    press(presented, "P")
    for start in (QPoint(100, 100), QPoint(200, 100)):
        QTest.mousePress(overlay, Qt.MouseButton.LeftButton, PLAIN, start)
        QTest.mouseMove(overlay, start + QPoint(30, 40))
        QTest.mouseRelease(overlay, Qt.MouseButton.LeftButton, PLAIN, start + QPoint(30, 40))
    assert overlay.strokes == 2
    press(presented, "Z")
    assert overlay.strokes == 1
    press(presented, "C")
    assert overlay.strokes == 0


def test_strokes_stay_where_they_were_drawn_when_the_view_moves(
    presented: PresenterWindow,
) -> None:
    overlay, canvas = presented.overlay, presented.canvas
    press(presented, "P")
    QTest.mouseClick(overlay, Qt.MouseButton.LeftButton, PLAIN, QPoint(300, 200))
    there = canvas.viewportTransform().inverted()[0].map(QPointF(300, 200))
    canvas.navigator.zoom_to(2.0)
    now = canvas.viewportTransform().map(there).toPoint()
    if overlay.rect().contains(now):
        colour = overlay.grab().toImage().pixelColor(now)
        assert colour.alpha() > 0
    assert overlay.strokes == 1


def test_the_menu_opens_it_at_the_first_step(bench: Workbench, qtbot: QtBot) -> None:
    bench.files.new()
    bench.document.load(graph_from_formula("f = x * y"), None)
    actions = ActionSet(bench, bench.window)
    actions.named("play.present").trigger()
    (window,) = bench.window.findChildren(PresenterWindow)
    assert bench.player.position == 0
    assert window.isFullScreen()
    assert shows_keys(window)
    press(window, "Esc")
    qtbot.waitUntil(lambda: not bench.window.findChildren(PresenterWindow))


def test_another_document_ends_it(presented: PresenterWindow, bench: Workbench) -> None:
    bench.document.load(graph_from_formula("g = exp(u)"), None)
    assert not presented.isVisible()
