"""The composite gates of a file: read, free of cycles, and of a size that can be expanded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chainrule.errors import FileError
from chainrule.files.fields import Fields, array_field, as_object, extras_beside, text_field
from chainrule.files.nodes import Kinds, NodeEntry, decode_nodes
from chainrule.files.places import definition_place, short
from chainrule.files.wiring import check_cycles, cycle_among, shown_cycle, wires_of
from chainrule.gates.catalogue import has_kind
from chainrule.graph.composites import (
    DEEPEST_NESTING,
    LARGEST_EXPANSION,
    Composite,
    Definition,
    definitions_in,
    expansion_sizes,
)
from chainrule.graph.node import NodeId

DEFINITION_KEYS = ("inputs", "nodes", "output")
_KNOWN = frozenset(DEFINITION_KEYS)


def decode_definitions(value: object) -> dict[str, Definition]:
    """Return the definitions of a file by name; raise FileError for the first that is not sound."""
    items = as_object(value, "", "definitions")
    fields = {name: as_object(item, definition_place(name), "it") for name, item in items.items()}
    ports = {name: _decode_ports(name, each) for name, each in fields.items()}
    kinds = Kinds(ports)
    definitions = {
        name: _decode_definition(name, each, ports[name], kinds) for name, each in fields.items()
    }
    _check_nesting(definitions)
    return definitions


def _decode_ports(name: str, fields: Fields) -> tuple[NodeId, ...]:
    where = definition_place(name)
    if not name:
        raise FileError(where, "has an empty name; give it one")
    if has_kind(name):
        raise FileError(where, "has the name of a gate; choose another name")
    items = array_field(fields, "inputs", where)
    ports: dict[NodeId, None] = {}
    for index, item in enumerate(items):
        if not isinstance(item, str):
            raise FileError(where, f"inputs[{index}] must be a node's id, not {short(item)}")
        if item in ports:
            raise FileError(where, f"inputs names {short(item)} twice; a leaf is one port")
        ports[item] = None
    return tuple(ports)


def _decode_definition(
    name: str, fields: Fields, ports: tuple[NodeId, ...], kinds: Kinds
) -> Definition:
    where = definition_place(name)
    entries = decode_nodes(array_field(fields, "nodes", where), kinds, where, frozenset(ports))
    by_id = {entry.node.id: entry.node for entry in entries}
    for port in ports:
        if port not in by_id or not by_id[port].is_leaf:
            raise FileError(where, f"inputs names {short(port)}, which is no leaf inside; add it")
    output = text_field(fields, "output", where)
    if output not in by_id:
        raise FileError(where, f"output names {short(output)}, which is no node inside; correct it")
    wires = wires_of(entries)
    check_cycles(entries)
    return Definition(
        name,
        ports,
        tuple(by_id.values()),
        wires,
        output,
        extras_beside(fields, _KNOWN, where),
    )


def _check_nesting(definitions: Mapping[str, Definition]) -> None:
    """Refuse definitions that contain each other in a cycle or in too many levels."""
    left = {name: sorted(definitions_in(each.nodes)) for name, each in definitions.items()}
    done: set[str] = set()
    for _ in range(DEEPEST_NESTING):
        ready = {name for name, uses in left.items() if done.issuperset(uses)}
        done |= ready
        left = {name: uses for name, uses in left.items() if name not in ready}
        if not left:
            return
        if not ready:
            cycle = cycle_among(left)
            raise FileError(
                definition_place(cycle[0]),
                f"contains itself, {shown_cycle(cycle)}; take it out of one of them",
            )
    raise FileError(
        definition_place(next(iter(left))),
        f"contains definitions in more than {DEEPEST_NESTING} levels; merge some of them",
    )


def check_expansion(entries: Iterable[NodeEntry], definitions: Mapping[str, Definition]) -> None:
    """Refuse nodes that would become too many gates when all definitions are flattened."""
    sizes = expansion_sizes(definitions)
    total = 0
    for entry in entries:
        if isinstance(entry.node.kind, Composite):
            total += sizes[entry.node.kind.definition]
            if total > LARGEST_EXPANSION:
                raise FileError(
                    entry.where,
                    f"the composite gates up to here stand for more than {LARGEST_EXPANSION:,} "
                    "gates; use fewer of them",
                )
