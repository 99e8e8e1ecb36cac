"""A window opens within its screen, frame included."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.theme.fitting import ScreenFit, fitted

ROOM = QRect(0, 24, 1280, 696)


@pytest.mark.parametrize(
    ("frame", "inner", "size", "corner"),
    [
        (QRect(100, 50, 804, 629), QSize(800, 600), QSize(800, 600), QPoint(100, 50)),
        (QRect(0, 24, 1284, 829), QSize(1280, 800), QSize(1276, 667), QPoint(0, 24)),
        (QRect(900, 500, 804, 629), QSize(800, 600), QSize(800, 600), QPoint(476, 91)),
        (QRect(-50, 0, 804, 629), QSize(800, 600), QSize(800, 600), QPoint(0, 24)),
    ],
    ids=["inside", "too large", "beyond the corner", "above the screen"],
)
def test_a_window_is_made_to_fit_with_its_frame(
    frame: QRect, inner: QSize, size: QSize, corner: QPoint
) -> None:
    assert fitted(frame, inner, ROOM) == (size, corner)


def test_a_window_larger_than_the_screen_opens_within_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    window = QWidget()
    qtbot.addWidget(window)
    ScreenFit(window)
    window.resize(3000, 2000)
    window.show()
    room = window.screen().availableGeometry()
    qtbot.waitUntil(lambda: room.contains(window.frameGeometry()))
