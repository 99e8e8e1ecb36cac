"""Tidy Layout is one undo step, and never moves nodes of a graph that has changed meanwhile."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.expression.formula import graph_from_formula
from chainrule.graph.edits import MoveNodes, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.layout import JOB_SIZE
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.tidying import Tidying

PATIENCE = 30_000


def chain(length: int) -> GateGraph:
    """Return x + x + … with so many sums, all at one place."""
    graph = graph_from_formula(" + ".join(["x"] * (length + 1)))
    MoveNodes(dict.fromkeys(graph.ids(), (0.0, 0.0))).apply(graph)
    return graph


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document()


def places(document: Document) -> set[tuple[float, float] | None]:
    return {node.position for node in document.graph}


def test_a_small_graph_is_tidied_at_once_as_one_step(document: Document) -> None:
    document.load(chain(10), None)
    Tidying(document).tidy()
    assert len(places(document)) == len(document.graph)
    assert document.history.count() == 1
    document.history.undo()
    assert places(document) == {(0.0, 0.0)}


def test_a_tidy_graph_is_not_changed_again(document: Document) -> None:
    document.load(graph_from_formula("x * y"), None)
    tidying = Tidying(document)
    tidying.tidy()
    count = document.history.count()
    tidying.tidy()
    assert document.history.count() == count


def test_an_empty_graph_is_left_alone(document: Document) -> None:
    Tidying(document).tidy()
    assert not document.is_modified


def test_a_large_graph_is_tidied_in_the_background(qtbot: QtBot, document: Document) -> None:
    document.load(chain(JOB_SIZE + 1), None)
    tidying = Tidying(document)
    with qtbot.waitSignals([tidying.started, tidying.placed, tidying.ended], timeout=PATIENCE):
        tidying.tidy()
        assert tidying.is_running
    assert not tidying.is_running
    assert len(places(document)) == len(document.graph)
    assert document.history.undoText() == "Tidy layout"


def test_an_edit_of_the_places_drops_the_result(qtbot: QtBot, document: Document) -> None:
    document.load(chain(JOB_SIZE + 1), None)
    tidying = Tidying(document)
    tidying.tidy()
    with qtbot.waitSignal(tidying.ended, timeout=PATIENCE):
        document.apply(MoveNodes({"x": (5.0, 5.0)}), "Move x")
    assert places(document) == {(0.0, 0.0), (5.0, 5.0)}


def test_a_new_value_does_not_stop_the_layout(document: Document) -> None:
    document.load(chain(JOB_SIZE + 1), None)
    tidying = Tidying(document)
    tidying.tidy()
    document.apply(SetValue("x", np.float64(3.0)), "Set x")
    assert tidying.is_running
    tidying.cancel()


def test_a_cancelled_layout_moves_nothing(qtbot: QtBot, document: Document) -> None:
    document.load(chain(JOB_SIZE + 1), None)
    tidying = Tidying(document)
    tidying.tidy()
    with qtbot.waitSignal(tidying.ended, timeout=PATIENCE):
        tidying.cancel()
    assert places(document) == {(0.0, 0.0)}


def test_tidying_what_was_just_read_is_no_edit(qtbot: QtBot, document: Document) -> None:
    document.load(chain(JOB_SIZE + 1), None)
    tidying = Tidying(document)
    with qtbot.waitSignal(tidying.placed, timeout=PATIENCE):
        tidying.tidy_fresh()
    assert len(places(document)) == len(document.graph)
    assert not document.is_modified
    assert not document.history.canUndo()


def test_an_arrangement_by_hand_is_kept_where_it_is_tidy(document: Document) -> None:
    document.load(graph_from_formula("(x + y) * z + w"), None)
    tidying = Tidying(document)
    tidying.tidy()
    before = {node.id: node.position for node in document.graph}
    away = {each: (x + 500.0, y - 70.0) for each, (x, y) in placed(before).items()}
    document.apply(MoveNodes(away), "Move all")
    tidying.tidy()
    assert {node.id: node.position for node in document.graph} == away


def test_a_selection_is_tidied_among_itself_as_one_step(document: Document) -> None:
    document.load(graph_from_formula("(x + y) * z"), None)
    Tidying(document).tidy()
    tidy = {node.id: node.position for node in document.graph}
    document.apply(MoveNodes({"x": (40.0, 300.0), "y": (-30.0, 350.0)}), "Move")
    count = document.history.count()
    Tidying(document).tidy_some(("x", "y"))
    now = {node.id: node.position for node in document.graph}
    assert document.history.count() == count + 1
    assert document.history.undoText() == "Tidy selection"
    assert {each for each in now if now[each] != tidy[each]} == {"x", "y"}
    (x1, y1), (x2, y2) = placed(now)["x"], placed(now)["y"]
    assert x1 == x2
    assert ((x1 + x2) / 2, (y1 + y2) / 2) == pytest.approx((5, 325), abs=1)


def placed(places: dict[str, tuple[float, float] | None]) -> dict[str, tuple[float, float]]:
    return {each: place for each, place in places.items() if place is not None}
