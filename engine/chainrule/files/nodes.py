"""One node of a file: its id, its kind with parameters, its value or its inputs, its looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast, final

import numpy as np

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
from chainrule.files.places import node_place, short
from chainrule.files.positions import decode_position
from chainrule.files.routes import ROUTES, decode_routes
from chainrule.files.switches import MUTED, PINNED, is_on
from chainrule.files.tensors import decode_tensor
from chainrule.gates.catalogue import get_kind
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Leaf
from chainrule.graph.composites import Composite
from chainrule.graph.node import (
    NO_EXTRAS,
    NO_ROUTES,
    Extras,
    Node,
    NodeId,
    Points,
    check_id,
    python_form,
)

_KNOWN = frozenset(("id", "gate", "inputs", "value", "params", "label", "position"))
_NO_PARAMS: dict[str, object] = {}
_NO_PORTS: frozenset[NodeId] = frozenset()
_NOTHING_STATED: frozenset[str] = frozenset()
_NAME_TYPES = frozenset((str, type(None)))
# Stands for a node's place while it is read: its words are made when there is something to say.
_HERE = "node"


class NodeEntry(NamedTuple):
    """A node as it was read, before it is wired; `inputs` may name nodes that don't exist.

    `outer` names the definition that it belongs to, as in `decode_nodes`.
    """

    node: Node
    inputs: tuple[NodeId | None, ...]
    outer: str

    @property
    def where(self) -> str:
        """Where it stands, in the words of error messages."""
        return node_place(self.node.id, 0, self.outer)


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

    def decode(self, fields: Fields, settings: Fields) -> Kind:
        """Return the kind of `gate` with `settings`; raise FileError if there is none."""
        gate = text_field(fields, "gate", _HERE)
        if settings:
            return self._create(gate, settings)
        if gate not in self._shared:
            self._shared[gate] = self._create(gate, settings)
        return self._shared[gate]

    def _create(self, gate: str, settings: Fields) -> Kind:
        if isinstance(self._shared.get(gate), Composite):
            raise FileError(_HERE, f"{short(gate)} is a definition and takes no params; drop them")
        check_depth(settings, _HERE, "params")
        try:
            return get_kind(gate).create(settings)
        except (UnknownGateError, ParameterError) as error:
            raise FileError(_HERE, str(error)) from None


def decode_nodes(
    items: list[object], kinds: Kinds, outer: str = "", ports: frozenset[NodeId] = _NO_PORTS
) -> list[NodeEntry]:
    """Return the nodes of the array `nodes`; raise FileError for the first that is not sound.

    `outer` names the definition to which they belong; the leaves that are its `ports` get their
    value from outside and may lack one. What has been read is taken out of `items`.
    """
    entries: list[NodeEntry] = []
    taken: dict[str, NodeId] = {}
    for index, item in enumerate(items):
        try:
            node, inputs = _decode_node(as_object(item, _HERE, "it"), kinds, ports)
            _claim_id(node.id, taken)
        except FileError as fault:
            raise FileError(_place(item, index, outer), fault.problem) from None
        entries.append(NodeEntry(node, inputs, outer))
        items[index] = None  # or a large graph would stand in memory twice
    return entries


def _place(item: object, index: int, outer: str) -> str:
    node_id = cast("Fields", item).get("id") if isinstance(item, dict) else None
    return node_place(node_id, index, outer)


def _claim_id(node_id: NodeId, taken: dict[str, NodeId]) -> None:
    """Refuse an id that another node has, or one that Python would take for the same name."""
    form = python_form(node_id)
    if form in taken:
        other = taken[form]
        same = "" if other == node_id else f" to Python the same name as {other!r},"
        raise FileError(_HERE, f"id{same} is used by two nodes; rename one of them")
    taken[form] = node_id


def _decode_node(
    fields: Fields, kinds: Kinds, ports: frozenset[NodeId]
) -> tuple[Node, tuple[NodeId | None, ...]]:
    node_id = text_field(fields, "id", _HERE)
    try:
        check_id(node_id)
    except NodeNameError as error:
        raise FileError(_HERE, f"id: {error}") from None
    settings = as_object(fields.get("params", _NO_PARAMS), _HERE, "params")
    kind = kinds.decode(fields, settings)
    is_leaf = isinstance(kind, Leaf)
    inputs = _no_inputs(fields, kind) if is_leaf else _decode_inputs(fields, kind)
    more = _NO_MORE if _KNOWN.issuperset(fields) else _decode_more(fields, inputs)
    node = Node(
        node_id,
        kind,
        len(inputs),
        _decode_value(fields, kind, node_id in ports) if is_leaf else _no_value(fields),
        optional_text(fields, "label", _HERE),
        decode_position(fields, _HERE),
        more.extras,
        frozenset(settings) - kind.settings().keys() if settings else _NOTHING_STATED,
        more.routes,
        more.muted,
        more.pinned,
    )
    return node, inputs


class _More(NamedTuple):
    """What few nodes say, in the fields of `Node`."""

    extras: Extras
    routes: Mapping[int, Points]
    muted: bool
    pinned: bool


_NO_MORE = _More(NO_EXTRAS, NO_ROUTES, muted=False, pinned=False)


def _decode_more(fields: Fields, inputs: Sequence[NodeId | None]) -> _More:
    """Return what a node says beyond the usual; what is malformed of it is among the extras."""
    routes, pinned = decode_routes(fields, inputs), is_on(fields, PINNED)
    muted = is_on(fields, MUTED) and len(inputs) > 0
    read = {MUTED: muted, PINNED: pinned, ROUTES: routes is not None}
    known = _KNOWN.union(key for key, is_read in read.items() if is_read)
    extras = extras_beside(fields, known, _HERE)
    return _More(extras, NO_ROUTES if routes is None else routes, muted, pinned)


def _no_inputs(fields: Fields, kind: Kind) -> tuple[()]:
    if "inputs" in fields and array_field(fields, "inputs", _HERE):
        raise FileError(_HERE, f"{kind.name} is a leaf and has no inputs; remove them")
    return ()


def _decode_inputs(fields: Fields, kind: Kind) -> tuple[NodeId | None, ...]:
    items = array_field(fields, "inputs", _HERE) if "inputs" in fields else []
    _check_count(kind, len(items))
    if not _NAME_TYPES.issuperset(map(type, items)):
        index, item = next(each for each in enumerate(items) if type(each[1]) not in _NAME_TYPES)
        raise FileError(
            _HERE,
            f"inputs[{index}] must be a node's id in quotes, or null for a port not yet wired, "
            f"not {short(item)}",
        )
    return tuple(cast("list[NodeId | None]", items))


def _check_count(kind: Kind, count: int) -> None:
    if kind.takes_ports(count):
        return
    name = kind.definition if isinstance(kind, Composite) else kind.name
    raise FileError(
        _HERE,
        f"{short(name)} takes {kind.says_ports}, but {count} are given; "
        "write null for ports not wired",
    )


def _no_value(fields: Fields) -> None:
    if "value" in fields:
        raise FileError(_HERE, "a gate computes its value itself; remove the key value")


def _decode_value(fields: Fields, kind: Kind, is_port: bool) -> Array | None:
    if "value" not in fields:
        if is_port:
            return None
        raise FileError(_HERE, f"value is missing; {kind.name} needs a number or nested arrays")
    value = fields["value"]
    return np.float64(value) if type(value) is float else decode_tensor(value, _HERE, "value")
