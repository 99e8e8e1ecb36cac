"""The graph: what it lists, in which order, and what it refuses."""

from __future__ import annotations

import pytest

from chainrule.errors import UnknownNodeError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from tests.helpers.random_graphs import build, leaf


def diamond() -> GateGraph:
    return build({"x": 1.0}, {"f": ("add", "a", "b"), "b": ("neg", "x"), "a": ("mul", "x", "x")})


def test_nodes_stand_in_the_order_of_their_places() -> None:
    graph = diamond()
    assert [node.id for node in graph] == ["x", "f", "b", "a"]
    node, row = graph.node("b"), graph.row("b")
    graph.remove(["b"])
    graph.insert([leaf("late", 1.0)])
    graph.insert([node], [row])
    assert [*graph.ids()] == ["x", "f", "b", "a", "late"]


def test_wires_are_listed_by_target_and_port() -> None:
    assert [*diamond().wires()] == [
        Wire("a", "f", 0),
        Wire("b", "f", 1),
        Wire("x", "b", 0),
        Wire("x", "a", 0),
        Wire("x", "a", 1),
    ]


def test_readers_are_listed_by_place_and_port() -> None:
    assert diamond().wires_from("x") == [Wire("x", "b", 0), Wire("x", "a", 0), Wire("x", "a", 1)]


def test_a_path_is_seen_and_a_node_reaches_itself() -> None:
    graph = diamond()
    assert graph.reaches("x", "f")
    assert graph.reaches("a", "a")
    assert not graph.reaches("f", "x")
    assert not graph.reaches("a", "b")


def test_connecting_a_taken_port_returns_the_source_before() -> None:
    graph = diamond()
    assert graph.connect(Wire("x", "f", 0)) == "a"
    assert graph.inputs("f") == ("x", "b")
    assert not graph.is_read("a")


def test_wires_go_with_a_node() -> None:
    graph = diamond()
    assert graph.remove(["a"]) == [Wire("x", "a", 0), Wire("x", "a", 1), Wire("a", "f", 0)]
    assert [*graph.wires()] == [Wire("b", "f", 1), Wire("x", "b", 0)]


def test_unknown_nodes_are_named() -> None:
    graph = diamond()
    for ask in (graph.node, graph.row, graph.inputs, graph.wires_into, graph.wires_from):
        with pytest.raises(UnknownNodeError, match="there is no node 'q' in this graph"):
            ask("q")
