"""The map in the corner: what it shows, and what it lets go."""

from __future__ import annotations

from weakref import ref

from PySide6.QtWidgets import QApplication

from tests.desktop.easel import Easel


def test_places_that_the_map_still_shows_take_no_memory_once_a_node_is_dragged(
    easel: Easel,
) -> None:
    easel.view.navigator.zoom_to(2.5)
    QApplication.processEvents()
    assert easel.view.minimap.isVisible()
    before = ref(easel.drawing.diagram.geometry)
    x, y = easel.body("q")
    easel.press((x, y))
    for step in (10, 20):
        easel.move((x + step, y))
    QApplication.processEvents()
    assert before() is None
