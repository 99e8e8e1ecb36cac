"""The bytes of a file for a graph: the same graph gives the same bytes, one node a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring as quoted
from typing import Any

from chainrule.arrays import Array
from chainrule.errors import FileError
from chainrule.files.migrations import CURRENT_VERSION, FORMAT
from chainrule.files.nodes import FARTHEST, is_on_canvas
from chainrule.files.places import definition_place, short
from chainrule.files.tensors import encode_number, encode_tensor
from chainrule.gates.kind import Setting
from chainrule.graph.composites import Definition, kind_name
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, python_form

Inputs = tuple[NodeId | None, ...]


def dumps(graph: GateGraph) -> bytes:
    """Return the bytes of a file for `graph`, which `loads` reads back as an equal graph.

    Raises FileError for the little that a program can put into a graph and a file can't hold:
    an empty tensor, extras that are no JSON, ids that Python takes for one name.
    """
    _check_names(graph.ids())
    try:
        text = f"{{\n{_joined(_document(graph), '  ')}\n}}\n"
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise FileError(
            "file", "a text holds half of a surrogate pair; write the whole character"
        ) from None


def _document(graph: GateGraph) -> Iterator[tuple[str, str]]:
    header = graph.header
    yield "format", quoted(FORMAT)
    yield "version", str(CURRENT_VERSION)
    yield from _texts(title=header.title, description=header.description)
    yield "nodes", _lines((_node(node, graph.inputs(node.id)) for node in graph), "  ")
    yield from _texts(output=header.output)
    if header.seed is not None:
        yield "seed", _tensor(header.seed, "seed", "seed")
    if graph.definitions:
        parts = ((name, _definition(each)) for name, each in graph.definitions.items())
        yield "definitions", f"{{\n{_joined(parts, '    ')}\n  }}"
    for key, value in (("frames", header.frames), ("view", header.view)):
        if value is not None:
            yield key, _plain(value, key)
    yield from _extras(header.extras, "file")


def _definition(definition: Definition) -> str:
    inputs: dict[NodeId, list[NodeId | None]] = {
        node.id: [None] * node.ports for node in definition.nodes
    }
    for wire in definition.wires:
        inputs[wire.target][wire.port] = wire.source
    where = definition_place(definition.name)
    nodes = (_node(node, tuple(inputs[node.id]), where) for node in definition.nodes)
    fields = (
        ("inputs", _names(definition.inputs)),
        ("nodes", _lines(nodes, "    ")),
        ("output", quoted(definition.output)),
        *_extras(definition.extras, where),
    )
    return _object(fields)


def _node(node: Node, inputs: Inputs, outer: str = "") -> str:
    where = f"node {node.id!r} of {outer}" if outer else f"node {node.id!r}"
    fields = [("id", quoted(node.id)), ("gate", quoted(kind_name(node.kind)))]
    if not node.is_leaf:
        fields.append(("inputs", _names(inputs)))
    if node.value is not None:
        fields.append(("value", _tensor(node.value, where, "value")))
    if settings := _settings(node):
        fields.append(("params", settings))
    fields.extend(_texts(label=node.label))
    if node.position is not None:
        fields.append(("position", _position(node.position, where)))
    fields.extend(_extras(node.extras, where))
    return _object(fields)


def _settings(node: Node) -> str:
    """Return what must be said of a gate's parameters, and what its file said of them anyway."""
    needed = node.kind.settings()
    settings = {
        info.name: getattr(node.kind, info.name)
        for info in node.kind.parameters()
        if info.name in needed or info.name in node.stated
    }
    return _object((name, _setting(each)) for name, each in settings.items()) if settings else ""


def _setting(value: Setting) -> str:
    return encode_number(value) if type(value) is float else json.dumps(value)


def _position(position: tuple[float, float], where: str) -> str:
    if not is_on_canvas(position):
        raise FileError(where, f"position must lie within ±{FARTHEST:.0e}; move the node")
    return f"[{', '.join(encode_number(float(each)) for each in position)}]"


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


def _texts(**texts: str | None) -> Iterator[tuple[str, str]]:
    return ((key, quoted(text)) for key, text in texts.items() if text is not None)


def _names(ids: Inputs) -> str:
    return f"[{', '.join('null' if each is None else quoted(each) for each in ids)}]"


def _object(fields: Iterable[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{quoted(key)}: {text}' for key, text in fields)}}}"


def _joined(fields: Iterable[tuple[str, str]], indent: str) -> str:
    return ",\n".join(f"{indent}{quoted(key)}: {text}" for key, text in fields)


def _lines(items: Iterable[str], indent: str) -> str:
    """Return an array with one item a line, which stands at `indent` itself."""
    text = ",\n".join(f"{indent}  {item}" for item in items)
    return f"[\n{text}\n{indent}]" if text else "[]"


def _check_names(ids: Iterable[NodeId]) -> None:
    forms: dict[str, NodeId] = {}
    for each in ids:
        form = python_form(each)
        if form in forms:
            raise FileError(
                f"node {each!r}", f"is to Python the same name as {forms[form]!r}; rename one"
            )
        forms[form] = each
