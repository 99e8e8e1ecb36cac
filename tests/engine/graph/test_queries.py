"""Questions about a graph: its output, its order, what depends on what."""

from __future__ import annotations

import pytest
from hypothesis import given

from chainrule.errors import RunError
from chainrule.graph.graph import GateGraph
from chainrule.graph.queries import (
    downstream_of,
    output_of,
    require_output,
    topological_order,
    unread_nodes,
    upstream_of,
)
from tests.helpers.random_graphs import build, runnable_graphs


@given(graph=runnable_graphs())
def test_each_node_stands_after_its_inputs(graph: GateGraph) -> None:
    order = topological_order(graph)
    assert sorted(order) == sorted(graph.ids())
    place = {node_id: index for index, node_id in enumerate(order)}
    assert all(place[wire.source] < place[wire.target] for wire in graph.wires())


def test_a_chain_of_ten_thousand_gates_has_an_order() -> None:
    gates = {f"g{i}": ("neg", f"g{i - 1}" if i else "x") for i in range(10_000)}
    graph = build({"x": 1.0}, dict(reversed(gates.items())))
    assert topological_order(graph)[-1] == "g9999"


def test_the_only_node_that_nothing_reads_is_the_output() -> None:
    graph = build({"x": 1.0}, {"a": ("neg", "x"), "f": ("neg", "a")})
    assert unread_nodes(graph) == ["f"]
    assert output_of(graph) == require_output(graph) == "f"


def test_several_unread_nodes_leave_the_output_open() -> None:
    names = [f"y{index}" for index in range(6)]
    graph = build({"x": 1.0}, dict.fromkeys(names, ("neg", "x")))
    assert output_of(graph) is None
    with pytest.raises(RunError, match="no output is chosen; choose one of y0, y1, y2, y3 …"):
        require_output(graph)


def test_what_depends_on_what() -> None:
    graph = build(
        {"x": 1.0, "y": 2.0}, {"a": ("neg", "x"), "b": ("add", "a", "y"), "c": ("neg", "y")}
    )
    assert upstream_of(graph, ["b"]) == {"a", "b", "x", "y"}
    assert downstream_of(graph, ["x"]) == {"x", "a", "b"}
    assert upstream_of(graph, []) == set()
