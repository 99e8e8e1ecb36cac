"""Putting gates into wires: which wires take them in, and how later gates make room."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.diagram.diagram import Diagram
from chainrule.diagram.parts import Flags
from chainrule.errors import PortError
from chainrule.graph.edits import AddNodes, Batch, Connect, MoveNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Position, Wire
from chainrule.graph.queries import downstream_of, topological_order, upstream_of
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

_LEAST_APART = 40.0
"""How far a port should stand from the end of the straight wire that it reads, in canvas units."""


@final
@dataclass(frozen=True, slots=True)
class Insert:
    """What a wire can be led through: into `port` of `first`, and on from `last`.

    `nodes` are these two and all that goes along with them.
    """

    nodes: tuple[NodeId, ...]
    first: NodeId
    port: int
    last: NodeId

    def wires(self, wire: Wire) -> tuple[Wire, Wire]:
        """Return the two wires that take the place of one."""
        into = Wire(wire.source, self.first, self.port)
        return into, Wire(self.last, wire.target, wire.port)


def insert_of(graph: GateGraph, nodes: Sequence[NodeId]) -> Insert | None:
    """Return how a wire could be led through nodes; None where it can't be.

    A single gate needs an open input, and nothing may read it. Several nodes must lead to one of
    them, and the first that has an open input takes the wire in.
    """
    there = {*nodes}
    unread = [each for each in nodes if not _readers_in(graph, each, there)]
    if len(unread) != 1 or graph.is_read(unread[0]):
        return None
    open_ones = [each for each in nodes if None in graph.inputs(each)]
    if len(open_ones) > 1:
        order = topological_order(graph)
        open_ones.sort(key=order.index)
    for each in open_ones[:1]:
        return Insert(tuple(nodes), each, graph.inputs(each).index(None), unread[0])
    return None


def takers(graph: GateGraph, diagram: Diagram, insert: Insert) -> Flags:
    """Return which wires of a diagram can be led through `insert` without closing a cycle."""
    before = _rows(diagram, downstream_of(graph, (insert.first,)).union(insert.nodes))
    behind = _rows(diagram, upstream_of(graph, (insert.last,)).union(insert.nodes))
    sources, targets = diagram.parts.ends.T
    return ~(before[sources] | behind[targets])


def splice(
    editor: Editor, drawing: Drawing, insert: Insert, wire: Wire, merge: Hashable | None = None
) -> None:
    """Lead a wire through gates, and let later gates make room where there is too little.

    With the key of a step that was made before, it joins that step. Raises CycleError where a gate
    would come to depend on itself.
    """
    key = object() if merge is None else merge
    text = _text(insert, wire)
    edit = Batch(tuple(Connect(each) for each in insert.wires(wire)))
    editor.document.apply(edit, text, key, joins=True)
    _make_room(editor, drawing, insert, wire, key)


def add_on_wire(
    editor: Editor, drawing: Drawing, kind_name: str, position: Position, wire: Wire
) -> NodeId:
    """Add a gate, lead a wire through its first input, select it and return its id.

    Raises PortError for a leaf, which nothing can be led through.
    """
    found = editor.offered(kind_name)
    kind = found.kind
    if not kind.least_ports:
        raise PortError(f"{kind_name} has no inputs, so no wire can be led through it")
    node_id = editor.new_id(kind)
    insert = Insert((node_id,), node_id, 0, node_id)
    node = Node(node_id, kind, kind.least_ports, position=position)
    connected = (Connect(each) for each in insert.wires(wire))
    key = object()
    edit = Batch((*found.brings, AddNodes((node,)), *connected))
    editor.document.apply(edit, _text(insert, wire), key)
    _make_room(editor, drawing, insert, wire, key)
    editor.selection.set((node_id,))
    return node_id


def settle(editor: Editor, drawing: Drawing, wire: Wire) -> None:
    """Let later gates make room for the selected gate, if it was just put into a wire.

    The step in which it was has the wire as its key, and this becomes a part of it.
    """
    node_id, graph = editor.selection.single, editor.document.graph
    if node_id is None or Wire(node_id, wire.target, wire.port) not in graph.wires_from(node_id):
        return
    if wire.source in graph.inputs(node_id):
        port = graph.inputs(node_id).index(wire.source)
        _make_room(editor, drawing, Insert((node_id,), node_id, port, node_id), wire, wire)


def _make_room(editor: Editor, drawing: Drawing, insert: Insert, wire: Wire, key: Hashable) -> None:
    """Move what was put into a wire, and all behind it, to the right by what is missing."""
    graph, diagram = editor.document.graph, drawing.diagram
    into, out_of = insert.wires(wire)
    rows = {each: row for row, each in enumerate(diagram.parts.wires) if each in (into, out_of)}
    source, target = (diagram.parts.index[each] for each in (wire.source, wire.target))
    centers = diagram.geometry.centers
    if centers[target, 0] <= centers[source, 0]:
        # A wire that runs backwards has no room that could be made.
        return
    before = _missing(diagram, rows[into])
    behind = max(0, before + _missing(diagram, rows[out_of]))
    shifts = dict.fromkeys(insert.nodes, max(0, before))
    later = downstream_of(graph, (wire.target,)).difference(insert.nodes)
    shifts.update(dict.fromkeys(later, behind))
    places = _shifted(graph, {each: by for each, by in shifts.items() if by})
    if places:
        editor.document.apply(MoveNodes(places), _text(insert, wire), key, joins=True)


def _missing(diagram: Diagram, row: int) -> int:
    """Return how much further right the target of a wire should stand; less than 0 for room."""
    parts, geometry = diagram.parts, diagram.geometry
    end = float(geometry.stub_ends[parts.ends[row, 0], 0])
    needed = _LEAST_APART + float(parts.leads[row])
    return math.ceil(end + needed - float(geometry.port_ends[row, 0]))


def _shifted(graph: GateGraph, shifts: dict[NodeId, int]) -> dict[NodeId, Position | None]:
    places: dict[NodeId, Position | None] = {}
    for each, by in shifts.items():
        position = graph.node(each).position
        if position is not None:
            places[each] = (position[0] + by, position[1])
    return places


def _readers_in(graph: GateGraph, node_id: NodeId, among: Collection[NodeId]) -> bool:
    return any(wire.target in among for wire in graph.wires_from(node_id))


def _rows(diagram: Diagram, ids: Collection[NodeId]) -> Flags:
    """Return which rows of a diagram are those of nodes."""
    index = diagram.parts.index
    rows = np.zeros(len(index), np.bool_)
    rows[[index[each] for each in ids]] = True
    return rows


def _text(insert: Insert, wire: Wire) -> str:
    what = insert.first if insert.first == insert.last else f"{len(insert.nodes)} nodes"
    return f"Splice {what} between {wire.source} and {wire.target}"
