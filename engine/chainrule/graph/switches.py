"""What of nodes can be switched: gates are muted and sound again, values pinned and not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import final

from typing_extensions import override

from chainrule.errors import GraphError
from chainrule.graph.changes import Changes
from chainrule.graph.edits import Edit
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId


@final
@dataclass(frozen=True)
class SetMuted(Edit):
    """Mute gates, or let them compute again; GraphError for a node without inputs.

    The value of a muted gate is that of its first input, to which the whole gradient goes; nothing
    goes to its other inputs, which need not be wired.
    """

    muted: Mapping[NodeId, bool]

    @override
    def apply(self, graph: GateGraph) -> Edit:
        nodes = {each: graph.node(each) for each in self.muted}
        for node in nodes.values():
            if node.ports == 0:
                raise GraphError(f"{node.id!r} has no input to pass on; mute a gate instead")
        for each, muted in self.muted.items():
            graph.replace(replace(nodes[each], muted=muted))
        return SetMuted({each: node.muted for each, node in nodes.items()})

    @override
    def changes(self) -> Changes:
        return Changes(structure=True)


@final
@dataclass(frozen=True)
class SetPinned(Edit):
    """Pin the values of nodes, which are then shown in a large read-out, or take that away."""

    pinned: Mapping[NodeId, bool]

    @override
    def apply(self, graph: GateGraph) -> Edit:
        nodes = {each: graph.node(each) for each in self.pinned}
        for each, pinned in self.pinned.items():
            graph.replace(replace(nodes[each], pinned=pinned))
        return SetPinned({each: node.pinned for each, node in nodes.items()})

    @override
    def changes(self) -> Changes:
        return Changes(looks=frozenset(self.pinned))
