"""Many wires at once: the graph is the one that they make one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import GraphError
from chainrule.graph import graph as graph_module
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, Wire
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import kind_of, leaf

NAMES = ("x", *(f"g{index}" for index in range(7)))
WIRES = st.builds(
    Wire, st.sampled_from((*NAMES, "nobody")), st.sampled_from(NAMES), st.integers(0, 2)
)


def unwired() -> GateGraph:
    graph = GateGraph()
    graph.insert([leaf("x", 1.0), *(Node(each, kind_of("add"), 2) for each in NAMES[1:])])
    return graph


@given(first=st.lists(WIRES, max_size=6), then=st.lists(WIRES, max_size=12))
def test_wires_at_once_make_the_graph_that_they_make_in_turn(
    first: list[Wire], then: list[Wire]
) -> None:
    together = unwired()
    for wire in first:
        try:
            together.connect(wire)
        except GraphError:
            continue
    before, in_turn = described(together), unwired()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph_module, "MANY", 1)
        try:
            made = together.connect_all(then)
        except GraphError:
            assert described(together) == before
            return
    assert sorted(wire for wire, _ in made) == sorted(then)
    for wire in (*first, *(wire for wire, _ in made)):
        try:
            in_turn.connect(wire)
        except GraphError:
            assert wire in first
    assert described(together) == described(in_turn)
