"""Composite gates in files of their own, to be used in any graph.

Such a file is a graph file like any other, whose output is a node of the composite gate: so it can
be opened, run and checked. Its definition, and those inside it, are what the library offers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, final

from chainrule.arrays import Array
from chainrule.errors import FileError
from chainrule.files.storage import StrPath, read_graph
from chainrule.gates.leaf import Input
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.edits import AddNodes, SetDefinitions, SetHeader
from chainrule.graph.fresh_names import FreshNames
from chainrule.graph.graph import GateGraph
from chainrule.graph.inside import header_of
from chainrule.graph.node import Header, Node, NodeId, Wire
from chainrule.graph.queries import output_of
from chainrule.graph.selection import Part, part_of

SUFFIX = ".chainrule"
LARGEST_SAMPLE = 1_000
"""So many numbers a port's value may have to be kept in a file as an example."""

_COLUMN, _ROW = 160.0, 80.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class LibraryItem:
    """A composite gate of a library: its definition, and all those that it needs."""

    path: Path
    definition: Definition
    definitions: Mapping[str, Definition]

    @property
    def name(self) -> str:
        """The name of the definition."""
        return self.definition.name

    @property
    def kind(self) -> Composite:
        """The kind of a node that uses it."""
        return Composite(self.name, self.definition.inputs)

    @property
    def title(self) -> str:
        """What it is called in words, "" where nobody said."""
        return header_of(self.definition).title or ""

    @property
    def description(self) -> str:
        """What it computes, in a sentence, "" where nobody said."""
        return header_of(self.definition).description or ""

    def part(self, node_id: NodeId) -> Part:
        """Return one node that uses it, to be merged into a graph."""
        node = Node(node_id, self.kind, len(self.definition.inputs))
        return Part((node,), (), self.definitions, Header())


@final
@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: composite gates by name, and a sentence for each file that is broken."""

    items: tuple[LibraryItem, ...]
    faults: Mapping[Path, str]


def read_item(path: StrPath) -> LibraryItem:
    """Return the composite gate in a file; raise FileError if it can't be read or holds none."""
    graph = read_graph(path)
    output = output_of(graph)
    kind = None if output is None else graph.node(output).kind
    if output is None or not isinstance(kind, Composite):
        raise FileError("output", "is no composite gate; collapse what it shall offer into one")
    needed = part_of(graph, (output,)).definitions
    return LibraryItem(Path(path), needed[kind.definition], MappingProxyType({**needed}))


def read_shelf(folder: Path) -> Shelf:
    """Return the composite gates in a folder, in the order of their names.

    A file that can't be read is among the faults, and so is one whose gate another file has too;
    without the folder there is nothing.
    """
    items: dict[str, LibraryItem] = {}
    faults: dict[Path, str] = {}
    for path in _files_in(folder):
        try:
            item = read_item(path)
        except FileError as error:
            faults[path] = str(error)
            continue
        if item.name in items:
            faults[path] = f"{item.name} is in {items[item.name].path.name} already; remove one"
        else:
            items[item.name] = item
    return Shelf(tuple(items[name] for name in sorted(items)), MappingProxyType(faults))


def library_graph(
    graph: GateGraph, name: str, samples: Mapping[NodeId, Array | None] | None = None
) -> GateGraph:
    """Return the graph for the file of a definition: inputs, and a node that uses it.

    `samples` are values for the ports; one without a value, or with very many numbers, stays open.
    """
    definition = graph.definitions[name]
    output = FreshNames(definition.inputs).take("f")
    kind = Composite(name, definition.inputs)
    count = len(definition.inputs)
    middle = _ROW * (count - 1) / 2
    use = Node(output, kind, count, position=(_COLUMN, max(middle, 0.0)))
    known = {
        each: value
        for each, value in (samples or {}).items()
        if value is not None and 0 < value.size <= LARGEST_SAMPLE
    }
    made = GateGraph()
    SetDefinitions(part_of_definition(graph, name)).apply(made)
    leaves = tuple(
        Node(each, Input(), value=known[each], position=(0.0, _ROW * row))
        for row, each in enumerate(definition.inputs)
        if each in known
    )
    wires = (Wire(each, output, p) for p, each in enumerate(definition.inputs) if each in known)
    AddNodes((*leaves, use), tuple(wires)).apply(made)
    said = header_of(definition)
    SetHeader(Header(said.title or name, said.description, output)).apply(made)
    return made


def part_of_definition(graph: GateGraph, name: str) -> dict[str, Definition]:
    """Return a definition of a graph with all that it needs, in the order of the graph."""
    alone = GateGraph()
    alone.definitions = graph.definitions
    definition = graph.definitions[name]
    use = Node("f", Composite(name, definition.inputs), len(definition.inputs))
    AddNodes((use,)).apply(alone)
    return {**part_of(alone, ("f",)).definitions}


def described(definition: Definition, title: str, description: str) -> Definition:
    """Return a definition with another title and description; "" takes one away."""
    extras: dict[str, Any] = dict(definition.extras)
    for key, text in (("title", title), ("description", description)):
        extras.pop(key, None)
        if text:
            extras[key] = text
    return replace(definition, extras=MappingProxyType(extras))


def _files_in(folder: Path) -> Iterable[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.suffix == SUFFIX)
    except OSError:
        return ()
