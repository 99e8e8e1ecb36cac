"""The order of wires: sources first."""

from __future__ import annotations

from hypothesis import given

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule.graph.order import sources_first
from tests.helpers.random_graphs import runnable_graphs


@given(graph=runnable_graphs())
def test_wires_into_a_node_stand_behind_those_into_its_sources(graph: GateGraph) -> None:
    wires = [*graph.wires()][::-1]
    ordered = sources_first(wires)
    assert sorted(ordered) == sorted(wires)
    read: set[str] = set()
    for wire in ordered:
        assert wire.target not in read
        read.add(wire.source)


def test_wires_into_one_port_keep_their_order() -> None:
    wires = [Wire("b", "f", 0), Wire("a", "f", 0)]
    assert sources_first(wires) == wires


def test_wires_on_a_cycle_stand_last() -> None:
    cycle = [Wire("a", "b", 0), Wire("b", "a", 0)]
    assert sources_first([*cycle, Wire("x", "y", 0)]) == [Wire("x", "y", 0), *cycle]
