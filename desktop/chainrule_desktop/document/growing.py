"""Selections that follow from others: along the wires, of the same kind, all the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from chainrule.errors import GraphError
from chainrule.graph.composites import kind_name
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import downstream_of, upstream_of

Growth = Callable[[GateGraph, Sequence[NodeId]], Iterable[NodeId]]
"""Takes the selected nodes and returns those to be selected, the old ones first."""


def one_upstream(graph: GateGraph, nodes: Sequence[NodeId]) -> Iterable[NodeId]:
    """Return the nodes and those that feed them."""
    found = dict.fromkeys(nodes)
    for each in nodes:
        found.update(dict.fromkeys(wire.source for wire in graph.wires_into(each)))
    return found


def one_downstream(graph: GateGraph, nodes: Sequence[NodeId]) -> Iterable[NodeId]:
    """Return the nodes and those that read them."""
    found = dict.fromkeys(nodes)
    for each in nodes:
        found.update(dict.fromkeys(wire.target for wire in graph.wires_from(each)))
    return found


def all_upstream(graph: GateGraph, nodes: Sequence[NodeId]) -> Iterable[NodeId]:
    """Return the nodes and all on which they depend."""
    return _with(graph, nodes, upstream_of(graph, nodes))


def all_downstream(graph: GateGraph, nodes: Sequence[NodeId]) -> Iterable[NodeId]:
    """Return the nodes and all that depend on them."""
    return _with(graph, nodes, downstream_of(graph, nodes))


def of_the_kind(graph: GateGraph, nodes: Sequence[NodeId]) -> Iterable[NodeId]:
    """Return all nodes of the kinds that the nodes have."""
    kinds = {kind_name(graph.node(each).kind) for each in nodes}
    return _with(graph, nodes, {each.id for each in graph if kind_name(each.kind) in kinds})


def all_others(graph: GateGraph, nodes: Sequence[NodeId]) -> Iterable[NodeId]:
    """Return the nodes that are not among these."""
    chosen = set(nodes)
    return [each for each in graph.ids() if each not in chosen]


def all_connected(graph: GateGraph, nodes: Sequence[NodeId]) -> Iterable[NodeId]:
    """Return all nodes to which wires lead from these, in either direction."""
    found, frontier = set(nodes), list(nodes)
    while frontier:
        here = frontier.pop()
        near = {wire.source for wire in graph.wires_into(here)}
        near |= {wire.target for wire in graph.wires_from(here)}
        frontier.extend(near - found)
        found |= near
    return _with(graph, nodes, found)


def all_between(graph: GateGraph, nodes: Sequence[NodeId]) -> Iterable[NodeId]:
    """Return two nodes with all that stand on ways along wires from one to the other.

    Raises GraphError unless there are two nodes and such a way.
    """
    if len(nodes) != 2:
        raise GraphError("A way has two ends; select two nodes.")
    one, other = nodes
    if graph.reaches(other, one):
        one, other = other, one
    if not graph.reaches(one, other):
        raise GraphError(f"No wires lead from {one} to {other}, nor back; select two others.")
    return _with(graph, nodes, downstream_of(graph, (one,)) & upstream_of(graph, (other,)))


def _with(graph: GateGraph, nodes: Sequence[NodeId], found: set[NodeId]) -> list[NodeId]:
    """Return the nodes and what was found beside them, in the order of the graph."""
    known = set(nodes)
    return [*nodes, *(each for each in graph.ids() if each in found and each not in known)]
