"""Reroute points belong to one wire: they move with it, and go when it goes."""

from __future__ import annotations

import pytest

from chainrule.errors import PortError
from chainrule.graph.edits import (
    AddNodes,
    Connect,
    Disconnect,
    MoveNodes,
    RemoveNodes,
    Rename,
    SetRoutes,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, Wire
from chainrule.graph.routes import route_of
from chainrule.graph.selection import merge, subgraph
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import build, kind_of

POINTS = ((10.0, 20.0), (30.0, 20.0))


def routed() -> GateGraph:
    """Return x, y → q with points on the wire from y, all nodes placed."""
    graph = build({"x": 1.0, "y": 2.0}, {"q": ("add", "x", "y")})
    MoveNodes({"x": (0.0, 0.0), "y": (0.0, 50.0), "q": (100.0, 0.0)}).apply(graph)
    SetRoutes({("q", 1): POINTS}).apply(graph)
    return graph


def test_a_wire_keeps_its_points() -> None:
    assert route_of(routed(), "q", 1) == POINTS
    assert route_of(routed(), "q", 0) == ()


def test_a_port_without_a_wire_takes_no_points() -> None:
    graph = routed()
    with pytest.raises(PortError, match="no wire leads to port 5 of 'q'"):
        SetRoutes({("q", 0): POINTS, ("q", 5): POINTS}).apply(graph)
    assert route_of(graph, "q", 0) == ()


def test_a_wire_that_is_taken_off_loses_its_points_until_that_is_undone() -> None:
    graph = routed()
    inverse = Disconnect("q", 1).apply(graph)
    assert route_of(graph, "q", 1) == ()
    inverse.apply(graph)
    assert route_of(graph, "q", 1) == POINTS


def test_another_wire_into_the_port_does_not_inherit_points() -> None:
    graph = routed()
    inverse = Connect(Wire("x", "q", 1)).apply(graph)
    assert route_of(graph, "q", 1) == ()
    inverse.apply(graph)
    assert route_of(graph, "q", 1) == POINTS


def test_the_same_wire_again_keeps_its_points() -> None:
    graph = routed()
    Connect(Wire("y", "q", 1)).apply(graph)
    assert route_of(graph, "q", 1) == POINTS


def test_points_go_with_the_source_and_come_back_with_it() -> None:
    graph = routed()
    before = described(graph)
    inverse = RemoveNodes(("y",)).apply(graph)
    assert route_of(graph, "q", 1) == ()
    inverse.apply(graph)
    assert described(graph) == before


def test_a_gate_put_onto_a_wire_takes_its_points_away() -> None:
    graph = routed()
    wires = (Wire("y", "n", 0), Wire("n", "q", 1))
    inverse = AddNodes((Node("n", kind_of("neg"), 1),), wires).apply(graph)
    assert route_of(graph, "q", 1) == ()
    inverse.apply(graph)
    assert route_of(graph, "q", 1) == POINTS


def test_points_of_new_nodes_survive_undoing_and_doing_again() -> None:
    graph = routed()
    new = Node("n", kind_of("neg"), 1, routes={0: POINTS})
    wires = (Wire("x", "q", 1), Wire("y", "n", 0))
    undone = AddNodes((new,), wires).apply(graph).apply(graph)
    undone.apply(graph)
    assert route_of(graph, "n", 0) == POINTS


def test_points_move_with_both_ends_of_their_wire() -> None:
    graph = routed()
    inverse = MoveNodes({"y": (5.0, 57.0), "q": (105.0, 7.0)}).apply(graph)
    assert route_of(graph, "q", 1) == ((15.0, 27.0), (35.0, 27.0))
    inverse.apply(graph)
    assert route_of(graph, "q", 1) == POINTS


def test_points_stay_where_one_end_moves() -> None:
    graph = routed()
    MoveNodes({"q": (500.0, 7.0), "x": (1.0, 1.0)}).apply(graph)
    assert route_of(graph, "q", 1) == POINTS


def test_points_go_along_with_the_nearer_end_where_the_ends_move_apart() -> None:
    graph = routed()
    MoveNodes({"y": (0.0, 50.0), "q": (130.0, 0.0)}).apply(graph)
    assert route_of(graph, "q", 1) == ((20.0, 20.0), (50.0, 20.0))


def test_points_survive_another_name() -> None:
    graph = routed()
    Rename("y", "why").apply(graph)
    Rename("q", "sum_").apply(graph)
    assert route_of(graph, "sum_", 1) == POINTS


def test_a_part_keeps_the_points_of_its_own_wires_only() -> None:
    assert route_of(subgraph(routed(), ("y", "q")), "q", 1) == POINTS
    assert route_of(subgraph(routed(), ("x", "q")), "q", 1) == ()


def test_points_of_a_copy_stand_as_far_off_as_its_nodes() -> None:
    graph = routed()
    edit, _ = merge(graph, routed(), (40.0, 40.0))
    edit.apply(graph)
    assert route_of(graph, "q2", 1) == ((50.0, 60.0), (70.0, 60.0))
