"""Only what changed is painted anew, and the window then looks as if all were."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from chainrule.graph.node import Wire
from tests.desktop.easel import Easel, hover, middle_of_wire

Step = Callable[[Easel], None]

# Each step is a change of marks or places; steps in a row are painted one by one.
CHANGES: dict[str, list[Step]] = {
    "hover": [
        lambda easel: hover(easel, easel.body("q")),
        lambda easel: hover(easel, middle_of_wire(easel, Wire("z", "f", 1))),
        lambda easel: hover(easel, easel.body("x")),
    ],
    "selection": [
        lambda easel: easel.selection.set(("q",), (Wire("z", "f", 1),)),
        lambda easel: easel.selection.set(("x", "f")),
        lambda easel: easel.selection.clear(),
    ],
    "band": [
        lambda easel: easel.drag_to((-60, -60), (20, 110)),
        lambda easel: easel.move((300, 240)),
        lambda easel: easel.move((-20, -20)),
        lambda easel: easel.release((-20, -20)),
    ],
    "drag": [
        lambda easel: easel.drag_to(easel.body("q"), (250, 90)),
        lambda easel: easel.move((120, 200)),
        lambda easel: easel.release((120, 200)),
        lambda easel: easel.document.history.undo(),
    ],
    "wire": [
        lambda easel: easel.drag_to(easel.output("x"), (300, 300)),
        lambda easel: easel.move(easel.port("f", 1)),
        lambda easel: easel.release(easel.port("f", 1)),
    ],
    "far": [
        lambda easel: easel.view.setTransform(easel.view.transform().scale(0.15, 0.15)),
        lambda easel: easel.selection.set(("q", "x")),
        lambda easel: hover(easel, easel.body("f")),
        lambda easel: easel.selection.clear(),
    ],
}


class Strips(QObject):
    """Notes how large the strips are that are painted anew."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[QRect] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False


def on_screen(easel: Easel) -> QImage:
    """Return what the window shows now, without painting it again."""
    return easel.view.screen().grabWindow(easel.view.winId()).toImage()


@pytest.mark.parametrize("change", CHANGES)
def test_the_window_looks_as_if_all_were_painted(easel: Easel, change: str) -> None:
    QApplication.processEvents()
    for step in CHANGES[change]:
        step(easel)
        QApplication.processEvents()
        shown = on_screen(easel)
        easel.view.viewport().update()
        QApplication.processEvents()
        assert shown == on_screen(easel)


@pytest.mark.parametrize("change", ["hover", "selection", "drag"])
def test_a_small_change_paints_a_part_of_the_window(easel: Easel, change: str) -> None:
    # A new window is painted as a whole once more.
    hover(easel, easel.body("z"))
    QApplication.processEvents()
    strips = Strips()
    easel.view.viewport().installEventFilter(strips)
    CHANGES[change][0](easel)
    QApplication.processEvents()
    whole = easel.view.viewport().rect()
    assert strips.areas
    assert all(
        area.width() * area.height() < 0.6 * whole.width() * whole.height() for area in strips.areas
    )
