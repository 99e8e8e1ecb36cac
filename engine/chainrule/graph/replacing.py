"""The edit that puts another node in the place of one, with all that is said of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from typing_extensions import override

from chainrule.graph.changes import Changes
from chainrule.graph.edits import Edit
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node


@final
@dataclass(frozen=True)
class ReplaceNode(Edit):
    """Put `node` in the place of the one with its id; its wires stay, and so does its row.

    PortError where a wire leads to a port that the new node doesn't have.
    """

    node: Node

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = graph.node(self.node.id)
        graph.replace(self.node)
        return ReplaceNode(before)

    @override
    def changes(self) -> Changes:
        return Changes(structure=True)
