"""One node of a file: its id, its kind with parameters, its value or its inputs, its looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, final

from chainrule.arrays import Array
from chainrule.errors import FileError, NodeNameError, ParameterError, UnknownGateError
from chainrule.files.fields import (
    Fields,
    array_field,
    as_object,
    extras_beside,
    optional_text,
    text_field,
)
from chainrule.files.json_text import check_depth
from chainrule.files.places import key_fault, node_place, short
from chainrule.files.tensors import decode_tensor
from chainrule.gates.catalogue import get_kind
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Leaf
from chainrule.graph.composites import Composite
from chainrule.graph.node import Node, NodeId, Position, check_id, python_form

NODE_KEYS = ("id", "gate", "inputs", "value", "params", "label", "position")
FARTHEST = 1e9
_KNOWN = frozenset(NODE_KEYS)
_NO_PARAMS: dict[str, object] = {}
_NO_PORTS: frozenset[NodeId] = frozenset()


@final
@dataclass(frozen=True, slots=True)
class NodeEntry:
    """A node as it was read, before it is wired; `inputs` may name nodes that don't exist."""

    node: Node
    inputs: tuple[NodeId | None, ...]
    where: str


@final
class Kinds:
    """Every kind that the nodes of one file can have: registered gates and its own definitions.

    `composites` gives the ids of the ports of each definition by its name. Nodes of a kind without
    settings share one instance, which is frozen.
    """

    def __init__(self, composites: Mapping[str, tuple[NodeId, ...]]) -> None:
        self._shared: dict[str, Kind] = {
            name: Composite(name, ports) for name, ports in composites.items()
        }

    def decode(self, fields: Fields, settings: Fields, where: str) -> Kind:
        """Return the kind of `gate` with `settings`; raise FileError if there is none."""
        gate = text_field(fields, "gate", where)
        if settings:
            return self._create(gate, settings, where)
        if gate not in self._shared:
            self._shared[gate] = self._create(gate, settings, where)
        return self._shared[gate]

    def _create(self, gate: str, settings: Fields, where: str) -> Kind:
        if isinstance(self._shared.get(gate), Composite):
            raise FileError(where, f"{short(gate)} is a definition and takes no params; drop them")
        check_depth(settings, where, "params")
        try:
            return get_kind(gate).create(settings)
        except (UnknownGateError, ParameterError) as error:
            raise FileError(where, str(error)) from None


def decode_nodes(
    items: list[object], kinds: Kinds, outer: str = "", ports: frozenset[NodeId] = _NO_PORTS
) -> list[NodeEntry]:
    """Return the nodes of the array `nodes`; raise FileError for the first that is not sound.

    `outer` names the definition to which they belong; the leaves that are its `ports` get their
    value from outside and may lack one.
    """
    entries: list[NodeEntry] = []
    taken: dict[str, NodeId] = {}
    for index, item in enumerate(items):
        fields = as_object(item, f"nodes[{index}]" + (f" of {outer}" if outer else ""), "it")
        where = node_place(fields.get("id"), index, outer)
        entry = _decode_node(fields, where, kinds, ports)
        _claim_id(entry.node.id, where, taken)
        entries.append(entry)
    return entries


def _claim_id(node_id: NodeId, where: str, taken: dict[str, NodeId]) -> None:
    """Refuse an id that another node has, or one that Python would take for the same name."""
    form = python_form(node_id)
    if form in taken:
        other = taken[form]
        same = "" if other == node_id else f" to Python the same name as {other!r},"
        raise FileError(where, f"id{same} is used by two nodes; rename one of them")
    taken[form] = node_id


def _decode_node(fields: Fields, where: str, kinds: Kinds, ports: frozenset[NodeId]) -> NodeEntry:
    node_id = text_field(fields, "id", where)
    try:
        check_id(node_id)
    except NodeNameError as error:
        raise FileError(where, f"id: {error}") from None
    settings = as_object(fields.get("params", _NO_PARAMS), where, "params")
    kind = kinds.decode(fields, settings, where)
    inputs = _decode_inputs(fields, kind, where)
    node = Node(
        node_id,
        kind,
        len(inputs),
        _decode_value(fields, kind, where, node_id in ports),
        optional_text(fields, "label", where),
        _decode_position(fields, where),
        extras_beside(fields, _KNOWN, where),
        frozenset(settings) - kind.settings().keys(),
    )
    return NodeEntry(node, inputs, where)


def _decode_inputs(fields: Fields, kind: Kind, where: str) -> tuple[NodeId | None, ...]:
    items = array_field(fields, "inputs", where) if "inputs" in fields else []
    if isinstance(kind, Leaf):
        if items:
            raise FileError(where, f"{kind.name} is a leaf and has no inputs; remove them")
        return ()
    _check_count(kind, len(items), where)
    for index, item in enumerate(items):
        if item is not None and not isinstance(item, str):
            raise FileError(
                where,
                f"inputs[{index}] must be a node's id in quotes, or null for a port not yet wired, "
                f"not {short(item)}",
            )
    return tuple(cast("list[NodeId | None]", items))


def _check_count(kind: Kind, count: int, where: str) -> None:
    wanted = len(kind.port_names)
    if count == wanted or (kind.variadic and count > wanted):
        return
    name = kind.definition if isinstance(kind, Composite) else kind.name
    plural = "" if wanted == 1 else "s"
    takes = f"{wanted} or more inputs" if kind.variadic else f"{wanted} input{plural}"
    raise FileError(
        where, f"{short(name)} takes {takes}, but {count} are given; write null for ports not wired"
    )


def _decode_value(fields: Fields, kind: Kind, where: str, is_port: bool) -> Array | None:
    if not isinstance(kind, Leaf):
        if "value" in fields:
            raise FileError(where, "a gate computes its value itself; remove the key value")
        return None
    if "value" not in fields:
        if is_port:
            return None
        raise FileError(where, f"value is missing; {kind.name} needs a number or nested arrays")
    return decode_tensor(fields["value"], where, "value")


def _decode_position(fields: Fields, where: str) -> Position | None:
    if "position" not in fields:
        return None
    items = array_field(fields, "position", where)
    if len(items) != 2 or not all(type(item) in (int, float) for item in items):
        raise key_fault(where, "position", "must be two numbers, [x, y]")
    x, y = map(float, cast("list[float]", items))
    if not is_on_canvas((x, y)):
        raise key_fault(where, "position", f"must lie within ±{FARTHEST:.0e}; move the node")
    return x, y


def is_on_canvas(position: Position) -> bool:
    """Say whether a position is finite and not absurdly far out, where no figure could be drawn."""
    return all(abs(each) <= FARTHEST for each in position)
