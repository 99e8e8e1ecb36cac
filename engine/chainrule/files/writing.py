"""The bytes of a file for a graph: the same graph gives the same bytes, one node a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring as quoted
from types import MappingProxyType
from typing import Any, cast, final

import numpy as np

from chainrule.arrays import Array
from chainrule.errors import FileError
from chainrule.files.migrations import CURRENT_VERSION, FORMAT
from chainrule.files.places import definition_place, short
from chainrule.files.positions import FARTHEST, is_on_canvas
from chainrule.files.routes import ROUTES
from chainrule.files.switches import MUTED, PINNED
from chainrule.files.tensors import encode_number, encode_tensor
from chainrule.gates.kind import Kind, ParameterInfo, Setting
from chainrule.graph.column import Integers
from chainrule.graph.composites import Composite, Definition, kind_name
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, NodeId, Points, python_form
from chainrule.graph.routes import with_routes_at
from chainrule.graph.rows import NOWHERE, Rows
from chainrule.graph.selection import header_of_part, subgraph

Inputs = Sequence[NodeId | None]

_LINES_A_PIECE = 500
_NO_DEFINITIONS: Mapping[str, Definition] = MappingProxyType({})
# Stands for a node's place while it is written: its words are made when there is something to say.
_HERE = "node"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a file says of a graph at one moment; later edits of the graph leave it as it is.

    `nodes` stand by row, None where no node lives; `first` and `sources` are those of the graph's
    `Rows`: the first slot of each row, and the row that feeds each slot.
    """

    header: Header
    definitions: Mapping[str, Definition]
    nodes: tuple[Node | None, ...]
    first: Integers
    sources: Integers


def content_of(graph: GateGraph) -> Content:
    """Return what a file of `graph` holds, to be written later or beside other work.

    It takes a millisecond for 100,000 nodes, since those are frozen and only their list is copied.
    """
    rows = graph.rows
    nodes = tuple(rows.nodes)
    return Content(graph.header, graph.definitions, nodes, rows.first.copy(), rows.sources.copy())


def content_of_part(graph: GateGraph, ids: Iterable[NodeId], notes: Iterable[int] = ()) -> Content:
    """Return what a file of the nodes `ids` of `graph` holds, with the wires among them.

    That is the content of `subgraph(graph, ids, notes)`, without making one. Raises
    UnknownNodeError.
    """
    rows, ids = graph.rows, tuple(ids)
    chosen = np.zeros(rows.count + 1, bool)  # the last one is for what feeds unwired slots: row -1
    chosen[[graph.row(each) for each in ids]] = True
    sources = np.where(chosen[rows.sources], rows.sources, NOWHERE)
    nodes = tuple(
        _cut_out(node, row, rows, sources) if node and is_chosen else None
        for row, (node, is_chosen) in enumerate(zip(rows.nodes, chosen.tolist(), strict=False))
    )
    composites = [each.id for each in nodes if each and isinstance(each.kind, Composite)]
    definitions = subgraph(graph, composites).definitions if composites else _NO_DEFINITIONS
    header = header_of_part(graph, ids, notes)
    return Content(header, definitions, nodes, rows.first.copy(), sources)


def _cut_out(node: Node, row: int, rows: Rows, sources: Integers) -> Node:
    """Return a node without the reroute points of wires that come from outside."""
    if not node.routes:
        return node
    feeds = sources[rows.first[row] : rows.first[row] + node.ports].tolist()
    return with_routes_at(node, (port for port, each in enumerate(feeds) if each != NOWHERE))


def dumps(graph: GateGraph) -> bytes:
    """Return the bytes of a file for `graph`, which `loads` reads back as an equal graph.

    Raises FileError for the little that a program can put into a graph and a file can't hold:
    an empty tensor, extras that are no JSON, ids that Python takes for one name.
    """
    return b"".join(pieces(content_of(graph)))


