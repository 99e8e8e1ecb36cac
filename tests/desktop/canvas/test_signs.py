"""Signs stand beside the pointer, one line high, and off the gates."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.canvas.bubble import Bubble
from chainrule_desktop.canvas.signs import clear_place
from chainrule_desktop.theme import Theme
from tests.desktop.easel import Easel, hover

ROOM = QRect(0, 0, 800, 600)
SIZE = QSize(240, 26)
GATE = QRectF(300, 200, 60, 60)


@pytest.mark.parametrize("pointer", [QPoint(305, 230), QPoint(330, 201), QPoint(355, 255)])
def test_a_sign_covers_no_gate_and_not_the_pointer(pointer: QPoint) -> None:
    beside = QRectF(300, 290, 60, 60)
    box = QRect(clear_place(pointer, SIZE, ROOM, [GATE, beside]), SIZE)
    assert not QRectF(box).intersects(GATE)
    assert not QRectF(box).intersects(beside)
    assert not box.contains(pointer)


@pytest.mark.parametrize(
    "pointer", [QPoint(2, 2), QPoint(798, 2), QPoint(2, 598), QPoint(798, 598)]
)
def test_a_sign_stays_in_its_room(pointer: QPoint) -> None:
    box = QRect(clear_place(pointer, SIZE, ROOM, []), SIZE)
    assert ROOM.contains(box)
    assert not box.contains(pointer)


def test_among_gates_everywhere_it_is_where_it_usually_is() -> None:
    pointer = QPoint(400, 300)
    usual = clear_place(pointer, SIZE, ROOM, [])
    assert clear_place(pointer, SIZE, ROOM, [QRectF(ROOM)]) == usual


def test_a_sign_of_one_line_is_26_pixels_high(theme: Theme, qtbot: QtBot) -> None:
    around = QWidget()
    around.resize(800, 600)
    qtbot.addWidget(around)
    around.show()
    bubble = Bubble(around)
    bubble.say("Wires c to input 3 of d.", QPoint(100, 100))
    assert abs(bubble.height() - 26) <= 1


def test_the_sign_of_a_wire_is_clear_of_the_gate_that_it_leads_to(easel: Easel) -> None:
    x, y = easel.body("f")
    easel.drag_to(easel.output("x"), (x - 8, y))
    (bubble,) = [each for each in easel.view.viewport().findChildren(Bubble) if each.isVisible()]
    corner = easel.pixel((x - 20, y - 20))
    assert not bubble.geometry().intersects(QRect(corner, QSize(40, 40)))
    easel.release((x - 8, y))
    hover(easel, (0.0, 330.0))
