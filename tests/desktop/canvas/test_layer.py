"""While numbers change, what stays is shown from a picture, and looks as if it were painted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chainrule.diagram.bodies import Indices
from chainrule.diagram.diagram import Diagram
from chainrule.graph.node import Wire
from chainrule_desktop.canvas import item
from chainrule_desktop.canvas.layer import StillLayer
from chainrule_desktop.document.values import parse_value
from chainrule_desktop.theme import Theme, ThemeMode
from tests.desktop.easel import Easel


def on_screen(easel: Easel) -> QImage:
    QApplication.processEvents()
    return easel.view.screen().grabWindow(easel.view.winId()).toImage()


def painted_anew(easel: Easel) -> QImage:
    """Return what the window shows after everything was painted without the picture."""
    easel.selection.set(("x",))
    easel.selection.clear()
    return on_screen(easel)


def difference(first: QImage, second: QImage) -> int:
    """Return the largest difference of a colour between two pictures."""
    rows = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
        for image in (first, second)
    ]
    return int(np.abs(rows[0].astype(int) - rows[1].astype(int)).max())


def turn(easel: Easel, *values: str) -> None:
    for value in values:
        easel.editor.set_value("x", parse_value(value), merge="turn")
        QApplication.processEvents()


def test_new_numbers_look_as_if_all_were_painted(easel: Easel) -> None:
    turn(easel, "7", "8", "9")
    # Laying half-transparent edges over the ground rounds once more.
    assert difference(on_screen(easel), painted_anew(easel)) <= 3


def test_a_row_of_new_numbers_paints_the_wires_once(
    easel: Easel, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    paint_wires = item.paint_wires

    def note(*arguments: object, **options: object) -> None:
        painted.append(1)
        paint_wires(*arguments, **options)  # pyright: ignore[reportArgumentType]  handed on

    QApplication.processEvents()
    monkeypatch.setattr(item, "paint_wires", note)
    turn(easel, "7", "8", "9", "10")
    assert len(painted) == 1


def test_panning_after_new_numbers_paints_a_strip(
    easel: Easel, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(easel, "7", "8")
    widths: list[float] = []
    visible_nodes = item.visible_nodes

    def note(diagram: Diagram, area: QRectF) -> Indices:
        widths.append(area.width())
        return visible_nodes(diagram, area)

    monkeypatch.setattr(item, "visible_nodes", note)
    bar = easel.view.horizontalScrollBar()
    bar.setValue(bar.value() + 16)
    QApplication.processEvents()
    assert widths
    assert max(widths) < 30


CHANGES = {
    "zoom": lambda easel: easel.view.navigator.zoom_in(),
    "pan": lambda easel: easel.view.horizontalScrollBar().setValue(
        easel.view.horizontalScrollBar().value() + 33
    ),
    "selection": lambda easel: easel.selection.set(("q",)),
    "move": lambda easel: easel.editor.move({"q": (250, 90)}),
    "wire": lambda easel: easel.editor.disconnect(Wire("z", "f", 1)),
    "size": lambda easel: easel.view.resize(700, 500),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_picture_holds_no_longer_than_what_it_shows(easel: Easel, change: str) -> None:
    turn(easel, "7", "8")
    CHANGES[change](easel)
    turn(easel, "9", "10")
    shown, selected = on_screen(easel), easel.selection.nodes
    easel.selection.set(("x",))
    easel.selection.set(selected)
    assert difference(shown, on_screen(easel)) <= 3


def test_another_theme_is_not_painted_from_the_old_picture(easel: Easel, theme: Theme) -> None:
    turn(easel, "7", "8")
    theme.set_mode(ThemeMode.DARK)
    turn(easel, "9")
    assert difference(on_screen(easel), painted_anew(easel)) <= 3


@pytest.mark.parametrize(("shown", "times"), [("the same", 1), ("something else", 2)])
def test_the_picture_is_kept_only_until_something_else_is_shown(
    qtbot: QtBot, shown: str, times: int
) -> None:
    viewport, layer, painted = QWidget(), StillLayer(), list[QRectF]()
    qtbot.addWidget(viewport)
    canvas = QPixmap(50, 50)
    painter = QPainter(canvas)
    for _ in range(2):
        layer.paint(painter, viewport, ("the same",), lambda _, area: painted.append(area))
        layer.forget_unless(painter, (shown,))
    painter.end()
    assert len(painted) == times
