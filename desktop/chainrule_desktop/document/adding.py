"""Adding what was asked for in a search, wired to a loose end where there is one, in one step."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.diagram.arrange import arrange
from chainrule.errors import ChainruleError
from chainrule.expression.formula import graph_from_formula
from chainrule.expression.source import plain_name
from chainrule.gates.leaf import Constant, Leaf
from chainrule.graph.composites import kind_name
from chainrule.graph.edits import AddNodes, Batch, Connect, Edit, RemoveNodes, SetKind
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Position, Wire, check_id
from chainrule.graph.selection import merge
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.loose_end import LooseEnd

_NAME = re.compile(r"[^\W\d]\w*")
_ONE = np.float64(1.0)


@final
@dataclass(frozen=True, slots=True)
class Formula:
    """The gates of a formula that are yet to be added to a graph.

    `known` are the names in it that the graph has already: its nodes are wired, none is added.
    """

    part: GateGraph
    known: tuple[NodeId, ...]
    wires: tuple[Wire, ...]
    output: NodeId

    @property
    def new(self) -> tuple[NodeId, ...]:
        """The leaves that will be new, other than numbers."""
        leaves = (node for node in self.part if node.is_leaf)
        return tuple(node.id for node in leaves if not isinstance(node.kind, Constant))


def read_formula(document: Document, text: str) -> Formula:
    """Return what a formula would add; raise ExpressionError for a text that is none."""
    graph = document.graph
    part = graph_from_formula(text, definitions=graph.definitions)
    typed = {plain_name(each) for each in _NAME.findall(text)}
    known = tuple(n.id for n in part if n.is_leaf and n.id in typed and n.id in graph)
    wires = tuple(wire for wire in part.wires() if wire.source in known)
    output = part.header.output or ""
    if output in known:
        raise ChainruleError(f"{output!r} is in the graph already; type what to compute with it")
    RemoveNodes(known).apply(part)
    return Formula(part, known, wires, output)


def add_gate(
    editor: Editor, kind_name: str, place: Position, end: LooseEnd | None = None, port: int = 0
) -> NodeId:
    """Add a gate, or a leaf with the value 1; a wire from a loose output goes into `port`.

    Where that leads on `onto` a wire, the gate is put into it, and that is the key of the step.
    Select the node and return its id.
    """
    found = editor.offered(kind_name)
    kind = found.kind
    value = _ONE if isinstance(kind, Leaf) else None
    ports = kind.least_ports
    if end is not None and end.port is None:
        ports = max(ports, port + 1)
    node = Node(editor.new_id(kind), kind, ports, value, position=place)
    return _add(editor, node, end, port, found.brings)


def add_leaf(
    editor: Editor,
    kind: Leaf,
    place: Position,
    end: LooseEnd | None = None,
    *,
    value: Array = _ONE,
    name: NodeId | None = None,
) -> NodeId:
    """Add a leaf with that value and name, select it and return its id.

    Raises NodeNameError for what can't be a name.
    """
    if name is not None:
        check_id(name)
    node = Node(name or editor.new_id(kind), kind, 0, value, position=place)
    return _add(editor, node, end, 0)


def add_formula(
    editor: Editor, formula: Formula, place: Position, end: LooseEnd | None = None
) -> tuple[NodeId, ...]:
    """Add the gates of a formula around `place`, select them and return their ids.

    A loose input is wired to its result. Raises CycleError where that depends on the formula.
    """
    part, graph = formula.part, editor.document.graph
    _arrange_around(part, place)
    edit, ids = merge(graph, part)
    names = dict(zip(part.ids(), ids, strict=True))
    edits: list[Edit] = [edit]
    edits += [Connect(Wire(s, names[target], port)) for s, target, port in formula.wires]
    if end is not None and end.port is not None:
        edits += _plug(graph, names[formula.output], end.node, end.port)
    what = ids[0] if len(ids) == 1 else f"{len(ids)} nodes"
    editor.document.apply(Batch(tuple(edits)), f"Add {what}")
    editor.selection.set(ids)
    return ids


def _add(
    editor: Editor, node: Node, end: LooseEnd | None, port: int, before: Iterable[Edit] = ()
) -> NodeId:
    graph = editor.document.graph
    edits: list[Edit] = [*before, AddNodes((node,))]
    if end is not None and end.port is None:
        edits.append(Connect(Wire(end.node, node.id, port)))
        if end.onto is not None:
            edits.append(Connect(Wire(node.id, end.onto.target, end.onto.port)))
    elif end is not None and end.port is not None:
        edits += _plug(graph, node.id, end.node, end.port)
    key = None if end is None else end.onto
    editor.document.apply(Batch(tuple(edits)), f"Add {kind_name(node.kind)} {node.id}", key)
    editor.selection.set((node.id,))
    return node.id


def _plug(graph: GateGraph, source: NodeId, target: NodeId, port: int) -> list[Edit]:
    """Return the edits that wire a port, which may be made for it."""
    node = graph.node(target)
    wire = Connect(Wire(source, target, port))
    if port < node.ports or not node.kind.takes_ports(port + 1):
        return [wire]
    return [SetKind(target, node.kind, port + 1, node.value), wire]


def _arrange_around(part: GateGraph, place: Position) -> None:
    """Lay the nodes out and put the middle of them all at `place`."""
    arrange(part, Passes(part)).apply(part)
    there = [node.position for node in part if node.position is not None]
    across, down = [x for x, _ in there], [y for _, y in there]
    dx = round(place[0] - (min(across) + max(across)) / 2)
    dy = round(place[1] - (min(down) + max(down)) / 2)
    for node in [*part]:
        if node.position is not None:
            x, y = node.position
            part.replace(replace(node, position=(round(x + dx), round(y + dy))))
