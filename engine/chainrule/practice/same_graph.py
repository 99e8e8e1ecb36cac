"""Whether two graphs compute the same numbers by the same gates; where they stand is no matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from chainrule.arrays import Array
from chainrule.graph.composites import Definition, kind_name
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import listed, output_of


def first_difference(key: GateGraph, other: GateGraph) -> str:
    """Return a clause that says how `other` differs from the key's graph; "" if it doesn't.

    Nodes are compared by id: gate, parameters, inputs, value, whether it is muted; then output,
    seed and definitions. Labels, positions, frames and notes are not.
    """
    return next(_differences(key, other), "")


def _differences(key: GateGraph, other: GateGraph) -> Iterator[str]:
    missing = [each for each in key.ids() if each not in other]
    if missing:
        yield f"it lacks {listed(missing)}"
    added = [each for each in other.ids() if each not in key]
    if added:
        yield f"it has {listed(added)}, which the key hasn't"
    for node in key:
        if node.id in other:
            yield from _of_nodes(node, other.node(node.id))
            if tuple(key.inputs(node.id)) != tuple(other.inputs(node.id)):
                yield f"{node.id} has other inputs than in the key"
    if output_of(key) != output_of(other):
        yield f"its output is {output_of(other)}, and in the key {output_of(key)}"
    if not _equal(key.header.seed, other.header.seed):
        yield "its gradient at the output is another than in the key"
    yield from _of_definitions(key.definitions, other.definitions)


def _of_nodes(one: Node, other: Node) -> Iterator[str]:
    if one.kind != other.kind or one.ports != other.ports:
        yield (
            f"{one.id} is {kind_name(other.kind)}, and in the key {kind_name(one.kind)}"
            if (kind_name(one.kind) != kind_name(other.kind))
            else f"{one.id} has other settings than in the key"
        )
    if one.passes_on != other.passes_on:
        yield f"{one.id} is {'muted' if other.passes_on else 'not muted'}, unlike in the key"
    if not _equal(one.value, other.value):
        yield f"{one.id} has another value than in the key"


def _of_definitions(
    one: Mapping[str, Definition], other: Mapping[str, Definition]
) -> Iterator[str]:
    if {*one} != {*other}:
        yield "it has other composite gates than the key"
        return
    for name, definition in one.items():
        if _content(definition) != _content(other[name]):
            yield f"inside of {name} it differs from the key"


def _content(definition: Definition) -> object:
    """Return what a definition computes, in a form that can be compared."""
    nodes: dict[NodeId, object] = {
        node.id: (node.kind, node.ports, node.passes_on, _plain(node.value))
        for node in definition.nodes
    }
    wires: frozenset[Wire] = frozenset(definition.wires)
    return definition.inputs, definition.output, nodes, wires


def _plain(value: Array | None) -> object:
    return None if value is None else (value.shape, np.asarray(value).tobytes())


def _equal(one: Array | None, other: Array | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.shape == other.shape and np.array_equal(one, other, equal_nan=True)
