"""What a wire between two places would do, and whether it can be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.errors import GateError
from chainrule.gates.gate import Gate
from chainrule.graph.graph import cycle_sentence
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.words import called
from chainrule_desktop.document.document import Document


@final
@dataclass(frozen=True, slots=True)
class Proposal:
    """A wire that could be made; `sentence` says what it does, or why it can't be.

    `fits` says that nothing is known to speak against its shapes.
    """

    wire: Wire
    allowed: bool
    sentence: str
    fits: bool = True

    @property
    def rank(self) -> int:
        """0 for a wire that fits, 1 for one whose shapes don't, 2 for one that can't be."""
        return (0 if self.fits else 1) if self.allowed else 2


def propose(document: Document, wire: Wire, lifted: Wire | None = None) -> Proposal:
    """Say what a wire would do; `lifted` is the wire whose end it is, if that is moved."""
    graph = document.graph
    source, target, port = wire
    if graph.node(target).is_leaf:
        return Proposal(wire, allowed=False, sentence=f"{target} is a leaf and has no inputs.")
    if graph.reaches(target, source):
        return Proposal(wire, allowed=False, sentence=_why_not(wire))
    inputs = graph.inputs(target)
    before = inputs[port] if port < len(inputs) else None
    verb = "Wires" if lifted is None else "Moves the wire of"
    one, there = called(graph, source), f"input {port + 1} of {called(graph, target)}"
    said = [f"{verb} {one} to {there}"]
    if wire == lifted:
        said = [f"Leaves {one} wired to {there}"]
    elif port == len(inputs):
        said.append("which is new")
    elif before == source:
        said = [f"{one} is wired to {there} already"]
    elif before is not None:
        said.append(f"in place of {called(graph, before)}")
    misfit = _misfit(document, wire, lifted)
    if misfit:
        said.append(f"but the shapes do not fit: {misfit}")
    return Proposal(wire, allowed=True, sentence=_sentence(", ".join(said)), fits=not misfit)


def free_ports(document: Document, target: NodeId, lifted: Wire | None = None) -> list[int]:
    """Return the ports of a gate without a wire, or the one that it would get anew.

    The port of a `lifted` wire counts as free.
    """
    node, inputs = document.graph.node(target), document.graph.inputs(target)
    given_up = lifted.port if lifted is not None and lifted.target == target else None
    free = [port for port, source in enumerate(inputs) if source is None or port == given_up]
    new = [len(inputs)] if node.kind.takes_ports(len(inputs) + 1) else []
    return free or new


def _misfit(document: Document, wire: Wire, lifted: Wire | None) -> str:
    """Return why the shapes would not fit with this wire; "" if they do or aren't known."""
    kind = document.graph.node(wire.target).kind
    sources = [*document.graph.inputs(wire.target)]
    if lifted is not None and lifted.target == wire.target:
        sources[lifted.port] = None
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
