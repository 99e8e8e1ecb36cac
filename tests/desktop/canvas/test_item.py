"""The canvas is painted in the theme's colours, and marks are seen from near and far."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.graph.node import Wire
from chainrule_desktop.canvas.item import DiagramItem
from chainrule_desktop.theme import Theme, ThemeMode
from tests.desktop.easel import Easel, colours_around

EMPTY = (300.0, 330.0)


def test_another_theme_is_painted_at_once(easel: Easel, theme: Theme) -> None:
    light = colours_around(easel, EMPTY, 3)
    theme.set_mode(ThemeMode.DARK)
    dark = colours_around(easel, EMPTY, 3)
    assert theme.palette.canvas in dark
    assert light.isdisjoint(dark)


def test_the_grid_can_be_hidden(easel: Easel, theme: Theme) -> None:
    assert theme.palette.grid in colours_around(easel, EMPTY, 30)
    easel.view.set_grid_visible(False)
    assert colours_around(easel, EMPTY, 30) == {theme.palette.canvas}


def test_a_selected_node_is_seen_from_far_away(easel: Easel, theme: Theme) -> None:
    easel.editor.add("exp", (9000, 9000))
    easel.selection.set(("q",))
    easel.view.navigator.zoom_to_fit()
    assert easel.view.navigator.scale < 0.22
    assert theme.palette.accent in colours_around(easel, easel.body("q"), 4)


def test_a_gate_with_an_open_port_is_marked_near_and_far(easel: Easel, theme: Theme) -> None:
    easel.editor.disconnect(Wire("z", "f", 1))
    assert theme.palette.problem in colours_around(easel, easel.body("f"), 30)
    easel.editor.add("input", (9000, 9000))
    easel.view.navigator.zoom_to_fit()
    assert theme.palette.problem in colours_around(easel, easel.body("f"), 4)


def test_an_error_while_painting_is_told_and_leaves_the_program_alive(
    easel: Easel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("in a painter")

    told: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: told.append(error))
    monkeypatch.setattr("chainrule_desktop.canvas.item.paint_names", fail)
    easel.view.viewport().repaint()
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "in a painter"
    monkeypatch.undo()
    easel.view.viewport().repaint()


def test_other_numbers_paint_nothing_anew_where_none_can_be_read(
    easel: Easel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[object] = []
    usual = DiagramItem.update

    def note(item: DiagramItem, *area: Any) -> None:
        painted.append(item)
        usual(item, *area)

    easel.editor.add("exp", (9000, 9000))
    easel.view.navigator.zoom_to_fit()
    monkeypatch.setattr(DiagramItem, "update", note)
    easel.editor.set_value("x", np.float64(8.0))
    assert painted == []
    easel.view.navigator.zoom_to(1.0)
    easel.editor.set_value("x", np.float64(9.0))
    assert painted
