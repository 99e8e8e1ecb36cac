"""Changing what composite gates consist of: all uses of a definition follow at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.errors import CycleError, GraphError, NodeNameError
from chainrule.gates.catalogue import has_kind
from chainrule.graph.changes import Changes
from chainrule.graph.composites import (
    DEEPEST_NESTING,
    LARGEST_EXPANSION,
    Composite,
    Definition,
    check_nesting,
    definitions_in,
    expansion_sizes,
    renamed_kind,
)
from chainrule.graph.edits import (
    Batch,
    Connect,
    Disconnect,
    Edit,
    SetDefinitions,
    SetRoutes,
)
from chainrule.graph.fresh_names import FreshNames
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NO_ROUTES, Node, NodeId, Wire, check_id, python_form
from chainrule.graph.replacing import ReplaceNode
from chainrule.graph.selection import computes_alike

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@final
@dataclass(frozen=True)
class SetLooks(Edit):
    """Replace one definition by another that computes the same and looks otherwise.

    Positions and labels inside, frames, notes: no number changes, so nothing is compiled anew.
    """

    definition: Definition

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = definition_called(graph, self.definition.name)
        graph.definitions = MappingProxyType({**graph.definitions, before.name: self.definition})
        return SetLooks(before)

    @override
    def changes(self) -> Changes:
        return Changes()


def definition_called(graph: GateGraph, name: str) -> Definition:
    """Return a definition of the graph; raise GraphError if there is none of that name."""
    try:
        return graph.definitions[name]
    except KeyError:
        raise GraphError(f"there is no definition {name!r}; undo its removal") from None


def uses_of(graph: GateGraph, name: str) -> list[NodeId]:
    """Return the nodes of the graph itself that use a definition."""
    return [
        node.id
        for node in graph
        if isinstance(node.kind, Composite) and node.kind.definition == name
    ]


def count_uses(graph: GateGraph, name: str) -> int:
    """Return how often a definition is used, in the graph and in other definitions."""
    inside = (node.kind for each in graph.definitions.values() for node in each.nodes)
    return len(uses_of(graph, name)) + sum(
        isinstance(kind, Composite) and kind.definition == name for kind in inside
    )


def check_definition_name(graph: GateGraph, name: str) -> None:
    """Raise NodeNameError unless a new definition can have that name.

    It is an identifier, so that formulas and programs can call the gate by it.
    """
    check_id(name)
    if has_kind(name):
        raise NodeNameError(f"{name!r} is the name of a gate; choose another, such as my_{name}")
    if name in graph.definitions:
        raise NodeNameError(f"there is a composite gate {name!r} already; choose another name")


def set_definition(
    graph: GateGraph,
    definition: Definition,
    renamed: Mapping[str, str] = _NO_NAMES,
    beside: Mapping[str, Definition] | None = None,
) -> Edit:
    """Return the edit that makes a definition consist of something else; all uses follow.

    Their wires follow the names of the ports; `renamed` has the new names of ports that were
    called otherwise. A port that is new is open in all uses, one that is gone loses its wire.
    `beside` are the other definitions from then on, where there are others than now. Raises
    CycleError if the definition would contain itself, GraphError if all uses together would become
    too many gates.
    """
    before = definition_called(graph, definition.name)
    others = graph.definitions if beside is None else beside
    alike = others is graph.definitions and computes_alike(before, definition)
    if alike and before.inputs == definition.inputs:
        return SetLooks(definition)
    definitions = {**others, definition.name: definition}
    if before.inputs == definition.inputs:
        check_definitions(graph, definitions)
        return SetDefinitions(definitions)
    definitions = {
        name: _with_ports(each, definition, renamed) for name, each in definitions.items()
    }
    check_definitions(graph, definitions)
    edits: list[Edit] = [SetDefinitions(definitions)]
    for use in uses_of(graph, definition.name):
        edits += _follow(graph, use, definition, renamed)
    return Batch(tuple(edits))


def rename_definition(graph: GateGraph, old: str, new: str) -> Edit:
    """Return the edit that gives a definition another name, in all its uses too."""
    definition_called(graph, old)
    if new == old:
        return Batch(())
    check_definition_name(graph, new)
    names = {old: new}
    definitions: dict[str, Definition] = {}
    for name, each in graph.definitions.items():
        nodes = tuple(_renamed(node, names) for node in each.nodes)
        definitions[names.get(name, name)] = replace(each, name=names.get(name, name), nodes=nodes)
    uses = (ReplaceNode(_renamed(graph.node(use), names)) for use in uses_of(graph, old))
    return Batch((SetDefinitions(definitions), *uses))


def detach(graph: GateGraph, node_id: NodeId, name: str | None = None) -> Edit:
    """Return the edit that gives one use a definition of its own, a copy called `name`.

    Without a name it gets the old one with the next free number. Raises GraphError for a node that
    is no composite gate, and where it is the only use.
    """
    node = graph.node(node_id)
    if not isinstance(node.kind, Composite):
        raise GraphError(f"{node_id!r} is no composite gate; detach one of those")
    old = definition_called(graph, node.kind.definition)
    if count_uses(graph, old.name) < 2:
        raise GraphError(f"{node_id!r} is the only use of {old.name}; edit that itself")
    if name is None:
        name = free_definition_name(graph, old.name)
    check_definition_name(graph, name)
    copy = replace(old, name=name)
    made = replace(node, kind=replace(node.kind, definition=name))
    return Batch((SetDefinitions({**graph.definitions, name: copy}), ReplaceNode(made)))


def free_definition_name(graph: GateGraph, stem: str) -> str:
    """Return a name for a new definition: `stem`, or else it with the next free number."""
    names = FreshNames(graph.definitions)
    name = names.take(stem if stem.isidentifier() else "composite")
    while has_kind(name):
        name = names.take(name)
    return name


def check_definitions(graph: GateGraph, definitions: Mapping[str, Definition]) -> None:
    """Raise GraphError unless the graph can have these definitions: CycleError for one in itself.

    Nested too deeply, or with the graph's uses of them too many gates, they could not be read
    from a file or run.
    """
    check_nesting(definitions)
    if _depth(definitions) > DEEPEST_NESTING:
        raise GraphError(
            f"composite gates would contain each other in more than {DEEPEST_NESTING} levels; "
            "expand some of them"
        )
    check_expansion(graph, definitions)


def check_expansion(
    graph: GateGraph, definitions: Mapping[str, Definition], more: Iterable[str] = ()
) -> None:
    """Raise GraphError if all composites, and `more` uses, would become too many gates."""
    sizes = expansion_sizes(definitions)
    rows = graph.rows
    counts = np.bincount(rows.codes[rows.codes >= 0], minlength=len(rows.kinds)).tolist()
    used = zip(rows.kinds, counts, strict=True)
    size = sum(
        sizes.get(kind.definition, 1) * number
        for kind, number in used
        if isinstance(kind, Composite)
    )
    size += sum(sizes.get(name, 1) for name in more)
    if size > LARGEST_EXPANSION:
        raise GraphError(
            f"the composite gates would stand for {size:,} gates, and {LARGEST_EXPANSION:,} are "
            "the limit; use fewer of them"
        )


def _depth(definitions: Mapping[str, Definition]) -> int:
    """Return how many levels of definitions there are; none of them may contain itself."""
    left = {name: definitions_in(each.nodes) & {*definitions} for name, each in definitions.items()}
    depth = 0
    while left:
        depth += 1
        ready = {name for name, used in left.items() if not used & left.keys()}
        if not ready:
            raise CycleError("a composite gate can't contain itself; take it out of its insides")
        left = {name: used for name, used in left.items() if name not in ready}
    return depth


def _renamed(node: Node, names: Mapping[str, str]) -> Node:
    kind = renamed_kind(node.kind, names)
    return node if kind is node.kind else replace(node, kind=kind)


def _places(old: Composite, new: Definition, renamed: Mapping[str, str]) -> dict[int, int]:
    """Return which port of a definition each old port of a use becomes."""
    numbers = {name: number for number, name in enumerate(new.inputs)}
    names = (renamed.get(name, name) for name in old.inputs)
    return {port: numbers[name] for port, name in enumerate(names) if name in numbers}


def _moved_node(node: Node, kind: Composite, places: Mapping[int, int]) -> Node:
    """Return a use with other ports; the points of wires go with them."""
    routes = {places[port]: points for port, points in node.routes.items() if port in places}
    ordered = MappingProxyType(dict(sorted(routes.items()))) if routes else NO_ROUTES
    return replace(node, kind=kind, ports=len(kind.inputs), routes=ordered)


def _with_ports(
    outer: Definition, definition: Definition, renamed: Mapping[str, str]
) -> Definition:
    """Return a definition whose uses of another have that one's new ports."""
    if definition.name not in definitions_in(outer.nodes):
        return outer
    places: dict[NodeId, dict[int, int]] = {}
    nodes: list[Node] = []
    for node in outer.nodes:
        kind = node.kind
        if isinstance(kind, Composite) and kind.definition == definition.name:
            places[node.id] = _places(kind, definition, renamed)
            kind = Composite(definition.name, definition.inputs)
            nodes.append(_moved_node(node, kind, places[node.id]))
        else:
            nodes.append(node)
    wires = [
        wire if wire.target not in places else wire._replace(port=places[wire.target][wire.port])
        for wire in outer.wires
        if wire.target not in places or wire.port in places[wire.target]
    ]
    return replace(outer, nodes=tuple(nodes), wires=tuple(wires))


