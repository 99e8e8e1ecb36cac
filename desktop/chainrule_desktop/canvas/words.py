"""What the canvas says of gates and wires: in tooltips, and to screen readers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from chainrule.arrays import Array
from chainrule.diagram.notes import plain_text
from chainrule.diagram.numbers import format_dimensions, is_short_vector
from chainrule.diagram.text import one_line
from chainrule.diagram.thumbnails import Kind as Pictured
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind
from chainrule.graph.checks import Problem
from chainrule.graph.comments import comments_of
from chainrule.graph.composites import Composite, kind_name
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import listed
from chainrule_desktop.canvas.asked import told_gradient, told_value, told_wire_gradient
from chainrule_desktop.canvas.hit import Hit, Part
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.scripting import stops_at
from chainrule_desktop.document.selection import Comment, CommentKind

_MOST_PORTS = 12
_REROUTE = {
    False: "Double-click to lead it through a point.",
    True: "Drag the point to lead the wire elsewhere, double-click to remove it.",
}


def describe_node(document: Document, node_id: NodeId) -> str:
    """Return one sentence on a node: its gate, its inputs, its value and its gradient."""
    graph = document.graph
    node = graph.node(node_id)
    sources = [each or "nothing" for each in graph.inputs(node_id)]
    said = [f"{kind_name(node.kind)} {node_id}"]
    if sources:
        said.append(f"input{'s' * (len(sources) > 1)} {' and '.join(sources)}")
    if node.passes_on:
        said.append("muted")
    if stops_at(document, node_id):
        said.append("playing stops here")
    said.append(f"value {told_value(document, node_id, spoken)}")
    said.append(f"gradient {told_gradient(document, node_id, spoken)}")
    return ", ".join(said) + "."


def called(graph: GateGraph, node_id: NodeId) -> str:
    """Return what to call a node in a sentence: gates, whose names are rarely shown, by both."""
    node = graph.node(node_id)
    return node_id if node.is_leaf or node.label else f"{kind_name(node.kind)} {node_id}"


def describe_wire(document: Document, wire: Wire) -> str:
    """Return one sentence on a wire: its ends, its value and what flows back along it."""
    value = told_value(document, wire.source, spoken)
    gradient = told_wire_gradient(document, wire, spoken)
    return (
        f"Wire from {wire.source} to input {wire.port + 1} of {wire.target}, "
        f"value {value}, gradient {gradient}."
    )


def describe_comment(document: Document, comment: Comment) -> str:
    """Return one sentence on a frame or a note: its title and its nodes, or its text."""
    comments = comments_of(document.graph.header)
    if comment.kind is CommentKind.NOTE:
        return f"Note: {plain_text(comments.notes[comment.number].text)}"
    frame = comments.frames[comment.number]
    nodes = [each for each in frame.nodes if each in document.graph]
    title = f" {one_line(frame.title)}" if frame.title.strip() else ""
    return f"Frame{title}, {frame.hue.value}, around {listed(nodes)}."


def describe_hit(document: Document, hit: Hit, problems: Iterable[Problem] = ()) -> str:
    """Return the tooltip for what is under the pointer; "" for nothing.

    What is amiss there is a line of its own.
    """
    amiss = problem_at(problems, hit)
    said = _described(document, hit)
    return f"{said}\n{amiss}" if amiss else said


def problem_at(problems: Iterable[Problem], hit: Hit) -> str:
    """Return the sentence on what is amiss at a node, or at the port that is pointed at."""
    if hit.node is None:
        return ""
    port = hit.port if hit.part is Part.INPUT else None
    found = (each for each in problems if each.node == hit.node)
    said = (each.sentence for each in found if None in (port, each.port) or each.port == port)
    return next(said, "")


def _described(document: Document, hit: Hit) -> str:
    if hit.part is Part.NOTHING:
        return ""
    if hit.comment is not None:
        verb = "write" if hit.comment.kind is CommentKind.NOTE else "give it another title"
        return f"{describe_comment(document, hit.comment)}\nDrag to move, double-click to {verb}."
    if hit.part is Part.PICTURE:
        return _describe_picture(document, hit)
    if hit.part is Part.OUTPUT and hit.node is not None:
        return f"Output of {hit.node}: drag a wire from here to an input."
    if hit.part is Part.INPUT and hit.wire is None:
        name = _input_name(document.graph.node(hit.node or "").kind, hit.port)
        return f"Input {name} of {hit.node} is not wired: drag a wire from or to it."
    if hit.wire is not None:
        return f"{describe_wire(document, hit.wire)}\n{_REROUTE[hit.part is Part.POINT]}"
    node_id = hit.node or ""
    kind = document.graph.node(node_id).kind
    if isinstance(kind, Composite):
        return f"{describe_node(document, node_id)}\n{_ports_of(document, node_id, kind)}"
    rule = f"\n{kind.rule}" if isinstance(kind, Gate) else f"\n{kind.summary}"
    return describe_node(document, node_id) + rule


def _ports_of(document: Document, node_id: NodeId, kind: Composite) -> str:
    """Say what feeds which port of a composite gate."""
    sources = document.graph.inputs(node_id)
    fed = [f"{port} = {each or 'open'}" for port, each in zip(kind.inputs, sources, strict=False)]
    more = " …" if len(fed) > _MOST_PORTS else ""
    ports = f"Inputs: {', '.join(fed[:_MOST_PORTS])}{more}. " if fed else ""
    return f"{ports}Double-click to step inside."


def _input_name(kind: Kind, port: int) -> str:
    """Return what an input is called: its number, or its name where it was given one."""
    named = isinstance(kind, Composite) and port < len(kind.port_names)
    return kind.port_names[port] if named else str(port + 1)


def _describe_picture(document: Document, hit: Hit) -> str:
    if hit.wire is not None:
        said = told_wire_gradient(document, hit.wire, spoken)
        of = f"{hit.wire.source} to {hit.wire.target}"
    elif hit.kind is Pictured.VALUE:
        said, of = told_value(document, hit.node or "", spoken), hit.node
    else:
        said, of = told_gradient(document, hit.node or "", spoken), hit.node
    word = "Value" if hit.kind is Pictured.VALUE else "Gradient"
    return f"{word} of {of}: {said}.\nClick to see its numbers."


def spoken(value: Array | None) -> str:
    """Write a number to its last digit, a tensor as its shape and its range."""
    if value is None:
        return "not computed"
    if value.ndim == 0:
        return f"{float(value):.12g}".replace("-", "−")
    if is_short_vector(value.shape):
        return str(value.tolist()).replace("-", "−")
    return f"{format_dimensions(value.shape)}, {_summary(value)}"


def _summary(value: Array) -> str:
    """Return the least, the mean and the largest number, and how many are none."""
    numbers = np.ravel(value)
    finite = numbers[np.isfinite(numbers)]
    if finite.size == 0:
        return "no number of it is finite" if numbers.size else "no numbers"
    with np.errstate(all="ignore"):
        found = {"min": finite.min(), "mean": finite.mean(), "max": finite.max()}
    said = ", ".join(f"{word} {float(number):.4g}" for word, number in found.items())
    odd = numbers.size - finite.size
    return said.replace("-", "−") + (f", {odd:,} not finite" if odd else "")
