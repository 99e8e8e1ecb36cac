"""The heat map: cells under the pointer, zooming around a place, and what it paints."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chainrule.arrays import Floats
from chainrule.diagram.shades import LIGHT_SHADES, codes_of
from chainrule_desktop.panels.tensors.heat_map import HeatMap
from chainrule_desktop.panels.tensors.look import coloured, look_for
from chainrule_desktop.panels.tensors.scene import Scene
from chainrule_desktop.panels.tensors.slicing import first_slice
from chainrule_desktop.theme import Theme


def heat_map(numbers: Floats, theme: Theme, qtbot: QtBot) -> HeatMap:
    look = look_for(theme.palette)
    largest = float(np.abs(numbers[np.isfinite(numbers)]).max(initial=0))
    scene = Scene("W", numbers, first_slice(numbers.shape), largest, 2, False, look, 0)
    made = HeatMap(scene, coloured(codes_of(numbers, largest), look))
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def test_a_click_chooses_the_cell_under_it(theme: Theme, qtbot: QtBot) -> None:
    made = heat_map(np.arange(12.0).reshape(3, 4), theme, qtbot)
    there = made.cell_rect(2, 1).center().toPoint()
    with qtbot.waitSignal(made.cell_chosen) as chosen:
        QTest.mousePress(made.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert chosen.args == [2, 1]
    assert made.accessibleDescription() == "W[2, 1] = 9"


def test_the_signs_have_their_colours(theme: Theme, qtbot: QtBot) -> None:
    made = heat_map(np.array([[-1.0, 0.0, 1.0]]), theme, qtbot)
    image = made.viewport().grab().toImage()
    seen = [
        image.pixelColor((made.cell_rect(0, at).topLeft() + QPointF(5, 5)).toPoint()).name()
        for at in range(3)
    ]
    wanted = [LIGHT_SHADES.lowest, LIGHT_SHADES.zero, LIGHT_SHADES.highest]
    assert seen == [QColor(each).name() for each in wanted]


def test_the_arrows_walk_and_stop_at_the_edge(theme: Theme, qtbot: QtBot) -> None:
    made = heat_map(np.zeros((2, 2)), theme, qtbot)
    heard: list[tuple[int, int]] = []
    made.cell_chosen.connect(lambda row, column: heard.append((row, column)))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(made, key)
    assert heard == [(0, 0), (1, 0), (1, 1)]


def test_zooming_keeps_the_cell_under_the_pointer(theme: Theme, qtbot: QtBot) -> None:
    made = heat_map(np.zeros((200, 300)), theme, qtbot)
    place = QPointF(250, 200)
    # Until it fills the view there is nothing to scroll.
    for _ in range(4):
        made.zoom_by(1.25)
    before = made.cell_at(place)
    for _ in range(8):
        made.zoom_by(1.25, place)
    after = made.cell_at(place)
    assert before is not None
    assert after is not None
    assert abs(before[0] - after[0]) <= 1
    assert abs(before[1] - after[1]) <= 1
    assert made.cell_size().width() > 10
    QTest.keyClick(made, Qt.Key.Key_0)
    assert made.horizontalScrollBar().maximum() == 0


def test_a_chosen_cell_is_scrolled_into_sight(theme: Theme, qtbot: QtBot) -> None:
    made = heat_map(np.zeros((200, 300)), theme, qtbot)
    for _ in range(14):
        made.zoom_by(1.25)
    made.choose(199, 299)
    assert made.viewport().rect().contains(made.cell_rect(199, 299).center().toPoint())


def test_beside_the_cells_there_is_none(theme: Theme, qtbot: QtBot) -> None:
    made = heat_map(np.zeros((2, 2)), theme, qtbot)
    assert made.cell_at(QPointF(1, 1)) is None
    assert made.cell_at(QPointF(390, 290)) is None


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 3)])
def test_every_shape_fits(theme: Theme, qtbot: QtBot, shape: tuple[int, int]) -> None:
    made = heat_map(np.full(shape, np.nan), theme, qtbot)
    last = made.cell_rect(shape[0] - 1, shape[1] - 1)
    assert made.viewport().rect().contains(last.toRect())
