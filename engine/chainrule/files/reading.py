"""A graph from the bytes of a file; strict about form, so that what is read can be trusted."""

from __future__ import annotations

from types import MappingProxyType

from chainrule.errors import CycleError, FileError
from chainrule.files.collection import collection_paused
from chainrule.files.definitions import check_expansion, decode_definitions
from chainrule.files.fields import (
    Fields,
    array_field,
    as_object,
    extras_beside,
    optional_plain,
    optional_text,
)
from chainrule.files.json_text import parse
from chainrule.files.migrations import migrate
from chainrule.files.nodes import Kinds, decode_nodes
from chainrule.files.places import short
from chainrule.files.tensors import decode_tensor
from chainrule.files.wiring import check_cycles, wires_of
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header

HEADER_KEYS = (
    "format",
    "version",
    "title",
    "description",
    "nodes",
    "output",
    "seed",
    "definitions",
    "frames",
    "view",
    "notes",
)
_KNOWN = frozenset(HEADER_KEYS)


def loads(data: bytes) -> GateGraph:
    """Return the graph that a file's bytes describe.

    Raises FileError, which says where in the file the first fault is, what was expected and the
    remedy. Shapes that do not fit each other are no fault of form and are not looked at.
    """
    with collection_paused():
        return _decode_graph(migrate(as_object(parse(data), "file", "the text")))


def _decode_graph(document: Fields) -> GateGraph:
    definitions = decode_definitions(document.get("definitions", {}))
    kinds = Kinds({name: each.inputs for name, each in definitions.items()})
    entries = decode_nodes(array_field(document, "nodes", ""), kinds)
    wires = wires_of(entries)
    graph = GateGraph()
    graph.definitions = MappingProxyType(definitions)
    try:
        check_expansion(entries, definitions)
        AddNodes(tuple(entry.node for entry in entries), wires).apply(graph)
    except (FileError, CycleError):
        # The graph finds a cycle sooner, but only this check can tell which nodes it goes through.
        check_cycles(entries)
        raise
    graph.header = _decode_header(document, graph)
    return graph


def _decode_header(document: Fields, graph: GateGraph) -> Header:
    output = optional_text(document, "output", "")
    if output is not None and output not in graph:
        raise FileError("output", f"names {short(output)}, but there is no such node; correct it")
    return Header(
        optional_text(document, "title", ""),
        optional_text(document, "description", ""),
        output,
        decode_tensor(document["seed"], "", "seed") if "seed" in document else None,
        optional_plain(document, "frames", ""),
        optional_plain(document, "view", ""),
        optional_plain(document, "notes", ""),
        extras_beside(document, _KNOWN, ""),
    )
