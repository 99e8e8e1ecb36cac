"""What the canvas says of gates and wires: in tooltips, and to screen readers."""

from __future__ import annotations

from chainrule.arrays import Array
from chainrule.diagram.numbers import format_dimensions
from chainrule.gates.gate import Gate
from chainrule.graph.composites import kind_name
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.hit import Hit, Part
from chainrule_desktop.document.document import Document

_MOST_NUMBERS = 12


def describe_node(document: Document, node_id: NodeId) -> str:
    """Return one sentence on a node: its gate, its inputs, its value and its gradient."""
    graph, passes = document.graph, document.passes
    node = graph.node(node_id)
    sources = [each or "nothing" for each in graph.inputs(node_id)]
    said = [f"{kind_name(node.kind)} {node_id}"]
    if sources:
        said.append(f"inputs {' and '.join(sources)}")
    said.append(f"value {spoken(passes.value(node_id))}")
    said.append(f"gradient {spoken(passes.gradient(node_id))}")
    return ", ".join(said) + "."


def describe_wire(document: Document, wire: Wire) -> str:
    """Return one sentence on a wire: its ends, its value and what flows back along it."""
    passes = document.passes
    return (
        f"Wire from {wire.source} to input {wire.port + 1} of {wire.target}, "
        f"value {spoken(passes.value(wire.source))}, gradient {spoken(passes.wire_gradient(wire))}."
    )


def describe_hit(document: Document, hit: Hit) -> str:
    """Return the tooltip for what is under the pointer; "" for nothing."""
    if hit.part is Part.NOTHING:
        return ""
    if hit.part is Part.OUTPUT and hit.node is not None:
        return f"Output of {hit.node}: drag a wire from here to an input."
    if hit.part is Part.INPUT and hit.wire is None:
        return f"Input {hit.port + 1} of {hit.node} is not wired: drag a wire from or to it."
    if hit.wire is not None:
        return describe_wire(document, hit.wire)
    node_id = hit.node or ""
    kind = document.graph.node(node_id).kind
    rule = f"\n{kind.rule}" if isinstance(kind, Gate) else f"\n{kind.summary}"
    return describe_node(document, node_id) + rule


def spoken(value: Array | None) -> str:
    """Write a value to its last digit; a large tensor by its shape."""
    if value is None:
        return "not computed"
    if value.ndim == 0:
        return f"{float(value):.12g}".replace("-", "−")
    if value.size <= _MOST_NUMBERS:
        return str(value.tolist()).replace("-", "−")
    return f"a tensor {format_dimensions(value.shape)}"