def pieces(content: Content) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece, each within milliseconds; see `dumps`."""
    _check_names(node.id for node in content.nodes if node is not None)
    texts = _document(content)
    while piece := "".join(islice(texts, _LINES_A_PIECE)):
        try:
            yield piece.encode("utf-8")
        except UnicodeEncodeError:
            raise FileError(
                "file", "a text holds half of a surrogate pair; write the whole character"
            ) from None


def _document(content: Content) -> Iterator[str]:
    """Yield the text of a file: line by line where the nodes stand, no piece empty."""
    yield f"{{\n{_joined(_fields_before_nodes(content.header), '  ')},\n"
    yield '  "nodes": '
    yield from _lines(_nodes(content), "  ")
    for key, text in _fields_behind_nodes(content):
        yield f",\n  {quoted(key)}: {text}"
    yield "\n}\n"


def _fields_before_nodes(header: Header) -> Iterator[tuple[str, str]]:
    yield "format", quoted(FORMAT)
    yield "version", str(CURRENT_VERSION)
    yield from _texts(title=header.title, description=header.description)


def _fields_behind_nodes(content: Content) -> Iterator[tuple[str, str]]:
    header = content.header
    yield from _texts(output=header.output)
    if header.seed is not None:
        yield "seed", _tensor(header.seed, "seed", "seed")
    if content.definitions:
        parts = ((name, _definition(each)) for name, each in content.definitions.items())
        yield "definitions", f"{{\n{_joined(parts, '    ')}\n  }}"
    for key, value in (("frames", header.frames), ("notes", header.notes)):
        if value is not None:
            yield key, _comments(value, key)
    if header.view is not None:
        yield "view", _plain(header.view, "view")
    yield from _extras(header.extras, "file")


def _nodes(content: Content) -> Iterator[str]:
    ids: list[NodeId | None] = [None if node is None else node.id for node in content.nodes]
    ids.append(None)  # an unwired slot is fed by row -1
    feeds = [ids[row] for row in cast("list[int]", content.sources.tolist())]
    for node, first in zip(content.nodes, content.first.tolist(), strict=True):
        if node is not None:
            yield _node(node, feeds[first : first + node.ports])


def _definition(definition: Definition) -> str:
    inputs: dict[NodeId, list[NodeId | None]] = {
        node.id: [None] * node.ports for node in definition.nodes
    }
    for wire in definition.wires:
        inputs[wire.target][wire.port] = wire.source
    where = definition_place(definition.name)
    nodes = (_node(node, inputs[node.id], where) for node in definition.nodes)
    fields = (
        ("inputs", _names(definition.inputs)),
        ("nodes", "".join(_lines(nodes, "    "))),
        ("output", quoted(definition.output)),
        *_extras(definition.extras, where),
    )
    return _object(fields)


def _node(node: Node, inputs: Inputs, outer: str = "") -> str:
    try:
        return f"{{{', '.join(_node_fields(node, inputs))}}}"
    except FileError as fault:
        where = f"node {node.id!r} of {outer}" if outer else f"node {node.id!r}"
        raise FileError(where, fault.problem) from None


def _node_fields(node: Node, inputs: Inputs) -> list[str]:
    fields = [f'"id": {quoted(node.id)}', f'"gate": {quoted(kind_name(node.kind))}']
    if node.ports or not node.is_leaf:
        fields.append(f'"inputs": {_names(inputs)}')
    if node.value is not None:
        fields.append(f'"value": {_tensor(node.value, _HERE, "value")}')
    if settings := _settings(node):
        fields.append(f'"params": {settings}')
    if node.label is not None:
        fields.append(f'"label": {quoted(node.label)}')
    if node.position is not None:
        fields.append(f'"position": {_position(node.position)}')
    fields.extend(f'"{key}": true' for key in _switched_on(node))
    if node.routes:
        fields.append(f'"{ROUTES}": {_routes(node.routes)}')
    if node.extras:
        fields.extend(f"{quoted(key)}: {text}" for key, text in _node_extras(node))
    return fields


def _settings(node: Node) -> str:
    """Return what must be said of a gate's parameters, and what its file said of them anyway."""
    parameters = _parameters(type(node.kind))
    if not parameters:
        return ""
    needed = node.kind.settings()
    settings = {
        info.name: getattr(node.kind, info.name)
        for info in parameters
        if info.name in needed or info.name in node.stated
    }
    return _object((name, _setting(each)) for name, each in settings.items()) if settings else ""


@lru_cache(maxsize=256)
def _parameters(kind: type[Kind]) -> tuple[ParameterInfo, ...]:
    return kind.parameters()


def _setting(value: Setting) -> str:
    return encode_number(value) if type(value) is float else json.dumps(value)


def _node_extras(node: Node) -> Iterator[tuple[str, str]]:
    """Yield what is kept of a node's file; what could not be read gives way to what was set."""
    written = {*_switched_on(node), *((ROUTES,) if node.routes else ())}
    for key, text in _extras(node.extras, _HERE):
        if key not in written:
            yield key, text


def _switched_on(node: Node) -> list[str]:
    return [key for key, is_on in ((MUTED, node.passes_on), (PINNED, node.pinned)) if is_on]


def _routes(routes: Mapping[int, Points]) -> str:
    lists = (
        (str(port), f"[{', '.join(map(_position, points))}]") for port, points in routes.items()
    )
    return _object(lists)


def _position(position: tuple[float, float]) -> str:
    if not is_on_canvas(position):
        raise FileError(_HERE, f"position must lie within ±{FARTHEST:.0e}; move the node")
    x, y = position
    return f"[{encode_number(float(x))}, {encode_number(float(y))}]"


def _tensor(value: Array, where: str, key: str) -> str:
    if value.size == 0:
        raise FileError(where, f"{key} is an empty tensor, which no file can hold; give numbers")
    return encode_tensor(value)


def _extras(extras: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    return ((key, _plain(value, where)) for key, value in extras.items())


def _plain(value: Any, where: str) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise FileError(where, f"{short(value)} can't be written as JSON; use plain data") from None


def _comments(value: Any, key: str) -> str:
    """Return the text of frames or notes, one a line."""
    if not isinstance(value, list):
        return _plain(value, key)
    items = cast("list[Any]", value)
    return "".join(_lines((_plain(each, key) for each in items), "  "))


def _texts(**texts: str | None) -> Iterator[tuple[str, str]]:
    return ((key, quoted(text)) for key, text in texts.items() if text is not None)


def _names(ids: Inputs) -> str:
    return f"[{', '.join(['null' if each is None else quoted(each) for each in ids])}]"


def _object(fields: Iterable[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{quoted(key)}: {text}' for key, text in fields)}}}"


def _joined(fields: Iterable[tuple[str, str]], indent: str) -> str:
    return ",\n".join(f"{indent}{quoted(key)}: {text}" for key, text in fields)


def _lines(items: Iterator[str], indent: str) -> Iterator[str]:
    """Yield the text of an array with one item a line, which stands at `indent` itself."""
    first = next(items, None)
    if first is None:
        yield "[]"
        return
    yield f"[\n{indent}  {first}"
    for item in items:
        yield f",\n{indent}  {item}"
    yield f"\n{indent}]"


def _check_names(ids: Iterable[NodeId]) -> None:
    forms: dict[str, NodeId] = {}
    for each in ids:
        form = python_form(each)
        if form in forms:
            raise FileError(
                f"node {each!r}", f"is to Python the same name as {forms[form]!r}; rename one"
            )
        forms[form] = each
