"""The sign beside the pointer is as large as its sentence needs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.canvas.bubble import Bubble


@pytest.fixture
def bubble(qtbot: QtBot) -> Bubble:
    around = QWidget()
    around.resize(QSize(800, 600))
    qtbot.addWidget(around)
    around.setStyleSheet("QLabel[part=sign] { padding: 9px; border: 1px solid; }")
    around.show()
    return Bubble(around)


def test_a_short_sentence_stands_on_one_line(bubble: Bubble) -> None:
    bubble.say("Wires x to input 1 of b.", QPoint(100, 100))
    one_line = bubble.height()
    bubble.say("x", QPoint(100, 100))
    assert bubble.height() == one_line


def test_a_long_sentence_is_broken_into_lines(bubble: Bubble) -> None:
    bubble.say("x", QPoint(100, 100))
    one_line = bubble.height()
    bubble.say("A wire from c to b would close a cycle. " * 3, QPoint(100, 100))
    assert bubble.height() > one_line
    assert bubble.width() <= 440


def test_the_sign_stays_inside_of_its_parent(bubble: Bubble) -> None:
    bubble.say("Wires x to input 1 of b.", QPoint(795, 595))
    assert QRect(0, 0, 800, 600).contains(bubble.geometry())
