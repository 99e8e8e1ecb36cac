"""Finding a node goes from one to the next that is called so, and says which of how many it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from chainrule.graph.edits import SetLabel
from tests.desktop.easel import SHIFT, Easel, easel, theme
from tests.desktop.searching import Searcher, open_searches

__all__ = ["easel", "theme"]


@pytest.fixture
def hand(easel: Easel) -> Searcher:
    easel.view.finding.open()
    return Searcher(easel.view.window())


def is_in_the_middle(easel: Easel, node: str) -> bool:
    middle = QPointF(easel.view.viewport().rect().center())
    away = QPointF(easel.pixel(easel.body(node))) - middle
    return away.manhattanLength() < 80


def test_all_nodes_are_listed_at_first(hand: Searcher) -> None:
    assert hand.titles == ["x", "y", "z", "q", "f"]
    assert hand.count == "1 of 5"


def test_nodes_are_found_by_their_gate(hand: Searcher) -> None:
    assert hand.type("mul").titles == ["f"]


def test_nodes_are_found_by_their_label(easel: Easel) -> None:
    easel.document.apply(SetLabel("q", "the sum"), "Label q")
    easel.view.finding.open()
    hand = Searcher(easel.view.window()).type("sum")
    assert hand.titles == ["q"]
    assert hand.rows[0].beside == "“the sum”, add"


def test_nothing_found_is_said(hand: Searcher) -> None:
    hand.type("nowhere")
    assert hand.count == "none"
    assert hand.note == "No node is called so, and none is such a gate."


def test_enter_goes_there_and_stays_open(easel: Easel, hand: Searcher) -> None:
    hand.type("mul").enter()
    assert easel.selection.single == "f"
    assert is_in_the_middle(easel, "f")
    assert hand.popup.isVisible()


def test_enter_again_goes_to_the_next_in_a_circle(easel: Easel, hand: Searcher) -> None:
    hand.type("input")
    went = []
    for _ in range(4):
        hand.enter()
        went.append(easel.selection.single)
    assert went == ["x", "y", "z", "x"]


def test_shift_enter_goes_to_the_one_before(easel: Easel, hand: Searcher) -> None:
    hand.type("input").key(Qt.Key.Key_Return, SHIFT)
    assert easel.selection.single == "z"
    assert hand.count == "3 of 3"


def test_down_goes_to_the_next(easel: Easel, hand: Searcher) -> None:
    hand.key(Qt.Key.Key_Down)
    assert easel.selection.single == "y"


def test_from_far_the_view_comes_near_enough_to_read(easel: Easel, hand: Searcher) -> None:
    easel.view.navigator.zoom_by(0.1)
    hand.type("mul").enter()
    assert easel.view.navigator.scale == pytest.approx(0.6)


def test_escape_closes_and_leaves_the_node_selected(easel: Easel, hand: Searcher) -> None:
    hand.type("mul").enter()
    hand.key(Qt.Key.Key_Escape)
    assert not open_searches(easel.view.window())
    assert easel.selection.single == "f"


def test_nodes_added_meanwhile_are_found(easel: Easel) -> None:
    easel.view.finding.open()
    easel.editor.add("tanh", (0, 400))
    easel.view.finding.open()
    assert len(Searcher(easel.view.window()).type("tanh").titles) == 1


@pytest.mark.parametrize("width", [800, 420, 300])
def test_the_search_stays_within_the_canvas(easel: Easel, width: int) -> None:
    easel.view.resize(width, 600)
    easel.view.finding.open()
    (popup,) = open_searches(easel.view.window())
    viewport = easel.view.viewport()
    corner = viewport.mapFromGlobal(popup.mapToGlobal(QPoint()))
    assert corner.x() >= 0
    assert corner.x() + popup.width() <= viewport.width()
    popup.end()
