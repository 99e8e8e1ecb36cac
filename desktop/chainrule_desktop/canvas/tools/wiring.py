"""What a wire between two places would do, and whether it can be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.errors import GateError
from chainrule.gates.gate import Gate
from chainrule.graph.graph import cycle_sentence
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.document.document import Document


@final
@dataclass(frozen=True, slots=True)
class Proposal:
    """A wire that could be made; `sentence` says what it does, or why it can't be."""

    wire: Wire
    allowed: bool
    sentence: str


def propose(document: Document, source: NodeId, target: NodeId, port: int) -> Proposal:
    """Say what wiring `source` to a port of `target` would do."""
    graph, wire = document.graph, Wire(source, target, port)
    if graph.node(target).is_leaf:
        return Proposal(wire, allowed=False, sentence=f"{target} is a leaf and has no inputs.")
    if graph.reaches(target, source):
        return Proposal(wire, allowed=False, sentence=_why_not(wire))
    said = [f"Wires {source} to input {port + 1} of {target}"]
    inputs = graph.inputs(target)
    before = inputs[port] if port < len(inputs) else None
    if port == len(inputs):
        said.append("which is new")
    elif before == source:
        said = [f"{source} is wired to input {port + 1} of {target} already"]
    elif before is not None:
        said.append(f"in place of {before}")
    misfit = _misfit(document, wire)
    if misfit:
        said.append(f"but the shapes do not fit: {misfit}")
    return Proposal(wire, allowed=True, sentence=_sentence(", ".join(said)))


def free_port(document: Document, target: NodeId, nearest: int) -> int:
    """Return the port for a wire dropped on a body: an open one, a new one, or the nearest."""
    node, inputs = document.graph.node(target), document.graph.inputs(target)
    if None in inputs:
        return inputs.index(None)
    return len(inputs) if node.kind.takes_ports(len(inputs) + 1) else nearest


def _misfit(document: Document, wire: Wire) -> str:
    """Return why the shapes would not fit with this wire; "" if they do or aren't known."""
    kind = document.graph.node(wire.target).kind
    sources = [*document.graph.inputs(wire.target)]
    sources[wire.port : wire.port + 1] = [wire.source]
    shapes = [None if each is None else document.passes.shape(each) for each in sources]
    known = [shape for shape in shapes if shape is not None]
    if not isinstance(kind, Gate) or len(known) < len(shapes):
        return ""
    try:
        kind.infer_shape(*known)
    except GateError as error:
        return str(error)
    return ""


def _why_not(wire: Wire) -> str:
    said = cycle_sentence(wire)
    return _sentence(said[0].upper() + said[1:])


def _sentence(text: str) -> str:
    """End a text with a full stop. Its first word may be a name, so its case stays."""
    return text.rstrip(".") + "."
