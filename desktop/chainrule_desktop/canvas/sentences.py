"""One sentence on a gate or a wire, as it is read aloud and shown in the status bar."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from chainrule.arrays import Array
from chainrule.diagram.numbers import format_value
from chainrule.graph.composites import kind_name
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.asked import told_gradient, told_value, told_wire_gradient
from chainrule_desktop.canvas.order import Order, Thing, order_of
from chainrule_desktop.canvas.words import spoken
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.scripting import stops_at

_MOST_NAMED = 6


def sentence_on(document: Document, thing: Thing, decimals: int, order: Order | None = None) -> str:
    """Say what a node or wire is: its kind, its ends, its numbers as shown, its place in order."""
    if not isinstance(thing, str):
        return _on_wire(document, thing, decimals)
    graph, write = document.graph, partial(_number, decimals=decimals)
    order = order or order_of(graph)
    said = [f"{_kind(graph, thing)} {thing}"]
    node = graph.node(thing)
    if node.label:
        said.append(f"labelled {node.label}")
    if not node.is_leaf:
        said.append(_inputs(graph.inputs(thing)))
    if node.passes_on:
        said.append("muted")
    if stops_at(document, thing):
        said.append("playing stops here")
    said.append(f"value {told_value(document, thing, write)}")
    said.append(f"gradient {told_gradient(document, thing, write)}")
    said.append(f"{order.rank(thing) + 1} of {order.nodes}")
    return ", ".join(said)


def value_of(document: Document, thing: Thing, decimals: int) -> str:
    """Write the value of a node, or what a wire carries, as it is shown."""
    source = thing if isinstance(thing, str) else thing.source
    return told_value(document, source, partial(_number, decimals=decimals))


def _on_wire(document: Document, wire: Wire, decimals: int) -> str:
    write = partial(_number, decimals=decimals)
    value = told_value(document, wire.source, write)
    gradient = told_wire_gradient(document, wire, write)
    target = f"{_kind(document.graph, wire.target)} {wire.target}"
    ends = f"wire from {wire.source} to input {wire.port + 1} of {target}"
    return f"{ends}, value {value}, gradient {gradient}"


def _kind(graph: GateGraph, node_id: NodeId) -> str:
    node = graph.node(node_id)
    name = kind_name(node.kind)
    return name if node.is_leaf else f"{name} gate"


def _inputs(sources: Sequence[NodeId | None]) -> str:
    if len(sources) > _MOST_NAMED:
        return f"{len(sources)} inputs"
    *names, last = [each or "nothing" for each in sources]
    return f"inputs {', '.join(names)} and {last}" if names else f"input {last}"


def _number(value: Array | None, decimals: int) -> str:
    if value is not None and value.ndim == 0:
        return format_value(value, decimals)
    return spoken(value)
