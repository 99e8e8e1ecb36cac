"""Nodes glide where a tidy or an undo puts them; drags, small moves and other graphs do not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from chainrule.expression.formula import graph_from_formula
from chainrule.graph.edits import MoveNodes, RemoveNodes
from chainrule_desktop.canvas.item import DiagramItem
from chainrule_desktop.theme import MotionMode
from tests.desktop.easel import Easel


@pytest.fixture
def moving(easel: Easel) -> Easel:
    """The canvas with motion, whatever the system says."""
    easel.view.motion.mode = MotionMode.ALWAYS
    return easel


def shown(easel: Easel, node: str) -> tuple[float, float]:
    """Return where a node is painted now."""
    (item,) = [each for each in easel.view.scene().items() if isinstance(each, DiagramItem)]
    diagram = item.diagram
    x, y = diagram.geometry.centers[diagram.parts.index[node]].tolist()
    return x, y


def test_a_far_move_begins_where_the_node_was_and_ends_where_it_is(moving: Easel) -> None:
    moving.document.apply(MoveNodes({"q": (400.0, 300.0)}), "Move q")
    assert moving.view.motion.goes_on
    assert shown(moving, "q") == (220.0, 50.0)
    moving.view.motion.finish()
    assert shown(moving, "q") == (400.0, 300.0)
    assert not moving.view.motion.goes_on


def test_an_undo_glides_back_from_where_the_node_is_shown(moving: Easel) -> None:
    moving.document.apply(MoveNodes({"q": (400.0, 300.0)}), "Move q")
    moving.view.motion.finish()
    moving.document.history.undo()
    assert shown(moving, "q") == (400.0, 300.0)
    moving.view.motion.finish()
    assert shown(moving, "q") == (220.0, 50.0)


def test_what_is_edited_meanwhile_is_shown_in_the_end(moving: Easel) -> None:
    moving.document.apply(MoveNodes({"q": (400.0, 300.0)}), "Move q")
    moving.document.apply(RemoveNodes(("q",)), "Delete q")
    moving.view.motion.finish()
    (item,) = [each for each in moving.view.scene().items() if isinstance(each, DiagramItem)]
    assert item.diagram is moving.drawing.diagram


def test_drags_and_small_moves_are_seen_at_once(moving: Easel) -> None:
    moving.editor.move({"q": (226.0, 50.0)})
    assert shown(moving, "q") == (226.0, 50.0)
    moving.drag_to(moving.body("q"), (400.0, 200.0))
    assert shown(moving, "q") == (400.0, 200.0)
    assert not moving.view.motion.goes_on


def test_another_graph_is_shown_at_once(moving: Easel) -> None:
    graph = graph_from_formula("q = x * y")
    MoveNodes({"q": (900.0, 900.0), "x": (0.0, 0.0), "y": (0.0, 90.0)}).apply(graph)
    moving.document.load(graph, None)
    assert shown(moving, "q") == (900.0, 900.0)


def test_without_motion_everything_is_there_at_once(easel: Easel) -> None:
    easel.document.apply(MoveNodes({"q": (400.0, 300.0)}), "Move q")
    assert shown(easel, "q") == (400.0, 300.0)
    easel.view.motion.fit()
    assert not easel.view.motion.goes_on


def test_the_view_glides_to_all_of_the_graph(moving: Easel) -> None:
    moving.document.apply(MoveNodes({"q": (4_000.0, 300.0)}), "Move q")
    moving.view.motion.fit()
    before = moving.view.navigator.scale
    moving.view.motion.finish()
    QApplication.processEvents()
    after = moving.view.navigator.scale
    assert after < before
    moving.view.navigator.zoom_to_fit()
    assert moving.view.navigator.scale == after


def test_a_tidied_graph_is_shown_whole_where_it_was_shown_whole(moving: Easel) -> None:
    navigator = moving.view.navigator
    moving.view.motion.fit()
    moving.view.motion.finish()
    assert not navigator.shown.contains(4000.0, 300.0)
    moving.document.apply(MoveNodes({"f": (4000.0, 300.0)}), "Tidy")
    moving.view.motion.follow_tidy()
    moving.view.motion.finish()
    assert navigator.shown.contains(4000.0, 300.0)
    assert navigator.shown.contains(0.0, 0.0)


def test_a_tidied_graph_leaves_the_view_alone_that_shows_a_part_of_it(moving: Easel) -> None:
    navigator = moving.view.navigator
    navigator.zoom_by(2.0)
    before = navigator.shown
    moving.document.apply(MoveNodes({"f": (4000.0, 300.0)}), "Tidy")
    moving.view.motion.follow_tidy()
    moving.view.motion.finish()
    assert navigator.shown == before