def _follow(
    graph: GateGraph, use: NodeId, definition: Definition, renamed: Mapping[str, str]
) -> list[Edit]:
    """Return the edits that give a use in the graph the definition's new ports."""
    node = graph.node(use)
    if not isinstance(node.kind, Composite):
        return []
    places = _places(node.kind, definition, renamed)
    kind = Composite(definition.name, definition.inputs)
    moved = _moved_node(node, kind, places)
    if all(places.get(port) == port for port in range(node.ports)):
        return [ReplaceNode(moved)]
    wires = graph.wires_into(use)
    bare = replace(moved, routes=NO_ROUTES)
    kept = (
        Connect(Wire(wire.source, use, places[wire.port])) for wire in wires if wire.port in places
    )
    routes = SetRoutes({(use, port): points for port, points in moved.routes.items()})
    gone = (Disconnect(use, wire.port) for wire in wires)
    return [*gone, ReplaceNode(bare), *kept, *([routes] if moved.routes else [])]


def with_port_names(
    definition: Definition, names: Sequence[str]
) -> tuple[Definition, dict[str, str]]:
    """Return a definition whose ports have these names, and the new name of each that had another.

    The same names in another order are another order of the ports. Raises NodeNameError for names
    that can't be, or where there are more or fewer than ports.
    """
    if len(names) != len(definition.inputs):
        raise NodeNameError(
            f"{definition.name} has {len(definition.inputs)} ports; name each of them"
        )
    check_port_names(names)
    if {*names} == {*definition.inputs}:
        return replace(definition, inputs=tuple(names)), {}
    pairs = zip(definition.inputs, names, strict=True)
    renamed = {old: new for old, new in pairs if old != new}
    inner = {node.id for node in definition.nodes} - {*definition.inputs}
    for new in names:
        if new in inner:
            raise NodeNameError(f"{new!r} is a gate inside {definition.name}; choose another name")
    nodes = tuple(replace(each, id=renamed.get(each.id, each.id)) for each in definition.nodes)
    wires = tuple(
        each._replace(source=renamed.get(each.source, each.source)) for each in definition.wires
    )
    output = renamed.get(definition.output, definition.output)
    made = replace(definition, inputs=tuple(names), nodes=nodes, wires=wires, output=output)
    return made, renamed


def check_port_names(names: Sequence[str]) -> None:
    """Raise NodeNameError unless the names can be those of a gate's ports: ids, each once."""
    taken: set[str] = set()
    for name in names:
        check_id(name)
        if python_form(name) in taken:
            raise NodeNameError(f"two ports are called {name!r}; rename one of them")
        taken.add(python_form(name))
