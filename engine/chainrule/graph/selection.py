"""A part of a graph as a graph of its own, and one graph put into another: copy and paste."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array
from chainrule.gates.catalogue import all_kinds
from chainrule.graph.comments import (
    comments_among,
    comments_of,
    joined_comments,
    with_comments,
)
from chainrule.graph.composites import Composite, Definition, definitions_in, renamed_kind
from chainrule.graph.edits import AddNodes, Batch, Edit, SetDefinitions, set_comments
from chainrule.graph.fresh_names import FreshNames
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Position, Wire
from chainrule.graph.routes import shifted_routes, with_routes_at


@final
@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Nodes with the wires among them, and what belongs to them, without a graph around them."""

    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    definitions: Mapping[str, Definition]
    header: Header


def whole(graph: GateGraph) -> Part:
    """Return all of a graph."""
    return Part(tuple(graph), tuple(graph.wires()), graph.definitions, graph.header)


def part_of(graph: GateGraph, ids: Iterable[NodeId], notes: Iterable[int] = ()) -> Part:
    """Return the nodes `ids` of `graph` with the wires among them; see `subgraph`."""
    rows = graph.rows
    chosen = np.zeros(rows.count, bool)
    chosen[[graph.row(each) for each in ids]] = True
    there: list[Any] = [rows.nodes[row] for row in np.flatnonzero(chosen).tolist()]
    among = {node.id for node in there}
    nodes = tuple(_cut_out(graph, node, among) for node in there)
    definitions = _definitions_of(nodes, graph.definitions)
    header = header_of_part(graph, among, notes)
    return Part(nodes, _wires_among(graph, chosen), definitions, header)


def subgraph(graph: GateGraph, ids: Iterable[NodeId], notes: Iterable[int] = ()) -> GateGraph:
    """Return the nodes `ids` of `graph` with the wires among them, as a graph of its own.

    Ports that were wired from outside are unwired there. The nodes keep their order and positions,
    and the definitions that they need come along, and so do the frames all of whose nodes do, and
    the notes with the numbers `notes`. Raises UnknownNodeError.
    """
    part, made = part_of(graph, ids, notes), GateGraph()
    made.definitions = MappingProxyType({**part.definitions})
    AddNodes(part.nodes, part.wires).apply(made)
    made.header = part.header
    return made


def header_of_part(graph: GateGraph, ids: Collection[NodeId], notes: Iterable[int]) -> Header:
    """Return what is said of a part of a graph: the frames around it, and some notes."""
    if graph.header.frames is None and graph.header.notes is None:
        return Header()
    return with_comments(Header(), comments_among(comments_of(graph.header), ids, notes))


def merge(
    graph: GateGraph, other: GateGraph | Part, offset: Position = (0.0, 0.0)
) -> tuple[Edit, tuple[NodeId, ...]]:
    """Return the edit that adds `other` to `graph`, and the ids that its nodes get there.

    An id that is taken gets the next free number: q becomes q2, w1 becomes w2. A definition whose
    name stands for something else in `graph` is renamed too. Positions move by `offset`. Frames
    and notes come along.
    """
    part = other if isinstance(other, Part) else whole(other)
    names = FreshNames(graph.ids())
    ids = {node.id: names.take(node.id) for node in part.nodes}
    gates, added = _merged_definitions(graph.definitions, part.definitions)
    nodes = tuple(
        replace(
            shifted_routes(node, offset),
            id=ids[node.id],
            kind=renamed_kind(node.kind, gates),
            position=_moved(node.position, offset),
        )
        for node in part.nodes
    )
    wires = tuple(Wire(ids[source], ids[target], port) for source, target, port in part.wires)
    edit: Edit = AddNodes(nodes, wires)
    if added:
        edit = Batch((SetDefinitions({**graph.definitions, **added}), edit))
    commented = comments_of(part.header)
    if commented:
        present = comments_of(graph.header)
        edit = Batch((edit, set_comments(graph, joined_comments(present, commented, ids, offset))))
    return edit, tuple(ids.values())


