"""Composite gates: a graph of gates, named and used as one gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, final

from typing_extensions import override

from chainrule.errors import CycleError
from chainrule.gates.kind import Group, Kind
from chainrule.graph.node import Extras, Node, NodeId, Wire

LARGEST_EXPANSION = 1_000_000
DEEPEST_NESTING = 100


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


def definitions_in(nodes: Iterable[Node]) -> set[str]:
    """Return the names of the definitions that some nodes use themselves."""
    kinds = (node.kind for node in nodes)
    return {kind.definition for kind in kinds if isinstance(kind, Composite)}


def renamed_kind(kind: Kind, names: Mapping[str, str]) -> Kind:
    """Return a composite's kind that knows its definition by a new name; others stay."""
    if isinstance(kind, Composite) and kind.definition in names:
        return replace(kind, definition=names[kind.definition])
    return kind


def kind_name(kind: Kind) -> str:
    """Return the name by which a file calls `kind`: the gate's, or the definition's."""
    return kind.definition if isinstance(kind, Composite) else kind.name


def expansion_sizes(definitions: Mapping[str, Definition]) -> dict[str, int]:
    """Return how many gates each definition becomes when it is flattened with all inside it.

    The definitions must not contain each other in a cycle. A missing one counts as one gate.
    """
    sizes: dict[str, int] = {}

    def size(name: str) -> int:
        if name not in sizes:
            inner = definitions[name].nodes if name in definitions else ()
            kinds = (node.kind for node in inner)
            sizes[name] = 1 + sum(
                size(kind.definition) if isinstance(kind, Composite) else 1 for kind in kinds
            )
        return sizes[name]

    return {name: size(name) for name in definitions}


def check_nesting(definitions: Mapping[str, Definition]) -> None:
    """Raise CycleError if a definition contains itself, also by way of others."""
    uses = {name: definitions_in(each.nodes) for name, each in definitions.items()}
    while ready := [name for name, used in uses.items() if not used & uses.keys()]:
        for name in ready:
            del uses[name]
    if uses:
        raise CycleError(
            f"{', '.join(uses)}: a composite gate can't contain itself; take it out of its insides"
        )
