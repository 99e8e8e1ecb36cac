"""Numbers as they are told where an exercise may hide them: the number, or what was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from chainrule.arrays import Array
from chainrule.graph.exercises import Asked, Blank, answers_of
from chainrule.graph.node import NodeId, Wire
from chainrule.practice.blanks import blank_of_wire
from chainrule_desktop.document.document import Document

Write: TypeAlias = Callable[[Array | None], str]


def told_value(document: Document, node_id: NodeId, write: Write) -> str:
    """Write a node's value, or say that it is to be found."""
    covered = document.cover.covered
    if covered is not None and covered.hides_value(node_id):
        return _answered(document, Blank(Asked.VALUE, node_id))
    return write(document.passes.value(node_id))


def told_gradient(document: Document, node_id: NodeId, write: Write) -> str:
    """Write a node's gradient, or say that it is to be found."""
    covered = document.cover.covered
    if covered is not None and covered.hides_gradient(node_id):
        return _answered(document, Blank(Asked.GRADIENT, node_id))
    return write(document.passes.gradient(node_id))


def told_wire_gradient(document: Document, wire: Wire, write: Write) -> str:
    """Write what flows back along a wire, or say that it is to be found."""
    covered = document.cover.covered
    if covered is not None and covered.hides_wire(wire):
        return _answered(document, blank_of_wire(document.graph, wire))
    return write(document.passes.wire_gradient(wire))


def _answered(document: Document, blank: Blank) -> str:
    text = answers_of(document.graph.header).texts.get(blank)
    return "to be found" if text is None else f"answered {text.replace('-', '−')}"
