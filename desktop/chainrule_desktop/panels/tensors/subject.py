"""Whose numbers the tensor view shows: a node's, or those that travel along one wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.arrays import Array
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.selection import Selection, holds_wire


@final
@dataclass(frozen=True, slots=True)
class TensorSubject:
    """A node, or one of the wires that leave it, whose gradient is its own."""

    node: NodeId
    wire: Wire | None = None

    def is_in(self, document: Document) -> bool:
        """Say whether a document still has it."""
        if self.wire is not None:
            return holds_wire(document.graph, self.wire)
        return self.node in document.graph

    def numbers(self, document: Document, *, gradient: bool) -> Array | None:
        """Return its value or its gradient; None if that can't be computed, or is hidden."""
        known = document.cover.known
        if not gradient:
            return known.value(self.node)
        if self.wire is not None:
            return known.wire_gradient(self.wire)
        return known.gradient(self.node)

    def shown_name(self, document: Document) -> str:
        """Return what people call it."""
        label = document.graph.node(self.node).label
        return label or self.node


def selected_subject(selection: Selection) -> TensorSubject | None:
    """Return the one node or wire that is selected, None for more or nothing."""
    if selection.single is not None:
        return TensorSubject(selection.single)
    if len(selection.wires) == 1 and not selection.nodes:
        wire = next(iter(selection.wires))
        return TensorSubject(wire.source, wire)
    return None
