"""The inside of a composite gate as a graph of its own, and the definition that it is after edits.

Its ports are leaves. What is said of a graph as a whole (title, frames, notes, the sections of
features) is kept with a definition under the same keys as in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from chainrule.errors import GraphError
from chainrule.gates.leaf import Constant
from chainrule.graph.composites import Definition
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, NodeId
from chainrule.graph.queries import listed, unread_nodes

_TEXTS: Final = ("title", "description")
_OTHERS: Final = ("frames", "view", "notes")
_NO_NAMES: Mapping[NodeId, NodeId] = MappingProxyType({})


def inside(definition: Definition, definitions: Mapping[str, Definition]) -> GateGraph:
    """Return what a composite gate consists of as a graph, whose output is the gate's.

    Ports have the values that the file gives them, mostly none. `definitions` are those of the
    graph around it, since composites can contain others.
    """
    graph = GateGraph()
    graph.definitions = MappingProxyType({**definitions})
    AddNodes(definition.nodes, definition.wires).apply(graph)
    graph.header = header_of(definition)
    return graph


def header_of(definition: Definition) -> Header:
    """Return what is said of a definition as a whole, as a graph says it of itself."""
    extras = dict(definition.extras)
    texts = {key: _text(extras.get(key)) for key in _TEXTS}
    others = {key: extras.get(key) for key in _OTHERS}
    for key in (*(key for key in _TEXTS if texts[key] is not None), *_OTHERS):
        extras.pop(key, None)
    return Header(
        texts["title"],
        texts["description"],
        definition.output,
        frames=others["frames"],
        view=others["view"],
        notes=others["notes"],
        extras=MappingProxyType(extras),
    )


def defined_by(
    graph: GateGraph, before: Definition, renamed: Mapping[NodeId, NodeId] = _NO_NAMES
) -> Definition:
    """Return the definition that `before` is after its inside has been edited into `graph`.

    A port whose leaf is gone, or has become a constant, is one no more; a new input or parameter
    is a new port. `renamed` has the new ids of nodes that had others before. Raises GraphError
    where it isn't clear which node is the output.
    """
    ports = tuple(_ports(graph, before, renamed))
    output = graph.header.output
    if output is None:
        output = _only_result(graph, before.name)
    names = {new: old for old, new in renamed.items()}
    stated = {node.id: node.value for node in before.nodes}
    nodes = tuple(
        replace(node, value=stated.get(names.get(node.id, node.id))) if node.id in ports else node
        for node in graph
    )
    extras = _extras_of(graph.header)
    return Definition(before.name, ports, nodes, tuple(graph.wires()), output, extras)


def _ports(
    graph: GateGraph, before: Definition, renamed: Mapping[NodeId, NodeId]
) -> Iterator[NodeId]:
    """Yield the ports, old ones first and in their order."""
    old = {renamed.get(node.id, node.id): node for node in before.nodes}
    kept = dict.fromkeys(renamed.get(each, each) for each in before.inputs)
    for each in kept:
        if each in graph and graph.node(each).is_leaf:
            was_constant = isinstance(old[each].kind, Constant)
            if was_constant or not isinstance(graph.node(each).kind, Constant):
                yield each
    for node in graph:
        if node.is_leaf and not isinstance(node.kind, Constant) and node.id not in kept:
            was = old.get(node.id)
            if was is None or not was.is_leaf or isinstance(was.kind, Constant):
                yield node.id


def _only_result(graph: GateGraph, name: str) -> NodeId:
    """Return the only gate that nothing reads."""
    unread = [each for each in unread_nodes(graph) if not graph.node(each).is_leaf]
    if len(unread) == 1:
        return unread[0]
    if not unread:
        raise GraphError(f"{name} needs an output; keep a gate, or choose a leaf as the output")
    raise GraphError(f"{name} needs one output; choose which of {listed(unread)} it is first")


def _extras_of(header: Header) -> Mapping[str, Any]:
    said = {key: getattr(header, key) for key in (*_TEXTS, *_OTHERS)}
    return MappingProxyType(
        {key: each for key, each in said.items() if each is not None} | dict(header.extras)
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
