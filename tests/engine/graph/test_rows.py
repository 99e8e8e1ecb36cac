"""The graph as arrays: the same as the graph that people read, after any history of edits."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import CycleError, GraphError
from chainrule.graph import graph as graph_module
from chainrule.graph.edits import AddNodes, Batch, Connect, Edit, RemoveNodes, Rename, SetKind
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import unread_nodes
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import build, edits, kind_of, leaf, runnable_graphs


def assert_rows_agree(graph: GateGraph) -> None:
    """Compare the rows of `graph` with what its public reading methods say."""
    rows, nodes = graph.rows, [*graph]
    live = np.flatnonzero(rows.codes >= 0).tolist()
    assert live == [graph.row(node.id) for node in nodes]
    assert [node for node in rows.nodes if node is not None] == nodes
    sources = np.full(rows.wire_count, -1)
    owned: list[int] = []
    for row, node in zip(live, nodes, strict=True):
        assert repr(rows.kinds[rows.codes[row]]) == repr(node.kind)
        assert rows.ports[row] == node.ports
        assert rows.wired[row] == len(graph.wires_into(node.id))
        owned.extend(range(rows.first[row], rows.first[row] + node.ports))
        for wire in graph.wires_into(node.id):
            sources[graph.wire_number(wire)] = graph.row(wire.source)
            assert rows.first[row] + wire.port == graph.wire_number(wire)
    assert len(set(owned)) == len(owned)
    assert rows.sources.tolist() == sources.tolist()


def assert_order_and_readers_agree(graph: GateGraph) -> None:
    order, wires = graph.rows.order, [*graph.wires()]
    assert all(order[graph.row(wire.source)] < order[graph.row(wire.target)] for wire in wires)
    unread = [each for each in graph.ids() if not graph.is_read(each)]
    assert unread_nodes(graph) == unread
    assert graph.rows.readers.only_unread == (graph.row(unread[0]) if len(unread) == 1 else None)
    assert sorted(wire for each in graph.ids() for wire in graph.wires_from(each)) == sorted(wires)


def closes_a_cycle(graph: GateGraph, edit: Edit) -> bool:
    """Say whether the wires of `edit`, all made, give the graph a cycle, according to networkx."""
    network = nx.DiGraph([(wire.source, wire.target) for wire in graph.wires()])
    added = (edit.wire,) if isinstance(edit, Connect) else getattr(edit, "wires", ())
    network.add_edges_from((wire.source, wire.target) for wire in added)
    return not nx.is_directed_acyclic_graph(network)


@pytest.mark.parametrize("many", [1, 64])
@given(data=st.data())
def test_rows_agree_with_the_graph_after_any_history(many: int, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph_module, "MANY", many)
        graph = data.draw(runnable_graphs())
        before, places = described(graph), {each: graph.row(each) for each in graph.ids()}
        inverses: list[Edit] = []
        for _ in range(data.draw(st.integers(1, 8))):
            if len(graph) == 0 or (inverses and data.draw(st.booleans())):
                inverses.pop().apply(graph)
            else:
                apply_or_refuse(graph, data.draw(edits(graph)), inverses)
            assert_rows_agree(graph)
            assert_order_and_readers_agree(graph)
        while inverses:
            inverses.pop().apply(graph)
        assert_rows_agree(graph)
        assert_order_and_readers_agree(graph)
        assert described(graph) == before
        assert {each: graph.row(each) for each in graph.ids()} == places


def apply_or_refuse(graph: GateGraph, edit: Edit, inverses: list[Edit]) -> None:
    before, labels = described(graph), graph.rows.order.tolist()
    cyclic = not isinstance(edit, Batch) and closes_a_cycle(graph, edit)
    try:
        inverses.append(edit.apply(graph))
    except GraphError as error:
        assert described(graph) == before
        if isinstance(error, CycleError) and not isinstance(edit, Batch):
            assert cyclic
        if isinstance(edit, Connect):
            assert graph.rows.order.tolist() == labels


def two_by_two() -> GateGraph:
    return build({"x": 1.0, "y": 2.0}, {"a": ("add", "x", "y"), "f": ("mul", "a", "x")})


def test_a_node_that_comes_back_has_its_row_and_its_wire_numbers() -> None:
    graph = two_by_two()
    row, numbers = graph.row("a"), [graph.wire_number(each) for each in graph.wires()]
    inverse = RemoveNodes(("a",)).apply(graph)
    AddNodes((Node("late", kind_of("add"), 2),)).apply(graph)
    inverse.apply(graph)
    assert graph.row("a") == row
    assert [graph.wire_number(each) for each in graph.wires()] == numbers


def test_a_row_that_another_has_taken_is_as_good_as_none() -> None:
    graph = two_by_two()
    graph.insert([leaf("late", 1.0)], [graph.row("x")])
    assert graph.row("late") == 4
    assert_rows_agree(graph)


def test_ports_that_come_and_go_take_no_new_slots_again() -> None:
    graph = two_by_two()
    grown = Batch((SetKind("a", kind_of("add"), 3),))
    for _ in range(3):
        grown.apply(graph).apply(graph)
        assert_rows_agree(graph)
    assert graph.rows.wire_count == 4 + 3


def test_a_new_name_leaves_rows_and_wires_alone() -> None:
    graph = two_by_two()
    sources = graph.rows.sources.tolist()
    Rename("x", "data").apply(graph)
    assert graph.row("data") == 0
    assert graph.rows.sources.tolist() == sources
    assert graph.wires_from("data") == [Wire("data", "a", 0), Wire("data", "f", 1)]


def test_arrays_of_the_graph_can_not_be_written() -> None:
    rows = two_by_two().rows
    for array in (rows.codes, rows.first, rows.ports, rows.sources, rows.order):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0


@pytest.mark.parametrize("nodes_backwards", [True, False])
@pytest.mark.parametrize("wires_backwards", [True, False])
def test_many_nodes_and_wires_come_in_any_order(
    nodes_backwards: bool, wires_backwards: bool
) -> None:
    names: list[NodeId] = [f"g{index}" for index in range(200)]
    nodes = [leaf(names[0], 1.0), *(Node(each, kind_of("neg"), 1) for each in names[1:])]
    wires = [Wire(*ends, 0) for ends in pairwise(names)]
    graph = GateGraph()
    inverse = AddNodes(
        tuple(nodes[::-1] if nodes_backwards else nodes),
        tuple(wires[::-1] if wires_backwards else wires),
    ).apply(graph)
    assert_rows_agree(graph)
    assert_order_and_readers_agree(graph)
    assert sorted(names, key=lambda each: graph.rows.order[graph.row(each)]) == names
    inverse.apply(graph).apply(graph)
    assert sorted(graph.wires()) == sorted(wires)


def test_many_wires_of_which_one_closes_a_cycle_change_nothing() -> None:
    graph = two_by_two()
    before = described(graph)
    nodes = tuple(Node(f"g{index}", kind_of("neg"), 1) for index in range(100))
    chain = tuple(Wire(f"g{index - 1}", f"g{index}", 0) for index in range(1, 100))
    with pytest.raises(CycleError, match="would close a cycle"):
        AddNodes(nodes, (*chain, Wire("g99", "a", 0), Wire("f", "g0", 0))).apply(graph)
    assert described(graph) == before
    assert_rows_agree(graph)
    assert_order_and_readers_agree(graph)


def test_many_wires_of_which_one_has_no_port_change_nothing() -> None:
    graph = two_by_two()
    before = described(graph)
    wires = tuple(Wire("x", "a", port) for port in range(100))
    with pytest.raises(GraphError, match="'a' has no port 2; its ports are 0 to 1"):
        graph.connect_all(wires)
    assert described(graph) == before


def test_a_wire_that_is_not_there_has_no_number() -> None:
    with pytest.raises(GraphError, match="no wire leads from 'y' to port 0 of 'a'"):
        two_by_two().wire_number(Wire("y", "a", 0))


def test_the_ends_of_wires_are_as_the_graph_lists_them() -> None:
    graph = two_by_two()
    RemoveNodes(("x",)).apply(graph)
    nodes, ends = graph.rows.nodes, graph.rows.ends
    named = [
        (nodes[source].id, nodes[target].id, port)
        for source, target, port in zip(*(each.tolist() for each in ends), strict=True)
    ]
    assert named == [*graph.wires()]
