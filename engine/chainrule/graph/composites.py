"""Composite gates: a graph of gates, named and used as one gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, final

from typing_extensions import override

from chainrule.errors import CycleError
from chainrule.gates.kind import Group, Kind
from chainrule.graph.node import Extras, Node, NodeId, Wire

LARGEST_EXPANSION = 1_000_000


@final
@dataclass(frozen=True)
class Composite(Kind):
    """The kind of a node that stands for a definition of its graph.

    `definition` is the definition's name, `inputs` its leaf nodes that are the ports, in order.
    """

    definition: str
    inputs: tuple[NodeId, ...]

    name = "composite"
    group = Group.COMPOSITE
    summary = "A group of gates used as one."

    @property
    @override
    def port_names(self) -> tuple[str, ...]:
        return self.inputs

    @property
    @override
    def symbol(self) -> str:
        return self.definition


@final
@dataclass(frozen=True)
class Definition:
    """What a composite gate consists of. `inputs` are leaves among `nodes`: its ports."""

    name: str
    inputs: tuple[NodeId, ...]
    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    output: NodeId
    extras: Extras = field(default_factory=dict[str, Any])


def kind_name(kind: Kind) -> str:
    """Return the name by which a file calls `kind`: the gate's, or the definition's."""
    return kind.definition if isinstance(kind, Composite) else kind.name


def expansion_size(definitions: Mapping[str, Definition], kind: Kind) -> int:
    """Return how many gates a node of `kind` becomes when its definitions are flattened.

    The definitions must not contain each other in a cycle. A missing one counts as one gate.
    """
    sizes: dict[str, int] = {}

    def size(each: Kind) -> int:
        if not isinstance(each, Composite):
            return 1
        if each.definition not in sizes:
            inner = definitions[each.definition].nodes if each.definition in definitions else ()
            sizes[each.definition] = 1 + sum(size(node.kind) for node in inner)
        return sizes[each.definition]

    return size(kind)


def check_nesting(definitions: Mapping[str, Definition]) -> None:
    """Raise CycleError if a definition contains itself, also by way of others."""
    uses = {
        name: {node.kind.definition for node in each.nodes if isinstance(node.kind, Composite)}
        for name, each in definitions.items()
    }
    while ready := [name for name, used in uses.items() if not used & uses.keys()]:
        for name in ready:
            del uses[name]
    if uses:
        raise CycleError(
            f"{', '.join(uses)}: a composite gate can't contain itself; take it out of its insides"
        )
