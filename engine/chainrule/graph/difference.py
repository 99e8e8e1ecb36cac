"""The edit between two states of a graph: what is equal in both stays untouched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chainrule.graph.edits import (
    AddNodes,
    Batch,
    Disconnect,
    Edit,
    RemoveNodes,
    SetHeader,
    SetRoutes,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Points, Wire
from chainrule.graph.replacing import ReplaceNode


def difference(
    graph: GateGraph, nodes: Iterable[Node], wires: Iterable[Wire], header: Header
) -> Edit:
    """Return the edit that gives `graph` these nodes, wires and header.

    Nodes that are there already keep their rows, so that whoever knows them by their ids goes on
    with them.
    """
    wanted = {node.id: node for node in nodes}
    there = {*graph.ids()}
    old_wires, new_wires = {*graph.wires()}, dict.fromkeys(wires)
    gone = tuple(each for each in there if each not in wanted)
    edits: list[Edit] = [
        Disconnect(wire.target, wire.port)
        for wire in graph.wires()
        if wire not in new_wires and wire.target in wanted
    ]
    edits += [RemoveNodes(gone)] if gone else []
    changed = [node for each, node in wanted.items() if each in there and _differs(graph, node)]
    edits += map(ReplaceNode, changed)
    added = tuple(node for each, node in wanted.items() if each not in there)
    joined = tuple(wire for wire in new_wires if wire not in old_wires)
    if added or joined:
        edits.append(AddNodes(added, joined))
    edits += _routes(wanted, {wire.target for wire in joined} & there)
    # Frames lose nodes that go, so that the header must be set even where it is the same.
    if gone or _says_otherwise(graph.header, header):
        edits.append(SetHeader(header))
    return Batch(tuple(edits))


def _differs(graph: GateGraph, node: Node) -> bool:
    return graph.node(node.id) is not node


def _routes(wanted: dict[NodeId, Node], rewired: set[NodeId]) -> list[Edit]:
    """Return what brings the points of new wires back, which go when a wire is put to a port."""
    points: dict[tuple[NodeId, int], Points] = {
        (each, port): places for each in rewired for port, places in wanted[each].routes.items()
    }
    return [SetRoutes(points)] if points else []


def _says_otherwise(one: Header, other: Header) -> bool:
    """Say whether headers differ; seeds are arrays, whose comparison has no single answer."""
    return one.seed is not other.seed or replace(one, seed=None) != replace(other, seed=None)
