"""Selections that can be collapsed, drawn for a graph, and numbers compared before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.gates.leaf import Constant
from chainrule.graph.edits import MoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import output_of
from chainrule.graph.replacing import ReplaceNode
from chainrule.graph.switches import SetMuted
from tests.helpers.random_graphs import runnable_graphs


@st.composite
def collapsible(draw: st.DrawFn) -> tuple[GateGraph, tuple[NodeId, ...]]:
    """Draw a graph with constants, places and muted gates, and nodes of it with one output."""
    graph = draw(runnable_graphs())
    for node in [*graph]:
        if node.is_leaf and draw(st.booleans()):
            ReplaceNode(replace(node, kind=Constant())).apply(graph)
        elif not node.is_leaf and draw(st.integers(0, 7)) == 0:
            SetMuted({node.id: True}).apply(graph)
    place = st.tuples(st.integers(-500, 500), st.integers(-500, 500))
    MoveNodes({each: draw(place.map(_as_position)) for each in graph.ids()}).apply(graph)
    gates = [node.id for node in graph if not node.is_leaf]
    chosen = {draw(st.sampled_from(gates))}
    for each in reversed(gates):
        if each != output_of(graph) and _readers(graph, each) <= chosen and draw(st.booleans()):
            chosen |= {each} if _readers(graph, each) else set()
    leaves = [node.id for node in graph if node.is_leaf]
    return graph, (*sorted(chosen), *draw(st.lists(st.sampled_from(leaves), max_size=3)))


def _as_position(place: tuple[int, int]) -> tuple[float, float]:
    return float(place[0]), float(place[1])


def _readers(graph: GateGraph, node_id: NodeId) -> set[NodeId]:
    return {wire.target for wire in graph.wires_from(node_id)}


def numbers_of(
    graph: GateGraph, ids: Iterable[NodeId], wires: Iterable[Wire] = ()
) -> dict[object, Array | None]:
    """Return values and gradients of nodes and wires."""
    passes = Passes(graph)
    found: dict[object, Array | None] = {}
    for each in ids:
        found[each, "value"] = passes.value(each)
        found[each, "gradient"] = passes.gradient(each)
    for wire in wires:
        found[wire] = passes.wire_gradient(wire)
    return found


def assert_close(one: dict[object, Array | None], other: dict[object, Array | None]) -> None:
    """Fail unless all numbers agree to twelve digits; what is not known must be so in both."""
    assert one.keys() == other.keys()
    for key, number in one.items():
        theirs = other[key]
        assert (number is None) == (theirs is None), key
        if number is not None and theirs is not None:
            np.testing.assert_allclose(number, theirs, rtol=1e-12, atol=1e-300, err_msg=str(key))
