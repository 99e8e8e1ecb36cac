"""A graph in which each wire can be varied: a leaf of zeros is added to what it carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

import numpy as np

from chainrule.arrays import Array, Shape
from chainrule.gates.catalogue import get_kind
from chainrule.gates.leaf import Input
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire


def with_deltas(
    graph: GateGraph, carried: Mapping[Wire, Array]
) -> tuple[GateGraph, dict[Wire, NodeId]]:
    """Return a copy of `graph` with such a leaf on each wire of `carried`, and the leaf of each.

    `carried` has what the wires carry, whose shape the leaf gets. All other nodes keep their ids.
    """
    made = GateGraph()
    made.definitions = MappingProxyType({**graph.definitions})
    stem = _unused_stem([*graph.ids()])
    deltas = {wire: f"{stem}{number}" for number, wire in enumerate(carried)}
    nodes, wires = [*graph], list[Wire]()
    for wire in graph.wires():
        leaf = deltas.get(wire)
        if leaf is None:
            wires.append(wire)
            continue
        total = f"{leaf}_sum"
        zeros = nothing(carried[wire].shape)
        nodes += [Node(leaf, Input(), value=zeros), Node(total, get_kind("add").create(), 2)]
        ends = ((wire.source, total, 0), (leaf, total, 1), (total, wire.target, wire.port))
        wires += [Wire(*each) for each in ends]
    AddNodes(tuple(nodes), tuple(wires)).apply(made)
    made.header = graph.header
    return made, deltas


def nothing(shape: Shape) -> Array:
    """Return what is added where nothing is: −0, since −0 + 0 is 0, and 1 over that another inf."""
    return cast(Array, np.full(shape, -0.0)[()])


def _unused_stem(ids: Sequence[NodeId]) -> str:
    stem = "delta_"
    while any(each.startswith(stem) for each in ids):
        stem += "_"
    return stem