def fresh_id(graph: GateGraph, stem: str) -> NodeId:
    """Return an id that is free in `graph`: `stem`, or else `stem` with the next free number."""
    return FreshNames(graph.ids()).take(stem)


def _wires_among(graph: GateGraph, chosen: npt.NDArray[np.bool_]) -> tuple[Wire, ...]:
    """Return the wires among the `chosen` rows, by target, then by port."""
    nodes: Any = graph.rows.nodes
    sources, targets, ports = graph.rows.ends
    among = chosen[sources] & chosen[targets]
    lists = (each[among].tolist() for each in (sources, targets, ports))
    return tuple(
        Wire(nodes[source].id, nodes[target].id, port)
        for source, target, port in zip(*lists, strict=True)
    )


def _cut_out(graph: GateGraph, node: Node, chosen: Collection[NodeId]) -> Node:
    """Return a node without the reroute points of wires that come from outside."""
    if not node.routes:
        return node
    inputs = enumerate(graph.inputs(node.id))
    return with_routes_at(node, (port for port, source in inputs if source in chosen))


def _moved(position: Position | None, offset: Position) -> Position | None:
    return None if position is None else (position[0] + offset[0], position[1] + offset[1])


def _definitions_of(
    nodes: Iterable[Node], definitions: Mapping[str, Definition]
) -> dict[str, Definition]:
    """Return the definitions on which `nodes` depend, in the order of `definitions`."""
    needed: set[str] = set()
    unseen = [*nodes]
    while unseen:
        kind = unseen.pop().kind
        if isinstance(kind, Composite) and kind.definition not in needed:
            needed.add(kind.definition)
            unseen.extend(definitions[kind.definition].nodes)
    return {name: each for name, each in definitions.items() if name in needed}


def _merged_definitions(
    present: Mapping[str, Definition], other: Mapping[str, Definition]
) -> tuple[dict[str, str], dict[str, Definition]]:
    """Return the names that the definitions of `other` get beside `present`, and those to add."""
    names = FreshNames([*present, *other, *(kind.name for kind in all_kinds())])
    renamed = {name: names.take(name) for name in _differing(present, other)}
    added: dict[str, Definition] = {}
    for name, each in other.items():
        new = renamed.get(name, name)
        if new not in present:
            nodes = tuple(
                replace(node, kind=renamed_kind(node.kind, renamed)) for node in each.nodes
            )
            added[new] = replace(each, name=new, nodes=nodes)
    return renamed, added


def _differing(present: Mapping[str, Definition], other: Mapping[str, Definition]) -> list[str]:
    """Return the names that stand for one thing in `present` and for another in `other`.

    A definition that contains one of them stands for another thing too, whatever it looks like.
    """
    shared = {name: each for name, each in other.items() if name in present}
    found = {name for name, each in shared.items() if not computes_alike(present[name], each)}
    spread = len(shared) + 1
    while spread != len(found):
        spread = len(found)
        found |= {name for name, each in shared.items() if found & definitions_in(each.nodes)}
    return [name for name in shared if name in found]


def computes_alike(one: Definition, other: Definition) -> bool:
    """Say whether two definitions have equal gates, wires and ports, whatever they look like.

    Definitions that they contain count as equal when they have the same name.
    """
    return (
        (one.inputs, one.wires, one.output) == (other.inputs, other.wires, other.output)
        and len(one.nodes) == len(other.nodes)
        and all(map(_same_node, one.nodes, other.nodes))
    )


def _same_node(one: Node, other: Node) -> bool:
    ours = one.id, one.kind, one.ports, one.muted
    theirs = other.id, other.kind, other.ports, other.muted
    return ours == theirs and _same_value(one.value, other.value)


def _same_value(one: Array | None, other: Array | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.shape == other.shape and bool(np.array_equal(one, other, equal_nan=True))
